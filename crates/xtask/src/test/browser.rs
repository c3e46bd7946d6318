//! Playwright on the real program, in a real Chromium.

use std::fs;

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

/// Of one error's message, in the summary.
const LINES: usize = 12;

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
    let report: Value =
        serde_json::from_str(&fs::read_to_string(&report).context("Playwright left no report")?)?;
    let mut browser = counted(&report)?;
    tell_failures(&report, "");
    // A fixture that fails outside of any test shows in the exit code only.
    if !success && browser.failed == 0 {
        browser.failed = 1;
    }
    count.add(browser);
    Ok(count)
}

/// Whatever did not pass has failed: skipped, interrupted, flaky and never reached.
fn counted(report: &Value) -> Result<Count> {
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
    let outside = u64::try_from(list(report, "errors").len())?;
    Ok(Count {
        passed,
        failed: unexpected + flaky + skipped + outside,
    })
}

/// Says once more, together and short, what failed, when and why: who reads the end of a long log must not miss it.
fn tell_failures(suite: &Value, within: &str) {
    let within = if within.is_empty() {
        text(suite, "file")
    } else {
        within
    };
    for inner in list(suite, "suites") {
        tell_failures(inner, within);
    }
    for spec in list(suite, "specs") {
        for run in list(spec, "tests") {
            for result in list(run, "results") {
                let errors = list(result, "errors");
                if errors.is_empty() {
                    continue;
                }
                let (project, began) = (text(run, "projectName"), text(result, "startTime"));
                println!(
                    "FAILED  {within} [{project}] {} (began {began})",
                    text(spec, "title")
                );
                for error in errors {
                    let message = text(error, "message");
                    for line in message
                        .lines()
                        .filter(|line| !line.trim().is_empty())
                        .take(LINES)
                    {
                        println!("        {line}");
                    }
                    let line = error.pointer("/location/line").and_then(Value::as_u64);
                    println!("        at line {}", line.unwrap_or_default());
                }
            }
        }
    }
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
