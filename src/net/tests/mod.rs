//! Requests against servers that lie, stall and lead astray.
