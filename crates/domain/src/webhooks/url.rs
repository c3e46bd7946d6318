//! An endpoint's address as a company's admin types it.

use std::fmt::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};

use super::address::{Reach, Unreachable, port_is_sane};

/// Characters of an address.
const MOST: usize = 2_000;
/// Characters of a host name (RFC 1035).
const MOST_OF_NAME: usize = 253;

/// A checked address: scheme, host, port and the rest, of which the wire needs each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookUrl {
    whole: String,
    https: bool,
    host: String,
    port: u16,
    /// Where path and query begin in `whole`.
    path_at: usize,
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    #[error("Enter an address that begins with https://")]
    Scheme,
    /// Nothing is allowed that would be reached without TLS.
    #[error(
        "Begin the address with https:// in place of http://: nothing is sent unencrypted. Whoever runs this Dealboard can allow http:// into networks of their own"
    )]
    Unencrypted,
    #[error("Shorten the address to 2,000 characters")]
    TooLong,
    #[error("Take out spaces, and write letters beyond ASCII as %-codes or, in the name, as xn--")]
    Characters,
    #[error("Take the user name and password out: the signature says who sends")]
    Credentials,
    #[error("Take out what follows #: it is not sent")]
    Fragment,
    #[error("Enter a host name such as hooks.example.com")]
    Host,
    #[error("Enter a port of a web server: 443, or one from 1024 on")]
    Port,
    #[error("{0}. Whoever runs this Dealboard can allow it")]
    Address(Unreachable),
}

impl HookUrl {
    /// The address, if a message may be sent there as far as can be said without asking for the name.
    pub fn parse(text: &str, reach: &Reach) -> Result<Self, UrlFault> {
        let text = text.trim();
        if text.len() > MOST {
            return Err(UrlFault::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic())
            || text.contains(['\\', '"', '<', '>', '`'])
        {
            return Err(UrlFault::Characters);
        }
        let (scheme, rest) = text.split_once("://").ok_or(UrlFault::Scheme)?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" if reach.allowed.is_empty() => return Err(UrlFault::Unencrypted),
            "http" => false,
            _ => return Err(UrlFault::Scheme),
        };
        if rest.contains('#') {
            return Err(UrlFault::Fragment);
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            return Err(UrlFault::Credentials);
        }
        let (host, port) = parted(authority, https)?;
        let url = Self::put_together(https, host, port, path);
        if let Some(address) = url.address() {
            reach.check(address, https).map_err(UrlFault::Address)?;
        }
        Ok(url)
    }

    fn put_together(https: bool, host: String, port: u16, path: &str) -> Self {
        let (scheme, usual) = if https { ("https", 443) } else { ("http", 80) };
        let mut whole = format!("{scheme}://{host}");
        if port != usual {
            // Writing to a String cannot fail.
            let _ = write!(whole, ":{port}");
        }
        let path_at = whole.len();
        if !path.starts_with('/') {
            whole.push('/');
        }
        whole.push_str(path);
        Self {
            whole,
            https,
            host,
            port,
            path_at,
        }
    }

    pub fn is_https(&self) -> bool {
        self.https
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The host as it is looked up: an IPv6 address without its brackets.
    pub fn host(&self) -> &str {
        self.host.trim_matches(['[', ']'])
    }

    /// The host if it is an address and no name.
    pub fn address(&self) -> Option<IpAddr> {
        self.host().parse().ok()
    }

    /// What follows the scheme, up to the path: the header `Host`.
    pub fn authority(&self) -> &str {
        let authority = self.whole.get(..self.path_at).unwrap_or_default();
        authority.split_once("://").map_or("", |(_, rest)| rest)
    }

    /// Path and query.
    pub fn path(&self) -> &str {
        self.whole.get(self.path_at..).unwrap_or_default()
    }

    pub fn as_str(&self) -> &str {
        &self.whole
    }
}

impl fmt::Display for HookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.whole)
    }
}

/// The host of an address as it is kept, with its port if it has an unusual one. It is what headings and letters name: path
/// and query may hold what is secret.
pub fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

fn parted(authority: &str, https: bool) -> Result<(String, u16), UrlFault> {
    let usual = if https { 443 } else { 80 };
    if authority.starts_with('[') && !authority.contains(']') {
        return Err(UrlFault::Host);
    }
    // Colons within brackets are the address's own.
    let after = authority.rfind(']').map_or(0, |end| end + 1);
    let (host, port) = match authority.get(after..).and_then(|rest| rest.find(':')) {
        None => (authority, usual),
        Some(at) => {
            let (host, port) = authority.split_at(after + at);
            let digits = port.get(1..).unwrap_or_default();
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            let port = digits.parse().ok().filter(|_| plain);
            (host, port.ok_or(UrlFault::Port)?)
        }
    };
    if !port_is_sane(port) {
        return Err(UrlFault::Port);
    }
    checked_host(host).map(|host| (host, port))
}

