//! Small, forgiving checks of addresses. They catch slips, not lies: only a message that arrives proves an address.

/// As RFC 5321 limits them.
const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;
const MAX_HOST: usize = 253;

/// The address with its host in lowercase.
pub fn email(text: &str) -> Option<String> {
    let (local, host) = text.rsplit_once('@')?;
    let local_fits = (1..=MAX_LOCAL).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let host = host.to_lowercase();
    (local_fits && text.len() <= MAX_EMAIL && is_host(&host)).then(|| format!("{local}@{host}"))
}

/// 5 to 20 digits with the signs that people put between them, and an extension behind an `x`.
pub fn phone(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace("ext.", "x").replace("ext", "x");
    let (number, extension) = lower.split_once('x').unwrap_or((&lower, ""));
    let number = number.trim();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let plus_first = number.rfind('+').is_none_or(|at| at == 0);
    let signs = number
        .chars()
        .all(|c| c.is_ascii_digit() || " +()-./\u{a0}".contains(c));
    let extension = extension.trim();
    let extension_fits = extension.len() <= 8 && extension.chars().all(|c| c.is_ascii_digit());
    ((5..=20).contains(&digits) && plus_first && signs && extension_fits).then(|| text.to_owned())
}

/// `http` and `https` only, so that a link can never run anything; `https` when none is written.
pub fn url(text: &str) -> Option<String> {
    if text
        .chars()
        .any(|c| c.is_whitespace() || "<>\"\\`".contains(c))
    {
        return None;
    }
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_lowercase(), rest),
        None => ("https".to_owned(), text),
    };
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let (host, port) = authority
        .split_once(':')
        .map_or((authority, None), |(h, p)| (h, Some(p)));
    if port.is_some_and(|p| p.parse::<u16>().is_err()) {
        return None;
    }
    let host = host.to_lowercase();
    let port = port.map(|p| format!(":{p}")).unwrap_or_default();
    is_host(&host).then(|| format!("{scheme}://{host}{port}{path}"))
}

/// At least two labels, the last of them not a number; letters of every script.
fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let fits = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last_is_name = labels
        .last()
        .is_some_and(|l| l.chars().count() >= 2 && !l.chars().all(|c| c.is_ascii_digit()));
    host.len() <= MAX_HOST && labels.len() >= 2 && labels.iter().all(fits) && last_is_name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        assert_eq!(
            email("Ann.Lee@Example.COM").as_deref(),
            Some("Ann.Lee@example.com")
        );
        for good in [
            "a@b.co",
            "o'neil+x@mail.example.org",
            "jürgen@bücher.example",
        ] {
            assert!(email(good).is_some(), "{good}");
        }
        for bad in [
            "", "a", "@b.co", "a@", "a@b", "a b@c.de", "a@b..de", ".a@b.de", "a@-b.de", "a@b@c",
            "a@1.2",
        ] {
            assert!(email(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn phones() {
        for good in [
            "+49 (0)30 123-456",
            "02079460000",
            "555.0100 ext. 12",
            "555-0100x7",
        ] {
            assert!(phone(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "12",
            "call me",
            "12345+6",
            "123456789012345678901",
            "555-0100 x abc",
        ] {
            assert!(phone(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn urls() {
        assert_eq!(
            url("HTTPS://www.Acme.co.uk/X?y#z").as_deref(),
            Some("https://www.acme.co.uk/X?y#z")
        );
        assert_eq!(url("acme.com").as_deref(), Some("https://acme.com"));
        assert_eq!(
            url("http://acme.com:8080").as_deref(),
            Some("http://acme.com:8080")
        );
        for bad in [
            "",
            "acme",
            "javascript:alert(1)",
            "javascript://acme.com/%0aalert(1)",
            "ftp://a.de",
            "https://",
            "http://a b.de",
            "user@acme.com",
            "acme.com:99999",
        ] {
            assert!(url(bad).is_none(), "{bad}");
        }
    }
}
