//! `cargo xtask watch`: rebuilds and restarts on every change.

use std::{path::PathBuf, thread, time::Duration, time::SystemTime};

use anyhow::Result;

use crate::{
    build,
    project::{Mode, Project},
    running::Running,
    serve::Place,
    site,
};

/// Looking is cheap (a few hundred files) and works on every file system, network mounts included.
const POLL: Duration = Duration::from_millis(400);
const WATCHED: [&str; 6] = ["app", "crates", "frontend", "server", "style", "public"];

pub fn run(project: &Project, args: &[String]) -> Result<bool> {
    let place = Place::from_args(project, args)?;
    loop {
        let seen = snapshot(project);
        // Kept until the next change; dropping it stops the server.
        let _server = start(project, &place);
        while snapshot(project) == seen {
            thread::sleep(POLL);
        }
        println!("\nchanged; building");
    }
}

/// A build that fails leaves the page unserved until the next change mends it.
fn start(project: &Project, place: &Place) -> Option<Running> {
    let started = build::all(project, Mode::Dev).and_then(|program| {
        place.load_demo(&program)?;
        Running::start(&mut place.command(&program, &["serve"]))
    });
    match started {
        Ok(server) => {
            println!("http://{}", place.address);
            Some(server)
        }
        Err(why) => {
            eprintln!("{why:#}");
            None
        }
    }
}

/// Every watched file with the time of its last change.
fn snapshot(project: &Project) -> Vec<(PathBuf, Option<SystemTime>)> {
    let files = WATCHED
        .iter()
        .filter_map(|folder| site::files(&project.path(folder)).ok())
        .flatten();
    files
        .filter(|path| !path.to_string_lossy().ends_with('~'))
        .map(|path| {
            let changed = path.metadata().and_then(|meta| meta.modified()).ok();
            (path, changed)
        })
        .collect()
}
