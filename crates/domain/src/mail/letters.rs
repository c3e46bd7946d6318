//! What each mail says.

use super::layout::{Letter, Mail, TOKEN_PLACE};
use crate::Timestamp;
use crate::deals::DealFact;
use crate::notices::news;
use crate::people::Side;

/// Where somebody chooses what they are told, under the address of this installation.
pub(super) const CHOICES: &str = "/account/notifications";

/// A fact of a deal, told to somebody who wants to hear of it.
#[derive(Debug, Clone, Copy)]
pub struct DealNews<'a> {
    /// The address of this installation, without a slash at the end.
    pub base_url: &'a str,
    pub to_name: &'a str,
    /// The side of the one who is told.
    pub to_side: Side,
    /// Who did it; empty for the clock.
    pub who: &'a str,
    /// `ALT-1042`.
    pub number: &'a str,
    pub customer: &'a str,
    pub program: &'a str,
    /// The deal's page as that side opens it.
    pub path: &'a str,
    pub fact: &'a DealFact,
}

impl DealNews<'_> {
    /// `None` where the fact is news to nobody.
    pub fn mail(&self) -> Option<Mail> {
        let (_, headline) = news(self.fact)?;
        let sentence = self.fact.sentence();
        let told = if self.who.is_empty() {
            format!("{}.", first_upper(&sentence))
        } else {
            format!("{} {sentence}.", self.who)
        };
        let because = match self.to_side {
            Side::Company => format!(
                "You get this because you work for the company whose program {} is.",
                self.program
            ),
            Side::Partner | Side::System => {
                format!(
                    "You get this because your team is in the program {}.",
                    self.program
                )
            }
        };
        let letter = Letter {
            subject: format!("{} {}: {headline}", self.number, self.customer),
            to_name: self.to_name.to_owned(),
            paragraphs: vec![
                told,
                format!(
                    "Deal: {}, {}. Program: {}.",
                    self.number, self.customer, self.program
                ),
            ],
            quotation: self.fact.quotation().map(ToOwned::to_owned),
            action: "Open the deal",
            link: format!("{}{}", self.base_url, self.path),
            because,
            choices: Some(format!("{}{CHOICES}", self.base_url)),
        };
        Some(letter.laid_out())
    }
}

/// An invitation to a team or a program.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    pub base_url: &'a str,
    /// Who invites.
    pub by: &'a str,
    /// The company or the partner team whose people invite.
    pub host: &'a str,
    /// What is joined, in words that follow "to join": `the program Resellers`, `the team as Reviewer`.
    pub joins: &'a str,
    pub expires_at: Timestamp,
}

impl Invitation<'_> {
    /// The link's token is not in it: [`TOKEN_PLACE`] stands for it.
    pub fn mail(&self) -> Mail {
        Letter {
            subject: format!("{} invites you to {}", self.by, self.host),
            paragraphs: vec![
                format!("{} of {} invites you to join {}.", self.by, self.host, self.joins),
                until(self.expires_at),
            ],
            action: "Accept the invitation",
            link: format!("{}/invite/{TOKEN_PLACE}", self.base_url),
            because: "You get this because somebody entered your address. If you do not know them, do nothing.".into(),
            ..Letter::default()
        }
        .laid_out()
    }
}

/// A link by which somebody sets a new password.
#[derive(Debug, Clone, Copy)]
pub struct Reset<'a> {
    pub base_url: &'a str,
    pub to_name: &'a str,
    pub expires_at: Timestamp,
}

impl Reset<'_> {
    /// The link's token is not in it: [`TOKEN_PLACE`] stands for it.
    pub fn mail(&self) -> Mail {
        Letter {
            subject: "Set a new password".into(),
            to_name: self.to_name.to_owned(),
            paragraphs: vec![
                "Somebody asked for a new password for your account.".into(),
                until(self.expires_at),
            ],
            action: "Set a new password",
            link: format!("{}/reset/{TOKEN_PLACE}", self.base_url),
            because: "If it was not you, do nothing: your password stays as it is.".into(),
            ..Letter::default()
        }
        .laid_out()
    }
}

/// A webhook was switched off because it failed, told to an admin of its company.
#[derive(Debug, Clone, Copy)]
pub struct HookStopped<'a> {
    pub base_url: &'a str,
    pub to_name: &'a str,
    /// The host of the endpoint's address: the rest may hold what is secret, and letters are passed on.
    pub host: &'a str,
    /// In words that follow a colon.
    pub why: &'a str,
    /// The endpoint's page.
    pub path: &'a str,
}

impl HookStopped<'_> {
    pub fn mail(&self) -> Mail {
        Letter {
            subject: "A webhook was switched off".into(),
            to_name: self.to_name.to_owned(),
            paragraphs: vec![
                format!("The webhook at {} was switched off: {}.", self.host, self.why.trim_end_matches('.')),
                "What waited there was not delivered. You can switch the webhook on again and send it once more from its log.".into(),
            ],
            action: "Open the webhook",
            link: format!("{}{}", self.base_url, self.path),
            because: "You get this because you are an admin of the company whose webhook it is.".into(),
            choices: Some(format!("{}{CHOICES}", self.base_url)),
            ..Letter::default()
        }
        .laid_out()
    }
}

