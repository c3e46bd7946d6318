//! Messages between a partner and a company, and the company's internal notes.
//!
//! A partner's use cases know the tables of threads and messages only. What reads or writes a note is a method of
//! `CompanyAccess`, in `notes.rs`.

mod company;
mod files;
mod notes;
mod partner;
mod reading;
mod sending;
mod telling;

use domain::people::Side;
use domain::views::{FileView, MessageView, ThreadLine};
use domain::{MessageId, Timestamp, UserId};
use store::messages::MessageRow;
use store::messages::threads::ListedThread;

pub use company::is_position;
pub use files::Download;
pub use sending::Written;

use crate::deals::number_text;

/// Entries of one page of a thread.
const PAGE: usize = 30;
/// Threads of one page of a list.
const LIST: usize = 50;
/// After every moment.
const EVER: Timestamp = Timestamp(i64::MAX);

/// Where a page of a thread begins.
fn before(cursor: Option<i64>) -> Timestamp {
    cursor.map_or(EVER, Timestamp)
}

/// How many rows to ask for, to know whether there are more.
fn one_more(page: usize) -> i64 {
    i64::try_from(page + 1).unwrap_or(i64::MAX)
}

fn message_view(row: MessageRow, viewer: UserId, files: &[(MessageId, FileView)]) -> MessageView {
    let mine = files.iter().filter(|(message, _)| *message == row.id);
    MessageView {
        id: row.id,
        at: row.created_at,
        side: row.side,
        who: row.who,
        own: row.author_id == viewer,
        text: row.text,
        quote: row.quote.map(|quote| quote.0),
        files: mine.map(|(_, file)| file.clone()).collect(),
    }
}

fn line(row: ListedThread, prefix: &str) -> ThreadLine {
    let number = number_text(prefix, row.number);
    ThreadLine {
        membership: row.membership_id,
        partner: row.partner,
        deal: row.deal_id.map(|deal| (deal, number, row.customer)),
        excerpt: row.excerpt,
        side: row.last_side,
        at: row.at,
        unread: row.unread,
    }
}

/// Where a side opens a thread; `entry` is its anchor.
fn href(side: Side, thread: &store::messages::threads::Thread, entry: &str) -> String {
    match (side, thread.deal_id) {
        (Side::Company, Some(deal)) => format!("/c/{}/deals/{deal}#{entry}", thread.program_id),
        (Side::Company, None) => {
            let (program, membership) = (thread.program_id, thread.membership_id);
            format!("/c/{program}/messages/{membership}#{entry}")
        }
        (_, Some(deal)) => format!("/p/{}/deals/{deal}#{entry}", thread.membership_id),
        (_, None) => format!("/p/{}/messages#{entry}", thread.membership_id),
    }
}
