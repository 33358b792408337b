//! What a server says about keeping its answers, after RFC 9111, and about when to come back.

use jiff::fmt::rfc2822;
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, RETRY_AFTER};

use crate::net::client::text;

/// Nothing is taken as new for longer than a year, whatever a server says.
const LONGEST_SECS: u64 = 365 * 24 * 3600;

/// For how many seconds from now an answer is new; `None` where it must not be kept.
pub(super) fn fresh_secs(headers: &HeaderMap, default: u64, now: u64) -> Option<u64> {
    let control = text(headers, &CACHE_CONTROL).unwrap_or_default().to_ascii_lowercase();
    let mut max_age = None;
    for directive in control.split(',').map(str::trim) {
        match directive.split_once('=') {
            None if directive == "no-store" => return None,
            None if directive == "no-cache" => max_age = Some(0),
            Some(("max-age", secs)) if max_age.is_none() => {
                max_age = secs.trim_matches('"').parse::<u64>().ok();
            }
            _ => {}
        }
    }
    let age = text(headers, &AGE).and_then(|age| age.trim().parse::<u64>().ok()).unwrap_or(0);
    let left = max_age.map(|max_age| max_age.saturating_sub(age));
    Some(left.or_else(|| until_expiry(headers, now)).unwrap_or(default).min(LONGEST_SECS))
}

/// By `Expires`, held against the server's own clock where it tells it.
fn until_expiry(headers: &HeaderMap, now: u64) -> Option<u64> {
    let expires = text(headers, &EXPIRES)?;
    // RFC 9111, section 5.3: anything that is no date, above all "0", means the past.
    let Some(expires) = moment(&expires) else { return Some(0) };
    Some(expires.saturating_sub(date(headers, &DATE).unwrap_or(now)))
}

/// How many seconds the server asks to wait, at most an hour.
pub(super) fn retry_after(headers: &HeaderMap, now: u64) -> Option<u64> {
    let secs = match text(headers, &RETRY_AFTER)?.trim().parse::<u64>() {
        Ok(secs) => secs,
        Err(_) => date(headers, &RETRY_AFTER)?.saturating_sub(now),
    };
    Some(secs.min(3600))
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    moment(&text(headers, name)?)
}

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT` as seconds since 1970.
fn moment(text: &str) -> Option<u64> {
    let moment = rfc2822::parse(text.trim()).ok()?;
    u64::try_from(moment.timestamp().as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    const NOW: u64 = 784_111_777;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let value = |text: &'static str| reqwest::header::HeaderValue::from_static(text);
        pairs.iter().map(|(name, text)| (name.clone(), value(text))).collect()
    }

    #[test]
    fn a_tile_is_new_for_as_long_as_the_server_says() {
        type Pairs = [(HeaderName, &'static str)];
        let cases: &[(&Pairs, Option<u64>)] = &[
            (&[], Some(70)),
            (&[(CACHE_CONTROL, "max-age=600")], Some(600)),
            (&[(CACHE_CONTROL, "Public, Max-Age=\"600\", stale-while-revalidate=9")], Some(600)),
            (&[(CACHE_CONTROL, "max-age=600"), (AGE, "200")], Some(400)),
            (&[(CACHE_CONTROL, "max-age=600"), (AGE, "900")], Some(0)),
            (&[(CACHE_CONTROL, "no-cache, max-age=600")], Some(0)),
            (&[(CACHE_CONTROL, "max-age=600, no-store")], None),
            (&[(CACHE_CONTROL, "max-age=99999999999")], Some(LONGEST_SECS)),
            (&[(CACHE_CONTROL, "max-age=-1")], Some(70)),
            (&[(EXPIRES, "Sun, 06 Nov 1994 08:50:37 GMT")], Some(60)),
            (
                &[(EXPIRES, "Sun, 06 Nov 1994 09:50:37 GMT"), (DATE, "Sun, 06 Nov 1994 09:50:07 GMT")],
                Some(30),
            ),
            (&[(EXPIRES, "0")], Some(0)),
            (&[(EXPIRES, "0"), (CACHE_CONTROL, "max-age=5")], Some(5)),
        ];
        for (pairs, wanted) in cases {
            assert_eq!(fresh_secs(&headers(pairs), 70, NOW), *wanted, "{pairs:?}");
        }
    }

    #[test]
    fn a_pause_is_read_in_seconds_or_as_a_date() {
        let pause = |text| retry_after(&headers(&[(RETRY_AFTER, text)]), NOW);
        assert_eq!(pause("120"), Some(120));
        assert_eq!(pause("86400"), Some(3600));
        assert_eq!(pause("Sun, 06 Nov 1994 08:50:00 GMT"), Some(23));
        assert_eq!(pause("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        assert_eq!(pause("soon"), None);
        assert_eq!(retry_after(&headers(&[]), NOW), None);
    }
}
