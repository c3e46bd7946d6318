//! A form's fields as plain inputs, which the registration page and the editor's preview share.
//!
//! The inputs keep what is typed themselves; one listener on their parent copies it into `answers`. So typing before the
//! page is awake is kept, a plain form post carries the same names and values, and a field that comes back into view has
//! its old answer. Names that start with `_` belong to the page: `_file.<key>` is a file to upload, `_remove_file` a file
//! to drop, `_update` asks a page without scripts to show what the answers bring into view, `_add` and `_remove` are for a
//! row more or less of a repeating group.

mod address;
mod big_select;
mod choice_group;
mod collect;
mod combobox;
mod computed;
mod customer_field;
mod day_range;
mod drops;
mod field_group;
mod field_view;
mod file_field;
mod file_line;
mod form_fields;
mod group_box;
mod grouped_facts;
mod heard;
mod kept_field;
mod model;
mod problems;
mod queue;
mod region;
mod row_cell;
mod row_group;
mod rows_field;
mod rows_table;
mod search_select;
mod searched;
pub mod server_fns;
mod standings;
mod text_block;
mod typing;
mod uploads;

pub use combobox::CustomerSource;
pub use drops::use_drops;
pub use form_fields::{FieldFrame, FormFields, Framed, Source};
pub use grouped_facts::{GroupedFacts, GroupedLine};
pub use heard::heard_in;
pub use model::{control_id, messages, to_send};
pub use queue::{Queue, stop_all as stop_uploads};
pub use rows_table::RowsTable;
pub use standings::use_standings;
pub use uploads::{Chosen, Step, Upload, Uploads, admit};
