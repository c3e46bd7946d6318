//! One question, two answers: what this window and somebody else typed are both shown, and one of them is chosen.

use domain::forms::{
    Answer, Field, FieldKey, FormDefinition, RawAnswers, answer_text_in, merge_answers, says_alike,
    states,
};
use domain::views::MergedDraft;
use domain::{Locale, Timestamp};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::filling::Filling;
use crate::locale::use_locale;
use crate::ui::{Button, Notice, Tone, after_press};

/// Where the choice stands, and takes the focus when something is to be sent before it is made.
pub const CLASHES: &str = "clashes";

/// What somebody else answered to a question that this window answers otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    pub field: FieldKey,
    /// What they say of the field.
    pub theirs: RawAnswers,
    /// Empty where it is not known.
    pub who: String,
    pub at: Timestamp,
}

/// What this window shows after it heard what others saved.
#[derive(Debug, PartialEq, Eq)]
pub struct Heard {
    pub answers: RawAnswers,
    /// The fields whose answers came from them.
    pub anew: Vec<FieldKey>,
    pub clashes: Vec<Clash>,
}

/// `sent` is what this window had sent, `now` what stands in it since, `before` what was not decided until now.
pub fn hear_of_save(
    form: &FormDefinition,
    (sent, now): (&RawAnswers, &RawAnswers),
    before: &[Clash],
    merged: &MergedDraft,
) -> Heard {
    let since = merge_answers(form, sent, now, &merged.answers);
    let (mut answers, mut clashes) = (since.answers, Vec::new());
    for field in &form.fields {
        let known = before.iter().find(|clash| clash.field == field.key);
        let both = since.both.contains(&field.key) || merged.both.contains(&field.key);
        if !both && known.is_none() {
            continue;
        }
        // Both stay as they are until somebody decides.
        answers.take(field, now);
        let mut theirs = RawAnswers::default();
        theirs.take(field, &merged.answers);
        let told = known.filter(|clash| !both && says_alike(field, &clash.theirs, &theirs));
        clashes.push(told.cloned().unwrap_or_else(|| Clash {
            field: field.key.clone(),
            theirs,
            who: merged.who.clone(),
            at: merged.at,
        }));
    }
    let clashes = still_open(form, &answers, &clashes);
    let decided = |key: &FieldKey| {
        let field = form.field(key);
        field.is_some_and(|field| !says_alike(field, now, &answers))
    };
    let anew = since.theirs.into_iter().filter(decided).collect();
    Heard {
        answers,
        anew,
        clashes,
    }
}

/// Without those where both say the same by now.
pub fn still_open(form: &FormDefinition, now: &RawAnswers, clashes: &[Clash]) -> Vec<Clash> {
    let differs = |clash: &&Clash| {
        let field = form.field(&clash.field);
        field.is_some_and(|field| !says_alike(field, now, &clash.theirs))
    };
    clashes.iter().filter(differs).cloned().collect()
}

/// The answers with theirs where nobody has decided yet.
pub fn to_keep(form: &FormDefinition, answers: &RawAnswers, clashes: &[Clash]) -> RawAnswers {
    let mut kept = answers.clone();
    for clash in clashes {
        if let Some(field) = form.field(&clash.field) {
            kept.take(field, &clash.theirs);
        }
    }
    kept
}

#[component]
pub fn Clashes(filling: Filling) -> impl IntoView {
    let shown = after_press(move || filling.sharing().clashes.get());
    view! {
        <div class="clashes" id=CLASHES tabindex="-1" role="status" data-part="clashes">
            {move || {
                let (clashes, form) = (shown.get(), filling.form());
                (!clashes.is_empty()).then(|| {
                    let lines = clashes.into_iter().filter_map(|clash| {
                        let field = form.field(&clash.field)?.clone();
                        Some(view! { <Choice filling clash field/> })
                    });
                    let lines = lines.collect_view();
                    view! {
                        <Notice tone=Tone::Warn title="Somebody else answered the same question">
                            <p>"Nothing is overwritten until you choose."</p>
                            <ul class="clashes__list">{lines}</ul>
                        </Notice>
                    }
                })
            }}
        </div>
    }
}

#[component]
fn Choice(filling: Filling, clash: Clash, field: Field) -> impl IntoView {
    let label = field.label.clone();
    let locale = use_locale();
    let who = if clash.who.is_empty() {
        "Saved meanwhile".to_owned()
    } else {
        clash.who.clone()
    };
    let theirs = {
        let mut all = filling.answers.get_untracked();
        all.take(&field, &clash.theirs);
        text_of(filling, &field, &all, locale)
    };
    let of = field.clone();
    let mine = move || {
        filling
            .answers
            .with(|raw| text_of(filling, &of, raw, locale))
    };
    let (keep, take) = (
        format!("Keep mine: {label}"),
        format!("Take theirs: {label}"),
    );
    let (key, named) = (clash.field.clone(), clash.field.to_string());
    let on_keep = move |_| decide(filling, &key);
    let on_take = move |_| {
        let key = &clash.field;
        filling
            .answers
            .update(|raw| raw.take(&field, &clash.theirs));
        filling.sharing().show_anew(std::slice::from_ref(key));
        decide(filling, key);
    };
    view! {
        <li class="clashes__one" data-field=named>
            <strong>{label.clone()}</strong>
            <dl>
                <div><dt class="muted small">"Yours"</dt><dd>{mine}</dd></div>
                <div><dt class="muted small">{who}</dt><dd>{theirs}</dd></div>
            </dl>
            <div class="clashes__choice">
                <Button label=keep on:click=on_keep>"Keep mine"</Button>
                <Button label=take on:click=on_take>"Take theirs"</Button>
            </div>
        </li>
    }
}

