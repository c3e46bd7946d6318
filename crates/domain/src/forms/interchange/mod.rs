//! A form as one JSON file, to take along: a JSON Schema of its answers that other tools read, a JSON Forms UI schema that
//! says the order and when a field is shown, and under `x-dealboard` the form itself, so that nothing is lost.
//!
//! Reading is the server's: the browser calls none of it. [`read_file`] gives back what [`write_file`] wrote, exactly. A file
//! without `x-dealboard` was made by somebody else: it is read as well as it can be, and what a form cannot say is named.
//! A file is anybody's: its size, its depth and the number of its fields are bounded, and nothing in it is believed.

mod check;
mod fault;
mod foreign;
mod keywords;
mod kind;
mod narrow;
mod node;
mod note;
mod own;
mod rule;
mod schema;
mod tiers;
mod ui;
mod write;

use std::collections::BTreeMap;

pub use fault::{FileFault, Refused};
pub use note::{Loss, Note};
pub use schema::json_schema;
pub use tiers::{meet_tiers, tiers_of};
pub use write::write_file;

use super::FormDefinition;
use crate::TierId;

/// In bytes. The largest form that people fill in is a tenth of it.
pub const MAX_FILE_BYTES: u32 = 1_000_000;

/// Under which the form itself stands in the file.
const MARK: &str = "x-dealboard";

/// What was read of a file. It keeps the sizes of a draft; whether it can be published is asked later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadForm {
    pub form: FormDefinition,
    /// What could not be carried over.
    pub notes: Vec<Note>,
    /// The names of the tiers that conditions look at, where the file says them.
    pub tiers: BTreeMap<TierId, String>,
}

/// The form in the text of a file, or every reason for which it is refused.
pub fn read_file(text: &str) -> Result<ReadForm, Vec<FileFault>> {
    let fits = u32::try_from(text.len()).is_ok_and(|bytes| bytes <= MAX_FILE_BYTES);
    if !fits {
        let max = MAX_FILE_BYTES;
        return Err(vec![FileFault::whole(Refused::TooLarge { max })]);
    }
    let root = node::parse(text).map_err(|fault| vec![fault])?;
    match root.get(MARK) {
        Some(mark) => own::read(&root, mark),
        None => foreign::read(&root),
    }
}
