use std::fmt::Write as _;

use services::demo::{PASSWORD, USUAL_DEALS};

use super::{explained, run};
use crate::{
    cli::{Failure, say},
    config::Config,
    open,
};

/// Loads the made-up data and prints who can sign in.
pub fn demo_load(config: &Config, deals: Option<usize>) -> Result<(), Failure> {
    open::start_log(config);
    run(async {
        open::migrate(config).await?;
        let services = open::services(config).await?;
        let loaded = services.load_demo(deals.unwrap_or(USUAL_DEALS)).await;
        services.db().close().await;
        let loaded = loaded.map_err(explained)?;
        let mut text = format!(
            "Loaded {} deals with {} events. Everybody's password is {PASSWORD}\n\n",
            loaded.deals, loaded.events
        );
        for (email, what) in loaded.sign_ins {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {email:<32} {what}");
        }
        text.push_str(
            "\nThe password is public: keep made-up people off servers that others reach.\n",
        );
        say(&text)
    })
}

/// Takes the made-up data away again.
pub fn demo_clear(config: &Config) -> Result<(), Failure> {
    open::start_log(config);
    run(async {
        open::migrate(config).await?;
        let services = open::services(config).await?;
        let cleared = services.clear_demo().await;
        services.db().close().await;
        say(if cleared.map_err(explained)? {
            "The demo data is gone.\n"
        } else {
            "There is no demo data.\n"
        })
    })
}
