//! What rustfmt, clippy and the style sheets' parser say.

use std::process::Command;

use anyhow::Result;

use crate::{
    build::NATIVE,
    command::{CommandExt as _, cargo},
    project::Project,
    styles, tools,
};

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
const DENY: [&str; 3] = ["--", "-D", "warnings"];
/// A test may panic, and so may what helps it: clippy itself excuses the `#[test]` function only.
const IN_TESTS: [&str; 6] = [
    "-A",
    "clippy::unwrap_used",
    "-A",
    "clippy::expect_used",
    "-A",
    "clippy::indexing_slicing",
];

pub fn formatting(project: &Project) -> Result<()> {
    cargo()
        .current_dir(project.root())
        .args(["fmt", "--all", "--check"])
        .must_run()
}

pub fn styles(project: &Project) -> Result<()> {
    styles::bundle(&project.path("style")).map(drop)
}

pub fn domain_on_wasm(project: &Project) -> Result<()> {
    tools::wasm_target()?;
    let mut command = cargo();
    command
        .current_dir(project.root())
        .args(["check", "--quiet", "--locked", "-p", "domain"]);
    command.args(WASM).must_run()
}

pub fn clippy_native(project: &Project) -> Result<()> {
    let xtask = ["--profile", "xtask", "-p", "xtask"];
    for selection in [NATIVE, xtask.as_slice()] {
        clippy(project).args(selection).args(DENY).must_run()?;
        clippy(project)
            .arg("--tests")
            .args(selection)
            .args(DENY)
            .args(IN_TESTS)
            .must_run()?;
    }
    Ok(())
}

fn clippy(project: &Project) -> Command {
    let mut command = cargo();
    command
        .current_dir(project.root())
        .args(["clippy", "--quiet", "--locked", "--keep-going"]);
    command
}

pub fn clippy_wasm(project: &Project) -> Result<()> {
    tools::wasm_target()?;
    let mut command = cargo();
    command
        .current_dir(project.root())
        .args([
            "clippy", "--quiet", "--locked", "-p", "frontend", "-p", "app", "-p", "domain", "-p",
            "alike",
        ])
        .args(["--features", "app/hydrate"])
        .args(WASM);
    command.args(DENY).must_run()
}
