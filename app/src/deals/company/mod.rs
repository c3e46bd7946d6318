//! What only the company can do with a partner's deal.

mod override_form;
mod own_answers;
#[cfg(feature = "ssr")]
pub mod posted;
mod refused_answers;

pub use override_form::OverrideForm;
pub use own_answers::{CompanyAnswersPage, OwnCard};
pub use refused_answers::RefusedAnswers;
pub(crate) use refused_answers::provide_refused_answers;
