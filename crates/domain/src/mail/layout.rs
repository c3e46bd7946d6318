//! The one layout of every mail: a plain-text and an HTML part that say the same.

use std::fmt::Write as _;

use crate::text::{clean_line, clean_text};

/// Characters of a subject; longer ones are cut by mailboxes anyway.
const MAX_SUBJECT: usize = 120;

/// Stands where the token of a link belongs: a character that no cleaned text holds. The token itself is kept apart, so
/// that who may read a mail in the outbox cannot use its link.
pub const TOKEN_PLACE: char = '\u{1a}';

/// What is said instead of the token to whoever is not the receiver.
const HIDDEN: &str = "\u{2026}";

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What a mail says, before it is laid out. The texts may hold anything: laying out cleans and escapes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    /// The receiver's name; empty for who has no account yet.
    pub to_name: String,
    pub paragraphs: Vec<String>,
    /// What somebody wrote.
    pub quotation: Option<String>,
    /// What the one button says.
    pub action: &'static str,
    /// Where it leads: an absolute address.
    pub link: String,
    /// Why the receiver gets this.
    pub because: String,
    /// Where the receiver chooses what to be told; absent where there is nothing to choose.
    pub choices: Option<String>,
}

impl Letter {
    /// Both parts and the subject.
    pub fn laid_out(&self) -> Mail {
        Mail {
            subject: clean_line(&self.subject)
                .chars()
                .take(MAX_SUBJECT)
                .collect(),
            text: self.text(),
            html: self.html(),
        }
    }

    fn greeting(&self) -> String {
        match clean_line(&self.to_name) {
            name if name.is_empty() => "Hello,".to_owned(),
            name => format!("Hello {name},"),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n\n", self.greeting());
        // Writing to a String cannot fail, here and below.
        for paragraph in &self.paragraphs {
            let _ = write!(text, "{}\n\n", clean_line(paragraph));
        }
        if let Some(quotation) = &self.quotation {
            for line in clean_text(quotation).lines() {
                let _ = writeln!(text, "> {line}");
            }
            text.push('\n');
        }
        let _ = write!(
            text,
            "{}:\n{}\n\n-- \n{}\n",
            self.action,
            self.link,
            clean_line(&self.because)
        );
        if let Some(choices) = &self.choices {
            let _ = writeln!(text, "Choose what you are told: {choices}");
        }
        text
    }

    fn html(&self) -> String {
        let mut body = format!("<p>{}</p>\n", escaped(self.greeting()));
        for paragraph in &self.paragraphs {
            let _ = writeln!(body, "<p>{}</p>", escaped(clean_line(paragraph)));
        }
        if let Some(quotation) = &self.quotation {
            let lines: Vec<String> = clean_text(quotation).lines().map(escaped).collect();
            let _ = writeln!(body, "<blockquote>{}</blockquote>", lines.join("<br>"));
        }
        let link = escaped(&self.link);
        let _ = writeln!(
            body,
            "<p><a class=\"action\" href=\"{link}\">{}</a></p>",
            escaped(self.action)
        );
        let _ = write!(
            body,
            "<p class=\"foot\">{}",
            escaped(clean_line(&self.because))
        );
        if let Some(choices) = &self.choices {
            let _ = write!(
                body,
                "<br><a href=\"{}\">Choose what you are told</a>",
                escaped(choices)
            );
        }
        body.push_str("</p>\n");
        let title = escaped(clean_line(&self.subject));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
        )
    }
}

/// Small enough to be kept with each mail. Mail programs that ignore it show plain, readable text.
const STYLE: &str = "body{margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c2024;background:#fff}\
main{max-width:560px;margin:0 auto}blockquote{margin:16px 0;padding:4px 16px;border-left:3px solid #c4c9d0}\
.action{display:inline-block;padding:10px 18px;border-radius:6px;background:#1f4fd8;color:#fff;text-decoration:none}\
.foot{margin-top:32px;font-size:13px;color:#60646c}.foot a{color:#60646c}";

/// Text as it stands in HTML, between tags and in quoted attributes.
fn escaped(text: impl AsRef<str>) -> String {
    let mut safe = String::with_capacity(text.as_ref().len());
    for letter in text.as_ref().chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A part as its receiver gets it.
pub fn filled(part: &str, token: &str) -> String {
    part.replace(TOKEN_PLACE, token)
}

/// A part as others may read it: its link leads nowhere.
pub fn hidden(part: &str) -> String {
    part.replace(TOKEN_PLACE, HIDDEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            subject: "ALT-1 Hale & Moss: approved".into(),
            to_name: "Nadia".into(),
            paragraphs: vec!["Mara approved the registration.".into()],
            quotation: Some("Welcome.\nCall us.".into()),
            action: "Open the deal",
            link: "https://deals.example/p/mem_1/deals/deal_1".into(),
            because: "You get this because you work on the deal.".into(),
            choices: Some("https://deals.example/account/notifications".into()),
        }
    }

    #[test]
    fn both_parts_say_the_same() {
        let mail = letter().laid_out();
        assert_eq!(
            mail.text,
            "Hello Nadia,\n\nMara approved the registration.\n\n> Welcome.\n> Call us.\n\nOpen the deal:\n\
             https://deals.example/p/mem_1/deals/deal_1\n\n-- \nYou get this because you work on the deal.\n\
             Choose what you are told: https://deals.example/account/notifications\n"
        );
        for part in [
            "Hello Nadia,",
            "Mara approved the registration.",
            "Welcome.<br>Call us.",
            "href=\"https://deals.example/p/mem_1/deals/deal_1\">Open the deal</a>",
            "account/notifications",
        ] {
            assert!(mail.html.contains(part), "{part} in {}", mail.html);
        }
    }

    #[test]
    fn nothing_that_people_type_becomes_a_header_or_a_tag() {
        let evil = "A\r\nBcc: all@example.com\n<script>alert(\"'1'\")</script>\u{1a}";
        let mail = Letter {
            subject: evil.into(),
            to_name: evil.into(),
            paragraphs: vec![evil.into()],
            quotation: Some(evil.into()),
            because: evil.into(),
            ..letter()
        }
        .laid_out();
        assert!(!mail.subject.contains(['\r', '\n']), "{}", mail.subject);
        assert!(!mail.html.contains("<script"), "{}", mail.html);
        assert!(
            mail.html
                .contains("&lt;script&gt;alert(&quot;&#39;1&#39;&quot;)")
        );
        // A header of the mail's own begins a line; what was typed never does.
        assert!(
            !mail.text.lines().any(|line| line.starts_with("Bcc:")),
            "{}",
            mail.text
        );
        assert!(!mail.text.contains(TOKEN_PLACE) && !mail.html.contains(TOKEN_PLACE));
        assert!(!mail.subject.contains(TOKEN_PLACE));
    }

    #[test]
    fn a_subject_has_a_measure() {
        let mail = Letter {
            subject: "\u{e4}".repeat(500),
            ..letter()
        }
        .laid_out();
        assert_eq!(mail.subject.chars().count(), MAX_SUBJECT);
    }

    #[test]
    fn a_token_is_put_in_for_the_receiver_alone() {
        let mail = Letter {
            link: format!("https://deals.example/invite/{TOKEN_PLACE}"),
            ..letter()
        }
        .laid_out();
        for part in [&mail.text, &mail.html] {
            assert!(filled(part, "5ecre7").contains("https://deals.example/invite/5ecre7"));
            assert!(hidden(part).contains("https://deals.example/invite/\u{2026}"));
            assert!(!part.contains("5ecre7"));
        }
    }
}
