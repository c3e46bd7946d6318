//! What one call costs the server.

use std::time::Instant;

use serde_json::{Value, json};

use crate::program::Program;

/// Per call.
#[expect(clippy::struct_field_names, reason = "the unit belongs to each name")]
pub struct Cost {
    /// Of all the server's threads.
    pub cpu_ms: f64,
    pub mean_ms: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
}

impl Cost {
    pub fn json(&self) -> Value {
        json!({ "cpu_ms": self.cpu_ms, "mean_ms": self.mean_ms, "p50_ms": self.p50_ms, "p95_ms": self.p95_ms })
    }
}

/// Calls one after the other, the first tenth of them to warm up.
pub async fn cost(program: &Program, times: u32, mut call: impl AsyncFnMut()) -> Cost {
    for _ in 0..times / 10 {
        call().await;
    }
    let cpu_before = program.cpu_ms();
    let mut took = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        call().await;
        took.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let cpu_ms = (program.cpu_ms() - cpu_before) / f64::from(times);
    took.sort_by(f64::total_cmp);
    Cost {
        cpu_ms,
        mean_ms: took.iter().sum::<f64>() / f64::from(times),
        p50_ms: took[took.len() / 2],
        p95_ms: took[took.len() * 95 / 100],
    }
}
