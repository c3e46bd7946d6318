//! What only the company can do with a partner's deal.

mod override_form;
#[cfg(feature = "ssr")]
pub mod posted;

pub use override_form::OverrideForm;
