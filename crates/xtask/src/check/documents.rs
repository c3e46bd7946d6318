//! A document that names a file which is gone misleads: every path in backticks must exist.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Result, bail};

use crate::{project::Project, site};

const TOP_FOLDERS: [&str; 10] = [
    ".ci/",
    ".cargo/",
    "app/",
    "crates/",
    "docs/",
    "end2end/",
    "frontend/",
    "public/",
    "server/",
    "style/",
];

pub fn prove(project: &Project) -> Result<()> {
    let mut faults = String::new();
    let top = fs::read_dir(project.root())?
        .flatten()
        .map(|entry| entry.path());
    let docs = project.path("docs");
    let docs = if docs.exists() {
        site::files(&docs)?
    } else {
        Vec::new()
    };
    let documents = top.chain(docs);
    for document in documents.filter(|path| path.extension().is_some_and(|kind| kind == "md")) {
        let text = fs::read_to_string(&document)?;
        let name = document.strip_prefix(project.root())?.display();
        for (index, line) in text.lines().enumerate() {
            for path in quoted_paths(line).filter(|path| !project.path(path).exists()) {
                let _ = writeln!(faults, "{name}:{}: {path} does not exist", index + 1);
            }
            for link in links(line).filter(|link| !document.with_file_name(link).exists()) {
                let _ = writeln!(
                    faults,
                    "{name}:{}: the link {} leads nowhere",
                    index + 1,
                    link.display()
                );
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        bail!("{}", faults.trim_end())
    }
}

/// Paths from the top of the repository, in backticks; a pattern such as `crates/*` is not one.
fn quoted_paths(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted
        .filter(|text| TOP_FOLDERS.iter().any(|folder| text.starts_with(folder)))
        .filter(|text| !text.contains(['*', '<', '{', ' ', '$', ':']))
        .map(|text| text.split('#').next().unwrap_or(text))
}

/// Relative links to files, without their fragment.
fn links(line: &str) -> impl Iterator<Item = &Path> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split(['#', ' ']).next().unwrap_or(target))
        .filter(|target| !target.is_empty() && !target.contains(':') && !target.starts_with('/'))
        .map(Path::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_backticks_are_found() {
        let line = "See `crates/domain/src/lib.rs`, `crates/*`, `cargo xtask` and `app/src/<feature>/mod.rs`.";
        assert_eq!(
            quoted_paths(line).collect::<Vec<_>>(),
            ["crates/domain/src/lib.rs"]
        );
    }

    #[test]
    fn relative_links_are_found() {
        let line =
            "[a](adr/0001.md#why) [b](https://example.org) [c](#here) ![d](images/board.png)";
        let found: Vec<_> = links(line).collect();
        assert_eq!(
            found,
            [Path::new("adr/0001.md"), Path::new("images/board.png")]
        );
    }
}
