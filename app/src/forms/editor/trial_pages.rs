//! A form of several pages, tried page by page, as partners fill it in; behind the last one all answers once more.

use std::{collections::BTreeSet, sync::Arc};

use domain::forms::{
    Answer, Context, Field, FieldErrors, FieldKey, FormDefinition, RawAnswers, Standings,
    answer_text_in, pages, pages_shown, row_table_in, states,
};
use leptos::prelude::*;

use super::trial::Trial;
use crate::fields::{RowsTable, use_standings};
use crate::locale::use_locale;
use crate::ui::{Button, Variant, focus_by_id};

/// The id of the page's title, which takes the focus when the page changes.
const TITLE: &str = "preview-page-title";

/// Where one is in the form that is tried. The review stands behind the last page.
#[derive(Clone, Copy)]
pub struct TrialPages {
    /// Too large to be copied about with the rest.
    trial: StoredValue<Trial>,
    form: StoredValue<Arc<FormDefinition>>,
    context: Memo<Context>,
    /// How many pages the form has, shown or not.
    all: usize,
    shown: Memo<Vec<usize>>,
    at: Memo<usize>,
}

impl TrialPages {
    /// Nothing for a form of one page, and while the form is designed.
    pub fn of(trial: Trial, form: &Arc<FormDefinition>, context: Memo<Context>) -> Option<Self> {
        let all = pages(form).len();
        if all < 2 || !trial.alone.get_untracked() {
            return None;
        }
        let standings = use_standings(form.clone(), context.into(), trial.answers);
        let shown = Memo::new(move |_| standings.with(Standings::pages_shown));
        let form = StoredValue::new(form.clone());
        let at = Memo::new(move |_| {
            let wanted = trial.page.get();
            shown.with(|shown| page_at(shown, wanted, all))
        });
        Some(Self {
            trial: StoredValue::new(trial),
            form,
            context,
            all,
            shown,
            at,
        })
    }

    /// The fields of the page that is shown; none of the review.
    pub fn fields(self) -> Signal<BTreeSet<FieldKey>> {
        Signal::derive(move || {
            let at = self.at.get();
            self.form.with_value(|form| keys_of(form, at))
        })
    }

    fn trial(self) -> Trial {
        self.trial.get_value()
    }

    fn go(self, page: usize) {
        self.trial().page.set(page);
        // Once the new page has been drawn.
        request_animation_frame(|| focus_by_id(TITLE));
    }

    /// On to the next page, or to what is wrong before it.
    fn turn(self) {
        let at = self.at.get_untracked();
        let (trial, form) = (self.trial(), self.form.get_value());
        let errors = before(&form, &trial.judged(&form), at + 1);
        let shown = self.shown.get_untracked();
        let next = page_at(&shown, at + 1, self.all);
        let to = first_fault(&form, &errors).unwrap_or(next);
        let faultless = errors.is_empty();
        trial.errors.set(errors);
        if faultless {
            self.go(to);
        } else {
            // The summary takes the focus.
            trial.page.set(to);
        }
    }
}

/// The page one is on who wants to that one: it, or the next that is shown.
fn page_at(shown: &[usize], wanted: usize, all: usize) -> usize {
    let mut shown = shown.iter().copied();
    shown.find(|page| *page >= wanted).unwrap_or(all)
}

fn keys_of(form: &FormDefinition, page: usize) -> BTreeSet<FieldKey> {
    let pages = pages(form);
    let here = pages.get(page).map(|page| page.fields);
    let fields = here.unwrap_or_default().iter();
    fields.map(|field| field.key.clone()).collect()
}

/// `name` is a field's key, or the name of a cell of it.
fn page_of(form: &FormDefinition, name: &str) -> Option<usize> {
    let key = RawAnswers::key_of(name)?;
    pages(form).iter().position(|page| page.has(&key))
}

pub fn first_fault(form: &FormDefinition, errors: &FieldErrors) -> Option<usize> {
    let places = errors.iter();
    places.filter_map(|error| page_of(form, &error.field)).min()
}

/// The errors of the pages before `end`.
fn before(form: &FormDefinition, errors: &FieldErrors, end: usize) -> FieldErrors {
    let known = errors.iter();
    let known = known.filter(|error| page_of(form, &error.field).is_some_and(|page| page < end));
    FieldErrors(known.cloned().collect())
}

/// The errors that are said on the page that is shown: all of them, of a form that is not tried page by page.
pub fn errors_here(form: &FormDefinition, trial: Trial, errors: &FieldErrors) -> FieldErrors {
    let all = pages(form).len();
    if all < 2 || !trial.alone.get() {
        return errors.clone();
    }
    let context = trial.context(form);
    let shown = trial.answers.with(|raw| pages_shown(form, raw, &context));
    let at = page_at(&shown, trial.page.get(), all);
    let here = errors.iter();
    let here = here.filter(|error| page_of(form, &error.field).unwrap_or(all) == at);
    FieldErrors(here.cloned().collect())
}

