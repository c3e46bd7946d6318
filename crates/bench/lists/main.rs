//! What listing and filtering deals through the API costs, at growing numbers of deals on both engines, with the slope:
//! what a call at the most deals costs beside the same call at the fewest.
//!
//! Runs the program that `DEALBOARD_PROGRAM` names. Arguments: the numbers of deals (10000 200000 on both engines, and
//! 1000000 on Postgres alone).
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark speaks on its standard streams and ends at the first thing that is not as it should be"
)]

#[expect(dead_code, reason = "the other benchmark registers deals too")]
#[path = "../creates/client.rs"]
mod client;
#[path = "../routes/cost.rs"]
mod cost;
mod database;
mod multiply;
#[expect(
    dead_code,
    reason = "the other benchmarks look at its memory and its folder, too"
)]
#[path = "../routes/program.rs"]
mod program;

use std::time::Instant;

use client::Client;
use cost::{Cost, cost};
use database::Database;
use multiply::multiply;
use program::{Loaded, Program};
use serde_json::{Map, Value, json};

/// So many are made by the program itself, and all others of them.
const REAL: usize = 10_000;
/// More than this one engine is asked for alone: the other's numbers end here.
const MOST_ON_SQLITE: usize = 200_000;

fn main() {
    let asked: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        vec![10_000, 200_000, 1_000_000]
    } else {
        asked
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut engines = Map::new();
    for engine in ["sqlite", "postgres"] {
        let mut runs = Vec::new();
        for deals in &sizes {
            if engine == "postgres" || *deals <= MOST_ON_SQLITE {
                runs.push((*deals, runtime.block_on(measure(engine, *deals))));
            }
        }
        engines.insert(engine.to_owned(), summary(engine, &runs));
    }
    println!("{}", Value::Object(engines));
}

type Run = (usize, Vec<(&'static str, Cost)>);

/// The runs, and for each call the last run's CPU and median as multiples of the first one's.
fn summary(engine: &str, runs: &[Run]) -> Value {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
        return Value::Null;
    };
    let mut slopes = Map::new();
    for ((name, few), (_, many)) in first.1.iter().zip(&last.1) {
        let (cpu, p50) = (many.cpu_ms / few.cpu_ms, many.p50_ms / few.p50_ms);
        eprintln!(
            "{engine:<8} {name:<24} at {} deals {p50:.2} times the median of {} (CPU {cpu:.2})",
            last.0, first.0
        );
        slopes.insert((*name).to_owned(), json!({ "p50": p50, "cpu": cpu }));
    }
    let runs: Vec<Value> = runs
        .iter()
        .map(|(deals, costs)| {
            let costs: Map<String, Value> = costs
                .iter()
                .map(|(name, cost)| ((*name).to_owned(), cost.json()))
                .collect();
            json!({ "deals": deals, "costs": costs })
        })
        .collect();
    json!({ "runs": runs, "slope": slopes })
}

async fn measure(engine: &str, deals: usize) -> Vec<(&'static str, Cost)> {
    let database = match engine {
        "postgres" => Some(Database::create().await),
        _ => None,
    };
    let url = database.as_ref().map(Database::url);
    let start = Instant::now();
    let loaded = Loaded::load(url.as_deref(), deals.min(REAL));
    multiply(url.as_deref(), &loaded.folder, deals.min(REAL), deals).await;
    eprintln!(
        "{engine}: {deals} deals made in {:.0} s",
        start.elapsed().as_secs_f64()
    );
    let program = loaded.serve(&["--api-pace", "1000000"]);
    let mut costs = Vec::new();
    for (name, path, key) in calls(&program).await {
        // Now, and not with the others: the server ends a connection that says nothing for long.
        let mut client = Client::with_key(&program, &key).await;
        let call = cost(&program, 200, async || {
            client.read(&path).await;
        });
        let call = call.await;
        eprintln!(
            "{engine:<8} {deals:>7} {name:<24} CPU {:.2} ms, p50 {:.2} ms, p95 {:.2} ms",
            call.cpu_ms, call.p50_ms, call.p95_ms
        );
        costs.push((name, call));
    }
    drop(program);
    if let Some(database) = database {
        database.remove().await;
    }
    costs
}

/// Every call by its name, with the key of who makes it.
async fn calls(program: &Program) -> Vec<(&'static str, String, String)> {
    let mut admin = Client::signed_in(program, "mara@altostrat.example").await;
    let company = admin.key("company").await;
    let mut owner = Client::signed_in(program, "nadia@brightwater.example").await;
    let partner = owner.key("partner").await;
    let mut reader = Client::with_key(program, &company).await;
    let programs = reader.read("/api/v1/programs").await;
    let id = programs["items"][0]["id"].as_str().unwrap().to_owned();
    let list = format!("/api/v1/programs/{id}/deals");
    let first = reader.read(&list).await;
    let customer = first["items"][25]["customer"].as_str().unwrap();
    let word = customer.split_whitespace().next().unwrap().to_owned();
    let stages = reader.read(&format!("/api/v1/programs/{id}/stages")).await;
    let stage = stages["stages"][1]["id"].as_str().unwrap().to_owned();
    let mut deep = first;
    for _ in 0..100 {
        let Some(next) = deep["next"].as_str() else {
            break;
        };
        deep = reader.read(&format!("{list}?cursor={next}")).await;
    }
    let after = deep["next"]
        .as_str()
        .map(|next| format!("{list}?cursor={next}"));
    let mut calls = Vec::new();
    for (name, path) in [
        ("company: newest", list.clone()),
        ("company: page 101", after.unwrap_or_else(|| list.clone())),
        ("company: by stage", format!("{list}?stage={stage}")),
        (
            "company: by verdict",
            format!("{list}?registration=declined"),
        ),
        ("company: by value", format!("{list}?sort=value")),
        ("company: expiring", format!("{list}?expiring=true")),
        ("company: stuck", format!("{list}?stuck=true")),
        ("company: search", format!("{list}?search={word}")),
        ("company: search in vain", format!("{list}?search=xyzzyx")),
    ] {
        calls.push((name, path, company.clone()));
    }
    for (name, path) in [
        ("partner: newest", list.clone()),
        ("partner: search", format!("{list}?search={word}")),
    ] {
        calls.push((name, path, partner.clone()));
    }
    calls
}
