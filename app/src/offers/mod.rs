//! The company's commission promises: the list, and the editor that publishes them.

mod card;
mod draft;
mod editor;
mod fields;
mod list;
mod model;
mod preview;
pub mod server_fns;
mod steps;

pub use editor::OfferEditorPage;
pub use list::OffersPage;
