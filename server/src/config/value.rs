//! How the text of each kind of setting is read. The error says what would have been right.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use axum::http::Uri;
use domain::webhooks::{Network, NoNetwork};
use lettre::{AsyncSmtpTransport, Tokio1Executor, message::Mailbox};
use store::DbUrl;

/// A name and an address that mail comes from.
pub type MailSender = Mailbox;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Pretty,
    Json,
}

/// Scheme and host at which people reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// `https://deals.example` without a slash at its end: what browsers send as Origin.
    origin: String,
    https: bool,
}

impl PublicUrl {
    /// Plain HTTP at the listening address.
    pub fn of(address: SocketAddr) -> Self {
        Self {
            origin: format!("http://{address}"),
            https: false,
        }
    }

    pub fn is_https(&self) -> bool {
        self.https
    }

    pub fn as_str(&self) -> &str {
        &self.origin
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

/// A mail server's address, which may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(String);

impl SmtpUrl {
    /// With the password in it.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

pub fn smtp(text: &str) -> Result<Option<SmtpUrl>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let expected = || {
        "smtps://user:password@host, smtp://user:password@host?tls=required or smtp://host is expected, with %-codes for \
         signs such as @ in the password"
            .to_owned()
    };
    let uri: Uri = text.parse().map_err(|_| expected())?;
    AsyncSmtpTransport::<Tokio1Executor>::from_url(text).map_err(|_| expected())?;
    let (Some("smtp" | "smtps"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(expected());
    };
    let host = authority.host().trim_matches(['[', ']']);
    let local = host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback());
    let encrypted = uri.scheme_str() == Some("smtps")
        || uri
            .query()
            .is_some_and(|query| query.contains("tls=required"));
    if authority.as_str().contains('@') && !encrypted && !local {
        return Err(
            "add ?tls=required: a password does not go over the network in the clear".to_owned(),
        );
    }
    Ok(Some(SmtpUrl(text.to_owned())))
}

pub fn sender(text: &str) -> Result<Option<MailSender>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| "an address is expected, such as Dealboard <deals@example.com>".to_owned())
}

pub fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "an address and a port are expected, such as 127.0.0.1:3000".to_owned())
}

pub fn addresses(text: &str) -> Result<Vec<IpAddr>, String> {
    let parts = text.split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse()
                .map_err(|_| format!("{part:?} is not an IP address"))
        })
        .collect()
}

pub fn networks(text: &str) -> Result<Vec<Network>, String> {
    let parts = text.split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse()
                .map_err(|why: NoNetwork| format!("{part:?} is {why}"))
        })
        .collect()
}

pub fn public_url(text: &str) -> Result<Option<PublicUrl>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let expected = || "a URL without a path is expected, such as https://deals.example".to_owned();
    let uri: Uri = text.parse().map_err(|_| expected())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(expected());
    };
    let plain = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
    if !plain || !matches!(scheme, "http" | "https") {
        return Err(expected());
    }
    Ok(Some(PublicUrl {
        origin: format!("{scheme}://{authority}").to_lowercase(),
        https: scheme == "https",
    }))
}

pub fn size(text: &str) -> Result<usize, String> {
    let (number, unit) = number_and_unit(text);
    let factor: Option<usize> = match unit.to_lowercase().as_str() {
        "" | "b" => Some(1),
        "k" | "kb" => Some(1_000),
        "kib" => Some(1 << 10),
        "m" | "mb" => Some(1_000_000),
        "mib" => Some(1 << 20),
        "g" | "gb" => Some(1_000_000_000),
        "gib" => Some(1 << 30),
        _ => None,
    };
    let bytes = number
        .parse::<usize>()
        .ok()
        .zip(factor)
        .and_then(|(number, factor)| number.checked_mul(factor));
    bytes
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "a size is expected, such as 512 KiB, 2 MiB or 25 MB".to_owned())
}

pub fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = number_and_unit(text);
    let milliseconds: Option<u64> = match unit {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" | "min" => Some(60_000),
        _ => None,
    };
    let length = number
        .parse::<u64>()
        .ok()
        .zip(milliseconds)
        .and_then(|(number, factor)| number.checked_mul(factor));
    length
        .filter(|length| *length > 0)
        .map(Duration::from_millis)
        .ok_or_else(|| "a duration is expected, such as 500 ms, 10 s or 2 min".to_owned())
}

