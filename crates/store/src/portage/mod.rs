//! A whole company on its way between databases: every table with its columns, read page by page at one moment, and
//! written again on whichever engine. What belongs to one installation (sessions, links, keys, webhooks, mail, bells) stays
//! behind; `tests/contract/portage.rs` fails on a table or a column that nobody decided on.

mod cell;
mod read;
mod sum;
mod tables;
mod write;

pub use cell::{BadCell, Cell};
pub use read::{headings, page};
pub use sum::Sum;
pub use tables::{Column, Kind, STAYS, TABLES, Table, find_table};
pub use write::{close, insert, is_empty};

/// Whose eyes the rows are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The operator's: all of it, to be written into another database.
    Whole,
    /// The company's own: what its admins may see. Partners' drafts, what they said of them, who of their teams never did
    /// anything there, and other people's addresses and secrets are not in it.
    Own,
}
