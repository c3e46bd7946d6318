//! How the fields stand, followed while somebody types.

use std::sync::Arc;

use domain::forms::{Context, FormDefinition, RawAnswers, Standings};
use leptos::prelude::*;

/// An answer costs what looks at it, not the whole form; whoever reads this runs again only when some field stands otherwise.
pub fn use_standings(
    form: Arc<FormDefinition>,
    context: Signal<Context>,
    answers: RwSignal<RawAnswers>,
) -> Memo<Standings> {
    Memo::new_owning(move |before: Option<Standings>| {
        answers.with(|raw| {
            context.with(|context| match before {
                Some(mut standings) => {
                    let followed = standings.follow(raw, context);
                    (standings, followed.moved)
                }
                None => (Standings::new(form.clone(), raw, context), true),
            })
        })
    })
}
