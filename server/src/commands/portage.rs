use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

use super::{explained, run};
use crate::{
    cli::{Failure, say},
    config::Config,
    open,
};

/// Writes all of a company to a file that only its owner reads: it holds what people sign in with.
pub fn export(config: &Config, slug: &str, to: &Path) -> Result<(), Failure> {
    open::start_log(config);
    run(async {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let services = open::services(config).await?;
        let file = options
            .open(to)
            .map_err(|error| format!("{}: {error}", to.display()))?;
        let mut out = BufWriter::new(file);
        let outcome = services.export_whole(slug, &mut out).await;
        services.db().close().await;
        let sums = outcome.map_err(explained)?;
        if sums.is_err() {
            std::fs::remove_file(to)?;
        }
        let sums = sums?;
        out.flush()?;
        out.into_inner()?.sync_all()?;
        say(&format!(
            "Exported {slug} to {}:\n\n{}",
            to.display(),
            sums.text()
        ))
    })
}

/// Takes such a file into an empty database.
pub fn import(config: &Config, from: &Path) -> Result<(), Failure> {
    open::start_log(config);
    run(async {
        open::migrate(config).await?;
        let services = open::services(config).await?;
        let outcome = services.import_whole(from).await;
        services.db().close().await;
        let sums = outcome.map_err(explained)??;
        say(&format!(
            "Imported, and read back the same:\n\n{}\nCopy the folder of uploaded files as well.\n",
            sums.text()
        ))
    })
}
