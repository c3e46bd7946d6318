//! Puts the built site inside the binary when `DEALBOARD_EMBED_SITE` names its folder (release
//! builds by `cargo xtask`); otherwise the table is empty and the server reads the site from disk.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=DEALBOARD_EMBED_SITE");
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = String::from("&[\n");
    if let Some(root) = std::env::var_os("DEALBOARD_EMBED_SITE").map(PathBuf::from) {
        println!("cargo::rerun-if-changed={}", root.display());
        let mut files = Vec::new();
        collect(&root, &root, &mut files)?;
        files.sort();
        for (name, path) in files {
            let path = path.to_string_lossy();
            let _ = writeln!(table, "({name:?}, include_bytes!({path:?}).as_slice()),");
        }
    }
    table.push(']');
    let out = std::env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    fs::write(out.join("site_table.rs"), table)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            files.push((name.to_string_lossy().replace('\\', "/"), path));
        }
    }
    Ok(())
}