/// How far one is, and what this page is about.
#[component]
pub fn TrialHead(paged: TrialPages) -> impl IntoView {
    let place = move || {
        // An answer may bring a page along while one stays on this.
        paged.trial().answers.track();
        let (at, shown) = (paged.at.get(), paged.shown.get());
        let number = shown.iter().filter(|page| **page <= at).count();
        if at == paged.all {
            "Last step".to_owned()
        } else {
            format!("Page {number} of {}", shown.len())
        }
    };
    let title = move || {
        let at = paged.at.get();
        paged.form.with_value(|form| title(form, at))
    };
    view! {
        <div class="form-page-head">
            <p class="muted" data-part="page-count">{place}</p>
            <h3 class="form-heading" id=TITLE tabindex="-1">{title}</h3>
        </div>
    }
}

fn title(form: &FormDefinition, at: usize) -> String {
    let pages = pages(form);
    let Some(page) = pages.get(at) else {
        return "Check your answers".to_owned();
    };
    page.head
        .map_or("The deal", |head| head.label.as_str())
        .to_owned()
}

/// The way on and back, and on the last step all answers.
#[component]
pub fn TrialFoot(paged: TrialPages) -> impl IntoView {
    let back = move || {
        let at = paged.at.get();
        let before = paged.shown.get().into_iter().rfind(|page| *page < at)?;
        Some(view! { <Button on:click=move |_| paged.go(before)>"Back"</Button> })
    };
    let on = move || {
        let open = paged.at.get() < paged.all;
        open.then(|| view! { <Button variant=Variant::Primary on:click=move |_| paged.turn()>"Continue"</Button> })
    };
    view! {
        {move || (paged.at.get() == paged.all).then(|| view! { <TrialReview paged/> })}
        <div class="cluster">{on} {back}</div>
    }
    .into_any()
}

#[component]
fn TrialReview(paged: TrialPages) -> impl IntoView {
    let parts = move || {
        let (shown, context) = (paged.shown.get(), paged.context.get());
        let form = paged.form.get_value();
        let raw = paged.trial().answers.get();
        let states = states(&form, &raw, &context);
        let parts = shown.into_iter().map(|at| {
            let keys = keys_of(&form, at);
            let here = states.iter();
            let here = here.filter(|state| state.visible && keys.contains(&state.field.key));
            let lines = here.filter(|state| state.field.kind.has_answer());
            let lines = lines.map(|state| {
                let answer = state.answer.as_ref().ok().cloned().flatten();
                view! { <Line field=state.field.clone() answer/> }
            });
            let title = title(&form, at);
            let label = format!("Change {title}");
            view! {
                <section class="card">
                    <div class="card__head">
                        <h4>{title}</h4>
                        <Button variant=Variant::Quiet small=true label on:click=move |_| paged.go(at)>"Change"</Button>
                    </div>
                    <div class="card__body"><dl class="facts" data-wide="">{lines.collect_view()}</dl></div>
                </section>
            }
        });
        parts.collect_view()
    };
    view! { <div class="stack" data-part="preview-review">{parts}</div> }.into_any()
}

#[component]
fn Line(field: Field, answer: Option<Answer>) -> impl IntoView {
    let locale = use_locale();
    let answer = answer.filter(|answer| !answer.is_blank());
    let table = answer
        .as_ref()
        .and_then(|answer| row_table_in(&field, answer, locale));
    let wide = table.is_some().then_some("");
    let text = match (table, answer) {
        (Some(table), _) => view! { <RowsTable label=field.label.clone() table/> }.into_any(),
        (None, Some(answer)) => {
            view! { <span class="prose">{answer_text_in(&field, &answer, locale)}</span> }
                .into_any()
        }
        (None, None) => view! { <span class="muted">"Not answered"</span> }.into_any(),
    };
    view! { <div data-table=wide><dt>{field.label}</dt><dd>{text}</dd></div> }
}

#[cfg(test)]
mod tests {
    use domain::forms::{FieldError, FieldKind, FieldProblem};

    use super::*;

    fn field(name: &str, kind: FieldKind) -> Field {
        Field::new(FieldKey::parse(name).unwrap(), kind, name)
    }

    fn form() -> FormDefinition {
        FormDefinition {
            fields: vec![
                field("a", FieldKind::Text),
                field("second", FieldKind::PageBreak),
                field("b", FieldKind::Text),
                field("c", FieldKind::Text),
            ],
        }
    }

    #[test]
    fn a_page_that_is_hidden_is_passed_over() {
        assert_eq!(page_at(&[0, 2], 1, 3), 2);
        assert_eq!(page_at(&[0, 2], 2, 3), 2);
        assert_eq!(page_at(&[0, 1], 2, 3), 3, "the review");
    }

    #[test]
    fn faults_lead_to_their_page() {
        let form = form();
        let errors = ["c", "b.0.x"].map(|name| FieldError {
            field: name.to_owned(),
            problem: FieldProblem::Missing,
        });
        let errors = FieldErrors(errors.to_vec());
        assert_eq!(first_fault(&form, &errors), Some(1));
        assert!(before(&form, &errors, 1).is_empty());
        assert_eq!(before(&form, &errors, 2), errors);
        let second: Vec<String> = keys_of(&form, 1).iter().map(ToString::to_string).collect();
        assert_eq!(second, ["b", "c"]);
        assert!(keys_of(&form, 2).is_empty());
        assert_eq!(
            (title(&form, 0), title(&form, 1)),
            ("The deal".to_owned(), "second".to_owned())
        );
        assert_eq!(title(&form, 2), "Check your answers");
    }
}
