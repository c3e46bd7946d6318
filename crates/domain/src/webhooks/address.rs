//! Which addresses a message may go to: those of the internet, and those of networks that the operator allows.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::people::words;

words! {
    /// Where an address lies.
    AddressKind {
        Public = "public", "a public address";
        Unspecified = "unspecified", "the unspecified address";
        Loopback = "loopback", "a loopback address";
        Private = "private", "an address of a private network";
        LinkLocal = "link_local", "a link-local address";
        /// Between a provider and its customers (RFC 6598).
        Shared = "shared", "an address of a provider\u{2019}s inner network";
        /// Where clouds tell machines their secrets.
        Metadata = "metadata", "a cloud\u{2019}s metadata address";
        Multicast = "multicast", "a multicast address";
        /// For documentation, for benchmarks, for the future.
        Reserved = "reserved", "a reserved address";
    }
}

/// Azure's, which lies among public addresses; the others lie in networks that are refused anyway.
const WIRE_SERVER: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);
/// AWS's over IPv6.
const AWS_METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

impl AddressKind {
    /// After the special-purpose registries of IANA (RFC 6890 and what came since). An address that carries another one
    /// (mapped, NAT64, 6to4) is what the carried one is.
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }
}

fn of_v4(address: Ipv4Addr) -> AddressKind {
    let [a, b, c, d] = address.octets();
    match (a, b, c, d) {
        (0, 0, 0, 0) => AddressKind::Unspecified,
        (127, ..) => AddressKind::Loopback,
        (169, 254, 169, 254) | (100, 100, 100, 200) | (192, 0, 0, 192) => AddressKind::Metadata,
        _ if address == WIRE_SERVER => AddressKind::Metadata,
        (10, ..) | (172, 16..=31, ..) | (192, 168, ..) => AddressKind::Private,
        (169, 254, ..) => AddressKind::LinkLocal,
        (100, 64..=127, ..) => AddressKind::Shared,
        (224..=239, ..) => AddressKind::Multicast,
        // "This network", protocol assignments, 6to4 relays, documentation, benchmarks, the future and broadcast.
        (0 | 240..=255, ..)
        | (192, 0, 0 | 2, _)
        | (192, 88, 99, _)
        | (198, 18 | 19, ..)
        | (198, 51, 100, _)
        | (203, 0, 113, _) => AddressKind::Reserved,
        _ => AddressKind::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> AddressKind {
    let [one, two, three, four, five, six, seven, eight] = address.segments();
    let carried =
        |high: u16, low: u16| of_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match (one, two, three, four, five, six) {
        _ if address == Ipv6Addr::UNSPECIFIED => AddressKind::Unspecified,
        _ if address == Ipv6Addr::LOCALHOST => AddressKind::Loopback,
        _ if address == AWS_METADATA => AddressKind::Metadata,
        // IPv4-mapped; NAT64; 6to4.
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => carried(seven, eight),
        (0x2002, ..) => carried(two, three),
        (0xfc00..=0xfdff, ..) => AddressKind::Private,
        // Link-local, and site-local as it once was.
        (0xfe80..=0xfeff, ..) => AddressKind::LinkLocal,
        (0xff00..=0xffff, ..) => AddressKind::Multicast,
        // Protocol assignments with Teredo, ORCHID; documentation; then all that is no global unicast.
        (0x2001, 0..=0x01ff | 0x0db8, ..) | (0x3fff, 0..=0x0fff, ..) => AddressKind::Reserved,
        (0x2000..=0x3fff, ..) => AddressKind::Public,
        _ => AddressKind::Reserved,
    }
}

/// The addresses that begin with the same bits: `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let apart = u32::from(first) ^ u32::from(address);
                u32::from(self.bits) <= apart.leading_zeros()
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let apart = u128::from(first) ^ u128::from(address);
                u32::from(self.bits) <= apart.leading_zeros()
            }
            _ => false,
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

/// Why a text names no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoNetwork {
    /// Neither an address nor an address and the number of its first bits.
    #[error("not a network such as 10.1.0.0/16")]
    Form,
    /// Who wrote it may have meant the one address or all of them.
    #[error("an address within a network: write {0} for the network, or {1} for the address alone")]
    Within(Network, IpAddr),
    /// Addresses are looked at in their IPv4 form, so that it would hold none.
    #[error("an IPv4 network in IPv6 form: write {0}")]
    Mapped(Network),
}

