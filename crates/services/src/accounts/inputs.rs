//! What people type about themselves, cleaned and checked. Every fault names its input.

use domain::errors::InputFault;
use domain::text::clean_line;

use crate::ServiceError;

pub(crate) const MAX_NAME: usize = 100;
/// The longest address that mail can carry (RFC 5321).
const MAX_EMAIL: usize = 254;
const MIN_PASSWORD: usize = 12;
/// Long enough for every passphrase; short enough that hashing it costs nothing.
const MAX_PASSWORD: usize = 200;

/// A person who makes an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub password: String,
}

/// Collects what is wrong, so that people hear it all at once.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<InputFault>);

impl Faults {
    pub(crate) fn add(&mut self, input: &str, text: &str) {
        self.0.push(InputFault {
            input: input.into(),
            text: text.into(),
        });
    }

    pub(crate) fn none(self) -> Result<(), ServiceError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(ServiceError::Invalid(self.0))
        }
    }

    /// One line of 1 to `max` characters.
    pub(crate) fn line(&mut self, input: &str, what: &str, text: &str, max: usize) -> String {
        let cleaned = clean_line(text);
        if cleaned.is_empty() {
            self.add(input, &format!("Enter {what}"));
        } else if cleaned.chars().count() > max {
            self.add(
                input,
                &format!("Shorten {what} to {max} characters or fewer"),
            );
        }
        cleaned
    }

    pub(crate) fn email(&mut self, input: &str, text: &str) -> String {
        let email = clean_line(text);
        if !is_email(&email) {
            self.add(input, "Enter an email address, like name@example.com");
        }
        email
    }

    pub(crate) fn password(&mut self, input: &str, password: &str, email: &str) {
        let length = password.chars().count();
        if length < MIN_PASSWORD {
            self.add(input, "Enter a password of 12 characters or more");
        } else if length > MAX_PASSWORD {
            self.add(input, "Enter a password of 200 characters or fewer");
        } else if !email.is_empty() && fold_email(password) == fold_email(email) {
            self.add(input, "Choose a password that is not your email address");
        }
    }
}

/// What an address is compared by. Case never tells two people apart.
pub(crate) fn fold_email(email: &str) -> String {
    clean_line(email).to_lowercase()
}

/// Enough to catch slips; only a mail that arrives proves more.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    text.len() <= MAX_EMAIL
        && !local.is_empty()
        && local.len() <= 64
        && !local.contains('@')
        && !text.contains(char::is_whitespace)
        && domain.contains('.')
        && domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && domain
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '.' || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_slips() {
        for good in [
            "a@b.co",
            "first.last+tag@sub.example.org",
            "jörg@bücher.example",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "", "a", "a@b", "@b.co", "a b@c.de", "a@b..co", "a@@b.co", "a@-b.co",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_password_is_long_and_not_the_address() {
        let faults = |password: &str| {
            let mut faults = Faults::default();
            faults.password("password", password, "Name@Example.com");
            faults.0.len()
        };
        assert_eq!(faults("short"), 1);
        assert_eq!(faults("name@example.COM"), 1);
        assert_eq!(faults(&"x".repeat(201)), 1);
        assert_eq!(faults("correct horse battery"), 0);
    }
}
