//! What deals earn: computed once per cause, moved by the company, read by both sides.

mod booking;
pub(crate) mod csv;
mod lists;
mod one;
mod payment;
mod verbs;

pub(crate) use booking::{accrue_transaction, accrue_win, approve_win, void_win};
pub use lists::is_cursor;
pub(crate) use lists::{DealMoney, of_deal};
