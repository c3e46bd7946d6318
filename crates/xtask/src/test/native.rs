//! The tests that cargo runs.

use std::{
    env,
    io::{BufRead as _, BufReader},
    process::Stdio,
    thread::available_parallelism,
};

use anyhow::{Context as _, Result};

use crate::{
    build::NATIVE,
    command::cargo,
    project::Project,
    test::{CRATES, count::Count, postgres::Cluster},
};

/// More than the two cores of a small machine: many tests wait for other processes and for clocks.
const THREADS: usize = 4;

/// From what property tests make their cases. A fixed one, unless somebody asks for others: a run that is red by chance tells
/// whoever changed something else nothing.
const SEED: &str = "PROPTEST_RNG_SEED";

pub fn run(
    project: &Project,
    parts: &[&str],
    filter: &[String],
    cluster: Option<&Cluster>,
) -> Result<Count> {
    let mut command = cargo();
    command
        .current_dir(project.root())
        .args(["test", "--locked", "--no-fail-fast"])
        .args(selection(parts))
        .env("RUST_TEST_THREADS", threads().to_string())
        .env(SEED, env::var(SEED).unwrap_or_else(|_| "1".to_owned()))
        .env_remove("DATABASE_URL")
        .env_remove("DEALBOARD_EMBED_SITE")
        .stdout(Stdio::piped());
    if let Some(cluster) = cluster {
        command.env("TEST_POSTGRES_URL", cluster.url());
    }
    let mut child = command
        .arg("--")
        .args(filter)
        .spawn()
        .context("cannot start cargo")?;

    let mut count = Count::default();
    let output = child.stdout.take().context("cargo has no output")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some(some) = Count::from_cargo_line(&line) {
            count.add(some);
        }
    }
    // A crate that does not compile, or a test that kills its process, reports no result.
    if !child.wait()?.success() && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

fn threads() -> usize {
    available_parallelism().map_or(THREADS, |cores| cores.get().max(THREADS))
}

/// All crates of the server's half at once, or those that are asked for.
fn selection<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    if parts == ["xtask"] {
        // In the profile that it was built in already.
        return vec!["--profile", "xtask", "-p", "xtask"];
    }
    if parts == CRATES {
        return NATIVE.to_vec();
    }
    let mut args: Vec<_> = parts.iter().flat_map(|part| ["-p", *part]).collect();
    if parts.contains(&"app") {
        args.extend(["--features", "app/ssr"]);
    }
    args
}
