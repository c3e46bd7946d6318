//! What each command does.

mod demo;
mod healthcheck;
mod serve;
mod user;
mod verify;

use std::future::Future;

pub use demo::{demo_clear, demo_load};
pub use healthcheck::healthcheck;
pub use serve::serve;
pub use user::{user_create, user_reset};
pub use verify::verify;

use domain::AppError;
use services::ServiceError;

use crate::{
    cli::{Failure, say},
    config::Config,
    open,
};

/// Rendering a page descends through every component that it is made of; a dev build takes over 2 MiB for the deepest
/// ones. Only what is touched becomes memory.
const STACK: usize = 16 * 1024 * 1024;

/// Runs one command's work to its end.
fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(STACK)
        .enable_all()
        .build()?
        .block_on(work)
}

/// What a use case refuses, as a sentence.
fn explained(error: ServiceError) -> Failure {
    AppError::from(error).text().into()
}

/// Brings the database up to date.
pub fn migrate(config: &Config) -> Result<(), Failure> {
    open::start_log(config);
    run(open::migrate(config))?;
    say(&format!("{} is up to date.\n", config.database))
}
