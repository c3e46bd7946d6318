//! The frames that pages hang in: a program as its partner sees it, a program as its company sees it, and everything
//! else of a signed-in person. A frame loads who looks and what the tabs belong to once, keeps it fresh, and hands it to
//! its pages: `use_partner_head()`, `use_company_head()`.

mod company;
mod home;
mod partner;
pub mod server_fns;

use domain::views::{CompanyProgramView, PartnerProgramView};
use leptos::prelude::*;

pub use company::CompanyFrame;
pub use home::HomeFrame;
pub use partner::PartnerFrame;

/// The program that a page under `/p/:membership` belongs to; it follows the company's changes live.
#[derive(Clone, Copy)]
struct PartnerHead(Memo<PartnerProgramView>);

/// The program that a page under `/c/:program` belongs to.
#[derive(Clone, Copy)]
struct CompanyHead(Memo<CompanyProgramView>);

/// Fetches the head anew: for a page that changes what the tabs count.
#[derive(Clone, Copy)]
pub struct RefreshHead(pub Callback<()>);

/// For pages under `/p/:membership`.
pub fn use_partner_head() -> Memo<PartnerProgramView> {
    expect_context::<PartnerHead>().0
}

/// For pages under `/c/:program`.
pub fn use_company_head() -> Memo<CompanyProgramView> {
    expect_context::<CompanyHead>().0
}
