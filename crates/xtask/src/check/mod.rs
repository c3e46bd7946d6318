//! `cargo xtask check`: what is held without running the product.

mod budgets;
mod deny;
mod documents;
mod edges;
mod features;
mod lints;
mod registries;
mod source;

pub use edges::text;

use anyhow::Result;

use crate::{project::Project, test::Count};

/// A rule of the house: its name, and what proves it.
struct Check {
    name: &'static str,
    prove: fn(&Project) -> Result<()>,
}

/// Quick ones first.
const CHECKS: [Check; 14] = [
    Check {
        name: "formatting",
        prove: lints::formatting,
    },
    Check {
        name: "budgets of files, components and doors",
        prove: budgets::prove,
    },
    Check {
        name: "paths that documents name exist",
        prove: documents::prove,
    },
    Check {
        name: "nothing names a package registry",
        prove: registries::prove,
    },
    Check {
        name: "licences",
        prove: deny::licences,
    },
    Check {
        name: "banned and doubled crates",
        prove: deny::crates,
    },
    Check {
        name: "each crate imports only what it may",
        prove: edges::declared,
    },
    Check {
        name: "no feature imports another",
        prove: features::prove,
    },
    Check {
        name: "no server code in the browser",
        prove: edges::browser_is_lean,
    },
    Check {
        name: "no web code in the services",
        prove: edges::services_know_no_web,
    },
    Check {
        name: "style sheets",
        prove: lints::styles,
    },
    Check {
        name: "domain compiles to wasm",
        prove: lints::domain_on_wasm,
    },
    Check {
        name: "clippy on the server's half",
        prove: lints::clippy_native,
    },
    Check {
        name: "clippy on the browser's half",
        prove: lints::clippy_wasm,
    },
];

/// All checks, or those whose name contains one of the words.
pub fn run(project: &Project, words: &[String]) -> bool {
    let count = count(project, words);
    println!("\n{count}");
    count.failed == 0
}

/// Every check counts as one test.
pub fn count(project: &Project, words: &[String]) -> Count {
    let mut count = Count::default();
    for check in &CHECKS {
        if !words.is_empty() && !words.iter().any(|word| check.name.contains(word.as_str())) {
            continue;
        }
        let result = (check.prove)(project);
        count.add(Count::one(result.is_ok()));
        match result {
            Ok(()) => println!("ok      {}", check.name),
            Err(why) => println!("FAILED  {}\n{why:#}", check.name),
        }
    }
    count
}
