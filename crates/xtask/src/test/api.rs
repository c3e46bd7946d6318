//! The API asked by schemathesis, as each kind of key.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};

use crate::{
    build, cleanup,
    command::CommandExt as _,
    project::{Mode, Project},
    running::Running,
    serve::{Place, wait_until_it_answers},
    test::count::Count,
    tools,
};

pub fn run(project: &Project) -> Result<Count> {
    let folder = project.path("end2end/api");
    let python = python(project, &folder)?;
    let program = build::all(project, Mode::Test)?;

    let scratch = tempfile::Builder::new()
        .prefix("dealboard-api-")
        .tempdir()?;
    let left = scratch.path().to_owned();
    cleanup::at_end(move || drop(fs::remove_dir_all(left)));
    let data = scratch.path().join("data");
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let place = Place::new(address, data);
    place
        .command(&program, &["demo", "load", "--deals", "300"])
        .env_remove("DATABASE_URL")
        .read()?;
    let mut command = place.command(&program, &["serve"]);
    command
        .args(["--api-pace", "1000000", "--log", "warn"])
        // Each role comes from an address of its own: strangers are counted by it.
        .args(["--trusted-proxies", "127.0.0.1"])
        .env_remove("DATABASE_URL");
    let server = Running::start(&mut command)?;
    wait_until_it_answers(address, &server)?;

    let mut check = Command::new(python);
    check
        .arg(folder.join("check.py"))
        .arg(format!("http://{address}"))
        .arg(scratch.path())
        .stdout(Stdio::piped());
    counted(&mut check)
}

/// What the script's last line says; a script that did not get there has failed once.
fn counted(command: &mut Command) -> Result<Count> {
    let mut child = command.spawn().context("cannot start the API's check")?;
    let output = child
        .stdout
        .take()
        .context("the API's check has no output")?;
    let mut count = Count::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some(some) = Count::from_cargo_line(&line) {
            count.add(some);
        }
    }
    if !child.wait()?.success() && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

/// A Python with the packages of the requirements, made anew when those change.
fn python(project: &Project, folder: &Path) -> Result<PathBuf> {
    let wanted = fs::read_to_string(folder.join("requirements.txt"))?;
    let home = project.path("target/api-check");
    let python = home.join("bin/python");
    let stamp = home.join("requirements.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    let system = tools::python()?;
    Command::new(&system)
        .args(["-m", "venv", "--clear"])
        .arg(&home)
        .must_run()
        .context("Python's venv is needed (Debian: python3-venv)")?;
    Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(folder.join("requirements.txt"))
        .must_run()
        .context("the packages of end2end/api/requirements.txt could not be installed")?;
    fs::write(stamp, wanted)?;
    Ok(python)
}