impl Network {
    /// The addresses that begin with the same bits as that one; `None`: it has fewer bits.
    fn around(address: IpAddr, bits: u8) -> Option<Self> {
        let first = match address {
            IpAddr::V4(address) => {
                let rest = 32_u32.checked_sub(u32::from(bits))?;
                let mask = u32::MAX.checked_shl(rest).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from(u32::from(address) & mask))
            }
            IpAddr::V6(address) => {
                let rest = 128_u32.checked_sub(u32::from(bits))?;
                let mask = u128::MAX.checked_shl(rest).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from(u128::from(address) & mask))
            }
        };
        Some(Self { first, bits })
    }

    /// The IPv4 network that an IPv6 network of mapped addresses stands for.
    fn mapped(address: IpAddr, bits: u8) -> Option<Self> {
        let IpAddr::V6(address) = address else {
            return None;
        };
        let inner = address.to_ipv4_mapped()?;
        Self::around(IpAddr::V4(inner), bits.checked_sub(96)?)
    }
}

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NoNetwork::Form)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(most), digits).ok_or(NoNetwork::Form)?;
        let network = Self::around(address, bits).ok_or(NoNetwork::Form)?;
        if let Some(plain) = Self::mapped(address, bits) {
            return Err(NoNetwork::Mapped(plain));
        }
        if network.first != address {
            return Err(NoNetwork::Within(network, address));
        }
        Ok(network)
    }
}

/// A number without a sign.
fn digits(text: &str) -> Option<u8> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// What the operator allows beside the internet. Nothing, if nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    pub allowed: Vec<Network>,
}

/// Why nothing is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    #[error("{0} is {kind}, to which nothing is sent", kind = .1.label())]
    Kind(IpAddr, AddressKind),
    #[error("{0} is reached only by https")]
    Unencrypted(IpAddr),
}

impl Reach {
    /// Whether a message may go there; unencrypted only into networks that the operator allows.
    pub fn check(&self, address: IpAddr, https: bool) -> Result<(), Unreachable> {
        if self.allowed.iter().any(|network| network.contains(address)) {
            return Ok(());
        }
        match AddressKind::of(address) {
            AddressKind::Public if https => Ok(()),
            AddressKind::Public => Err(Unreachable::Unencrypted(address)),
            kind => Err(Unreachable::Kind(address, kind)),
        }
    }
}

/// Above the well-known ports, those that speak something else (the list of the Fetch standard).
const OTHER_PROTOCOLS: [u16; 17] = [
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
    6697,
];

