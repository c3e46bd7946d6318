//! The browser's half: compiled, split into chunks, bound to its script.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

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

    if mode != Mode::Dev {
        for part in &split.split_modules {
            fs::write(part, without_names(&fs::read(part)?)?)?;
        }
    }

    Bindgen::new()
        .input_path(&main)
        .out_name(OUTPUT_NAME)
        .web(true)?
        .keep_lld_exports(true)
        .typescript(false)
        .remove_name_section(mode != Mode::Dev)
        .remove_producers_section(true)
        .generate(pkg)
}

/// The module without the names of its functions: three quarters of a part are those, and browsers run it without them.
fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if matches!(&payload, Payload::CustomSection(custom) if custom.name() == "name") {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = wasm
                .get(range)
                .context("a section that ends outside of its module")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// In a stable order, or the folder's version would change with every build.
fn sorted<K: Ord, V>(map: impl IntoIterator<Item = (K, V)>) -> std::collections::BTreeMap<K, V> {
    map.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CustomSection, NameMap, NameSection, TypeSection};

    #[test]
    fn only_the_names_go() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let kept = CustomSection {
            name: "kept".into(),
            data: (&[1, 2, 3]).into(),
        };
        let mut functions = NameMap::new();
        functions.append(0, "a_function_of_a_long_name");
        let mut names = NameSection::new();
        names.functions(&functions);

        let plain = Module::new().section(&types).section(&kept).clone();
        let named = plain.clone().section(&names).clone();
        assert!(named.as_slice().len() > plain.as_slice().len());
        assert_eq!(
            without_names(named.as_slice()).unwrap(),
            plain.as_slice().to_vec()
        );
    }
}
