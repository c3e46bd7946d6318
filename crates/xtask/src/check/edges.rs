//! Who may import whom (DESIGN 2).

use std::{collections::BTreeSet, fmt::Write as _};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{
    command::{CommandExt as _, cargo},
    project::Project,
};

/// Each crate of ours, and which of ours it may depend on outside its tests.
const ALLOWED: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("alike", &["domain"]),
    ("store", &["domain"]),
    ("services", &["domain", "store"]),
    ("app", &["domain", "services"]),
    ("frontend", &["app"]),
    ("server", &["app", "services", "domain", "store"]),
    ("testkit", &["domain", "store", "services", "server"]),
    ("xtask", &[]),
    ("bench", &[]),
];

/// What must not be linked where, whichever way it would come.
const NOT_IN_BROWSER: [&str; 5] = ["sqlx", "sqlx-core", "tokio", "services", "store"];
const NOT_IN_SERVICES: [&str; 6] = ["axum", "axum-core", "http", "hyper", "leptos", "tower-http"];

pub fn declared(project: &Project) -> Result<()> {
    let metadata = metadata(project)?;
    let mut faults = String::new();
    let packages = metadata.get("packages").and_then(Value::as_array);
    for package in packages.into_iter().flatten() {
        let name = text(package, "name");
        let Some((_, allowed)) = ALLOWED.iter().find(|(ours, _)| *ours == name) else {
            let _ = writeln!(faults, "{name} has no row in xtask's table of edges");
            continue;
        };
        let dependencies = package.get("dependencies").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten() {
            let to = text(dependency, "name");
            let ours = ALLOWED.iter().any(|(ours, _)| *ours == to);
            let in_tests = text(dependency, "kind") == "dev";
            if ours && !in_tests && !allowed.contains(&to) {
                let _ = writeln!(faults, "{name} may not import {to}");
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        bail!("{}", faults.trim_end())
    }
}

pub fn browser_is_lean(project: &Project) -> Result<()> {
    absent(
        project,
        "frontend",
        &["--target", "wasm32-unknown-unknown"],
        &NOT_IN_BROWSER,
    )
}

pub fn services_know_no_web(project: &Project) -> Result<()> {
    absent(project, "services", &[], &NOT_IN_SERVICES)
}

fn absent(project: &Project, root: &str, args: &[&str], banned: &[&str]) -> Result<()> {
    let tree = cargo()
        .current_dir(project.root())
        .args([
            "tree", "--locked", "-p", root, "-e", "normal", "--prefix", "none", "--format", "{p}",
        ])
        .args(args)
        .read()?;
    let linked: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let found: Vec<&&str> = banned
        .iter()
        .filter(|name| linked.contains(**name))
        .collect();
    if found.is_empty() {
        Ok(())
    } else {
        bail!("{root} links {found:?}")
    }
}

/// Our own packages, as they are declared.
fn metadata(project: &Project) -> Result<Value> {
    let json = cargo()
        .current_dir(project.root())
        .args(["metadata", "--locked", "--format-version", "1", "--no-deps"])
        .read()?;
    Ok(serde_json::from_str(&json)?)
}

pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
