//! The command line. Flags of settings are made from the settings' table.

use std::{
    ffi::OsString,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, value_parser};
use domain::{CompanyId, people::CompanyRole};

use crate::{
    commands,
    config::{Config, Doc, FILE_ENV, Faults, Sources, table, template},
};

/// What a command answers when it could not do its work: one sentence for the terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the program to its end.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let matches = match command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are no failures; where the terminal is gone nobody reads it.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(&matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "dealboard: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let path = path(matches);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let given = deepest(matches);
    if path == ["config", "template"] {
        return say(&template());
    }
    let config = configuration(given)?;
    let text = |name: &str| given.get_one::<String>(name).cloned().unwrap_or_default();
    let file = |name: &str| given.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    match path.as_slice() {
        ["serve"] => commands::serve(config),
        ["migrate"] => commands::migrate(&config),
        ["verify"] => commands::verify(&config),
        ["export"] => commands::export(&config, &text("company"), &file("to")),
        ["import"] => commands::import(&config, &file("from")),
        ["healthcheck"] => commands::healthcheck(&config),
        ["config", "check"] => say(&(config.lines.join("\n") + "\n")),
        ["demo", "load"] => {
            let deals = given.get_one::<usize>("deals").copied();
            commands::demo_load(&config, deals)
        }
        ["demo", "clear"] => commands::demo_clear(&config),
        ["user", "create"] => {
            let team = given.get_one::<CompanyId>("company").copied();
            let role = given.get_one::<CompanyRole>("role").copied();
            let team = team.zip(role);
            commands::user_create(&config, &text("email"), &text("name"), team)
        }
        ["user", "reset-password"] => commands::user_reset(&config, &text("email")),
        _ => Err("no such command".into()),
    }
}

/// Writes the answer of a command to standard output.
pub fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn configuration(given: &ArgMatches) -> Result<Config, Faults> {
    Config::read(&Sources {
        flag: &|name| given.get_one::<String>(name).cloned(),
        env: &|name| std::env::var(name).ok(),
        file: given.get_one::<PathBuf>("config").cloned(),
    })
}

fn path(matches: &ArgMatches) -> Vec<String> {
    let mut path = Vec::new();
    let mut level = matches;
    while let Some((name, below)) = level.subcommand() {
        path.push(name.to_owned());
        level = below;
    }
    path
}

fn deepest(matches: &ArgMatches) -> &ArgMatches {
    let mut level = matches;
    while let Some((_, below)) = level.subcommand() {
        level = below;
    }
    level
}

/// The whole command line; public for the documentation's test.
pub fn command() -> Command {
    Command::new("dealboard")
        .about("Self-hosted deal registration: partners register deals, companies review and win with them")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("config")
                .long("config")
                .global(true)
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(format!("Settings file [env: {FILE_ENV}] [default: dealboard.toml, if there is one]")),
        )
        .args(table::ALL.iter().map(flag))
        .subcommand(Command::new("serve").about("Bring the database up to date and serve"))
        .subcommand(Command::new("migrate").about("Bring the database up to date and end"))
        .subcommand(Command::new("verify").about("Check histories and books; name the first fault"))
        .subcommand(
            Command::new("demo")
                .about("Made-up companies, partners and deals to look at")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    Command::new("load").about("Load them; the same number gives the same").arg(
                        Arg::new("deals")
                            .long("deals")
                            .value_name("NUMBER")
                            .value_parser(value_parser!(usize))
                            .help("How many deals [default: 2000]"),
                    ),
                )
                .subcommand(Command::new("clear").about("Remove what load made, and all that hangs on it")),
        )
        .subcommand(user_command())
        .subcommand(export_command())
        .subcommand(
            Command::new("import")
                .about("Take an exported company into an empty database, and compare")
                .arg(path_arg("from", "The file that export wrote")),
        )
        .subcommand(Command::new("healthcheck").about("Ask the running server whether it is ready; for containers"))
        .subcommand(
            Command::new("config")
                .about("The settings")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(Command::new("check").about("Check every setting and print where each comes from"))
                .subcommand(Command::new("template").about("Print a settings file with every setting explained")),
        )
}

fn user_command() -> Command {
    let email = || Arg::new("email").required(true).value_name("EMAIL");
    Command::new("user")
        .about("People, from the machine's terminal")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("create")
                .about("Make an account and print the link by which its password is chosen")
                .arg(email())
                .arg(Arg::new("name").required(true).value_name("NAME"))
                .arg(
                    Arg::new("company")
                        .long("company")
                        .value_name("ID")
                        .value_parser(|id: &str| id.parse::<CompanyId>())
                        .help("Put the person into this company's team"),
                )
                .arg(
                    Arg::new("role")
                        .long("role")
                        .value_name("ROLE")
                        .value_parser(|role: &str| role.parse::<CompanyRole>())
                        .default_value("reviewer")
                        .help("The role there: admin, reviewer, finance or seller"),
                ),
        )
        .subcommand(
            Command::new("reset-password")
                .about("Print a link by which a new password is chosen")
                .arg(email()),
        )
}

fn export_command() -> Command {
    Command::new("export")
        .about("Write all of a company to a file, for another database")
        .arg(
            Arg::new("company")
                .long("company")
                .required(true)
                .value_name("SLUG")
                .help("The company, by the name it has in addresses"),
        )
        .arg(path_arg(
            "to",
            "The file to write; it must not be there yet",
        ))
}

fn path_arg(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .required(true)
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help(help)
}

fn flag(doc: &Doc) -> Arg {
    let mut help = doc.help.replace('\n', " ");
    help.push_str(" [env: ");
    help.push_str(&doc.env.join(", "));
    help.push(']');
    if !doc.default.is_empty() {
        help.push_str(" [default: ");
        help.push_str(doc.default);
        help.push(']');
    }
    Arg::new(doc.flag)
        .long(doc.flag)
        .global(true)
        .value_name(doc.placeholder)
        .help(help)
        .help_heading("Settings")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn settings_may_stand_before_or_after_the_command() {
        for args in [
            ["dealboard", "--listen", "127.0.0.1:9", "serve"],
            ["dealboard", "serve", "--listen", "127.0.0.1:9"],
        ] {
            let matches = command().try_get_matches_from(args).unwrap();
            let listen = deepest(&matches).get_one::<String>("listen");
            assert_eq!(listen.map(String::as_str), Some("127.0.0.1:9"));
        }
    }
}
