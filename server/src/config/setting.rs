//! What a setting is, where its value came from, and what is said when the value is bad.

use std::{fmt, path::PathBuf};

/// A setting as people meet it: in the template, in `--help`, in the environment and in messages.
#[derive(Debug, Clone, Copy)]
pub struct Doc {
    /// Section and name in the file: `server.listen`.
    pub key: &'static str,
    /// Without the two dashes.
    pub flag: &'static str,
    /// The first that is set counts.
    pub env: &'static [&'static str],
    /// As it would be typed; empty means that it is not set.
    pub default: &'static str,
    /// What stands in for the value in `--help`.
    pub placeholder: &'static str,
    pub help: &'static str,
    /// Never shown again, not even in an error.
    pub secret: bool,
}

/// A setting and how its text is read.
#[derive(Debug, Clone, Copy)]
pub struct Setting<T> {
    pub doc: Doc,
    /// Gives the value, or what would have been right.
    pub parse: fn(&str) -> Result<T, String>,
}

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Flag(&'static str),
    Env(&'static str),
    File { path: PathBuf, line: usize },
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "flag --{flag}"),
            Self::Env(name) => write!(f, "environment {name}"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub text: String,
    pub origin: Origin,
}

/// Why the settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A value that its setting does not take.
    Value {
        key: &'static str,
        /// `None` for a secret.
        text: Option<String>,
        origin: Origin,
        expected: String,
    },
    /// A key of the file that is no setting.
    UnknownKey {
        key: String,
        path: PathBuf,
        line: usize,
    },
    /// The file cannot be read, or is not TOML.
    File { path: PathBuf, why: String },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value {
                key,
                text,
                origin,
                expected,
            } => {
                let text = text
                    .as_ref()
                    .map_or_else(|| "(hidden)".to_owned(), |text| format!("{text:?}"));
                write!(f, "{key} = {text} ({origin}): {expected}")
            }
            Self::UnknownKey { key, path, line } => {
                write!(
                    f,
                    "{key} ({}:{line}): there is no such setting",
                    path.display()
                )
            }
            Self::File { path, why } => write!(f, "{}: {why}", path.display()),
        }
    }
}

/// Every fault at once, so that one start is enough to see them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used:")?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
