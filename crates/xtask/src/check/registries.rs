//! Packages come from wherever the machine is set up to take them from.

use std::fs;

use anyhow::{Result, bail};

use crate::project::Project;

/// A file, and what in it would tie a build to one registry.
const TIES: [(&str, &[&str]); 5] = [
    ("end2end/package-lock.json", &["\"resolved\""]),
    ("end2end/bench/package-lock.json", &["\"resolved\""]),
    ("end2end/package.json", &["publishConfig"]),
    ("end2end/.npmrc", &["registry="]),
    (
        ".cargo/config.toml",
        &["[source", "[registries", "[registry"],
    ),
];

pub fn prove(project: &Project) -> Result<()> {
    for (path, ties) in TIES {
        let text = fs::read_to_string(project.path(path)).unwrap_or_default();
        if let Some(tie) = ties
            .iter()
            .find(|tie| text.lines().any(|line| line.trim().starts_with(**tie)))
        {
            bail!("{path} has {tie}");
        }
    }
    Ok(())
}
