//! Licences we may ship under, and crates we will not build on. `deny.toml` says the same to
//! who has cargo-deny; this needs nothing installed.

use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{
    check::edges::text,
    command::{CommandExt as _, cargo},
    project::Project,
};

const LICENCES: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The crate, the start of the versions meant, and why not.
const BANNED: [(&str, &str, &str); 3] = [
    ("sqlx", "0.8.", "brings a second sqlx and an old SQLite"),
    (
        "openssl-sys",
        "",
        "rustls is enough, and a C library must be deployed with it",
    ),
    ("native-tls", "", "rustls is enough"),
];

/// Two versions of these would link two of what must exist once.
const SINGLE: [&str; 8] = [
    "sqlx",
    "sqlx-core",
    "libsqlite3-sys",
    "leptos",
    "axum",
    "tokio",
    "wasm-bindgen",
    "reqwest",
];

pub fn licences(project: &Project) -> Result<()> {
    let mut faults = String::new();
    for package in &packages(project)? {
        let licence = text(package, "license");
        if !allowed(licence) {
            let _ = writeln!(
                faults,
                "{} {} is under {licence:?}",
                text(package, "name"),
                text(package, "version")
            );
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        bail!("{}", faults.trim_end())
    }
}

pub fn crates(project: &Project) -> Result<()> {
    let mut faults = String::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let packages = packages(project)?;
    for package in &packages {
        versions
            .entry(text(package, "name"))
            .or_default()
            .push(text(package, "version"));
    }
    for (name, version, why) in BANNED {
        let found = versions
            .get(name)
            .into_iter()
            .flatten()
            .find(|found| found.starts_with(version));
        if let Some(found) = found {
            let _ = writeln!(faults, "{name} {found} is banned: {why}");
        }
    }
    for name in SINGLE {
        if let Some(several) = versions.get(name).filter(|versions| versions.len() > 1) {
            let _ = writeln!(
                faults,
                "{name} is there {} times: {several:?}",
                several.len()
            );
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        bail!("{}", faults.trim_end())
    }
}

fn packages(project: &Project) -> Result<Vec<Value>> {
    let json = cargo()
        .current_dir(project.root())
        .args(["metadata", "--locked", "--format-version", "1"])
        .read()?;
    let metadata: Value = serde_json::from_str(&json)?;
    Ok(metadata
        .get("packages")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default())
}

/// One alternative of the SPDX expression must be allowed in all its parts. Without brackets AND
/// binds closer than OR; with them, every licence named must be allowed, which is stricter.
fn allowed(expression: &str) -> bool {
    let known = |licence: &str| LICENCES.contains(&licence.trim());
    if expression.contains('(') {
        let flat = expression.replace(['(', ')'], "").replace(" OR ", " AND ");
        return flat.split(" AND ").all(known);
    }
    expression
        .replace('/', " OR ")
        .split(" OR ")
        .any(|part| part.split(" AND ").all(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_alternative_is_enough() {
        assert!(allowed("MIT OR GPL-3.0"));
        assert!(allowed("MIT/Apache-2.0"));
        assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    }

    #[test]
    fn every_part_of_an_alternative_must_be_allowed() {
        assert!(!allowed("MIT AND GPL-3.0"));
        assert!(!allowed(""));
    }
}
