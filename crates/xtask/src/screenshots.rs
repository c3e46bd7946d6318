//! `cargo xtask screenshots`: the pictures of `docs/screenshots`, of the release build on the demo data.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Result;

use crate::{
    build,
    command::CommandExt as _,
    project::{Mode, Project},
    running::Running,
    serve::{Place, wait_until_it_answers},
    tools,
};

pub fn run(project: &Project) -> Result<bool> {
    let folder = project.path("end2end");
    tools::npm_packages(&folder)?;
    let chromium = tools::chromium(&folder)?;
    let program = build::all(project, Mode::Release)?;

    let data = tempfile::tempdir()?;
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    let place = Place::new(address, data.path().to_owned());
    place.load_demo(&program)?;
    let server = Running::start(&mut place.command(&program, &["serve"]))?;
    wait_until_it_answers(address, &server)?;

    let mut command = tools::node(&folder, "@playwright/test/cli.js");
    command
        .args(["test", "--config", "screenshots.config.ts"])
        .env("DEALBOARD_URL", format!("http://{address}"))
        .env("SCREENSHOTS", project.path("docs/screenshots"));
    if let Some(chromium) = chromium {
        command.env("DEALBOARD_CHROMIUM", chromium);
    }
    command.succeeds()
}
