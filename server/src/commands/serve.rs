use std::{io::Write as _, time::Duration};

use services::Services;
use tokio::{net::TcpListener, time::timeout};

use super::run;
use crate::{
    cli::Failure,
    config::Config,
    http::accept::{self, Limits},
    jobs::{self, Jobs},
    open, router,
    site::Site,
    state::AppState,
};

/// With the usual grace under the 10 s after which managers of services kill.
const CLOSING: Duration = Duration::from_secs(1);

/// Serves until it is told to stop.
pub fn serve(config: Config) -> Result<(), Failure> {
    open::start_log(&config);
    run(async move {
        let site = Site::open(config.site.as_deref())?;
        open::migrate(&config).await?;
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
        let address = listener.local_addr()?;
        let services = open::serving(&config, address).await?;
        if services.holds_half_a_company().await? {
            return Err(
                "an import into this database did not end: make an empty one and import again"
                    .into(),
            );
        }
        let limits = Limits::new(config.header_timeout, config.grace);

        let state = AppState::new(config, services.clone(), site, address);
        let stop = state.stop.clone();
        stop.on_signals()?;
        tracing::info!(database = %state.config.database, "listening on http://{address}");
        offer_setup(&services, state.public_url.as_str()).await?;
        let jobs = jobs::start(services.clone(), stop.clone());
        accept::serve(listener, router::router(state), limits, stop).await;
        close(jobs, &services).await;
        tracing::info!("stopped");
        Ok(())
    })
}

/// Lets what is at work in the database end, for so long.
async fn close(jobs: Jobs, services: &Services) {
    let closing = async {
        jobs.ended().await;
        services.db().close().await;
    };
    // A write that waits for another process's lock is lost by this no more than by a power cut: nobody was told of it.
    if timeout(CLOSING, closing).await.is_err() {
        tracing::warn!("the database was still at work and was left");
    }
}

/// Prints the one-time link while nobody can sign in.
async fn offer_setup(services: &Services, public_url: &str) -> Result<(), Failure> {
    if let Some(link) = services.create_setup_link().await? {
        // Not into the log, which others may keep: whoever has the link owns the installation.
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "\nNobody can sign in yet. Open this link once to set up Dealboard:\n\n  {public_url}{}\n",
            link.path
        )?;
        out.flush()?;
    }
    Ok(())
}
