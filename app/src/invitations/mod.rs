//! Links by which people are let in, as every team's page shows them.

mod link_once;
mod open;
pub mod server_fns;

pub use link_once::{FreshLink, LinkOnce};
pub use open::Invitations;
