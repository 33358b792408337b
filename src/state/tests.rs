//! Every command does what it says, and asks the world outside for no more.
