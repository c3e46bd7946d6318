//! The program as a process of its own, which is asked to stop, or killed.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use testkit::TestDb;

/// `dealboard serve` on that database, with these settings besides.
pub fn serve(db: &TestDb, folder: &Path, settings: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dealboard"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(settings)
        .arg("--data")
        .arg(folder)
        .arg("--site")
        .arg(folder.join("site"))
        .args(["--database-url", &testkit::open_address(&db.url)])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Where it finds a site.
pub fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site/pkg-1");
    std::fs::create_dir_all(&site).unwrap();
    std::fs::write(site.join("dealboard.js"), "script").unwrap();
    folder
}

/// Asks it to stop, as a service manager does, and waits until it has.
pub async fn stop(mut child: Child) {
    let asked = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(asked.success());
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap())
        .await
        .unwrap();
    assert!(ended.success(), "it ended with {ended}");
}

pub async fn kill(mut child: Child) {
    child.kill().unwrap();
    tokio::task::spawn_blocking(move || child.wait().unwrap())
        .await
        .unwrap();
}
