use domain::{CompanyId, people::CompanyRole};
use leptos::nonce::Nonce;
use services::{
    Services,
    accounts::{IntoTeam, NewPerson},
};

use super::{explained, run};
use crate::{
    cli::{Failure, say},
    config::Config,
    open,
};

/// Makes an account and prints the link by which its owner chooses a password.
pub fn user_create(
    config: &Config,
    email: &str,
    name: &str,
    team: Option<(CompanyId, CompanyRole)>,
) -> Result<(), Failure> {
    open::start_log(config);
    run(async {
        open::migrate(config).await?;
        let services = open::services(config).await?;
        let person = NewPerson {
            name: name.to_owned(),
            email: email.to_owned(),
            // Nobody ever learns it: the link replaces it.
            password: Nonce::new().to_string(),
        };
        let team = team.map(|(company, role)| IntoTeam::Company(company, role));
        let made = services.create_user(person, team).await;
        made.map_err(explained)?;
        print_link(&services, email).await
    })
}

/// Prints a link by which that person chooses a new password.
pub fn user_reset(config: &Config, email: &str) -> Result<(), Failure> {
    open::start_log(config);
    run(async {
        open::migrate(config).await?;
        let services = open::services(config).await?;
        print_link(&services, email).await
    })
}

async fn print_link(services: &Services, email: &str) -> Result<(), Failure> {
    let link = services.create_reset_link(email).await;
    let link = link.map_err(explained)?;
    let base = &services.config().base_url;
    services.db().close().await;
    say(&format!(
        "{email} chooses a password here, once, until {}:\n\n  {base}{}\n",
        link.expires_at.display_utc(),
        link.path
    ))
}
