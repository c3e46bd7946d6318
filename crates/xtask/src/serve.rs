//! `cargo xtask serve`: the product as it is deployed, with demo data to look at.

use std::{
    env, fs,
    net::{SocketAddr, TcpStream},
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::{
    build,
    command::CommandExt as _,
    project::{Mode, Project},
    running::Running,
};

const DEFAULT_ADDRESS: &str = "127.0.0.1:3000";
const START_TIMEOUT: Duration = Duration::from_secs(30);
/// What `demo load` printed, kept for the next time that the same data is served.
const SIGN_INS: &str = "demo-sign-ins.txt";

/// Where the server of `serve` and `watch` listens and keeps its data.
pub struct Place {
    pub address: SocketAddr,
    data: std::path::PathBuf,
}

impl Place {
    pub fn new(address: SocketAddr, data: std::path::PathBuf) -> Self {
        Self { address, data }
    }

    pub fn from_args(project: &Project, args: &[String]) -> Result<Self> {
        let mut address =
            env::var("DEALBOARD_LISTEN").unwrap_or_else(|_| DEFAULT_ADDRESS.to_owned());
        let mut data =
            env::var_os("DEALBOARD_DATA").map_or_else(|| project.path("data"), Into::into);
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match (arg.as_str(), args.next()) {
                ("--listen", Some(value)) => address.clone_from(value),
                ("--data", Some(value)) => data = env::current_dir()?.join(value),
                _ => bail!("--listen ADDRESS and --data FOLDER are known, not {arg}"),
            }
        }
        let address = address
            .parse()
            .with_context(|| format!("{address} is not an address and a port"))?;
        Ok(Self::new(address, data))
    }

    pub fn command(&self, program: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(args)
            .env("DEALBOARD_LISTEN", self.address.to_string())
            .env("DEALBOARD_DATA", &self.data);
        command
    }

    /// Loads the demo data when there is none of any kind, and says who can sign in.
    pub fn load_demo(&self, program: &Path) -> Result<String> {
        let sign_ins = self.data.join(SIGN_INS);
        let empty = !fs::read_dir(&self.data).is_ok_and(|mut entries| entries.next().is_some());
        // A database elsewhere is somebody's own: nothing is put into it unasked.
        if empty && env::var_os("DATABASE_URL").is_none() {
            println!("loading demo data into {}", self.data.display());
            fs::create_dir_all(&self.data)?;
            let printed = self.command(program, &["demo", "load"]).read()?;
            fs::write(&sign_ins, printed)?;
        }
        Ok(fs::read_to_string(sign_ins).unwrap_or_default())
    }
}

pub fn run(project: &Project, args: &[String]) -> Result<bool> {
    let place = Place::from_args(project, args)?;
    let program = build::all(project, Mode::Release)?;
    let sign_ins = place.load_demo(&program)?;
    let server = Running::start(&mut place.command(&program, &["serve"]))?;
    wait_until_it_answers(place.address, &server)?;
    println!(
        "\nDealboard is at http://{}\n{sign_ins}\nCtrl-C stops it.",
        place.address
    );
    server.wait()
}

/// Until somebody takes connections there.
pub fn wait_until_it_answers(address: SocketAddr, server: &Running) -> Result<()> {
    let deadline = Instant::now() + START_TIMEOUT;
    while TcpStream::connect(address).is_err() {
        if server.ended() || Instant::now() > deadline {
            bail!("the server did not start");
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
