//! A partner's board with exactly so many cards, written into the database of the running program.

use std::path::Path;

use domain::{Currency, DealId, IdSource as _, Money, Rank, SequentialIds, StageId};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, query, query_scalar};

/// What is not taken from the deal that all of them are like, in the order of the statement's values.
const OWN: [&str; 10] = [
    "id",
    "number",
    "submit_key",
    "customer_name",
    "customer_folded",
    "search",
    "value_minor",
    "currency",
    "stage_id",
    "rank",
];
/// Of a hundred cards, in the first of the columns; the others share the rest.
const IN_THE_LARGEST: usize = 60;
/// Far above the numbers that the program has given.
const FIRST_NUMBER: i64 = 10_000_000;

/// A stage by its id and its name.
pub type Stage = (StageId, String);

/// Takes what the membership has off its board, lays so many cards there, and gives them as the script reads them.
pub async fn fill(folder: &Path, membership: &str, stages: &[Stage], cards: usize) -> Value {
    let address = format!("sqlite:{}", folder.join("dealboard.db").display());
    let mut conn = SqliteConnection::connect(&address).await.unwrap();
    let id: domain::MembershipId = membership.parse().unwrap();
    let id = id.0.as_bytes().to_vec();
    let version = like(&mut conn, &id).await;
    let columns = lay(&mut conn, stages, cards).await;
    conn.close().await.unwrap();
    json!({ "membership": membership, "version": version, "columns": columns })
}

/// Keeps one approved deal to make the others of; gives its version.
async fn like(conn: &mut SqliteConnection, membership: &[u8]) -> i64 {
    query(
        "CREATE TEMP TABLE alike AS SELECT d.* FROM deals d JOIN stages s ON s.id = d.stage_id
         WHERE d.membership_id = ? AND d.registration = 'approved' AND d.win = 'none' AND s.kind = 'open'
         ORDER BY d.protected_until DESC LIMIT 1",
    )
    .bind(membership)
    .execute(&mut *conn)
    .await
    .unwrap();
    query(
        "UPDATE deals SET stage_id = NULL, stage_entered_at = NULL, rank = '', registration = 'withdrawn'
         WHERE membership_id = ?",
    )
    .bind(membership)
    .execute(&mut *conn)
    .await
    .unwrap();
    query_scalar("SELECT version FROM alike")
        .fetch_one(conn)
        .await
        .expect("the demo's partner has an approved deal")
}

/// One INSERT for each card, whatever columns the table has by now.
async fn lay(conn: &mut SqliteConnection, stages: &[Stage], cards: usize) -> Vec<Value> {
    let names: Vec<String> = query_scalar("SELECT name FROM pragma_table_info('deals')")
        .fetch_all(&mut *conn)
        .await
        .unwrap();
    let values: Vec<String> = names
        .iter()
        .map(|name| match OWN.iter().position(|own| own == name) {
            Some(at) => format!("?{}", at + 1),
            None => format!("alike.{name}"),
        })
        .collect();
    let statement = format!(
        "INSERT INTO deals ({}) SELECT {} FROM alike",
        names.join(", "),
        values.join(", ")
    );
    let ids = SequentialIds::default();
    let mut number = FIRST_NUMBER;
    let mut columns = Vec::new();
    let mut tx = conn.begin().await.unwrap();
    for ((stage, name), count) in stages.iter().zip(shares(stages.len(), cards)) {
        let mut rank = Rank::middle();
        let mut laid = Vec::new();
        for _ in 0..count {
            let id = DealId(ids.next());
            let customer = format!("Benchmark {} Ltd", number - FIRST_NUMBER);
            let folded = customer.to_lowercase();
            let value = Money::new((number % 9_000 + 1_000) * 100, Currency::EUR);
            // Names of columns, and nothing that anybody typed.
            query(AssertSqlSafe(statement.clone()))
                .bind(id.0.as_bytes().to_vec())
                .bind(number)
                .bind(format!("bench-{number}"))
                .bind(&customer)
                .bind(&folded)
                .bind(&folded)
                .bind(value.minor)
                .bind("EUR")
                .bind(stage.0.as_bytes().to_vec())
                .bind(&rank.0)
                .execute(&mut *tx)
                .await
                .unwrap();
            laid.push(json!([id, customer, value.display()]));
            rank = Rank::between(Some(&rank), None);
            number += 1;
        }
        columns.push(json!({ "stage": stage, "name": name, "cards": laid }));
    }
    tx.commit().await.unwrap();
    columns
}

/// How many cards each column holds: the first one most of them.
fn shares(columns: usize, cards: usize) -> Vec<usize> {
    let largest = cards * IN_THE_LARGEST / 100;
    let others = columns - 1;
    let rest = cards - largest;
    let mut shares = vec![largest];
    shares.extend((0..others).map(|at| rest / others + usize::from(at < rest % others)));
    shares
}
