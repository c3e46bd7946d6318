//! API keys of a company or a partner team: made, listed, taken back by those who edit the team.

mod company;
#[cfg(feature = "ssr")]
mod door;
mod fields;
mod fresh;
mod list;
mod partner;
pub mod server_fns;

pub use company::CompanyKeysPage;
pub use partner::PartnerKeysPage;
