//! Browser and server validate alike: the rules are run natively, and as WebAssembly in Node and in a real Chromium, on the
//! same cases, and all must say the same, letter by letter.

use std::{path::Path, process::Command};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    command::{CommandExt as _, cargo},
    project::Project,
    test::count::Count,
    tools,
};

const NAME: &str = "browser_and_server_validate_alike";
const CASES: u32 = 10_000;
/// Of the browser's half: unoptimised, WebAssembly takes minutes for that many.
const PROFILE: &str = "wasm-test";
/// What one of them must say now and then, or there was nothing to compare.
const WORDS: [&str; 2] = ["valid ", "refused "];
/// Prints what the module that it is given says.
const SCRIPT: &str =
    "process.stdout.write(require(process.argv[1]).verdicts(0, Number(process.argv[2])))";
/// The same in a browser; in the folder of the browser tests.
const BROWSER: &str = "support/alike.mjs";

/// Whether it is among the tests that the filter chooses.
pub fn is_chosen(filter: &[String]) -> bool {
    filter.is_empty() || filter.iter().any(|word| NAME.contains(word.as_str()))
}

/// Counts as one test.
pub fn run(project: &Project) -> Result<Count> {
    let native = native(project)?;
    build(project)?;
    let mut found = difference("Node", &native, &in_node(project)?);
    if found.is_none() {
        found = difference("the browser", &native, &in_browser(project)?);
    }
    match &found {
        None => println!("test {NAME} ... ok ({CASES} cases)"),
        Some(found) => println!("test {NAME} ... FAILED\n{found}"),
    }
    Ok(Count::one(found.is_none()))
}

fn native(project: &Project) -> Result<String> {
    cargo()
        .current_dir(project.root())
        .args([
            "run", "--quiet", "--locked", "-p", "alike", "--bin", "verdicts", "--",
        ])
        .arg(CASES.to_string())
        .read()
}

fn build(project: &Project) -> Result<()> {
    tools::wasm_target()?;
    cargo()
        .current_dir(project.root())
        .args(["build", "--quiet", "--locked", "-p", "alike", "--lib"])
        .args(["--profile", PROFILE, "--target", "wasm32-unknown-unknown"])
        .must_run()
}

fn bindgen(project: &Project) -> Bindgen {
    let raw = format!("wasm32-unknown-unknown/{PROFILE}/alike.wasm");
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(project.target().join(raw))
        .out_name("alike")
        .typescript(false);
    bindgen
}

fn in_node(project: &Project) -> Result<String> {
    let folder = tempfile::tempdir()?;
    bindgen(project).nodejs(true)?.generate(folder.path())?;
    Command::new("node")
        .args(["-e", SCRIPT])
        .arg(folder.path().join("alike.js"))
        .arg(CASES.to_string())
        .read()
        .context("Node 20 or newer is needed")
}

fn in_browser(project: &Project) -> Result<String> {
    let folder = tempfile::tempdir()?;
    bindgen(project).web(true)?.generate(folder.path())?;
    open(&project.path("end2end"), folder.path())
}

fn open(tests: &Path, module: &Path) -> Result<String> {
    tools::npm_packages(tests)?;
    let mut command = Command::new("node");
    command
        .arg(BROWSER)
        .arg(module)
        .arg(CASES.to_string())
        .current_dir(tests);
    if let Some(chromium) = tools::chromium(tests)? {
        command.env("DEALBOARD_CHROMIUM", chromium);
    }
    command.read()
}

/// The first case of which the two say different things, or why there is nothing to compare.
fn difference(place: &str, native: &str, wasm: &str) -> Option<String> {
    let mut pairs = (0..).zip(native.lines().zip(wasm.lines()));
    if let Some((case, (native, wasm))) = pairs.find(|(_, (native, wasm))| native != wasm) {
        return Some(format!(
            "case {case} in {place}\nnative: {native}\nwasm:   {wasm}"
        ));
    }
    let (natives, wasms) = (native.lines().count(), wasm.lines().count());
    if natives != wasms {
        return Some(format!("{natives} cases natively, {wasms} in {place}"));
    }
    let unsaid = WORDS
        .into_iter()
        .find(|word| !native.lines().any(|line| line.starts_with(word)));
    unsaid.map(|word| format!("no case is {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_told() {
        let native = "valid 1\nrefused 2\nvalid 3\n";
        assert_eq!(difference("Node", native, native), None);
        let told = difference("Node", native, "valid 1\nrefused 4\nvalid 5\n");
        let told = told.unwrap_or_default();
        assert!(told.starts_with("case 1 in Node\n"), "{told}");
        assert!(
            told.contains("refused 2") && told.contains("refused 4"),
            "{told}"
        );
    }

    #[test]
    fn silence_is_no_agreement() {
        for (native, wasm) in [("", ""), ("valid 1\n", ""), ("valid 1\n", "valid 1\n")] {
            assert!(
                difference("Node", native, wasm).is_some(),
                "{native:?} {wasm:?}"
            );
        }
    }

    #[test]
    fn a_filter_chooses_it_by_its_name() {
        assert!(is_chosen(&[]));
        assert!(is_chosen(&["alike".to_owned()]));
        assert!(!is_chosen(&["rank".to_owned()]));
    }
}
