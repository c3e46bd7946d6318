//! What each command does.

mod demo;
mod healthcheck;
mod portage;
mod serve;
mod user;
mod verify;

use std::{future::Future, time::Duration};

pub use demo::{demo_clear, demo_load};
pub use healthcheck::healthcheck;
pub use portage::{export, import};
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
/// For threads that nobody waits for any more: one that asks for the name of a webhook's host cannot be called back, and
/// may take longer than a stop may.
const LEFT_OVER: Duration = Duration::from_secs(1);

/// Runs one command's work to its end.
fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(STACK)
        .enable_all()
        .build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(LEFT_OVER);
    done
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
