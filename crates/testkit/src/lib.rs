//! What tests need and the product does not: a database per test on both engines, a clock that stands still, and ids
//! that come out the same on every run.
//!
//! ```text
//! testkit::both_engines! {
//!     async fn a_saved_tier_is_found(db: &TestDb) {
//!         let mut conn = db.read().await.unwrap();
//!         ...
//!     }
//! }
//! ```
//! makes the tests `a_saved_tier_is_found::sqlite` and `a_saved_tier_is_found::postgres`. The second one needs
//! `TEST_POSTGRES_URL`, a server on which it may create databases, and fails without it: a test that did not run is
//! not a test that passed.

#![expect(
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up panics"
)]

mod chance;
pub mod kill;
pub mod open;
mod postgres;
mod test_db;
mod whole;
mod world;

pub use chance::{Chance, asked, say};
pub use postgres::open_address;
pub use test_db::{EmptyDb, TestDb, run};
pub use whole::assert_whole;
pub use world::World;

/// Declares tests that run once per engine: see the crate's documentation.
#[macro_export]
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: &TestDb) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a case may need nothing from its module")]
            use super::*;

            async fn case($db: &$crate::TestDb) $body

            $(#[$meta])*
            #[test]
            fn sqlite() {
                $crate::run($crate::TestDb::sqlite, case);
            }

            $(#[$meta])*
            #[test]
            fn postgres() {
                $crate::run($crate::TestDb::postgres, case);
            }
        }
    )*};
}

/// Writes in one transaction and gives its outcome: `in_write!(db, |tx| [world, name] users::insert(tx, &world.admin).await)`.
/// The names in brackets are cloned for each run of the closure.
#[macro_export]
macro_rules! in_write {
    ($db:expr, |$tx:ident| [$($kept:ident),*] $work:expr) => {{
        $(let $kept = ::std::clone::Clone::clone(&$kept);)*
        $db.write::<_, ::store::StoreError, _>(move |$tx| {
            $(let $kept = ::std::clone::Clone::clone(&$kept);)*
            ::std::boxed::Box::pin(async move { $work })
        })
        .await
    }};
}
