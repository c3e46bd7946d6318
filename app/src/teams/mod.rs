//! Who is in a company's or a partner's team, and inviting to it.

mod company;
mod invite_form;
mod members;
mod partner;
pub mod server_fns;

pub use company::CompanyTeamPage;
pub use partner::PartnerTeamPage;
