//! Which addresses may be opened: http and https without passwords, and which of them lie on the public network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use super::NetError;

/// Reads an address as a person types it; what stands behind `#` is left out, since no server sees it.
pub fn parse(text: &str) -> Result<Url, NetError> {
    let url = Url::parse(text.trim()).map_err(|_| NetError::Bad(text.trim().to_owned()))?;
    checked(url)
}

/// The address, if the atlas opens such ones.
pub(super) fn checked(mut url: Url) -> Result<Url, NetError> {
    if !["http", "https"].contains(&url.scheme()) {
        return Err(NetError::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(NetError::UserInfo);
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(NetError::Bad(url.to_string()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// The host as it is looked up: a name, or an address without the brackets of IPv6.
pub(super) fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

/// Whether an address belongs to the public network: not to this machine, the network around it, a provider's inner
/// network, a group of receivers, or nobody.
///
/// After IANA's special-purpose registries (RFC 6890 and its successors). IPv6 addresses that carry an IPv4 one, mapped
/// or for NAT64 (RFC 6052), 6to4 (RFC 3056), are as public as that one. 198.18.0.0/15 counts as public: it is for
/// measuring equipment, and programs that lead all connections through a tunnel hand it out for every public name.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_this_network = a == 0;
    let is_provider_nat = a == 100 && (64..128).contains(&b);
    let is_protocol_block = (a, b, c) == (192, 0, 0);
    let is_future = a >= 240;
    !(is_this_network
        || is_provider_nat
        || is_protocol_block
        || is_future
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let carried = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match parts {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(carried(high, low))
        }
        [0x2002, high, low, ..] => is_public_v4(carried(high, low)),
        // Teredo hides an IPv4 address as well, turned over; nobody serves maps from there.
        [0x2001, 0 | 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Only this eighth of the space has been given out for the public network (RFC 4291).
        [first, ..] => first & 0xe000 == 0x2000,
    }
}
