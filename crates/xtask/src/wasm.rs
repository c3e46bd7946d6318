//! The browser's half: compiled, split into chunks, bound to its script.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    command::{CommandExt as _, cargo},
    project::{Mode, OUTPUT_NAME, Project},
    tools,
};

/// The name that the split macros compile into the wasm.
const LINK_NAME: &str = "./__wasm_split.______________________.js";

pub fn compile(project: &Project, mode: Mode) -> Result<()> {
    tools::wasm_target()?;
    cargo()
        .current_dir(project.root())
        .args(["build", "--locked", "-p", "frontend", "--lib"])
        .args([
            "--target",
            "wasm32-unknown-unknown",
            "--profile",
            mode.wasm_profile(),
        ])
        .must_run()
}

/// Splits lazy routes off, in dev too: without it they are dead pages.
pub fn bind(raw: &Path, pkg: &Path, mode: Mode) -> Result<()> {
    let input = fs::read(raw).with_context(|| format!("cannot read {}", raw.display()))?;
    let scratch = tempfile::tempdir()?;
    let main = scratch.path().join(format!("{OUTPUT_NAME}.wasm"));
    let main_module = format!("./{OUTPUT_NAME}.js");

    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = pkg;
    options.main_out_path = &main;
    options.link_name = LINK_NAME;
    options.main_module = &main_module;
    let split = wasm_split_cli_support::transform(options).map_err(|why| anyhow!("{why:?}"))?;
    fs::write(
        pkg.join("__wasm_split_manifest.json"),
        serde_json::to_vec(&sorted(split.prefetch_map))?,
    )?;

    Bindgen::new()
        .input_path(&main)
        .out_name(OUTPUT_NAME)
        .web(true)?
        .keep_lld_exports(true)
        .typescript(false)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(true)
        .generate(pkg)
}

/// In a stable order, or the folder's version would change with every build.
fn sorted<K: Ord, V>(map: impl IntoIterator<Item = (K, V)>) -> std::collections::BTreeMap<K, V> {
    map.into_iter().collect()
}
