use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions,
    query_scalar, raw_sql,
};
use std::str::FromStr;
use store::{DbOptions, DbUrl};

/// One advisory lock for all test processes: one of them makes the template.
const TEMPLATE_LOCK: i64 = 0x6465_616c_7465_7374;

/// A database of its own on the test server.
pub(crate) struct Database {
    server: String,
    name: String,
}

impl Database {
    /// A migrated one.
    pub(crate) async fn create() -> Self {
        let mut database = Self::named().await;
        let template = template(&database.server, &mut database.conn).await;
        database.make(&format!("TEMPLATE {template}")).await
    }

    /// One without any table.
    pub(crate) async fn create_empty() -> Self {
        Self::named().await.make("").await
    }

    async fn named() -> Draft {
        let server = std::env::var("TEST_POSTGRES_URL").unwrap_or_else(|_| {
            panic!(
                "TEST_POSTGRES_URL is not set: Postgres tests need a server and are never skipped"
            )
        });
        let mut conn = connect(&server).await;
        let name =
            query_scalar("SELECT 'dealboard_test_' || replace(gen_random_uuid()::text, '-', '')")
                .fetch_one(&mut conn)
                .await
                .unwrap_or_else(|error| panic!("no name for a test database: {error}"));
        Draft { server, name, conn }
    }

    pub(crate) fn url(&self) -> DbUrl {
        DbUrl::Postgres(with_database(&self.server, &self.name))
    }
}

/// A database that is not made yet.
struct Draft {
    server: String,
    name: String,
    conn: PgConnection,
}

impl Draft {
    async fn make(mut self, from: &str) -> Database {
        run(
            &mut self.conn,
            format!("CREATE DATABASE {} {from}", self.name),
        )
        .await;
        let _ = self.conn.close().await;
        Database {
            server: self.server,
            name: self.name,
        }
    }
}

/// The address with its password, for another process of the same test. Addresses hide it when printed.
pub fn open_address(url: &DbUrl) -> String {
    match url {
        DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DbUrl::Postgres(address) => address.clone(),
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread of its own: drop cannot await, and the test's runtime may be going down with a panic.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                let mut conn = connect(&server).await;
                run(&mut conn, format!("DROP DATABASE {name} WITH (FORCE)")).await;
            });
        });
        let _ = dropped.join();
    }
}

async fn connect(url: &str) -> PgConnection {
    let options = PgConnectOptions::from_str(url)
        .unwrap_or_else(|error| panic!("TEST_POSTGRES_URL is not an address: {error}"));
    options
        .disable_statement_logging()
        .connect()
        .await
        .unwrap_or_else(|error| panic!("TEST_POSTGRES_URL does not answer: {error}"))
}

async fn run(conn: &mut PgConnection, statement: String) {
    raw_sql(AssertSqlSafe(statement))
        .execute(conn)
        .await
        .unwrap_or_else(|error| panic!("the test server refused: {error}"));
}

/// A migrated database to copy, made by whoever comes first; its name says which schema it has.
async fn template(server: &str, conn: &mut PgConnection) -> String {
    let name = format!("dealboard_template_{}", store::schema_name());
    run(conn, format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
    let there: bool = query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut *conn)
        .await
        .unwrap_or_else(|error| panic!("cannot list databases: {error}"));
    if !there {
        // Renamed only when whole: a run that is cut short leaves no half template.
        let draft = format!("{name}_draft");
        run(
            conn,
            format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)"),
        )
        .await;
        run(conn, format!("CREATE DATABASE {draft}")).await;
        let url = DbUrl::Postgres(with_database(server, &draft));
        store::migrate(&url, &DbOptions::default())
            .await
            .unwrap_or_else(|error| panic!("cannot migrate the template: {error}"));
        run(conn, format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    run(conn, format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).await;
    name
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, parameters) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let authority = rest.split('/').next().unwrap_or(rest);
    let question = if parameters.is_empty() { "" } else { "?" };
    format!("{scheme}://{authority}/{name}{question}{parameters}")
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn another_database_on_the_same_server() {
        assert_eq!(
            with_database("postgres://u:p@h:1", "a"),
            "postgres://u:p@h:1/a"
        );
        assert_eq!(
            with_database("postgres://h/x?sslmode=disable", "a"),
            "postgres://h/a?sslmode=disable"
        );
    }
}
