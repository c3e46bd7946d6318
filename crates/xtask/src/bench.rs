//! `cargo xtask bench`: runs the workspace's benchmarks on release builds, on both engines.
//!
//! A benchmark is a `[[bench]]` target with `harness = false`: it prints one JSON document on its
//! standard output and what people should read on its standard error.

use std::{
    fs,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{
    build,
    check::text,
    command::{CommandExt as _, cargo},
    project::{Mode, Project},
    test::Cluster,
    tools,
};

/// The benchmarks that open pages.
const IN_BROWSER: [&str; 2] = ["forms", "boards"];

/// `args`: the names of the benchmarks to run, all without any; after `--` what they are handed.
pub fn run(project: &Project, args: &[String]) -> Result<bool> {
    let (names, handed) = match args.iter().position(|arg| arg == "--") {
        Some(at) => args.split_at(at),
        None => (args, [].as_slice()),
    };
    let benches: Vec<(String, String)> = targets(project)?
        .into_iter()
        .filter(|(_, bench)| names.is_empty() || names.contains(bench))
        .collect();
    if benches.is_empty() {
        bail!("no benchmark of that name");
    }

    let program = build::all(project, Mode::Release)?;
    let cluster = Cluster::start()?;
    let reports = project.target().join("bench");
    fs::create_dir_all(&reports)?;
    for (package, bench) in benches {
        eprintln!("\n== {bench}");
        let mut command = cargo();
        command
            .current_dir(project.root())
            .args([
                "bench", "--quiet", "--locked", "-p", &package, "--bench", &bench,
            ])
            .args(handed)
            .env("DEALBOARD_PROGRAM", &program)
            .env("TEST_POSTGRES_URL", cluster.url())
            .stderr(Stdio::inherit());
        if IN_BROWSER.contains(&bench.as_str()) {
            with_browser(project, &mut command)?;
        }
        let output = command.read()?;
        let report: Value = serde_json::from_str(&output)
            .with_context(|| format!("{bench} printed no JSON document"))?;
        let path = reports.join(format!("{bench}.json"));
        fs::write(&path, serde_json::to_vec_pretty(&report)?)?;
        println!("{report:#}");
        eprintln!("kept in {}", path.display());
    }
    Ok(true)
}

/// What a benchmark on real pages needs: a browser, what it compares with, and the wasm with the names of its functions.
fn with_browser(project: &Project, command: &mut Command) -> Result<()> {
    let tests = project.path("end2end");
    tools::npm_packages(&tests)?;
    tools::npm_packages(&tests.join("bench"))?;
    if let Some(chromium) = tools::chromium(&tests)? {
        command.env("DEALBOARD_CHROMIUM", chromium);
    }
    command.env("DEALBOARD_RAW_WASM", project.raw_wasm(Mode::Release));
    Ok(())
}

/// Each benchmark with its package.
fn targets(project: &Project) -> Result<Vec<(String, String)>> {
    let json = cargo()
        .current_dir(project.root())
        .args(["metadata", "--locked", "--format-version", "1", "--no-deps"])
        .read()?;
    let metadata: Value = serde_json::from_str(&json)?;
    let mut found = Vec::new();
    for package in metadata
        .get("packages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        for target in package
            .get("targets")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if target.pointer("/kind/0").and_then(Value::as_str) == Some("bench") {
                found.push((
                    text(package, "name").to_owned(),
                    text(target, "name").to_owned(),
                ));
            }
        }
    }
    Ok(found)
}
