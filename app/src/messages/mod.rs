//! The Messages tab of both sides: questions and answers about the program, and the way to those about deals.

mod company;
mod partner;
pub mod server_fns;

pub use company::{CompanyInbox, CompanyMessages};
pub use partner::PartnerMessages;
