//! Browser and server validate alike: the rules are run natively and as WebAssembly on the same cases, and both must say
//! the same, letter by letter.

use std::process::Command;

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    command::{CommandExt as _, cargo},
    project::Project,
    test::count::Count,
    tools,
};

const NAME: &str = "browser_and_server_validate_alike";
const CASES: u32 = 3_000;
/// What one of them must say now and then, or there was nothing to compare.
const WORDS: [&str; 2] = ["valid ", "refused "];
/// Prints what the module that it is given says.
const SCRIPT: &str =
    "process.stdout.write(require(process.argv[1]).verdicts(Number(process.argv[2])))";

/// Whether it is among the tests that the filter chooses.
pub fn is_chosen(filter: &[String]) -> bool {
    filter.is_empty() || filter.iter().any(|word| NAME.contains(word.as_str()))
}

/// Counts as one test.
pub fn run(project: &Project) -> Result<Count> {
    let native = native(project)?;
    let wasm = wasm(project)?;
    let difference = difference(&native, &wasm);
    match &difference {
        None => println!("test {NAME} ... ok ({CASES} cases)"),
        Some(difference) => println!("test {NAME} ... FAILED\n{difference}"),
    }
    Ok(Count::one(difference.is_none()))
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

fn wasm(project: &Project) -> Result<String> {
    tools::wasm_target()?;
    cargo()
        .current_dir(project.root())
        .args(["build", "--quiet", "--locked", "-p", "alike", "--lib"])
        .args(["--target", "wasm32-unknown-unknown"])
        .must_run()?;
    let raw = project
        .target()
        .join("wasm32-unknown-unknown/debug/alike.wasm");
    let folder = tempfile::tempdir()?;
    Bindgen::new()
        .input_path(raw)
        .out_name("alike")
        .nodejs(true)?
        .typescript(false)
        .generate(folder.path())?;
    Command::new("node")
        .args(["-e", SCRIPT])
        .arg(folder.path().join("alike.js"))
        .arg(CASES.to_string())
        .read()
        .context("Node 20 or newer is needed")
}

/// The first case of which the two say different things, or why there is nothing to compare.
fn difference(native: &str, wasm: &str) -> Option<String> {
    let mut pairs = (0..).zip(native.lines().zip(wasm.lines()));
    if let Some((case, (native, wasm))) = pairs.find(|(_, (native, wasm))| native != wasm) {
        return Some(format!("case {case}\nnative: {native}\nwasm:   {wasm}"));
    }
    let (natives, wasms) = (native.lines().count(), wasm.lines().count());
    if natives != wasms {
        return Some(format!("{natives} cases natively, {wasms} as WebAssembly"));
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
        assert_eq!(difference(native, native), None);
        let told = difference(native, "valid 1\nrefused 4\nvalid 5\n");
        let told = told.unwrap_or_default();
        assert!(told.starts_with("case 1\n"), "{told}");
        assert!(
            told.contains("refused 2") && told.contains("refused 4"),
            "{told}"
        );
    }

    #[test]
    fn silence_is_no_agreement() {
        for (native, wasm) in [("", ""), ("valid 1\n", ""), ("valid 1\n", "valid 1\n")] {
            assert!(difference(native, wasm).is_some(), "{native:?} {wasm:?}");
        }
    }

    #[test]
    fn a_filter_chooses_it_by_its_name() {
        assert!(is_chosen(&[]));
        assert!(is_chosen(&["alike".to_owned()]));
        assert!(!is_chosen(&["rank".to_owned()]));
    }
}
