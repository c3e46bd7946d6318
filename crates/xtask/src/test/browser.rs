//! Playwright on the real program, in a real Chromium.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{
    build, cleanup,
    command::CommandExt as _,
    project::{Mode, Project},
    running::Running,
    test::{count::Count, postgres::Cluster},
    tools,
};

pub fn run(
    project: &Project,
    engine: Option<&str>,
    filter: &[String],
    cluster: Option<&Cluster>,
) -> Result<Count> {
    let folder = project.path("end2end");
    tools::npm_packages(&folder)?;
    let chromium = tools::chromium(&folder)?;
    let program = build::all(project, Mode::Test)?;

    let types = tools::node(&folder, "typescript/bin/tsc")
        .arg("--noEmit")
        .succeeds()?;
    let mut count = Count::one(types);

    let report = folder.join("test-results/report.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    // Data folders and browser profiles, removed even when the run is cut short.
    let scratch = tempfile::Builder::new()
        .prefix("dealboard-browser-")
        .tempdir()?;
    let left = scratch.path().to_owned();
    cleanup::at_end(move || drop(fs::remove_dir_all(left)));

    let mut command = tools::node(&folder, "@playwright/test/cli.js");
    command
        .arg("test")
        .args(engine.map(|engine| format!("--project={engine}")))
        .args(filter)
        .env("TMPDIR", scratch.path())
        .env("DEALBOARD_PROGRAM", program);
    if let Some(chromium) = chromium {
        command.env("DEALBOARD_CHROMIUM", chromium);
    }
    if let Some(cluster) = cluster {
        command.env("TEST_POSTGRES_URL", cluster.url());
    }
    let success = Running::start(&mut command)?.wait()?;
    let mut browser = read_report(&report)?;
    // A fixture that fails outside of any test shows in the exit code only.
    if !success && browser.failed == 0 {
        browser.failed = 1;
    }
    count.add(browser);
    Ok(count)
}

/// Whatever did not pass has failed: skipped, interrupted, flaky and never reached.
fn read_report(path: &Path) -> Result<Count> {
    let text = fs::read_to_string(path).context("Playwright left no report")?;
    let report: Value = serde_json::from_str(&text)?;
    let stat = |name: &str| {
        report
            .pointer(&format!("/stats/{name}"))
            .and_then(Value::as_u64)
    };
    let (Some(passed), Some(unexpected), Some(flaky), Some(skipped)) = (
        stat("expected"),
        stat("unexpected"),
        stat("flaky"),
        stat("skipped"),
    ) else {
        bail!("Playwright's report has no stats");
    };
    let outside = report
        .get("errors")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let outside = u64::try_from(outside)?;
    Ok(Count {
        passed,
        failed: unexpected + flaky + skipped + outside,
    })
}
