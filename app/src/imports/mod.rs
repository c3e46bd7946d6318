//! Deals that come from elsewhere in a file, and copies of what is here: for a company's admins.

mod groups;
mod list;
mod made;
mod map;
mod one;
mod rows;
mod samples;
pub mod server_fns;
mod words;

pub use list::ImportsPage;
pub use one::ImportPage;
