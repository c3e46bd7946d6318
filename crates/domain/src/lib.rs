//! The words and the rules of Dealboard: pure, synchronous, without I/O, compiled for the server and for the browser.
//!
//! The browser calls these functions to answer at once and to explain; the server calls the same ones to decide.
//! Clock, ids and randomness come in as parameters.

pub mod clock;
pub mod commands;
pub mod commissions;
pub mod currency;
pub mod customer;
pub mod deals;
pub mod errors;
pub mod events;
pub mod forms;
pub mod ids;
pub mod imports;
pub mod keys;
pub mod locale;
pub mod mail;
pub mod messages;
pub mod money;
pub mod notices;
pub mod offers;
pub mod people;
pub mod pipeline;
pub mod program;
pub mod rank;
pub mod rate;
pub mod saved_views;
pub mod size;
pub mod text;
pub mod time;
pub mod views;
pub mod webhooks;

#[cfg(feature = "sql")]
mod sql;

pub use clock::{Clock, FixedClock, IdSource, SequentialIds};
pub use currency::Currency;
pub use errors::{AppError, ErrorCode};
pub use ids::*;
pub use locale::Locale;
pub use money::{Money, MoneyError};
pub use rank::Rank;
pub use rate::BasisPoints;
pub use time::{Date, Timestamp};
