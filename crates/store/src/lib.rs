//! Every SQL statement of Dealboard, for both engines.
//!
//! # How to write a repository
//! A module per aggregate, free functions named find (an `Option`), get (must exist), list, insert, save, delete:
//!
//! ```text
//! pub async fn find(conn: &mut Conn, company: CompanyId, id: TierId) -> Result<Option<Tier>, StoreError> {
//!     sql!(
//!         conn.fetch_optional,
//!         query_as("SELECT id, name, position FROM tiers WHERE company_id = $1 AND id = $2").bind(company).bind(id)
//!     )
//! }
//! ```
//!
//! - Import `sqlx::{query, query_as, query_scalar}`; the `sql!` macro types the expression once per driver. A row is
//!   `#[derive(sqlx::FromRow)]`, or a tuple.
//! - One text for both engines: `$1` placeholders, `ON CONFLICT`, `RETURNING`, `TRUE` and `FALSE`. What cannot be one
//!   text goes to `dialect.rs`; filters that come and go are a [`Statement`].
//! - `save` says `WHERE id = $1 AND version = $2`, adds one to the version, and turns zero rows into
//!   [`StoreError::Conflict`].
//! - A failed statement fails the whole write, so whatever may already exist is `ON CONFLICT DO NOTHING` and a look at
//!   the rows affected.
//! - Enums are `domain` words, or [`EnumText`]; JSON is [`JsonText`]. An integer column of the schema that is INT reads
//!   as `i32`, BIGINT as `i64`: Postgres does not widen.
//! - A partial index is used only if the statement repeats its condition as a literal.
//! - The tenant (`company_id`, or `membership_id` from the session) is in every WHERE.
//! - Add a contract test with `testkit::both_engines!`.

pub mod access;
pub mod accounts;
mod announce;
pub mod audit;
pub mod board_windows;
pub mod claims;
pub mod commissions;
pub mod companies;
pub mod company_answers;
pub mod conflicts;
mod conn;
pub mod customers;
mod db;
pub mod deals;
mod dialect;
mod error;
pub mod events;
pub mod files;
pub mod forms;
pub mod idempotency;
pub mod imports;
mod job;
mod json;
pub mod keys;
pub mod known_customers;
pub mod ledger;
mod listen;
pub mod mail;
pub mod maintenance;
pub mod memberships;
pub mod messages;
mod migrate;
mod moment;
pub mod notices;
pub mod offers;
pub mod open_windows;
pub mod outbox;
pub mod partners;
pub mod payouts;
pub mod pipelines;
pub mod portage;
mod postgres;
pub mod preferences;
pub mod programs;
pub mod saved_views;
mod search;
pub mod sent_commands;
pub mod settings;
mod sqlite;
mod statement;
pub mod transactions;
pub mod unique_answers;
mod url;
pub mod webhooks;

pub use announce::{Announce, Announcer};
pub use conn::{Conn, Tx};
pub use db::{Db, DbOptions};
pub use dialect::{Dialect, for_update_skip_locked};
pub use error::StoreError;
pub use job::BoxFuture;
pub use json::{EnumText, JsonText};
pub use migrate::{migrate, schema_name};
pub use moment::Moment;
pub use statement::{Arg, Statement};
pub use url::{DbUrl, DbUrlError};
