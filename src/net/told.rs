//! What the window says of a fault of the network, and what a person can do about it.

use crate::i18n::{Strings, integer};

use super::NetError;

/// The fault in the language of `strings`, as one or two sentences.
#[must_use]
pub fn told(strings: &Strings, error: &NetError) -> String {
    let texts = &strings.net;
    match error {
        NetError::Bad(text) => texts.bad.fill("text", text),
        NetError::Scheme(scheme) => texts.scheme.fill("scheme", scheme),
        NetError::UserInfo => texts.user_info.clone(),
        NetError::Offline { host, .. } => texts.offline.fill("host", host),
        NetError::Unresolved { host, .. } => texts.unresolved.fill("host", host),
        NetError::Refused(host) => texts.refused.fill("host", host),
        NetError::TimedOut(host) => texts.timed_out.fill("host", host),
        NetError::Tls { host, .. } => texts.tls.fill("host", host),
        NetError::NotHttp { host, .. } => texts.not_http.fill("host", host),
        NetError::WebPage(host) => texts.web_page.fill("host", host),
        NetError::Status(401 | 403) => texts.forbidden.clone(),
        NetError::Status(404 | 410) => texts.not_found.clone(),
        NetError::Status(429 | 503) => texts.overloaded.clone(),
        NetError::Status(status) => texts.status.fill("n", &status.to_string()),
        NetError::Busy { host, secs } => {
            texts.busy.fill_all(&[("host", host), ("n", &integer(i64::try_from(*secs).unwrap_or(i64::MAX)))])
        }
        NetError::TooLarge(most) => texts.too_large.fill("n", &integer(megabytes(*most))),
        NetError::Truncated(_) => texts.truncated.clone(),
        NetError::LyingLength(_) => texts.lying_length.clone(),
        NetError::Packed(name) => texts.packed.fill("name", name),
        NetError::NoRange => texts.no_range.clone(),
        NetError::Changed => texts.changed.clone(),
        NetError::TooManyRedirects(_) => texts.too_many_redirects.clone(),
        NetError::RedirectToPrivate(host) => texts.redirect_to_private.fill("host", host),
        NetError::RedirectDowngrade(host) => texts.redirect_downgrade.fill("host", host),
        NetError::RedirectElsewhere(host) => texts.redirect_elsewhere.fill("host", host),
        NetError::Stopped => texts.stopped.clone(),
        NetError::Setup(cause) => texts.setup.fill("message", cause),
    }
}

/// In megabytes of a million bytes, rounded up.
fn megabytes(bytes: u64) -> i64 {
    i64::try_from(bytes.div_ceil(1_000_000)).unwrap_or(i64::MAX)
}
