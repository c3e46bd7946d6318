//! Deals registered through the API, each durable before its answer: per second at 1, 16 and 64 clients, beside a bare
//! loop that writes as many answers into SQLite with the same durability, on the same disk.
//!
//! Runs the program that `DEALBOARD_PROGRAM` names. Argument: deals per number of clients (2000).
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark speaks on its standard streams and ends at the first thing that is not as it should be"
)]

#[path = "../routes/disk.rs"]
mod disk;
#[expect(dead_code, reason = "the other benchmark asks for CPU and memory too")]
#[path = "../routes/program.rs"]
mod program;

mod bare;
mod client;

use client::Client;
use program::Program;
use serde_json::{Value, json};

const CLIENTS: [usize; 3] = [1, 16, 64];
/// Beside the eight of the starter form.
const MORE_FIELDS: usize = 12;

/// Twenty answers; the number makes each a customer of its own.
fn answers(number: usize) -> Value {
    let mut answers = json!({
        "customer": format!("Benchmark {number} Ltd"),
        "website": format!("benchmark-{number}.example"),
        "country": "DE",
        "contact_name": "Ann Lee",
        "contact_email": "ann@benchmark.example",
        "value": {"amount": "12000", "currency": "EUR"},
        "close_date": "2031-01-31",
        "need": "Two hundred seats before the summer, on their own servers.",
    });
    for field in 0..MORE_FIELDS {
        answers[format!("more_{field}")] = json!(format!("Answer {field} of {number}"));
    }
    answers
}

fn main() {
    let deals = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let deals: usize = deals.unwrap_or(2_000);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("{}", runtime.block_on(measure(deals)));
}

async fn measure(deals: usize) -> Value {
    let program = Program::start(1_000, &["--api-pace", "1000000"]);
    let fdatasync = disk::fdatasync_ms(&program.folder);
    let bare = bare::inserts_per_second(&program.folder, deals).await;
    eprintln!("fdatasync {fdatasync:.3} ms; bare SQLite, one writer: {bare:.0} inserts/s");
    let place = client::set_up(&program, MORE_FIELDS).await;
    let mut number = 0;
    let mut runs = serde_json::Map::new();
    for clients in CLIENTS {
        let each = deals.div_ceil(clients);
        let mut tasks = tokio::task::JoinSet::new();
        let start = std::time::Instant::now();
        for _ in 0..clients {
            let mut client = Client::connect(&program).await;
            let (place, from) = (place.clone(), number);
            number += each;
            tasks.spawn(async move {
                for number in from..from + each {
                    client.register(&place, answers(number), number).await;
                }
            });
        }
        tasks.join_all().await;
        let done = f64::from(u32::try_from(each * clients).unwrap());
        let per_second = done / start.elapsed().as_secs_f64();
        eprintln!(
            "{clients:>3} clients: {per_second:.0} deals/s, {:.2} of the bare loop",
            per_second / bare
        );
        runs.insert(format!("{clients} clients"), json!(per_second));
    }
    json!({ "fields": 8 + MORE_FIELDS, "fdatasync_p50_ms": fdatasync, "bare_inserts_per_s": bare, "deals_per_s": runs })
}
