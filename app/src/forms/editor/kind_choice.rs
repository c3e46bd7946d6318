//! Another kind for the chosen field: where partners have answered it, only one that all their answers can become.

use domain::{
    forms::{Field, FieldKey, KindName},
    views::RetypeCheck,
};
use leptos::{prelude::*, task::spawn_local};

use super::{desk::Desk, model, publishing_fns::check_retype};
use crate::ui::{Button, Choice, Select, focus_by_id, use_held};

fn refusal(check: RetypeCheck, kind: KindName) -> String {
    let RetypeCheck { answers, unfit } = check;
    let noun = if answers == 1 { "answer" } else { "answers" };
    format!(
        "{unfit} of {answers} {noun} cannot become \u{201c}{}\u{201d}. Keep the kind, and add a new field.",
        kind.label()
    )
}

impl Desk {
    /// Asks a new field of that kind in the place of this one, which is archived.
    fn ask_anew(self, key: &FieldKey, kind: KindName) {
        let taken = |key: &FieldKey| self.knows_key(key);
        let made = self.edit(|form| model::replace(form, key, kind, self.currency, taken));
        if let Some(made) = made {
            self.said.set("The old field is archived".to_owned());
            self.choose(made);
            // The properties are there once this change has been drawn.
            request_animation_frame(|| focus_by_id("prop-label"));
        }
    }
}

/// Why it cannot become that kind, and whether a new field could.
#[derive(Clone)]
struct Unfit {
    text: String,
    anew: bool,
}

#[component]
pub fn KindChoice(desk: Desk, field: Field) -> impl IntoView {
    let name = field.kind.name();
    let word = RwSignal::new(name.label().to_owned());
    let error = RwSignal::new(None::<String>);
    let before = desk.published.with_untracked(|version| {
        let before = version.definition.field(&field.key);
        before.map(|before| before.kind.name())
    });
    let choices = KindName::ALL
        .iter()
        .filter(|kind| !kind.marks_group())
        .map(|kind| Choice::new(kind.label(), kind.label()))
        .collect();
    let field = StoredValue::new(field);
    // The kind that not all answers can become.
    let refused = RwSignal::new(None::<KindName>);
    let anew = move |kind| {
        let key = field.with_value(|field| field.key.clone());
        desk.ask_anew(&key, kind);
    };
    let take = move |kind: KindName| {
        let key = field.with_value(|field| field.key.clone());
        desk.change(&key, |field| model::to_kind(field, kind, desk.currency));
    };
    // The answer changes the field and what is said of it: under a press the page would move away, and the click be lost.
    let (held, answered) = (use_held(), RwSignal::new(None::<(KindName, Option<Unfit>)>));
    Effect::new(move |_| {
        let Some((kind, unfit)) = answered.get().filter(|_| !held.get()) else {
            return;
        };
        answered.set(None);
        match unfit {
            None => untrack(|| take(kind)),
            Some(Unfit { text, anew }) => {
                word.set(name.label().to_owned());
                error.set(Some(text));
                refused.set(anew.then_some(kind));
            }
        }
    });
    let apply = move |event| {
        let chosen = event_target_value(&event);
        let mut kinds = KindName::ALL.into_iter();
        let Some(kind) = kinds.find(|kind| kind.label() == chosen) else {
            return;
        };
        error.set(None);
        refused.set(None);
        if before.is_none_or(|before| before == kind) {
            take(kind);
            return;
        }
        let mut asked = field.get_value();
        model::to_kind(&mut asked, kind, desk.currency);
        spawn_local(async move {
            let unfit = match check_retype(desk.program, asked.key, asked.kind).await {
                Ok(check) if check.unfit == 0 => None,
                Ok(check) => Some(Unfit {
                    text: refusal(check, kind),
                    anew: true,
                }),
                Err(error) => Some(Unfit {
                    text: error.0.text(),
                    anew: false,
                }),
            };
            // Another field may be chosen by now.
            answered.try_set(Some((kind, unfit)));
        });
    };
    let instead = move || {
        refused.get().map(|kind| {
            let text = format!("Ask it anew as \u{201c}{}\u{201d}", kind.label());
            view! { <Button small=true on:click=move |_| anew(kind)>{text}</Button> }
        })
    };
    view! {
        <Select id="prop-kind" label="Kind" choices bind=word error on:change=apply/>
        {instead}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_many_stand_in_the_way() {
        let check = RetypeCheck {
            answers: 120,
            unfit: 3,
        };
        assert_eq!(
            refusal(check, KindName::Number),
            "3 of 120 answers cannot become “Number”. Keep the kind, and add a new field."
        );
    }
}
