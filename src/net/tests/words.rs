//! Which addresses count as public, and what is said of each fault in each language.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::i18n::{Language, Strings};
use crate::net::{NetError, address, told};

#[test]
fn addresses_that_are_not_of_the_public_network_are_known() {
    let public = [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "198.18.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2400:3200::1",
        "2001:220::1",
        "3ffe::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ];
    let inner = [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:c0a8:1::1",
        "3fff::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ];
    for (list, wanted) in [(&public[..], true), (&inner[..], false)] {
        for text in list {
            let read: IpAddr = text.parse().expect(text);
            assert_eq!(address::is_public(read), wanted, "{text}");
        }
    }
}

#[test]
fn every_fault_says_something_of_its_own_in_every_language() {
    let faults = every_fault();
    for language in Language::ALL {
        let strings = Strings::embedded(language);
        let said: BTreeSet<String> = faults.iter().map(|fault| told(strings, fault)).collect();
        assert_eq!(said.len(), faults.len(), "{said:#?}");
        for fault in &faults {
            let text = told(strings, fault);
            for detail in details(fault) {
                assert!(text.contains(&detail), "{language}: {text} does not say {detail}");
            }
            assert!(!text.contains("C4USE"), "{language}: {text} tells what only logs should");
        }
    }
}

fn every_fault() -> Vec<NetError> {
    let host = || "H0ST".to_owned();
    let cause = || "C4USE".to_owned();
    let mut faults = vec![
        NetError::Bad(host()),
        NetError::Scheme(host()),
        NetError::UserInfo,
        NetError::Offline { host: host(), cause: cause() },
        NetError::Unresolved { host: host(), cause: cause() },
        NetError::Refused(host()),
        NetError::TimedOut(host()),
        NetError::Tls { host: host(), cause: cause() },
        NetError::NotHttp { host: host(), cause: cause() },
        NetError::WebPage(host()),
        NetError::Busy { host: host(), secs: 77 },
        NetError::TooLarge(77_000_000),
        NetError::Truncated(cause()),
        NetError::LyingLength(cause()),
        NetError::Packed(host()),
        NetError::NoRange,
        NetError::Changed,
        NetError::TooManyRedirects(5),
        NetError::RedirectToPrivate(host()),
        NetError::RedirectDowngrade(host()),
        NetError::RedirectElsewhere(host()),
        NetError::Stopped,
        NetError::Setup("77".to_owned()),
    ];
    faults.extend([403, 404, 429, 577].map(NetError::Status));
    faults
}

/// What a sentence must not leave out.
fn details(fault: &NetError) -> Vec<String> {
    let said = format!("{fault:?}");
    ["H0ST", "77"].into_iter().filter(|detail| said.contains(detail)).map(str::to_owned).collect()
}
