//! A thread of messages: on the Messages pages and on a deal's page. The newest stands first, so that one lands there
//! with and without the app; the form to write stands above it.

mod composer;
mod entry;
mod list;
mod news;
mod refused;
pub mod server_fns;
mod sides;

pub use composer::Accepted;
pub use list::ThreadLines;
pub use refused::Refused;
pub(crate) use refused::provide_refused;
pub use sides::{CompanyThread, PartnerThread};
