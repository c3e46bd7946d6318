use crate::{
    conn::{Conn, Engine, not_run, sql},
    error::StoreError,
};
use sqlx::{
    AssertSqlSafe, Database, Encode, Executor, FromRow, Type, postgres::PgRow, query::QueryAs,
    query_as, sqlite::SqliteRow,
};
use std::fmt::Write;
use uuid::Uuid;

/// A statement put together from fixed pieces of SQL and bound values, for filters that come and go. Text from
/// outside can only be bound, never pushed.
#[derive(Debug)]
pub struct Statement {
    text: String,
    args: Vec<Arg>,
}

/// What a [`Statement`] can bind.
#[derive(Debug, Clone)]
pub enum Arg {
    Id(Uuid),
    /// An id, or NULL.
    MaybeId(Option<Uuid>),
    Bytes(Vec<u8>),
    Int(i64),
    Text(String),
    Bool(bool),
}

impl Statement {
    pub fn new(text: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            args: Vec::new(),
        }
    }

    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds the value and its placeholder.
    pub fn bind(&mut self, value: impl Into<Arg>) -> &mut Self {
        self.args.push(value.into());
        // Writing to a String cannot fail.
        let _ = write!(self.text, "${}", self.args.len());
        self
    }

    /// Adds a parenthesised list, for `IN`. An empty list becomes `(NULL)`, which nothing is in.
    pub fn bind_all<A: Into<Arg>>(&mut self, values: impl IntoIterator<Item = A>) -> &mut Self {
        self.text.push('(');
        let before = self.args.len();
        for value in values {
            if self.args.len() > before {
                self.text.push_str(", ");
            }
            self.bind(value);
        }
        self.text.push_str(if self.args.len() == before {
            "NULL)"
        } else {
            ")"
        });
        self
    }

    /// Adds a parenthesised row of values, for `VALUES`; the rows are parted by commas.
    pub fn bind_row(&mut self, values: impl IntoIterator<Item = Arg>) -> &mut Self {
        if self.text.ends_with(')') {
            self.text.push_str(", ");
        }
        self.bind_all(values)
    }

    pub async fn fetch_all<T>(self, conn: &mut Conn) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let Self { text, args } = self;
        sql!(conn.fetch_all, bound(query_as(AssertSqlSafe(text)), args))
    }

    pub async fn fetch_optional<T>(self, conn: &mut Conn) -> Result<Option<T>, StoreError>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let Self { text, args } = self;
        sql!(
            conn.fetch_optional,
            bound(query_as(AssertSqlSafe(text)), args)
        )
    }
}

impl Statement {
    /// Gives the rows affected.
    pub async fn execute(self, conn: &mut Conn) -> Result<u64, StoreError> {
        let Self { text, args } = self;
        // The row type is only named: nothing is read.
        let outcome = match conn.engine() {
            Engine::Sqlite(engine) => engine
                .execute(bound::<_, (i64,)>(query_as(AssertSqlSafe(text)), args))
                .await
                .map(|done| done.rows_affected()),
            Engine::Postgres(engine) => engine
                .execute(bound::<_, (i64,)>(query_as(AssertSqlSafe(text)), args))
                .await
                .map(|done| done.rows_affected()),
            Engine::Failed => not_run(),
        };
        conn.checked(outcome)
    }
}

type Typed<'q, DB, T> = QueryAs<'q, DB, T, <DB as Database>::Arguments>;

fn bound<'q, DB: Database, T>(mut query: Typed<'q, DB, T>, args: Vec<Arg>) -> Typed<'q, DB, T>
where
    Uuid: Encode<'q, DB> + Type<DB>,
    i64: Encode<'q, DB> + Type<DB>,
    String: Encode<'q, DB> + Type<DB>,
    bool: Encode<'q, DB> + Type<DB>,
    Vec<u8>: Encode<'q, DB> + Type<DB>,
    Option<Uuid>: Encode<'q, DB> + Type<DB>,
{
    for arg in args {
        query = match arg {
            Arg::Id(value) => query.bind(value),
            Arg::MaybeId(value) => query.bind(value),
            Arg::Bytes(value) => query.bind(value),
            Arg::Int(value) => query.bind(value),
            Arg::Text(value) => query.bind(value),
            Arg::Bool(value) => query.bind(value),
        };
    }
    query
}

impl From<Uuid> for Arg {
    fn from(value: Uuid) -> Self {
        Self::Id(value)
    }
}

impl From<Option<Uuid>> for Arg {
    fn from(value: Option<Uuid>) -> Self {
        Self::MaybeId(value)
    }
}

impl From<Vec<u8>> for Arg {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_its_placeholders() {
        let mut statement = Statement::new("SELECT 1 WHERE a = ");
        statement
            .bind(1)
            .push(" AND b IN ")
            .bind_all(["x", "y"])
            .push(" AND c IN ");
        statement.bind_all(Vec::<Uuid>::new());
        assert_eq!(
            statement.text,
            "SELECT 1 WHERE a = $1 AND b IN ($2, $3) AND c IN (NULL)"
        );
        let mut statement = Statement::new("INSERT INTO t VALUES ");
        statement
            .bind_row([1.into(), "x".into()])
            .bind_row([2.into(), None::<Uuid>.into()]);
        assert_eq!(statement.text, "INSERT INTO t VALUES ($1, $2), ($3, $4)");
    }
}
