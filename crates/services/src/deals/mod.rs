//! The deal's use cases: registering and working (partner), deciding and watching (company).

mod boards;
mod claims;
mod company_part;
mod files;
mod importing;
mod known_customers;
mod lists;
mod notes;
mod notices;
mod pages;
mod pipelines;
mod prefill;
mod record;
mod records;
mod registering;
mod registrar;
mod reviews;
mod submission;
mod summaries;
mod sweeps;
mod telling;
mod unique;
mod working;

pub use files::StoredFile;
pub(crate) use importing::{NewDeal, import_deal, take_back_deal};
pub use lists::is_cursor;
pub(crate) use lists::row_view;
pub(crate) use notices::payload as notice_payload;
pub use record::Recorder;
pub(crate) use record::number_text;
pub use records::{DealMoneyView, DealRecord};
pub(crate) use registrar::is_key;
pub use submission::{Registered, Submitted};
pub use working::Moved;
