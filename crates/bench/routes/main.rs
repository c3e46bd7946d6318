//! What pages, moves and registrations cost, at growing numbers of deals: CPU, latency, memory, bytes on the wire.
//!
//! Runs the program that `DEALBOARD_PROGRAM` names on SQLite in a folder of the build directory, so on the same disk as
//! the `fdatasync` that its writes are compared with. Arguments: the numbers of deals (1000 10000 100000).
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark speaks on its standard streams and ends at the first thing that is not as it should be"
)]

mod browser;
mod cost;
mod disk;
mod program;
mod weight;

use browser::Browser;
use cost::{Cost, cost};
use program::Program;
use serde_json::{Value, json};

/// What the starter form of Larkspur's program takes; the number makes each a customer of its own.
fn answers(number: usize) -> Value {
    json!({
        "customer": [format!("Benchmark {number} Ltd")],
        "country": ["DE"],
        "value": ["12000"],
        "value.currency": ["EUR"],
        "close_date": ["2031-01-31"],
    })
}

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![1_000, 10_000, 100_000]
    } else {
        sizes
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let runs: Vec<Value> = sizes
        .into_iter()
        .map(|deals| runtime.block_on(measure(deals)))
        .collect();
    println!("{}", json!({ "runs": runs }));
}

async fn measure(deals: usize) -> Value {
    let program = Program::start(deals, &[]);
    let fdatasync = disk::fdatasync_ms(&program.folder);
    let idle_mb = program.memory("VmRSS");

    let mut partner = Browser::sign_in(&program, "nadia@brightwater.example").await;
    let membership = partner.membership("Larkspur Payroll").await;
    let mut admin = Browser::sign_in(&program, "lena@larkspur.example").await;
    let company = admin.program("Larkspur Payroll").await;

    let board = format!("/p/{membership}/deals");
    let routes = [
        ("board page", board.clone()),
        ("list page", format!("{board}?view=list")),
        ("form page", format!("{board}/new?key=benchmark-key-0001")),
        ("summary page", format!("/p/{membership}/summary")),
        ("company board page", format!("/c/{company}/deals")),
        ("review page", format!("/c/{company}/review")),
    ];
    let mut costs = serde_json::Map::new();
    for (name, path) in &routes {
        let who = if path.starts_with("/c/") {
            &mut admin
        } else {
            &mut partner
        };
        let cost = cost(&program, 300, async || {
            who.page(path).await;
        })
        .await;
        report(deals, name, &cost);
        costs.insert((*name).to_owned(), cost.json());
    }

    let mut mover = browser::Mover::find(&mut partner, &membership).await;
    let moves = cost(&program, 300, async || {
        mover.step(&mut partner, &membership).await;
    })
    .await;
    report(deals, "move", &moves);

    let mut number = 0;
    let creates = cost(&program, 200, async || {
        number += 1;
        partner.register(&membership, answers(number)).await;
    })
    .await;
    report(deals, "register", &creates);

    let (writers, crowd) = browser::crowd(&program, &mut admin, &company, 64, 20).await;
    let weight = weight::of(&mut partner, &routes[2].1, "registering_").await;
    let board_weight = weight::of(&mut partner, &routes[0].1, "boards_").await;
    let peak_mb = program.memory("VmHWM");
    let in_syncs = moves.p50_ms / fdatasync;
    eprintln!(
        "{deals} deals: fdatasync {fdatasync:.3} ms, a move is {in_syncs:.2} of them; {writers} writers {:.0} moves/s against {:.0} of one; idle {idle_mb:.0} MB, peak {peak_mb:.0} MB\nform route {weight}\nboard route {board_weight}",
        crowd,
        1_000.0 / moves.mean_ms,
    );
    costs.insert("move".to_owned(), moves.json());
    costs.insert("register".to_owned(), creates.json());
    json!({
        "deals": deals,
        "load_s": program.load_s,
        "fdatasync_p50_ms": fdatasync,
        "costs": costs,
        "move_p50_in_fdatasyncs": in_syncs,
        "moves_per_s": { "1 writer": 1_000.0 / moves.mean_ms, "writers": writers, "all": crowd },
        "memory_mb": { "idle": idle_mb, "peak": peak_mb },
        "compressed_bytes": { "form route": weight, "board route": board_weight },
    })
}

fn report(deals: usize, name: &str, cost: &Cost) {
    eprintln!(
        "{deals:>7} {name:<20} CPU {:.2} ms, p50 {:.2} ms, p95 {:.2} ms",
        cost.cpu_ms, cost.p50_ms, cost.p95_ms
    );
}
