//! `cargo xtask`: builds, serves, watches, tests and checks Dealboard.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks on its standard streams"
)]

mod bench;
mod build;
mod check;
mod cleanup;
mod command;
mod compress;
mod project;
mod running;
mod screenshots;
mod serve;
mod site;
mod styles;
mod test;
mod tools;
mod wasm;
mod watch;

use std::process::ExitCode;

use crate::project::{Mode, Project};

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--listen ADDRESS] [--data FOLDER]
      build everything in release and serve it, with demo data when the folder is empty
  watch [--listen ADDRESS] [--data FOLDER]
      the same in dev, rebuilt and restarted on every change
  test [PART...] [FILTER...] [--engine sqlite|postgres]
      run every test, or parts: check, xtask, domain, store, services, testkit, app, server, browser
  check [WORD...]
      formatting, lints, edges, budgets, licences
  bench [NAME...] [-- ARGUMENTS]
      run the benchmarks on a release build; JSON on standard output
  screenshots
      take the pictures of docs/screenshots anew, of a release build on demo data
  build [--release]
      build the site and the server
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    cleanup::on_interrupt();
    let result = run(&args);
    cleanup::now();
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("xtask: {why:#}");
            ExitCode::FAILURE
        }
    }
}

/// True when the command did what it was asked for.
fn run(args: &[String]) -> anyhow::Result<bool> {
    let project = Project::find()?;
    let (name, rest) = args
        .split_first()
        .map_or(("", args), |(name, rest)| (name.as_str(), rest));
    match name {
        "build" => {
            let release = rest.iter().any(|arg| arg == "--release");
            let mode = if release { Mode::Release } else { Mode::Dev };
            let program = build::all(&project, mode)?;
            println!("{}", program.display());
            Ok(true)
        }
        "test" => test::run(&project, rest),
        "check" => Ok(check::run(&project, rest)),
        "bench" => bench::run(&project, rest),
        "watch" => watch::run(&project, rest),
        "screenshots" => screenshots::run(&project),
        "serve" => serve::run(&project, rest),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(true)
        }
        other => anyhow::bail!("no command {other}\n\n{USAGE}"),
    }
}
