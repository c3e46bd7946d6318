//! The site first, then the server around it.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    command::{CommandExt as _, cargo},
    project::{Mode, Project},
    site,
};

/// The crates of the server's half. Tests, lints and the program of dev builds all name the same
/// ones: cargo chooses the features of what they share by them, and would build it once for each.
pub const NATIVE: &[&str] = &[
    "--workspace",
    "--exclude",
    "frontend",
    "--exclude",
    "xtask",
    "--features",
    "app/ssr",
];

/// Builds both halves and says where the program lies.
pub fn all(project: &Project, mode: Mode) -> Result<PathBuf> {
    site::build(project, mode)?;
    server(project, mode)?;
    Ok(project.program(mode))
}

pub fn server(project: &Project, mode: Mode) -> Result<()> {
    let mut command = cargo();
    command
        .current_dir(project.root())
        .args(match mode {
            // As the native tests build it, whose own dependencies choose features too: the program is there already, or is made
            // once for both.
            Mode::Test => ["test", "--no-run", "--test", "commands"].as_slice(),
            Mode::Dev | Mode::Release => &["build", "--bin", "dealboard"],
        })
        .arg("--locked")
        .args(match mode {
            Mode::Dev | Mode::Test => NATIVE,
            Mode::Release => &["-p", "server"],
        })
        .args(["--profile", mode.server_profile()])
        .env_remove("DEALBOARD_EMBED_SITE");
    if mode == Mode::Release {
        command.env("DEALBOARD_EMBED_SITE", project.site(mode));
    }
    command.must_run()
}
