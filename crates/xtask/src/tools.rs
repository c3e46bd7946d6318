//! Finding what the build and the tests need, and installing what is missing.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::command::CommandExt as _;

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The wasm half of the standard library.
pub fn wasm_target() -> Result<()> {
    let rustup = Command::new("rustup")
        .args(["target", "list", "--installed"])
        .read();
    match rustup {
        Ok(installed) if !installed.lines().any(|line| line.trim() == WASM_TARGET) => {
            Command::new("rustup")
                .args(["target", "add", WASM_TARGET])
                .must_run()
        }
        // A toolchain without rustup has the target or lets cargo say so.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Installs the packages when the lock file changed since the last time.
pub fn npm_packages(folder: &Path) -> Result<()> {
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.dealboard-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    // The browser is looked for afterwards; the package must not fetch its own unasked.
    Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .must_run()
        .context("Node 20 or newer with npm is needed")?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// A program of one of the installed packages; started without `npx`, which would stand between it
/// and the signal that ends it.
pub fn node(folder: &Path, script: &str) -> Command {
    let mut command = Command::new("node");
    command
        .arg(folder.join("node_modules").join(script))
        .current_dir(folder);
    command
}

/// A Chromium's path, or none when Playwright brought its own and knows where.
pub fn chromium(folder: &Path) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os("DEALBOARD_CHROMIUM") {
        return Ok(Some(path.into()));
    }
    if let Some(path) = system_chromium() {
        return Ok(Some(path));
    }
    for package in ["chromium-headless-shell", "chromium"] {
        if install_package(package)?
            && let Some(path) = system_chromium()
        {
            return Ok(Some(path));
        }
    }
    node(folder, "@playwright/test/cli.js")
        .args(["install", "chromium"])
        .must_run()
        .context("no Chromium: install one, or name it in DEALBOARD_CHROMIUM")?;
    Ok(None)
}

/// Rather the one without windows, which spends no time on the parts of a browser that nobody sees.
fn system_chromium() -> Option<PathBuf> {
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ]
    .into_iter()
    .find_map(in_path)
}

/// A Python 3.10 or newer with venv.
pub fn python() -> Result<PathBuf> {
    if let Some(path) = in_path("python3") {
        return Ok(path);
    }
    if install_package("python3-venv")?
        && let Some(path) = in_path("python3")
    {
        return Ok(path);
    }
    bail!("install Python 3.10 or newer with venv (Debian: python3-venv)")
}

/// The folder with `initdb` and `postgres`.
pub fn postgres_programs() -> Result<PathBuf> {
    if let Some(folder) = system_postgres() {
        return Ok(folder);
    }
    if install_package("postgresql")?
        && let Some(folder) = system_postgres()
    {
        return Ok(folder);
    }
    bail!("install PostgreSQL's server programs (initdb, postgres)")
}

/// Debian keeps them out of the PATH, one folder per version; the newest is taken.
fn system_postgres() -> Option<PathBuf> {
    let complete =
        |folder: &PathBuf| folder.join("initdb").exists() && folder.join("postgres").exists();
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| complete(folder))
        .collect();
    folders.sort();
    let newest = folders.pop().map(|(_, folder)| folder);
    newest.or_else(|| {
        in_path("initdb")?
            .parent()
            .map(Path::to_owned)
            .filter(complete)
    })
}

/// Installs a Debian package; false when this is not a Debian or we may not.
fn install_package(name: &str) -> Result<bool> {
    if !is_root() || in_path("apt-get").is_none() {
        return Ok(false);
    }
    let apt = |args: &[&str]| {
        Command::new("apt-get")
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .succeeds()
    };
    Ok(apt(&["update", "-q"])? && apt(&["install", "-y", "-q", "--no-install-recommends", name])?)
}

pub fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .read()
        .is_ok_and(|id| id.trim() == "0")
}

fn in_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}
