use super::{explained, run};
use crate::{
    cli::{Failure, say},
    config::Config,
    open,
};

/// Checks that what is kept is whole, and names the first thing that is not.
pub fn verify(config: &Config) -> Result<(), Failure> {
    open::start_log(config);
    run(async {
        let services = open::services(config).await?;
        let outcome = services.verify().await;
        services.db().close().await;
        let verified = outcome.map_err(explained)??;
        say(&format!(
            "In order: {} events, {} wins, {} transactions, {} commissions, {} threads.\n",
            verified.events,
            verified.wins,
            verified.transactions,
            verified.commissions,
            verified.threads
        ))
    })
}
