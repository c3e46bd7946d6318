//! What boards of 100 to 50,000 cards cost in a real Chromium, beside a plain windowed board (the floor), `SortableJS` and React with
//! @hello-pangea/dnd, all over the same server with the same cards: opening, dragging, moving, and being looked at from elsewhere.
//!
//! Runs the program that `DEALBOARD_PROGRAM` names; `bench/boards.mjs` in the folder of the browser tests does the measuring.
//! Arguments: the numbers of cards (100 1000 5000 10000 50000); `quick`, which opens each board once and leaves the slow
//! CPU out; and, to look into some of them, the names of boards (ours floor sortable react react-virtual).
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark speaks on its standard streams and ends at the first thing that is not as it should be"
)]

#[expect(dead_code, reason = "the other benchmarks ask for pages and moves too")]
#[path = "../routes/browser.rs"]
mod browser;
#[expect(dead_code, reason = "the other benchmarks ask for CPU and memory too")]
#[path = "../routes/program.rs"]
mod program;

mod fill;

use std::{path::Path, process::Command};

use browser::Browser;
use program::Program;
use serde_json::{Value, json};

use fill::Stage;

const SCRIPT: &str = "bench/boards.mjs";
/// So many that the partner surely has one to make the others of.
const DEMO_DEALS: usize = 1_000;
/// What grows with the board where a board does not scale; and the sizes between which that is told.
const SLOPES: [&str; 4] = [
    "open_to_drag_ms",
    "main_ms_per_frame",
    "frame_p99_ms",
    "durable_p50_ms",
];
const FEW: u64 = 1_000;

fn main() {
    let mut sizes = Vec::new();
    let mut words = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.parse::<usize>() {
            Ok(cards) => sizes.push(cards),
            // Cargo's own.
            Err(_) if argument.starts_with('-') => {}
            Err(_) => words.push(argument),
        }
    }
    if sizes.is_empty() {
        sizes = vec![100, 1_000, 5_000, 10_000, 50_000];
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let runs: Vec<Value> = sizes
        .into_iter()
        .map(|cards| runtime.block_on(measure(cards, &words)))
        .collect();
    let slope = slope(&runs);
    eprintln!("\nthe largest board beside the one of {FEW} cards: {slope}");
    println!("{}", json!({ "runs": runs, "slope": slope }));
}

async fn measure(cards: usize, words: &[String]) -> Value {
    let program = Program::start(DEMO_DEALS, &[]);
    let mut partner = Browser::sign_in(&program, "nadia@brightwater.example").await;
    let membership = partner.membership("Larkspur Payroll").await;
    let stages = open_stages(&mut partner, &membership).await;
    let data = fill::fill(&program.folder, &membership, &stages, cards).await;
    let file = program.folder.join("cards.json");
    std::fs::write(&file, data.to_string()).unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end");
    let output = Command::new("node")
        .arg(SCRIPT)
        .arg(format!("http://{}", program.address))
        .arg(format!("/p/{membership}/deals"))
        .arg(file)
        .args(words)
        .current_dir(tests)
        .stderr(std::process::Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "the boards were not measured");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The columns between which a card moves without being asked anything.
async fn open_stages(partner: &mut Browser, membership: &str) -> Vec<Stage> {
    let input = json!({ "membership": membership, "filter": {} });
    let board = partner.call("partner_board", &input).await;
    let stages = board["pipeline"]["stages"].as_array().unwrap().iter();
    let open: Vec<Stage> = stages
        .filter(|stage| stage["kind"] == "open")
        .map(|stage| {
            let id = stage["id"].as_str().unwrap().parse().unwrap();
            (id, stage["name"].as_str().unwrap().to_owned())
        })
        .collect();
    assert!(open.len() >= 3, "a drag goes over three columns");
    open
}

/// What the last run's board costs as a multiple of the one of a thousand cards, at each speed.
fn slope(runs: &[Value]) -> Value {
    let few = runs.iter().find(|run| run["cards"] == FEW);
    let (Some(few), Some(most)) = (few, runs.last()) else {
        return Value::Null;
    };
    let speeds = most["speeds"].as_object().expect("speeds").keys();
    let of_speed = |speed: &String| {
        let ratio = |name: &&str| {
            let of = |run: &Value| run["speeds"][speed]["boards"]["ours"][*name].as_f64();
            let ratio = of(most).zip(of(few)).map(|(most, few)| most / few);
            ((*name).to_owned(), json!(ratio))
        };
        let ratios: serde_json::Map<String, Value> = SLOPES.iter().map(ratio).collect();
        (speed.clone(), Value::Object(ratios))
    };
    Value::Object(speeds.map(of_speed).collect())
}
