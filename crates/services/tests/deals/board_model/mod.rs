//! The board against a plain model of it. Clients of two partners and of the company do things in no order; after each step
//! every one of them is shown exactly the columns, the cards in their order, the counts and the sums that the model has,
//! narrowed or not, and what is refused is refused for the reason that the model gives.
//!
//! `BOARD_SEEDS` says how many seeds are played (3 if unset), `BOARD_STEPS` how many steps of each (60). A failure prints
//! its seed and the fewest steps that still fail.

mod clients;
mod model;
mod play;
mod replayed;
mod shown;
mod steps;
mod story;

use domain::Currency;
use domain::deals::{RegistrationStatus, WinStatus};
use testkit::{TestDb, asked, both_engines, say};

use play::play;
use steps::{Step, steps};
use story::story;

/// Runs in search of fewer steps.
const TRIES: usize = 120;

/// The fewest steps that still go wrong, and how they do.
async fn fewest(
    db: &TestDb,
    name: &str,
    crowded: bool,
    mut steps: Vec<Step>,
    mut why: String,
) -> (Vec<Step>, String) {
    let (mut size, mut tries) = (steps.len() / 2, 0);
    while size > 0 {
        let mut at = 0;
        while at < steps.len() && tries < TRIES {
            let mut fewer = steps.clone();
            fewer.drain(at..(at + size).min(steps.len()));
            tries += 1;
            match play(db, &format!("{name}t{tries}"), crowded, &fewer).await {
                Err(still) => (steps, why) = (fewer, still),
                Ok(_) => at += size,
            }
        }
        size /= 2;
    }
    (steps, why)
}

both_engines! {
    async fn a_board_shows_all_that_can_become_of_a_deal(db: &TestDb) {
        let model = play(db, "story", false, &story()).await.unwrap();
        let facts: Vec<_> = model.deals.iter().map(|deal| (deal.status, deal.win)).collect();
        assert_eq!(facts, [
            (RegistrationStatus::Approved, WinStatus::Confirmed),
            (RegistrationStatus::Expired, WinStatus::None),
            (RegistrationStatus::Declined, WinStatus::None),
            (RegistrationStatus::Withdrawn, WinStatus::None),
        ]);
        assert!(model.deals[1].extended && model.deals[1].value.currency == Currency::USD);
        assert_eq!((model.stages.len(), model.retired.len()), (5, 1));
    }

    async fn every_board_is_the_models_after_every_step(db: &TestDb) {
        let count = asked("BOARD_STEPS", 60);
        for seed in 1..=asked("BOARD_SEEDS", 3) {
            say(&format!("seed {seed}"));
            let (name, crowded) = (format!("w{seed}"), seed % 2 == 0);
            let Err(why) = play(db, &name, crowded, &steps(seed, count)).await else {
                continue;
            };
            let (fewer, why) = fewest(db, &name, crowded, steps(seed, count), why).await;
            let left = fewer.len();
            panic!("seed {seed}: {why}\n{left} of {count} steps, crowded {crowded}: {fewer:#?}");
        }
    }
}
