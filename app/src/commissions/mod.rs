//! What deals earned: the list of both sides, a commission's own page, and what the company does with it.

mod actions;
mod door;
mod filter;
mod list;
mod one;
mod pay;
mod row;
pub mod server_fns;

pub use list::{CompanyCommissions, PartnerCommissions};
pub use one::{CompanyCommission, PartnerCommission};
