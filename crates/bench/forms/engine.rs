//! What the form engine costs, called here as the server calls it.

use std::{hint::black_box, sync::Arc, time::Instant};

use domain::forms::{Standings, states, validate};
use serde_json::{Value, json};

use crate::form::{answers, context, form, key};

const BATCHES: usize = 50;
const IN_A_BATCH: u32 = 40;

/// In microseconds, all of one form.
pub fn measure(fields: usize) -> Value {
    let form = Arc::new(form(fields));
    let (raw, context) = (answers(&form), context());
    assert!(validate(&form, &raw, &context).is_ok(), "{fields}");
    let validated = median_us(|| drop(black_box(validate(&form, black_box(&raw), &context))));
    let walked = median_us(|| drop(black_box(states(&form, black_box(&raw), &context))));
    let [alone, many] = [1, 0].map(|number| {
        let mut standings = Standings::new(Arc::clone(&form), &raw, &context);
        let mut typed = raw.clone();
        let (mut turn, mut judged) = (0, 0);
        let took = median_us(|| {
            turn += 1;
            // What is typed, and every other time nothing: those who look at it come and go.
            let said = if turn % 2 == 0 { "Typed" } else { "" };
            typed.set(&key(number), vec![said.to_owned()]);
            judged = black_box(standings.follow(&typed, &context)).judged;
        });
        json!({ "us": took, "fields_judged": judged })
    });
    eprintln!(
        "{fields:>4} fields: validate {validated:.1} us, states {walked:.1} us, a key that nobody looks at {} us, one that many look at {} us",
        alone["us"], many["us"]
    );
    json!({
        "fields": fields,
        "validate_us": validated,
        "states_us": walked,
        "keystroke": alone,
        "keystroke_of_many": many,
    })
}

fn median_us(mut call: impl FnMut()) -> f64 {
    let mut took: Vec<f64> = (0..BATCHES)
        .map(|_| {
            let start = Instant::now();
            (0..IN_A_BATCH).for_each(|_| call());
            start.elapsed().as_secs_f64() * 1e6 / f64::from(IN_A_BATCH)
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[took.len() / 2]
}
