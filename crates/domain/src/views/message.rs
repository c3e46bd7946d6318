//! Threads of messages, as each side reads them. A note is not a message that is hidden: only the company's views have a
//! place for one.

use serde::{Deserialize, Serialize};

use super::deal::FileView;
use crate::messages::OfferQuote;
use crate::people::Side;
use crate::{DealId, InternalNoteId, MembershipId, MessageId, Timestamp};

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    pub id: MessageId,
    pub at: Timestamp,
    pub side: Side,
    pub who: String,
    /// Whether the viewer wrote it.
    pub own: bool,
    pub text: String,
    /// The offer that it asks about.
    pub quote: Option<OfferQuote>,
    pub files: Vec<FileView>,
}

/// One internal note of the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    pub id: InternalNoteId,
    pub at: Timestamp,
    pub who: String,
    pub own: bool,
    pub text: String,
    pub files: Vec<FileView>,
}

/// A page of a thread as the partner reads it, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerThreadView {
    /// To whom the partner writes.
    pub company: String,
    pub messages: Vec<MessageView>,
    /// Where the earlier ones begin.
    pub earlier: Option<i64>,
    /// For the next message: one form is one message.
    pub key: String,
    pub may_write: bool,
}

/// What a company reads in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum ThreadEntry {
    Message(MessageView),
    Note(NoteView),
}

impl ThreadEntry {
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Message(message) => message.at,
            Self::Note(note) => note.at,
        }
    }
}

/// A page of a thread as the company reads it, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyThreadView {
    /// To whom the company writes.
    pub partner: String,
    pub entries: Vec<ThreadEntry>,
    pub earlier: Option<i64>,
    pub key: String,
    pub may_write: bool,
    /// Whether the partner is in the program, and so reads what is written.
    pub is_read: bool,
}

/// One thread in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadLine {
    pub membership: MembershipId,
    pub partner: String,
    /// The deal that it is about, with its number and customer.
    pub deal: Option<(DealId, String, String)>,
    /// How the newest message begins; empty where there are only notes.
    pub excerpt: String,
    /// Who wrote it.
    pub side: Side,
    pub at: Timestamp,
    /// Messages of the other side that the viewer has not read.
    pub unread: i64,
}

/// A company's threads of one program, those with the newest entries first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadList {
    pub lines: Vec<ThreadLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}
