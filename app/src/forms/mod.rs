//! The dynamic form: its renderer for partners, and its editor for companies.

mod editor;
mod fields;

pub use editor::FormEditorPage;
pub use fields::{FormFields, Uploads, control_id, messages, to_send};
