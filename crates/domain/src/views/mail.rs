//! The outbox as a company's admin sees it, and what a person chose to be told.

use serde::{Deserialize, Serialize};

use crate::mail::{MailKind, MailState};
use crate::notices::NoticeKind;
use crate::{MailId, Timestamp};

/// A page of a company's mail, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxView {
    pub company: String,
    /// Whether this server sends mail.
    pub sends: bool,
    pub mails: Vec<MailView>,
    /// Where the next page begins.
    pub next: Option<MailId>,
}

/// One mail. Its link leads nowhere, and addresses of people outside the company are masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    pub id: MailId,
    pub kind: MailKind,
    pub to: String,
    pub subject: String,
    /// The plain-text part.
    pub text: String,
    pub state: MailState,
    pub attempts: i32,
    /// What the last try failed of; empty if none did.
    pub last_error: String,
    pub created_at: Timestamp,
    /// When it is tried next, while it waits.
    pub next_try_at: Option<Timestamp>,
    /// Whether it can be tried now.
    pub may_retry: bool,
}

/// What a person is told, by which channel; only what concerns the sides they are on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChoicesView {
    pub email: String,
    pub rows: Vec<NoticeChoice>,
}

/// One row of the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChoice {
    pub kind: NoticeKind,
    pub bell: bool,
    pub mail: bool,
}