/// Whether web servers listen on that port: a message must not be read as a mail or a command.
pub fn port_is_sane(port: u16) -> bool {
    matches!(port, 80 | 443 | 1024..) && !OTHER_PROTOCOLS.contains(&port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use AddressKind::{
        LinkLocal, Loopback, Metadata, Multicast, Private, Public, Reserved, Shared, Unspecified,
    };

    /// Both ends of each special network, and what lies beside them.
    const EDGES: &[(&str, AddressKind)] = &[
        ("0.0.0.0", Unspecified),
        ("0.0.0.1", Reserved),
        ("0.255.255.255", Reserved),
        ("1.0.0.0", Public),
        ("9.255.255.255", Public),
        ("10.0.0.0", Private),
        ("10.255.255.255", Private),
        ("11.0.0.0", Public),
        ("100.63.255.255", Public),
        ("100.64.0.0", Shared),
        ("100.100.100.200", Metadata),
        ("100.127.255.255", Shared),
        ("100.128.0.0", Public),
        ("126.255.255.255", Public),
        ("127.0.0.0", Loopback),
        ("127.0.0.1", Loopback),
        ("127.255.255.255", Loopback),
        ("128.0.0.0", Public),
        ("168.63.129.15", Public),
        ("168.63.129.16", Metadata),
        ("169.253.255.255", Public),
        ("169.254.0.0", LinkLocal),
        ("169.254.169.254", Metadata),
        ("169.254.255.255", LinkLocal),
        ("169.255.0.0", Public),
        ("172.15.255.255", Public),
        ("172.16.0.0", Private),
        ("172.31.255.255", Private),
        ("172.32.0.0", Public),
        ("192.0.0.0", Reserved),
        ("192.0.0.192", Metadata),
        ("192.0.0.255", Reserved),
        ("192.0.1.0", Public),
        ("192.0.2.0", Reserved),
        ("192.0.2.255", Reserved),
        ("192.0.3.0", Public),
        ("192.88.98.255", Public),
        ("192.88.99.0", Reserved),
        ("192.88.100.0", Public),
        ("192.167.255.255", Public),
        ("192.168.0.0", Private),
        ("192.168.255.255", Private),
        ("192.169.0.0", Public),
        ("198.17.255.255", Public),
        ("198.18.0.0", Reserved),
        ("198.19.255.255", Reserved),
        ("198.20.0.0", Public),
        ("198.51.99.255", Public),
        ("198.51.100.0", Reserved),
        ("198.51.101.0", Public),
        ("203.0.112.255", Public),
        ("203.0.113.0", Reserved),
        ("203.0.114.0", Public),
        ("223.255.255.255", Public),
        ("224.0.0.0", Multicast),
        ("239.255.255.255", Multicast),
        ("240.0.0.0", Reserved),
        ("255.255.255.255", Reserved),
        ("::", Unspecified),
        ("::1", Loopback),
        ("::2", Reserved),
        ("::127.0.0.1", Reserved),
        ("100::1", Reserved),
        ("1fff::1", Reserved),
        ("2000::1", Public),
        ("2001::1", Reserved),
        ("2001:1ff:ffff::1", Reserved),
        ("2001:200::1", Public),
        ("2001:db7::1", Public),
        ("2001:db8::1", Reserved),
        ("2001:db9::1", Public),
        ("2606:4700::1111", Public),
        ("3ffe::1", Public),
        ("3fff:0:1::", Reserved),
        ("3fff:fff::1", Reserved),
        ("3fff:1000::1", Public),
        ("4000::1", Reserved),
        ("5f00::1", Reserved),
        ("fbff::1", Reserved),
        ("fc00::", Private),
        ("fd00:ec2::254", Metadata),
        ("fdff:ffff::1", Private),
        ("fe00::1", Reserved),
        ("fe80::1", LinkLocal),
        ("febf::1", LinkLocal),
        ("fec0::1", LinkLocal),
        ("feff::1", LinkLocal),
        ("ff00::1", Multicast),
        ("ff02::1", Multicast),
    ];

    fn kind(text: &str) -> AddressKind {
        AddressKind::of(text.parse().unwrap())
    }

    #[test]
    fn every_special_network_is_told_from_the_internet_at_both_its_ends() {
        for (address, expected) in EDGES {
            assert_eq!(kind(address), *expected, "{address}");
        }
    }

    #[test]
    fn an_address_that_carries_another_is_what_the_carried_one_is() {
        for (inner, expected) in [
            ("127.0.0.1", AddressKind::Loopback),
            ("10.1.2.3", AddressKind::Private),
            ("169.254.169.254", AddressKind::Metadata),
            ("100.64.0.1", AddressKind::Shared),
            ("0.0.0.0", AddressKind::Unspecified),
            ("224.0.0.1", AddressKind::Multicast),
            ("93.184.215.14", AddressKind::Public),
        ] {
            let [a, b, c, d] = inner.parse::<Ipv4Addr>().unwrap().octets();
            for outer in [
                format!("::ffff:{inner}"),
                format!("64:ff9b::{inner}"),
                format!("2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1"),
            ] {
                assert_eq!(kind(&outer), expected, "{outer}");
            }
        }
        // NAT64 prefixes of one's own are one's own network.
        assert_eq!(kind("64:ff9b:1::1"), AddressKind::Reserved);
    }

    #[test]
    fn what_the_operator_allows_is_reached_and_nothing_beside_it() {
        let reach = Reach {
            allowed: vec!["127.0.0.0/8".parse().unwrap(), "fd12::/16".parse().unwrap()],
        };
        let ask = |text: &str, https| reach.check(text.parse().unwrap(), https).is_ok();
        assert!(
            ask("127.0.0.1", false) && ask("127.9.9.9", true) && ask("::ffff:127.0.0.1", false)
        );
        assert!(ask("fd12::1", false) && !ask("fd13::1", true));
        assert!(!ask("10.0.0.1", true) && !ask("::1", true) && !ask("64:ff9b::127.0.0.1", true));
        assert!(ask("93.184.215.14", true) && !ask("93.184.215.14", false));
        assert!(
            Reach::default()
                .check("127.0.0.1".parse().unwrap(), true)
                .is_err()
        );
        let why = Reach::default()
            .check("10.0.0.1".parse().unwrap(), true)
            .unwrap_err();
        assert_eq!(
            why.to_string(),
            "10.0.0.1 is an address of a private network, to which nothing is sent"
        );
    }

    #[test]
    fn networks_are_read_and_hold_what_begins_like_them() {
        let network: Network = "192.168.4.0/22".parse().unwrap();
        assert!(network.contains("192.168.7.255".parse().unwrap()));
        assert!(!network.contains("192.168.8.0".parse().unwrap()));
        assert!(
            "0.0.0.0/0"
                .parse::<Network>()
                .unwrap()
                .contains("8.8.8.8".parse().unwrap())
        );
        assert!(
            !"0.0.0.0/0"
                .parse::<Network>()
                .unwrap()
                .contains("::1".parse().unwrap())
        );
        let one: Network = "::1".parse().unwrap();
        assert!(one.contains("::1".parse().unwrap()) && !one.contains("::2".parse().unwrap()));
        for bad in [
            "",
            "10",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/-1",
            "10.0.0.0/+8",
            "::/129",
            "localhost",
        ] {
            assert_eq!(bad.parse::<Network>(), Err(NoNetwork::Form), "{bad}");
        }
    }

    #[test]
    fn a_network_that_may_be_meant_otherwise_is_refused_with_what_to_write() {
        for (text, why) in [
            (
                "10.0.0.5/8",
                "an address within a network: write 10.0.0.0/8 for the network, or 10.0.0.5 for the address alone",
            ),
            (
                "10.0.0.1/0",
                "an address within a network: write 0.0.0.0/0 for the network, or 10.0.0.1 for the address alone",
            ),
            (
                "fd12::1/16",
                "an address within a network: write fd12::/16 for the network, or fd12::1 for the address alone",
            ),
            (
                "::ffff:10.0.0.0/104",
                "an IPv4 network in IPv6 form: write 10.0.0.0/8",
            ),
            (
                "::ffff:10.0.0.5/104",
                "an IPv4 network in IPv6 form: write 10.0.0.0/8",
            ),
            (
                "::ffff:10.0.0.5",
                "an IPv4 network in IPv6 form: write 10.0.0.5/32",
            ),
        ] {
            let refused = text.parse::<Network>().unwrap_err();
            assert_eq!(refused.to_string(), why, "{text}");
        }
        for good in [
            "10.0.0.0/8",
            "10.0.0.5",
            "10.0.0.5/32",
            "0.0.0.0/0",
            "::/0",
            "fd12::/16",
            "::1",
        ] {
            assert!(good.parse::<Network>().is_ok(), "{good}");
        }
    }

    #[test]
    fn only_web_ports() {
        for port in [80, 443, 1024, 3000, 8080, 8443, 65_535] {
            assert!(port_is_sane(port), "{port}");
        }
        for port in [0, 1, 22, 25, 110, 1023, 2049, 6000, 6667] {
            assert!(!port_is_sane(port), "{port}");
        }
    }
}
