use std::{fmt, path::PathBuf, str::FromStr};

/// Where the database is: one URL chooses the engine.
#[derive(Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// A file on this machine: `sqlite:path` or `sqlite://path`.
    Sqlite(PathBuf),
    /// A server: `postgres://user:password@host:port/database`.
    Postgres(String),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbUrlError {
    #[error("a database address starts with sqlite: or postgres://")]
    Scheme,
    /// The readers and the writer are separate connections and would each see a database of their own.
    #[error("an in-memory SQLite database is not supported: name a file")]
    InMemory,
}

impl FromStr for DbUrl {
    type Err = DbUrlError;

    fn from_str(text: &str) -> Result<Self, DbUrlError> {
        if let Some(rest) = text.strip_prefix("sqlite:") {
            let path = rest.strip_prefix("//").unwrap_or(rest);
            if path.is_empty() || path.contains(":memory:") {
                return Err(DbUrlError::InMemory);
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(DbUrlError::Scheme)
    }
}

/// The address without its password: it ends in logs.
impl fmt::Display for DbUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
                // Query parameters may carry a password too.
                let place = place.split_once('?').map_or(place, |(place, _)| place);
                write!(f, "{scheme}://{place}")
            }
        }
    }
}

impl fmt::Debug for DbUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engine_by_scheme() {
        assert_eq!("sqlite:a/b.db".parse(), Ok(DbUrl::Sqlite("a/b.db".into())));
        assert_eq!(
            "sqlite:///var/b.db".parse(),
            Ok(DbUrl::Sqlite("/var/b.db".into()))
        );
        assert!(matches!(
            "postgres://u:p@h/d".parse(),
            Ok(DbUrl::Postgres(_))
        ));
        assert_eq!(
            "sqlite::memory:".parse::<DbUrl>(),
            Err(DbUrlError::InMemory)
        );
        assert_eq!("mysql://h/d".parse::<DbUrl>(), Err(DbUrlError::Scheme));
    }

    #[test]
    fn never_shows_the_password() {
        let url: DbUrl = "postgres://u:sec@ret@h:5/d?password=secret"
            .parse()
            .unwrap();
        assert_eq!(url.to_string(), "postgres://h:5/d");
        assert_eq!(format!("{url:?}"), "postgres://h:5/d");
    }
}