fn number_and_unit(text: &str) -> (&str, &str) {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number, unit.trim())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "all parsers have the table's one type"
)]
pub fn folder(text: &str) -> Result<Option<PathBuf>, String> {
    Ok((!text.is_empty()).then(|| PathBuf::from(text)))
}

pub fn required_folder(text: &str) -> Result<PathBuf, String> {
    folder(text)?.ok_or_else(|| "a folder is expected".to_owned())
}

pub fn database(text: &str) -> Result<Option<DbUrl>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|error: store::DbUrlError| error.to_string())
}

pub fn connections(text: &str) -> Result<u32, String> {
    within(text, 2, 1_000)
}

pub fn readers(text: &str) -> Result<u32, String> {
    within(text, 1, 64)
}

pub fn pace(text: &str) -> Result<u32, String> {
    within(text, 1, 1_000_000)
}

fn within(text: &str, least: u32, most: u32) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("a number from {least} to {most} is expected"))
}

pub fn filter(text: &str) -> Result<String, String> {
    match tracing_subscriber::EnvFilter::try_new(text) {
        Ok(_) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err("a level or a filter is expected, such as info or info,sqlx=warn".to_owned()),
    }
}

pub fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "pretty" => Ok(LogFormat::Pretty),
        "json" => Ok(LogFormat::Json),
        _ => Err("pretty or json is expected".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_durations_have_units() {
        assert_eq!(size("2 MiB"), Ok(2 << 20));
        assert_eq!(size("25MB"), Ok(25_000_000));
        assert_eq!(size("77"), Ok(77));
        for bad in [
            "",
            "-1",
            "2 TB",
            "MiB",
            "0",
            "1.5 MB",
            "99999999999999999999",
            "99999999999 GiB",
        ] {
            assert!(size(bad).is_err(), "{bad}");
        }
        assert_eq!(duration("10 s"), Ok(Duration::from_secs(10)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        for bad in ["", "10", "0 s", "ten s"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_public_address_is_an_origin() {
        let url = public_url("https://Deals.Example/").unwrap().unwrap();
        assert_eq!(url.as_str(), "https://deals.example");
        assert!(url.is_https());
        assert_eq!(public_url(""), Ok(None));
        for bad in [
            "deals.example",
            "ftp://a",
            "https://a/path",
            "https://u@a",
            "https://a?b",
        ] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_mail_servers_password_is_not_sent_in_the_clear() {
        for good in [
            "smtps://me:sesame@mail.example",
            "smtp://me:sesame@mail.example:2525?tls=required",
            "smtp://mail.example",
            "smtp://me:sesame@127.0.0.1:2525",
            "smtp://me:sesame@[::1]:2525",
        ] {
            assert!(smtp(good).unwrap().is_some(), "{good}");
            assert!(!format!("{:?}", smtp(good)).contains("sesame"));
        }
        assert_eq!(smtp(""), Ok(None));
        for bad in [
            "mail.example",
            "http://mail.example",
            "smtp://mail.example?tls=maybe",
            "smtp://me:sesame@mail.example",
            "smtp://me:sesame@mail.example?tls=opportunistic",
        ] {
            assert!(smtp(bad).is_err(), "{bad}");
            assert!(!smtp(bad).unwrap_err().contains("sesame"));
        }
    }

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        let named = sender("Deal Desk <deals@example.com>").unwrap().unwrap();
        assert_eq!(named.email.domain(), "example.com");
        assert!(sender("deals@example.com").unwrap().is_some());
        assert_eq!(sender(""), Ok(None));
        assert!(sender("deals").is_err());
        assert!(sender("a@b.example\r\nBcc: all@b.example").is_err());
    }

    #[test]
    fn networks_are_addresses_with_a_length() {
        assert_eq!(networks("10.0.0.0/8, ::1,").unwrap().len(), 2);
        assert_eq!(networks(""), Ok(Vec::new()));
        assert!(networks("localhost").unwrap_err().contains("localhost"));
        assert!(networks("10.0.0.0/33").is_err());
        let within = networks("10.0.0.5/8").unwrap_err();
        assert!(within.contains("write 10.0.0.0/8"), "{within}");
    }

    #[test]
    fn proxies_are_addresses() {
        assert_eq!(addresses("10.0.0.1, ::1,").unwrap().len(), 2);
        assert!(addresses("proxy.local").is_err());
    }
}
