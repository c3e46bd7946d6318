//! What a killed process and its judge agree on.

use std::time::Duration;

use sqlx::types::Uuid;

/// Writers in one process.
pub const TASKS: u32 = 8;

/// How often a process dies per engine: `KILL_RUNS`, 20 if unset.
pub fn rounds() -> u32 {
    std::env::var("KILL_RUNS").map_or(20, |runs| {
        runs.parse()
            .unwrap_or_else(|error| panic!("KILL_RUNS is {runs:?}: {error}"))
    })
}

/// How long it lives after its first acknowledged write: from 5 to 150 ms, in no order.
pub fn moment(run: u32) -> Duration {
    Duration::from_millis(u64::from(5 + run * 61 % 146))
}

/// Every write of a task leaves one row under this key.
pub fn key_of(run: u32, task: u32) -> String {
    format!("run {run} task {task}")
}

/// And one event, with the id of the row.
pub fn event_of(run: u32, task: u32, number: u32) -> Uuid {
    Uuid::from_u128((u128::from(run) << 64) | (u128::from(task) << 32) | u128::from(number))
}

/// Several tasks append to one chain.
pub fn subject_of(run: u32, task: u32) -> Uuid {
    event_of(run, task % 3, 0)
}
