//! A file of 100,000 deals, uploaded, checked and imported by the built program: how much memory it took at most, beside how
//! much it takes when nothing is imported.
//!
//! Runs the program that `DEALBOARD_PROGRAM` names. Argument: rows (100,000). Fails above 256 MB.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark speaks on its standard streams and ends at the first thing that is not as it should be"
)]

#[expect(dead_code, reason = "the other benchmark registers deals")]
#[path = "../creates/client.rs"]
mod client;
#[expect(dead_code, reason = "the other benchmark asks for CPU too")]
#[path = "../routes/program.rs"]
mod program;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use client::Client;
use program::Program;
use serde_json::{Value, json};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=file";
/// Megabytes that the program may take.
const LIMIT: f64 = 256.0;
/// Every so many rows have an error, so that these are kept too.
const FAULTY: usize = 100;

fn main() {
    let rows = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let rows: usize = rows.unwrap_or(100_000);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("{}", runtime.block_on(measure(rows)));
}

async fn measure(rows: usize) -> Value {
    let program = Program::start(100, &[]);
    let mut admin = Client::signed_in(&program, "lena@larkspur.example").await;
    let home = admin.call("home", FORM, String::new()).await;
    let place = home["company_programs"][0]["program"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let before = program.memory("VmHWM");

    let body = format!(
        "--file\r\ncontent-disposition: form-data; name=\"file\"; filename=\"deals.csv\"\r\n\r\n{}\r\n--file--\r\n",
        file(&mut admin, &place, rows).await
    );
    admin
        .send("POST", &format!("/c/{place}/import"), MULTIPART, body)
        .await;
    let list = admin
        .call("load_imports", FORM, format!("program={place}"))
        .await;
    let import = list["imports"][0]["id"].as_str().unwrap().to_owned();
    let of = format!("program={place}&import={import}");
    let view = admin.call("load_import", FORM, of.clone()).await;
    let targets: Vec<String> = view["mapping"]["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| format!("targets[]={}", target.as_str().unwrap()))
        .collect();
    let map = format!("{of}&version={}&{}", view["version"], targets.join("&"));
    let started = Instant::now();
    admin.call("map_import", FORM, map).await;
    let view = until(&mut admin, &of, "checked").await;
    let checked = started.elapsed().as_secs_f64();
    eprintln!("checked {rows} rows in {checked:.0} s");

    let started = Instant::now();
    admin
        .call(
            "start_import",
            FORM,
            format!("{of}&version={}", view["version"]),
        )
        .await;
    let view = until(&mut admin, &of, "done").await;
    let imported = started.elapsed().as_secs_f64();
    let made = view["line"]["counts"]["made"].as_u64().unwrap();
    let peak = program.memory("VmHWM");
    eprintln!(
        "imported {made} deals in {imported:.0} s; {peak:.0} MB at most, {before:.0} MB before"
    );
    assert!(made > 0, "{view}");
    assert!(peak < LIMIT, "{peak} MB");
    json!({ "rows": rows, "made": made, "check_s": checked, "import_s": imported, "before_mb": before, "peak_mb": peak })
}

/// Waits until the import stands there.
async fn until(admin: &mut Client, of: &str, state: &str) -> Value {
    loop {
        let view = admin.call("load_import", FORM, of.to_owned()).await;
        assert!(view["line"]["halted"].is_null(), "{view}");
        if view["line"]["state"] == state {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Rows of the demo's own partner, under the keys of the starter form's questions.
async fn file(admin: &mut Client, place: &str, rows: usize) -> String {
    let partner = "Brightwater Consulting";
    let partners = admin
        .call("list_partners", FORM, format!("program={place}"))
        .await;
    assert!(partners.to_string().contains(partner), "{partners}");
    let mut text = String::from(
        "Partner,customer,website,country,contact_name,contact_email,value,close_date,need\r\n",
    );
    for row in 0..rows {
        let value = if row % FAULTY == 0 { "a lot" } else { "12000" };
        write!(
            text,
            "{partner},Imported {row} Ltd,imported-{row}.example,DE,Ann Lee,ann@imported-{row}.example,{value},2031-01-31,\"Two hundred seats, before the summer\"\r\n"
        )
        .unwrap();
    }
    text
}