/// A form whose time came could not be published, told to an admin of its company.
#[derive(Debug, Clone, Copy)]
pub struct FormHeld<'a> {
    pub base_url: &'a str,
    pub to_name: &'a str,
    pub program: &'a str,
    /// When it was to be published.
    pub at: Timestamp,
    /// Sentences: what stands in the way.
    pub why: &'a str,
    /// The page of the form's versions.
    pub path: &'a str,
}

impl FormHeld<'_> {
    pub fn mail(&self) -> Mail {
        Letter {
            subject: format!("{}: the new form is held", self.program),
            to_name: self.to_name.to_owned(),
            paragraphs: vec![
                format!(
                    "The form of {} that was scheduled for {} was not published. {}",
                    self.program,
                    self.at.display_utc(),
                    self.why
                ),
                "Partners fill in the form that they had. You can choose another time, or take the schedule back.".into(),
            ],
            action: "Open the versions",
            link: format!("{}{}", self.base_url, self.path),
            because: format!(
                "You get this because you are an admin of the company whose program {} is.",
                self.program
            ),
            choices: Some(format!("{}{CHOICES}", self.base_url)),
            ..Letter::default()
        }
        .laid_out()
    }
}

fn first_upper(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first + letters.as_str()
}

fn until(at: Timestamp) -> String {
    format!("The link works once, until {}.", at.display_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news_of<'a>(fact: &'a DealFact, who: &'a str) -> DealNews<'a> {
        DealNews {
            base_url: "https://deals.example",
            to_name: "Mara Lind",
            to_side: Side::Company,
            who,
            number: "ALT-7",
            customer: "Hale & Moss",
            program: "Resellers",
            path: "/c/prog_1/deals/deal_1",
            fact,
        }
    }

    #[test]
    fn a_registration_is_told_with_its_number_and_a_link_that_opens_it() {
        let fact = DealFact::DealSubmitted {
            number: "ALT-7".into(),
        };
        let mail = news_of(&fact, "Nadia Okafor").mail().unwrap();
        assert_eq!(mail.subject, "ALT-7 Hale & Moss: new registration");
        assert!(
            mail.text
                .contains("Nadia Okafor registered the deal as ALT-7."),
            "{}",
            mail.text
        );
        assert!(
            mail.text
                .contains("\nhttps://deals.example/c/prog_1/deals/deal_1\n")
        );
        assert!(
            mail.text
                .contains("https://deals.example/account/notifications")
        );
        assert!(mail.html.contains("Hale &amp; Moss"));
    }

    #[test]
    fn a_verdict_is_told_with_its_reason() {
        let fact = DealFact::DealDeclined {
            reason: "Too small\nfor us".into(),
        };
        let mail = news_of(&fact, "Mara Lind").mail().unwrap();
        assert_eq!(mail.subject, "ALT-7 Hale & Moss: declined");
        assert!(
            mail.text.contains("> Too small\n> for us\n"),
            "{}",
            mail.text
        );
    }

    #[test]
    fn what_the_clock_did_is_told_without_a_name() {
        let mail = news_of(&DealFact::ProtectionExpired, "").mail().unwrap();
        assert!(
            mail.text.contains("\n\nProtection ran out.\n"),
            "{}",
            mail.text
        );
        assert_eq!(news_of(&DealFact::DealDrafted, "x").mail(), None);
    }

    #[test]
    fn a_held_form_is_told_with_what_stands_in_its_way() {
        let mail = FormHeld {
            base_url: "https://deals.example",
            to_name: "Mara Lind",
            program: "Resellers",
            at: Timestamp(0),
            why: "Seats: 1 of 2 answers cannot become \u{201c}Number\u{201d}.",
            path: "/c/prog_1/form/versions",
        }
        .mail();
        assert_eq!(mail.subject, "Resellers: the new form is held");
        let words = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains("was not published. Seats: 1 of 2 answers"),
            "{words}"
        );
        assert!(words.contains("https://deals.example/c/prog_1/form/versions"));
        assert!(words.contains("/account/notifications"));
    }

    #[test]
    fn letters_with_links_hold_no_token() {
        let (base_url, expires_at) = ("https://deals.example", Timestamp(0));
        let invitation = Invitation {
            base_url,
            by: "Mara",
            host: "Altostrat",
            joins: "the program Resellers",
            expires_at,
        }
        .mail();
        assert_eq!(invitation.subject, "Mara invites you to Altostrat");
        assert!(
            invitation
                .text
                .contains("Mara of Altostrat invites you to join the program Resellers.")
        );
        assert!(
            invitation
                .text
                .contains(&format!("https://deals.example/invite/{TOKEN_PLACE}\n"))
        );
        let reset = Reset {
            base_url,
            to_name: "Nadia",
            expires_at,
        }
        .mail();
        assert!(
            reset
                .text
                .contains(&format!("https://deals.example/reset/{TOKEN_PLACE}\n"))
        );
        assert!(!reset.text.contains("Choose what you are told"));
    }
}
