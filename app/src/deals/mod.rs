//! A partner's deals one by one: registering, the confirmation, the deal's own page.

mod amending;
mod company;
mod company_page;
mod confirmation;
mod deal_page;
pub mod paths;
mod registration;
pub mod server_fns;
pub mod view;

pub(crate) use amending::provide_refused_amendment;
pub use amending::{AmendPage, RefusedAmendment};
pub(crate) use company::provide_refused_answers;
pub use company::{CompanyAnswersPage, RefusedAnswers};
pub use company_page::CompanyDealPage;
pub use confirmation::ConfirmationPage;
pub use deal_page::DealPage;
pub use registration::{AnswerPage, Opened, RegistrationPage};
