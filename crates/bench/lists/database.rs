//! A database of a measurement's own on the Postgres server that `TEST_POSTGRES_URL` names.

use std::str::FromStr as _;

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions,
    raw_sql,
};

pub struct Database {
    server: PgConnectOptions,
    name: String,
}

impl Database {
    pub async fn create() -> Self {
        let server = std::env::var("TEST_POSTGRES_URL").expect("run it by `cargo xtask bench`");
        let server = PgConnectOptions::from_str(&server).unwrap();
        let name = format!("dealboard_bench_{}", std::process::id());
        let database = Self { server, name };
        database.run("CREATE DATABASE", "").await;
        database
    }

    pub fn url(&self) -> String {
        self.server
            .clone()
            .database(&self.name)
            .to_url_lossy()
            .to_string()
    }

    pub async fn remove(self) {
        self.run("DROP DATABASE", "WITH (FORCE)").await;
    }

    async fn run(&self, verb: &str, how: &str) {
        let mut conn = PgConnection::connect_with(&self.server).await.unwrap();
        // The name is ours.
        let statement = format!("{verb} {} {how}", self.name);
        raw_sql(AssertSqlSafe(statement))
            .execute(&mut conn)
            .await
            .unwrap();
        conn.close().await.unwrap();
    }
}
