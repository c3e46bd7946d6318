//! How long a file, a component and a door may be (DESIGN 12).

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Result, bail};

use crate::{
    check::source::{self, Body},
    project::Project,
    site,
};

const RUST_MAX: usize = 400;
const RUST_SPLIT: usize = 300;
const CSS_MAX: usize = 300;
const COMPONENT_MAX: usize = 150;
const DOOR_MAX: usize = 10;

pub fn prove(project: &Project) -> Result<()> {
    let mut faults = String::new();
    for folder in ["app", "crates", "frontend", "server", "style"] {
        for path in site::files(&project.path(folder))? {
            let name = path.strip_prefix(project.root())?;
            match path.extension().and_then(|kind| kind.to_str()) {
                Some("rs") => rust(name, &fs::read_to_string(&path)?, &mut faults),
                Some("css") => css(name, &fs::read_to_string(&path)?, &mut faults),
                _ => {}
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        bail!("{}", faults.trim_end())
    }
}

fn rust(name: &Path, text: &str, faults: &mut String) {
    // A file of tests may be as long as its subject needs.
    if name.components().any(|part| part.as_os_str() == "tests") || name.ends_with("tests.rs") {
        return;
    }
    let lines = source::lines(text);
    if lines > RUST_MAX {
        let _ = writeln!(
            faults,
            "{}: {lines} lines, may have {RUST_MAX}",
            name.display()
        );
    } else if lines > RUST_SPLIT {
        println!(
            "warning {}: {lines} lines, split above {RUST_SPLIT}",
            name.display()
        );
    }
    let code = source::code(text);
    for body in source::functions(&code, &["#[component"]) {
        too_long(name, &body, body.lines, COMPONENT_MAX, faults);
    }
    for body in doors(name, &code) {
        too_long(name, &body, body.telling, DOOR_MAX, faults);
    }
}

/// Server functions and REST handlers: what they do belongs into the services.
fn doors(name: &Path, code: &str) -> Vec<Body> {
    let mut doors = source::functions(code, &["#[server"]);
    if name.starts_with("server/src/rest") {
        doors.extend(source::functions(code, &["#[utoipa::path"]));
    }
    doors
}

fn too_long(name: &Path, body: &Body, lines: usize, max: usize, faults: &mut String) {
    if lines > max {
        let (
            place,
            Body {
                name: function,
                line,
                ..
            },
        ) = (name.display(), body);
        let _ = writeln!(
            faults,
            "{place}:{line}: {function} has {lines} lines, may have {max}"
        );
    }
}

fn css(name: &Path, text: &str, faults: &mut String) {
    let lines = text.lines().count();
    if lines > CSS_MAX {
        let _ = writeln!(
            faults,
            "{}: {lines} lines, may have {CSS_MAX}",
            name.display()
        );
    }
}
