//! What a partner and a company write to each other, and what the company's people write for themselves.
//!
//! A thread is about one partner's membership in a program, or about one deal. Messages are read by both sides. Internal
//! notes are the company's: of another type, in another table, and for the partner they do not exist.

use serde::{Deserialize, Serialize};

use crate::forms::{Lines, clean};
use crate::size::size_limit;
use crate::text::clean_line;
use crate::{DealId, InternalNoteId, MembershipId, MessageId, OfferId};

/// Characters of one message or note.
pub const MAX_TEXT: usize = 5_000;
/// Files that one message or note may carry.
pub const MAX_FILES: usize = 5;
/// Bytes of one of them; the server may allow less.
pub const MAX_FILE_BYTES: u64 = 5 << 20;
/// Characters of what lists and bells show of a message.
const EXCERPT: usize = 140;

/// Text that may be sent: neither empty nor too long, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageText(String);

/// Why a text cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    Empty,
    TooLong,
    /// A control character, which no keyboard types.
    Unreadable,
}

impl MessageText {
    /// Reads what was typed: trimmed, and without characters that change how the rest reads.
    pub fn read(typed: &str) -> Result<Self, TextFault> {
        // Cleaning shortens by what cannot be seen; what is far too long is not worth reading.
        if typed.len() > 16 * MAX_TEXT {
            return Err(TextFault::TooLong);
        }
        let text = clean(typed, Lines::Many).ok_or(TextFault::Unreadable)?;
        if text.is_empty() {
            Err(TextFault::Empty)
        } else if text.chars().count() > MAX_TEXT {
            Err(TextFault::TooLong)
        } else {
            Ok(Self(text))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How it begins, in one line.
    pub fn excerpt(&self) -> String {
        let line = clean_line(&self.0);
        if line.chars().count() <= EXCERPT {
            return line;
        }
        let cut: String = line.chars().take(EXCERPT - 1).collect();
        format!("{}\u{2026}", cut.trim_end())
    }
}

impl TextFault {
    /// The message at the field.
    pub fn text(self) -> &'static str {
        match self {
            Self::Empty => "Write something first",
            Self::TooLong => "Shorten this to 5,000 characters or fewer",
            Self::Unreadable => "Take out characters that cannot be shown",
        }
    }
}

/// What may be attached, as the form says it.
pub fn files_hint() -> String {
    let size = size_limit(MAX_FILE_BYTES);
    format!("Up to {MAX_FILES} files, {size} each")
}

/// The message at the input that holds more files than one message may carry.
pub fn too_many_files() -> String {
    format!("Add {MAX_FILES} files or fewer")
}

/// The message at the input that holds a file of more than so many bytes.
pub fn too_large_file(limit: u64) -> String {
    let size = size_limit(limit);
    format!("Choose files of {size} or less, and attach them again")
}

/// A thread of a company's as its address names it: with a partner about the program, or about a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Partner(MembershipId),
    Deal(DealId),
}

/// The offer that a message asks about, as the partner read it then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferQuote {
    pub offer: OfferId,
    /// The version's number.
    pub number: i32,
    pub name: String,
    pub sentence: String,
}

/// The names of facts that are the company's own business. For the partner they do not exist.
pub const INTERNAL_FACTS: [&str; 2] = ["note_written", "company_answers_changed"];

/// One fact of a thread. What was written stands in its own table, not in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MessageFact {
    MessageSent { message: MessageId },
    NoteWritten { note: InternalNoteId },
}

impl MessageFact {
    /// The word it is stored under: the serde tag.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MessageSent { .. } => "message_sent",
            Self::NoteWritten { .. } => "note_written",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_sent_says_why() {
        let read = |text: &str| MessageText::read(text).map(|text| text.0);
        assert_eq!(read(" \n\t\u{200b} "), Err(TextFault::Empty));
        assert_eq!(read("a\0b"), Err(TextFault::Unreadable));
        assert_eq!(read("a\u{1b}[31mb"), Err(TextFault::Unreadable));
        let longest = "\u{e4}".repeat(MAX_TEXT);
        assert_eq!(read(&longest).as_deref(), Ok(longest.as_str()));
        assert_eq!(read(&format!("{longest}x")), Err(TextFault::TooLong));
        assert_eq!(read(&"x".repeat(1 << 20)), Err(TextFault::TooLong));
        let limit = format!("{},{:03}", MAX_TEXT / 1_000, MAX_TEXT % 1_000);
        assert!(TextFault::TooLong.text().contains(&limit));
    }

    #[test]
    fn what_may_be_attached_is_said_in_whole_units() {
        assert_eq!(files_hint(), "Up to 5 files, 5 MB each");
        assert_eq!(too_many_files(), "Add 5 files or fewer");
        let small = too_large_file(512 << 10);
        assert_eq!(
            small,
            "Choose files of 525 kB or less, and attach them again"
        );
    }

    #[test]
    fn text_of_every_direction_stays_and_what_turns_it_around_goes() {
        let read = |text: &str| MessageText::read(text).unwrap().0;
        assert_eq!(
            read("\u{645}\u{631}\u{62d}\u{628}\u{627}"),
            "\u{645}\u{631}\u{62d}\u{628}\u{627}"
        );
        assert_eq!(read("pay \u{202e}001\u{202c} now"), "pay 001 now");
        assert_eq!(read("one\r\n\r\n  two"), "one\n\n  two");
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        let text = MessageText::read("one\ntwo").unwrap();
        assert_eq!(text.excerpt(), "one two");
        let text = MessageText::read(&"word ".repeat(100)).unwrap();
        assert_eq!(text.excerpt().chars().count(), EXCERPT);
        assert!(text.excerpt().ends_with('\u{2026}'));
    }

    #[test]
    fn a_fact_is_stored_under_its_own_name() {
        let id = uuid::Uuid::from_u128(7);
        let note = MessageFact::NoteWritten { note: id.into() };
        assert_eq!(serde_json::to_value(&note).unwrap()["kind"], note.name());
        assert!(INTERNAL_FACTS.contains(&note.name()));
        let sent = MessageFact::MessageSent { message: id.into() };
        assert_eq!(serde_json::to_value(&sent).unwrap()["kind"], sent.name());
        assert!(!INTERNAL_FACTS.contains(&sent.name()));
        let answers = crate::deals::DealFact::CompanyAnswersChanged { fields: vec![] };
        assert!(answers.is_internal());
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_again_as_it_is(text: String) {
            if let Ok(read) = MessageText::read(&text) {
                prop_assert_eq!(MessageText::read(read.as_str()), Ok(read));
            }
        }
    }
}
