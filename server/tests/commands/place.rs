//! Where a program of a test lives: a data folder, a site, a database, all gone afterwards.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, mpsc},
};

use store::{Conn, Db, DbOptions, DbUrl, StoreError};
use tempfile::TempDir;
use testkit::{EmptyDb, TestDb};
use tokio::{runtime::Runtime, sync::Notify};

use crate::process::{PATIENCE, Running, Said, Starting};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub struct Place {
    pub url: DbUrl,
    pub runtime: Runtime,
    folder: TempDir,
    empty: Option<EmptyDb>,
    made: Option<TestDb>,
}

impl Place {
    /// Without anything: the program finds no database yet.
    pub fn empty(engine: Engine) -> Self {
        let (folder, runtime) = surroundings();
        let empty = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(runtime.block_on(EmptyDb::postgres())),
        };
        let usual = || DbUrl::Sqlite(folder.path().join("data/dealboard.db"));
        Self {
            url: empty.as_ref().map_or_else(usual, |empty| empty.url.clone()),
            runtime,
            folder,
            empty,
            made: None,
        }
    }

    /// With an empty database of the present schema, which `fill` fills before any process opens it.
    pub fn filled<T>(engine: Engine, fill: impl AsyncFnOnce(&TestDb) -> T) -> (Self, T) {
        let (folder, runtime) = surroundings();
        let (made, filled) = runtime.block_on(async {
            let made = match engine {
                Engine::Sqlite => TestDb::sqlite().await,
                Engine::Postgres => TestDb::postgres().await,
            };
            let filled = fill(&made).await;
            // Nobody but the program holds the file: what it recovers, it recovers alone.
            made.db.close().await;
            (made, filled)
        });
        let place = Self {
            url: made.url.clone(),
            runtime,
            folder,
            empty: None,
            made: Some(made),
        };
        (place, filled)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with these arguments, and no setting but this place's.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealboard"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("DEALBOARD_DATA", self.path("data"))
            .env("DEALBOARD_SITE", self.path("site"))
            // The system chooses the port, the log says which.
            .env("DEALBOARD_LISTEN", "127.0.0.1:0")
            .env("DEALBOARD_LOG", "warn,server::commands=info")
            .env("DEALBOARD_DATABASE_CONNECTIONS", "6")
            .stdin(Stdio::null());
        if self.empty.is_some() || self.made.is_some() {
            command.env("DATABASE_URL", testkit::open_address(&self.url));
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Said {
        Said::of(&mut self.command(args))
    }

    /// Starts the server; gives it before it answers.
    pub fn start(&self) -> Starting {
        Starting::spawn(&mut self.command(&["serve"]))
    }

    /// A server that answers.
    pub fn serve(&self) -> Running {
        self.start().listening()
    }

    /// Looks into the database from outside.
    pub fn look<T>(&self, look: impl AsyncFnOnce(&mut Conn) -> T) -> T {
        let options = DbOptions {
            connections: 3,
            ..DbOptions::default()
        };
        self.runtime.block_on(async {
            let db = Db::connect(&self.url, &options).await.unwrap();
            let seen = look(&mut db.read().await.unwrap()).await;
            db.close().await;
            seen
        })
    }

    /// Does something while another program, this one, holds the only write lock of an SQLite file.
    pub fn while_locked(&self, meanwhile: impl FnOnce()) {
        let (locked, is_locked) = mpsc::channel();
        let release = Arc::new(Notify::new());
        let released = Arc::clone(&release);
        let url = self.url.clone();
        let holding = self.runtime.spawn(async move {
            let db = Db::connect(&url, &DbOptions::default()).await.unwrap();
            let held = db.write::<_, StoreError, _>(move |_| {
                let (locked, released) = (locked.clone(), Arc::clone(&released));
                Box::pin(async move {
                    locked.send(()).unwrap();
                    released.notified().await;
                    Ok(())
                })
            });
            held.await.unwrap();
            db.close().await;
        });
        is_locked.recv_timeout(PATIENCE).unwrap();
        meanwhile();
        release.notify_one();
        self.runtime.block_on(holding).unwrap();
    }
}

fn surroundings() -> (TempDir, Runtime) {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("site/pkg-1")).unwrap();
    std::fs::write(folder.path().join("site/pkg-1/dealboard.js"), "script").unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    (folder, runtime)
}