fn checked_host(host: &str) -> Result<String, UrlFault> {
    if let Some(inner) = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        let address: std::net::Ipv6Addr = inner.parse().map_err(|_| UrlFault::Host)?;
        return Ok(format!("[{address}]"));
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Ok(address.to_string());
    }
    let host = host.to_ascii_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // 127.1 and 0x7f.1 are addresses to some resolvers: a name does not end in a number.
    let last = host.rsplit('.').next().unwrap_or_default();
    let number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    if host.len() > MOST_OF_NAME || number || !host.split('.').all(is_label) {
        return Err(UrlFault::Host);
    }
    Ok(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<HookUrl, UrlFault> {
        HookUrl::parse(text, &Reach::default())
    }

    #[test]
    fn an_address_comes_apart() {
        let url = read(" HTTPS://Hooks.Example.com:8443/a/b?c=d ").unwrap();
        assert_eq!(url.as_str(), "https://hooks.example.com:8443/a/b?c=d");
        assert_eq!(
            (url.host(), url.port(), url.path()),
            ("hooks.example.com", 8443, "/a/b?c=d")
        );
        assert_eq!(url.authority(), "hooks.example.com:8443");
        let url = read("https://hooks.example.com:443").unwrap();
        assert_eq!(
            (url.as_str(), url.path()),
            ("https://hooks.example.com/", "/")
        );
        let url = read("https://[2606:4700::1111]/x").unwrap();
        assert_eq!(
            (url.host(), url.authority()),
            ("2606:4700::1111", "[2606:4700::1111]")
        );
        assert_eq!(read("https://a.example?x").unwrap().path(), "/?x");
    }

    #[test]
    fn of_an_address_the_host_is_named() {
        for (url, host) in [
            ("https://hooks.example.com/a?b", "hooks.example.com"),
            ("https://hooks.example.com?secret", "hooks.example.com"),
            ("http://127.0.0.1:4000/", "127.0.0.1:4000"),
            ("https://[::1]:4000/x", "[::1]:4000"),
            ("nonsense", "nonsense"),
            ("", ""),
        ] {
            assert_eq!(host_of(url), host);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_what_would_be_one() {
        for (text, fault) in [
            ("", UrlFault::Scheme),
            ("hooks.example.com", UrlFault::Scheme),
            ("ftp://a.example", UrlFault::Scheme),
            ("javascript://a.example", UrlFault::Scheme),
            ("http://a.example", UrlFault::Unencrypted),
            ("https://user:pass@a.example", UrlFault::Credentials),
            ("https://a.example@b.example", UrlFault::Credentials),
            ("https://a.example/#x", UrlFault::Fragment),
            ("https://a.example/ä", UrlFault::Characters),
            ("https://a.example/a b", UrlFault::Characters),
            ("https://a.example\\@b.example", UrlFault::Characters),
            ("https://a.example/`", UrlFault::Characters),
            ("https://", UrlFault::Host),
            ("https:///path", UrlFault::Host),
            ("https://a..example", UrlFault::Host),
            ("https://a.example.", UrlFault::Host),
            ("https://127.1", UrlFault::Host),
            ("https://2130706433", UrlFault::Host),
            ("https://0x7f.0.0.0x1", UrlFault::Host),
            ("https://0177.0.0.1", UrlFault::Host),
            ("https://[::1", UrlFault::Host),
            ("https://a%2eexample", UrlFault::Host),
            ("https://a.example:22", UrlFault::Port),
            ("https://a.example:0", UrlFault::Port),
            ("https://a.example:+443", UrlFault::Port),
            ("https://a.example:65536", UrlFault::Port),
            ("https://a.example:", UrlFault::Port),
        ] {
            assert_eq!(read(text), Err(fault), "{text}");
        }
        assert_eq!(
            read(&format!("https://a.example/{}", "x".repeat(2_000))),
            Err(UrlFault::TooLong)
        );
    }

    #[test]
    fn an_address_within_is_refused_at_once_unless_it_is_allowed() {
        for text in [
            "https://127.0.0.1",
            "https://[::1]:3000",
            "https://[::ffff:10.0.0.1]",
            "https://169.254.169.254/latest",
        ] {
            assert!(matches!(read(text), Err(UrlFault::Address(_))), "{text}");
        }
        let reach = Reach {
            allowed: vec!["127.0.0.0/8".parse().unwrap()],
        };
        let url = HookUrl::parse("http://127.0.0.1:4000/hook", &reach).unwrap();
        assert!(!url.is_https());
        assert_eq!(url.port(), 4000);
        let plain = HookUrl::parse("http://93.184.215.14/", &reach).unwrap_err();
        assert_eq!(
            plain.to_string(),
            "93.184.215.14 is reached only by https. Whoever runs this Dealboard can allow it"
        );
        // A name is looked up with each try.
        assert!(HookUrl::parse("http://localhost:4000/", &reach).is_ok());
    }
}