fn decide(filling: Filling, key: &FieldKey) {
    filling
        .sharing()
        .clashes
        .update(|clashes| clashes.retain(|clash| clash.field != *key));
}

/// An answer as people read it; what cannot be read as it was typed.
fn text_of(filling: Filling, field: &Field, raw: &RawAnswers, locale: Locale) -> String {
    let form = filling.form();
    let states = states(&form, raw, &filling.context());
    let state = states.into_iter().find(|s| s.field.key == field.key);
    match state.map(|state| state.answer) {
        Some(Ok(Some(Answer::Files(ids)))) => filling.files.with(|files| {
            let names = files.iter().filter(|file| ids.contains(&file.id));
            let names: Vec<&str> = names.map(|file| file.name.as_str()).collect();
            names.join(", ")
        }),
        Some(Ok(Some(answer))) if !answer.is_blank() => answer_text_in(field, &answer, locale),
        _ => {
            let typed = raw.pairs_of(field).into_iter().map(|(_, value)| value);
            let typed: Vec<String> = typed.filter(|value| !value.is_empty()).collect();
            if typed.is_empty() {
                "Nothing".to_owned()
            } else {
                typed.join(", ")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::starter_form;

    use super::*;

    fn raw(pairs: &[(&str, &str)]) -> RawAnswers {
        pairs.iter().copied().collect()
    }

    fn saved(pairs: &[(&str, &str)], both: &[&str]) -> MergedDraft {
        MergedDraft {
            answers: raw(pairs),
            both: both
                .iter()
                .map(|key| FieldKey::parse(key).unwrap())
                .collect(),
            who: "Mara Lind".to_owned(),
            at: Timestamp::from_seconds(1_795_341_600),
            files: Vec::new(),
        }
    }

    #[test]
    fn what_others_typed_comes_in_beside_what_is_typed_here() {
        let form = starter_form(domain::Currency::EUR);
        let sent = raw(&[("customer", "Hale")]);
        let now = raw(&[("customer", "Hale & Moss")]);
        let heard = hear_of_save(
            &form,
            (&sent, &now),
            &[],
            &saved(&[("customer", "Hale"), ("need", "Storage")], &[]),
        );
        assert_eq!(
            heard.answers,
            raw(&[("customer", "Hale & Moss"), ("need", "Storage")])
        );
        assert_eq!(heard.anew, [FieldKey::parse("need").unwrap()]);
        assert!(heard.clashes.is_empty());
    }

    #[test]
    fn two_answers_wait_for_a_decision_and_only_theirs_is_kept_until_then() {
        let form = starter_form(domain::Currency::EUR);
        let mine = raw(&[("customer", "Hale A")]);
        let told = saved(&[("customer", "Hale B")], &["customer"]);
        let heard = hear_of_save(&form, (&mine, &mine), &[], &told);
        assert_eq!(
            (&heard.answers, heard.anew.len(), heard.clashes.len()),
            (&mine, 0, 1)
        );
        let kept = to_keep(&form, &heard.answers, &heard.clashes);
        assert_eq!(kept, raw(&[("customer", "Hale B")]));
        // A save of something else tells no more of it.
        let told = saved(&[("customer", "Hale B"), ("need", "Storage")], &[]);
        let again = hear_of_save(&form, (&kept, &mine), &heard.clashes, &told);
        assert_eq!(again.clashes, heard.clashes);
        assert_eq!(
            again.answers,
            raw(&[("customer", "Hale A"), ("need", "Storage")])
        );
        // They changed it once more, to what stands here.
        let told = saved(&[("customer", "Hale A")], &[]);
        let agreed = hear_of_save(&form, (&kept, &mine), &heard.clashes, &told);
        assert_eq!((agreed.answers, agreed.clashes), (mine, vec![]));
    }

    #[test]
    fn what_was_typed_while_it_was_saved_is_asked_about_too() {
        let form = starter_form(domain::Currency::EUR);
        let sent = raw(&[("customer", "Hale")]);
        let now = raw(&[("customer", "Hale"), ("need", "Backup")]);
        let told = saved(&[("customer", "Hale"), ("need", "Storage")], &[]);
        let heard = hear_of_save(&form, (&sent, &now), &[], &told);
        assert_eq!((heard.answers, heard.clashes.len()), (now, 1));
    }
}
