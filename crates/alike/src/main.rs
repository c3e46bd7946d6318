//! `verdicts NUMBER`: the native half.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

fn main() -> ExitCode {
    let cases = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let said = alike::verdicts(0, cases.unwrap_or(0));
    match io::stdout().lock().write_all(said.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
