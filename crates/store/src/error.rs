use sqlx::error::DatabaseError;

/// Why a statement or a write did not succeed. Absence is no error: `find` gives an `Option`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot answer now (gone, full, busy, or too slow): trying again later may help.
    #[error("the database is unavailable: {reason}")]
    Unavailable { reason: String },
    /// A `save` or `delete` met a row whose version had moved on: load it again to say by whom and when.
    #[error("the row was changed by someone else")]
    Conflict,
    /// A stored value does not read back as what it must be.
    #[error("{table}.{column} of {id} is not readable")]
    Inconsistent {
        table: &'static str,
        column: String,
        id: String,
    },
    /// A text holds what the database cannot: Postgres refuses NUL, SQLite takes it. Whoever sent it is at fault.
    #[error("a text holds a character that cannot be kept")]
    Unfit,
    #[error(transparent)]
    Driver(sqlx::Error),
}

impl StoreError {
    pub(crate) fn unavailable(reason: impl std::fmt::Display) -> Self {
        Self::Unavailable {
            reason: reason.to_string(),
        }
    }

    /// A unique index refused the row. The write is lost even if the closure goes on: a statement that may meet
    /// an existing row says `ON CONFLICT DO NOTHING` and looks at the number of rows instead.
    pub fn is_unique_violation(&self) -> bool {
        match self {
            Self::Driver(sqlx::Error::Database(error)) => error.is_unique_violation(),
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::ColumnDecode { index, source } => Self::Inconsistent {
                table: "",
                column: index,
                id: source.to_string(),
            },
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::unavailable(error),
            sqlx::Error::Database(inner) if is_passing(inner.as_ref()) => Self::unavailable(inner),
            sqlx::Error::Database(inner) if is_unfit(inner.as_ref()) => Self::Unfit,
            other => Self::Driver(other),
        }
    }
}

/// Two transactions met and Postgres ended one of them: the same work again may succeed.
pub(crate) fn is_serialization_failure(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(DatabaseError::code)
        .is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01"))
}

/// Conditions of the engine, not of the statement.
fn is_passing(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else {
        return false;
    };
    // SQLite extended codes carry the primary code in the low byte: 5 BUSY, 6 LOCKED, 10 IOERR, 13 FULL.
    if let Ok(number) = code.parse::<i32>()
        && code.len() < 5
    {
        return matches!(number & 0xff, 5 | 6 | 10 | 13);
    }
    // 08 connection, 40 rollback, 53 resources, 57 operator (and statement_timeout), 55P03 lock_timeout.
    matches!(code.get(..2), Some("08" | "40" | "53" | "57")) || code == "55P03" || code == "25P03"
}

/// Bytes that the encoding does not allow.
fn is_unfit(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| code == "22021")
}
