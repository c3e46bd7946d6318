//! The mail that tells of a message.

use super::layout::{Letter, Mail};
use super::letters::CHOICES;
use crate::people::Side;

/// A message of the other side. There is none for an internal note.
#[derive(Debug, Clone, Copy)]
pub struct MessageNews<'a> {
    /// The address of this installation, without a slash at the end.
    pub base_url: &'a str,
    pub to_name: &'a str,
    /// The side of the one who is told.
    pub to_side: Side,
    pub who: &'a str,
    /// The team of the one who wrote.
    pub team: &'a str,
    /// `ALT-1042 Hale & Moss`; empty for a message about the program.
    pub deal: &'a str,
    pub program: &'a str,
    pub text: &'a str,
    /// The thread's page as that side opens it.
    pub path: &'a str,
}

impl MessageNews<'_> {
    pub fn mail(&self) -> Mail {
        let about = if self.deal.is_empty() {
            self.program
        } else {
            self.deal
        };
        let because = match self.to_side {
            Side::Company => "you work for the company whose program",
            Side::Partner | Side::System => "your team is in the program",
        };
        let tail = if self.to_side == Side::Company {
            " is"
        } else {
            ""
        };
        Letter {
            subject: format!("{about}: message from {}", self.who),
            to_name: self.to_name.to_owned(),
            paragraphs: vec![format!(
                "{} of {} wrote a message about {about}.",
                self.who, self.team
            )],
            quotation: Some(self.text.to_owned()),
            action: "Read and answer",
            link: format!("{}{}", self.base_url, self.path),
            because: format!("You get this because {because} {}{tail}.", self.program),
            choices: Some(format!("{}{CHOICES}", self.base_url)),
        }
        .laid_out()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_told_with_its_words_and_a_link_to_answer() {
        let news = MessageNews {
            base_url: "https://deals.example",
            to_name: "Mara Lind",
            to_side: Side::Company,
            who: "Nadia Okafor",
            team: "Brightwater",
            deal: "ALT-7 Hale & Moss",
            program: "Resellers",
            text: "When is it <due>?",
            path: "/c/prog_1/deals/deal_1#msg_1",
        };
        let mail = news.mail();
        assert_eq!(mail.subject, "ALT-7 Hale & Moss: message from Nadia Okafor");
        for part in [
            "Nadia Okafor of Brightwater wrote a message about ALT-7 Hale & Moss.",
            "> When is it <due>?",
            "https://deals.example/c/prog_1/deals/deal_1#msg_1",
            "the company whose program Resellers is.",
        ] {
            assert!(mail.text.contains(part), "{part} in {}", mail.text);
        }
        assert!(mail.html.contains("When is it &lt;due&gt;?"));
        let general = MessageNews {
            deal: "",
            to_side: Side::Partner,
            ..news
        };
        let mail = general.mail();
        assert_eq!(mail.subject, "Resellers: message from Nadia Okafor");
        assert!(
            mail.text.contains("your team is in the program Resellers."),
            "{}",
            mail.text
        );
    }
}
