//! What forms of 15, 60 and 200 fields cost: the engine as the server calls it, one key of somebody who types, and the largest of
//! them on a real page in Chromium, beside `SurveyJS` with the same form: bytes, first render, keystroke to paint, as ratios.
//!
//! Runs the program that `DEALBOARD_PROGRAM` names. The pages are opened by `bench/forms.mjs` in the folder of the browser tests.
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

mod engine;
mod form;
mod pages;

use serde_json::{Value, json};

const SIZES: [usize; 3] = [15, 60, 200];

fn main() {
    let engine: Vec<Value> = SIZES.into_iter().map(engine::measure).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let pages = runtime.block_on(pages::measure(SIZES[2]));
    println!("{}", json!({ "engine": engine, "pages": pages }));
}
