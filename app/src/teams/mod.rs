//! Who is in a company's or a partner's team, and inviting to it.

mod company;
mod invitations;
mod invite_form;
mod link_once;
mod members;
mod partner;
pub mod server_fns;

pub use company::CompanyTeamPage;
pub use invitations::Invitations;
pub use link_once::{FreshLink, LinkOnce};
pub use partner::PartnerTeamPage;
