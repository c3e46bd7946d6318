//! The editor of a program's dynamic form, for companies.

mod editor;

pub use editor::{FormEditorPage, FormVersionsPage};
