//! The customer's business: what it is called and which site is its own, in a form that can be compared.

use serde::{Deserialize, Serialize};

use crate::text::fold;

/// Mail providers that anybody can have an address at: two businesses that share one have nothing in common.
const FREE_MAIL: &[&str] = &[
    "aol.com",
    "free.fr",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "naver.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yandex.ru",
    "zoho.com",
    "163.com",
    "126.com",
];

/// Longest name that DNS allows.
const MAX_DOMAIN: usize = 253;

/// The host of a site address without scheme, `www.`, port and path: `HTTPS://www.Acme.co.uk/x` is `acme.co.uk`.
/// `None` when the text is not a host of the public web.
pub fn normalise_domain(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let rest = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_end_matches('.');
    // All of them, so that what is normalised stays as it is.
    let host = host.trim_start_matches("www.");
    let labels: Vec<&str> = host.split('.').collect();
    let sound = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let top_is_a_name = labels.last()?.chars().any(char::is_alphabetic);
    (labels.len() >= 2 && host.len() <= MAX_DOMAIN && top_is_a_name && labels.iter().all(sound))
        .then(|| host.to_owned())
}

/// Whether that (normalised) domain belongs to a provider of free mail, and so to no business.
pub fn is_free_mail(domain: &str) -> bool {
    FREE_MAIL.contains(&domain)
}

/// What makes two entries the same business: the site if it has one of its own, else the folded name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BusinessKey {
    pub domain: Option<String>,
    pub folded_name: String,
}

impl BusinessKey {
    pub fn new(name: &str, site: Option<&str>) -> Self {
        Self {
            domain: site
                .and_then(normalise_domain)
                .filter(|domain| !is_free_mail(domain)),
            folded_name: fold_business(name),
        }
    }

    /// One text for a unique column.
    pub fn unique_text(&self) -> String {
        self.domain
            .clone()
            .unwrap_or_else(|| format!("name:{}", self.folded_name))
    }

    /// Whether two entries may be one business: same site, or same folded name.
    pub fn matches(&self, other: &Self) -> bool {
        let same_site = self.domain.is_some() && self.domain == other.domain;
        same_site || (!self.folded_name.is_empty() && self.folded_name == other.folded_name)
    }
}

/// Legal forms say nothing about which business it is.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "as",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "incorporated",
    "kg",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "oy",
    "plc",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "spa",
    "srl",
];

/// A business name folded, without its legal form: `Hale & Moss Ltd.` is `hale moss`.
pub fn fold_business(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_site_address_becomes_its_domain() {
        for (text, domain) in [
            ("HTTPS://www.Acme.co.uk/x", Some("acme.co.uk")),
            ("acme.com.", Some("acme.com")),
            ("www.www.acme.com", Some("acme.com")),
            ("www.com", None),
            ("http://user@shop.acme.com:8080?x#y", Some("shop.acme.com")),
            ("bücher.example", Some("bücher.example")),
            ("localhost", None),
            ("10.0.0.1", None),
            ("-acme.com", None),
            ("a b.com", None),
            ("", None),
        ] {
            assert_eq!(normalise_domain(text).as_deref(), domain, "{text}");
        }
    }

    #[test]
    fn free_mail_never_matches() {
        let one = BusinessKey::new("Hale & Moss Ltd", Some("gmail.com"));
        let two = BusinessKey::new("Brightwater", Some("gmail.com"));
        assert!(!one.matches(&two));
        assert!(one.matches(&BusinessKey::new("HALE & MOSS limited", None)));
        assert!(
            BusinessKey::new("A", Some("acme.com"))
                .matches(&BusinessKey::new("B", Some("www.acme.com")))
        );
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text: String) {
            if let Some(domain) = normalise_domain(&text) {
                prop_assert_eq!(normalise_domain(&domain), Some(domain));
            }
        }
    }
}
