//! From settings to a running house: log, folders, database, use cases.

use std::{fs, io::IsTerminal as _, net::SocketAddr, sync::Arc};

use services::{PasswordCost, Services, ServicesConfig};
use store::{Db, DbUrl};
use tracing_subscriber::EnvFilter;

use crate::{
    cli::Failure,
    config::{Config, LogFormat, PublicUrl},
    mail::Smtp,
    webhooks::HttpCourier,
};

/// Log lines go to standard error; standard output is for what a command answers.
pub fn start_log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_default();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // A second start in one process, as in tests, keeps the first log.
    let _ = match config.log_format {
        LogFormat::Json => log.json().flatten_event(true).try_init(),
        LogFormat::Pretty => log.with_ansi(std::io::stderr().is_terminal()).try_init(),
    };
}

/// Brings the database to this program's schema.
pub async fn migrate(config: &Config) -> Result<(), Failure> {
    fs::create_dir_all(&config.data)
        .map_err(|error| format!("the data folder {}: {error}", config.data.display()))?;
    if let DbUrl::Sqlite(path) = &config.database
        && let Some(folder) = path.parent()
    {
        fs::create_dir_all(folder)
            .map_err(|error| format!("the folder {}: {error}", folder.display()))?;
    }
    store::migrate(&config.database, &config.db_options())
        .await
        .map_err(|error| format!("{}: {error}", config.database).into())
}

/// Opens a database that is up to date, for a command: mail that it writes waits for a server to send it.
pub async fn services(config: &Config) -> Result<Services, Failure> {
    services_at(config, config.listen).await
}

/// The same for a server that listens on that address, sends mail and calls webhooks.
pub async fn serving(config: &Config, address: SocketAddr) -> Result<Services, Failure> {
    let services = services_at(config, address).await?;
    let courier = HttpCourier::open(&config.webhooks)?;
    let services = services.with_courier(Arc::new(courier));
    let Some(mail) = &config.mail else {
        return Ok(services);
    };
    if config.public_url.is_none() {
        let base = &services.config().base_url;
        tracing::warn!(
            "links in mail begin with {base}: set server.public_url to what people reach"
        );
    }
    Ok(services.with_mailer(Arc::new(Smtp::open(mail)?)))
}

async fn services_at(config: &Config, address: SocketAddr) -> Result<Services, Failure> {
    let db = Db::connect(&config.database, &config.db_options())
        .await
        .map_err(|error| format!("{}: {error}", config.database))?;
    fs::create_dir_all(config.files())
        .map_err(|error| format!("the folder {}: {error}", config.files().display()))?;
    Ok(Services::system(db, services_config(config, address)))
}

fn services_config(config: &Config, address: SocketAddr) -> ServicesConfig {
    let base = config.public_url.clone();
    let base = base.unwrap_or_else(|| PublicUrl::of(address));
    ServicesConfig {
        base_url: base.to_string(),
        files_folder: config.files(),
        passwords: PasswordCost::default(),
    }
}
