//! From where a request comes: the peer, or what a trusted proxy says.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};

/// The address that limits count by.
pub fn address(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        // Without a connection: a router that a test calls.
        .map_or(IpAddr::from(Ipv6Addr::LOCALHOST), |info| info.0.ip());
    if !trusted.contains(&peer) {
        return peer;
    }
    // Each proxy appends whom it heard; from the right, the first that is no proxy of ours is the client. Further left
    // stands whatever the client wrote.
    let forwarded = headers.get_all("x-forwarded-for").iter();
    let hops: Vec<IpAddr> = forwarded
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map_while(|hop| hop.trim().parse().ok())
        .collect();
    hops.into_iter()
        .rev()
        .find(|hop| !trusted.contains(hop))
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<IpAddr> = trusted.iter().map(|one| one.parse().unwrap()).collect();
        address(&extensions, &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(seen("9.9.9.9", "1.1.1.1", &[]), "9.9.9.9");
        assert_eq!(seen("10.0.0.1", "1.1.1.1", &["10.0.0.1"]), "1.1.1.1");
        assert_eq!(
            seen(
                "10.0.0.1",
                "6.6.6.6, 1.1.1.1, 10.0.0.2",
                &["10.0.0.1", "10.0.0.2"]
            ),
            "1.1.1.1"
        );
        assert_eq!(seen("10.0.0.1", "junk", &["10.0.0.1"]), "10.0.0.1");
    }
}
