//! The finished site: a versioned folder with wasm, script and styles, and the public files.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    compress,
    project::{Mode, OUTPUT_NAME, Project},
    styles, wasm,
};

pub fn build(project: &Project, mode: Mode) -> Result<()> {
    wasm::compile(project, mode)?;
    let site = project.site(mode);
    fs::create_dir_all(&site)?;

    // Made beside the old one and moved when complete, so that a failed build leaves a whole site.
    let fresh = tempfile::Builder::new()
        .prefix(".new-")
        .tempdir_in(project.target())?;
    let pkg = fresh.path().join("pkg");
    fs::create_dir_all(&pkg)?;
    wasm::bind(&project.raw_wasm(mode), &pkg, mode)?;
    let css = styles::bundle(&project.path("style"))?;
    fs::write(pkg.join(format!("{OUTPUT_NAME}.css")), css)?;
    fs::rename(
        &pkg,
        fresh
            .path()
            .join(format!("pkg-{:016x}", hash_folder(&pkg)?)),
    )?;

    copy_folder(&project.path("public"), fresh.path())?;
    if mode == Mode::Release {
        compress::folder(fresh.path())?;
    }
    fs::remove_dir_all(&site)?;
    fs::rename(fresh.path(), &site).context("cannot move the finished site into place")
}

/// Changes when the path or the content of any file below the folder does.
fn hash_folder(folder: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for path in files(folder)? {
        path.strip_prefix(folder)?.hash(&mut hasher);
        fs::read(&path)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for path in files(from)? {
        let copy = to.join(path.strip_prefix(from)?);
        if let Some(parent) = copy.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&path, &copy)?;
    }
    Ok(())
}

/// Every file below the folder, in a stable order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
