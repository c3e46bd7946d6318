//! The use cases: authorise, load, let the domain decide, save, record the event.
//!
//! A door asks for access first and then calls methods of what it got: `services.partner(user, membership)` gives a
//! [`PartnerAccess`], `services.company(user, program)` a [`CompanyAccess`]. They are different types with different
//! methods, so a partner-facing door cannot reach a company's use case. A feature adds its methods in its own folder:
//! `impl PartnerAccess { pub async fn submit_deal(&self, ...) }`.

pub mod access;
pub mod accounts;
mod base;
pub mod commissions;
mod config;
mod customers;
pub mod deals;
pub mod demo;
mod error;
pub mod exports;
mod facts;
pub mod forms;
pub mod imports;
pub mod keys;
pub mod live;
pub mod mail;
pub mod messages;
mod offers;
pub mod programs;
mod resent;
mod saved_views;
mod system;
mod transactions;
pub mod verify;
pub mod webhooks;
mod windows;
mod writes;

pub use access::{CompanyAccess, PartnerAccess};
pub use accounts::{CompanyTeam, PartnerTeam, SignedIn};
pub use base::Services;
pub use config::{PasswordCost, ServicesConfig};
pub use error::ServiceError;
pub use system::{SystemClock, SystemIds};
