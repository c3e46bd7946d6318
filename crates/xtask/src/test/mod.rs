//! `cargo xtask test`: installs what the tests need, runs every one and says how many passed.

mod alike;
mod api;
mod browser;
mod count;
mod native;
mod postgres;

pub use count::Count;
pub use postgres::Cluster;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::{check, project::Project};

/// The crates of the server's half; cargo tests them together.
const CRATES: [&str; 6] = ["domain", "store", "services", "testkit", "app", "server"];

/// What can be run alone; the order is the order of a whole run, cheap and telling parts first.
const PARTS: [&str; 10] = [
    "check", "xtask", "domain", "store", "services", "testkit", "app", "server", "api", "browser",
];

struct Options {
    parts: Vec<&'static str>,
    /// Only this engine's browser tests.
    engine: Option<String>,
    /// Handed to cargo's test filter or to Playwright.
    filter: Vec<String>,
}

/// Runs the tests; the last line says how many passed and failed.
pub fn run(project: &Project, args: &[String]) -> Result<bool> {
    let options = parse(args)?;
    let mut total = Count::default();
    let mut times = Vec::new();
    let cluster = start_cluster(&options, &mut total);
    for part in options
        .parts
        .chunk_by(|one, next| CRATES.contains(one) && CRATES.contains(next))
    {
        let name = part.join(", ");
        println!("\n== {name}");
        let began = Instant::now();
        let part_count = run_part(project, part, &options, cluster.as_ref());
        total.add(part_count.unwrap_or_else(|why| {
            eprintln!("{name} could not run: {why:#}");
            Count::failed(1)
        }));
        times.push(format!("{name} {} s", began.elapsed().as_secs()));
    }
    drop(cluster);
    // Building included: where a run's time goes.
    println!("\ntook: {}", times.join("; "));
    println!("{total}");
    Ok(total.failed == 0)
}

fn run_part(
    project: &Project,
    part: &[&str],
    options: &Options,
    cluster: Option<&Cluster>,
) -> Result<Count> {
    match part {
        ["check"] => Ok(check::count(project, &options.filter)),
        ["api"] => api::run(project),
        ["browser"] => browser::run(project, options.engine.as_deref(), &options.filter, cluster),
        crates => {
            let mut count = native::run(project, crates, &options.filter, cluster)?;
            if crates.contains(&"domain") && alike::is_chosen(&options.filter) {
                count.add(alike::run(project).unwrap_or_else(|why| {
                    eprintln!("the two halves could not be compared: {why:#}");
                    Count::failed(1)
                }));
            }
            Ok(count)
        }
    }
}

/// What needs Postgres and does not get it fails by itself, so a missing cluster is counted once.
fn start_cluster(options: &Options, total: &mut Count) -> Option<Cluster> {
    let needed = options
        .parts
        .iter()
        .any(|part| !matches!(*part, "check" | "xtask" | "domain" | "api"));
    if !needed {
        return None;
    }
    match Cluster::start() {
        Ok(cluster) => Some(cluster),
        Err(why) => {
            eprintln!("no Postgres to test on: {why:#}");
            total.add(Count::failed(1));
            None
        }
    }
}

fn parse(args: &[String]) -> Result<Options> {
    let mut options = Options {
        parts: Vec::new(),
        engine: None,
        filter: Vec::new(),
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if let Some(part) = PARTS.iter().find(|part| *part == arg) {
            options.parts.push(part);
        } else if arg == "--engine" {
            match args.next() {
                Some(engine) if engine == "sqlite" || engine == "postgres" => {
                    options.engine = Some(engine.clone());
                }
                _ => bail!("--engine takes sqlite or postgres"),
            }
        } else if options.parts.is_empty() {
            bail!("no part {arg}; there are {}", PARTS.join(", "));
        } else {
            options.filter.push(arg.clone());
        }
    }
    if options.parts.is_empty() {
        options.parts = PARTS.to_vec();
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn no_argument_means_everything() {
        assert_eq!(parse(&[]).unwrap().parts, PARTS);
    }

    #[test]
    fn what_follows_a_part_is_handed_on() {
        let options = parse(&args("browser --engine postgres -g drag")).unwrap();
        assert_eq!(options.parts, ["browser"]);
        assert_eq!(options.engine.as_deref(), Some("postgres"));
        assert_eq!(options.filter, ["-g", "drag"]);
    }

    #[test]
    fn an_unknown_part_is_refused() {
        assert!(parse(&args("brwoser")).is_err());
        assert!(parse(&args("--engine oracle")).is_err());
    }
}
