//! The program itself, as people and machines run it: each command a process of its own, on data of its own.

mod client;
mod demo;
mod gone;
mod health;
mod killed;
mod migrate;
mod people;
mod place;
mod portage;
mod process;
mod seed;
mod settings;
mod starting;
mod stopping;
mod uploads;

/// Declares a test per engine: `name_on_sqlite`, `name_on_postgres`.
macro_rules! on_both {
    ($($case:ident => $sqlite:ident, $postgres:ident;)*) => {$(
        #[test]
        fn $sqlite() {
            $case($crate::place::Engine::Sqlite);
        }

        #[test]
        fn $postgres() {
            $case($crate::place::Engine::Postgres);
        }
    )*};
}
pub(crate) use on_both;
