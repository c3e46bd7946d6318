//! What a page of the form shows around its fields.

use std::collections::BTreeSet;

use domain::Locale;
use domain::forms::{
    Answer, Field, FieldKey, RowTable, answer_text_in, pages, row_table_in, states,
};
use leptos::prelude::*;

use super::paging::{Paging, TITLE};
use crate::fields::{GroupedFacts, RowsTable};
use crate::locale::use_locale;
use crate::ui::LinkButton;

/// How far one is, and what this page is about.
#[component]
pub fn PageHead(paging: Paging) -> impl IntoView {
    let place = Memo::new(move |_| {
        let (at, shown) = (paging.at.get(), paging.shown.get());
        let number = shown.iter().filter(|page| **page <= at).count();
        // One source for both lines: read beside `place`, the page alone did not wake them.
        (number, shown.len(), at == paging.all())
    });
    let head = move || {
        let form = paging.filling.form();
        let pages = pages(&form);
        let (title, help) = match pages.get(paging.at.get()) {
            None => (
                "Check your answers".to_owned(),
                "Nothing is sent before you register the deal.".to_owned(),
            ),
            Some(page) => page.head.map_or_else(
                || ("The deal".to_owned(), String::new()),
                |head| (head.label.clone(), head.help.clone()),
            ),
        };
        view! {
            <h2 class="form-heading" id=TITLE tabindex="-1">{title}</h2>
            {(!help.is_empty()).then(|| view! { <p class="muted prose">{help}</p> })}
        }
    };
    view! {
        <div class="form-page-head">
            <p class="muted" data-part="page-count">
                {move || {
                    let (number, of, review) = place.get();
                    if review { "Last step".to_owned() } else { format!("Page {number} of {of}") }
                }}
            </p>
            <progress
                class="progress"
                aria-label="How far you are"
                max=move || (place.get().1 + 1).to_string()
                value=move || {
                    let (number, of, review) = place.get();
                    if review { of + 1 } else { number }.to_string()
                }
            ></progress>
            {head}
        </div>
    }
}

/// All answers, page by page, each page with a way back to it.
#[component]
pub fn Review(paging: Paging) -> impl IntoView {
    let locale = use_locale();
    move || {
        if !paging.on_review() {
            return None;
        }
        let form = paging.filling.form();
        let context = paging.filling.context();
        let raw = paging.filling.answers.get();
        let states = states(&form, &raw, &context);
        let seen: BTreeSet<FieldKey> = states
            .iter()
            .filter(|state| state.visible)
            .map(|state| state.field.key.clone())
            .collect();
        let text = |field: &Field| {
            let state = states.iter().find(|state| state.field.key == field.key);
            let answer = state.and_then(|state| state.answer.as_ref().ok()).cloned();
            said(paging, field, answer.flatten(), locale)
        };
        let shown = paging.shown.get();
        let parts = pages(&form)
            .into_iter()
            .enumerate()
            .filter(|(at, _)| shown.contains(at))
            .map(|(at, page)| {
                let title = page.head.map_or("The deal", |head| head.label.as_str());
                let asked = page.fields.iter();
                let asked = asked.filter(|f| f.kind.has_answer() && seen.contains(&f.key));
                let group = |key| form.group_of(key).map(|group| group.label.clone());
                let lines = asked.map(|field| ReviewLine {
                    group: group(&field.key),
                    label: field.label.clone(),
                    answer: text(field),
                });
                view! { <Part title=title.to_owned() href=paging.path(at) lines=lines.collect()/> }
            });
        Some(parts.collect_view())
    }
}

/// A question on the last page, with its answer.
struct ReviewLine {
    group: Option<String>,
    label: String,
    answer: Option<Said>,
}

/// An answer on the last page.
enum Said {
    Text(String),
    Table(RowTable),
}

fn said(paging: Paging, field: &Field, answer: Option<Answer>, locale: Locale) -> Option<Said> {
    match answer.filter(|answer| !answer.is_blank())? {
        Answer::Files(ids) => paging.filling.files.with(|files| {
            let names = files.iter().filter(|file| ids.contains(&file.id));
            let names: Vec<&str> = names.map(|file| file.name.as_str()).collect();
            Some(Said::Text(names.join(", ")))
        }),
        answer => Some(match row_table_in(field, &answer, locale) {
            Some(table) => Said::Table(table),
            None => Said::Text(answer_text_in(field, &answer, locale)),
        }),
    }
}

#[component]
fn Part(title: String, href: String, lines: Vec<ReviewLine>) -> impl IntoView {
    let label = format!("Change {title}");
    let lines = lines.into_iter().map(|line| {
        let ReviewLine {
            group,
            label,
            answer,
        } = line;
        let wide = matches!(answer, Some(Said::Table(_))).then_some("");
        let text = match answer {
            Some(Said::Table(table)) => view! { <RowsTable label=label.clone() table/> }.into_any(),
            Some(Said::Text(text)) => view! { <span class="prose">{text}</span> }.into_any(),
            None => view! { <span class="muted">"Not answered"</span> }.into_any(),
        };
        let line = view! { <div data-table=wide><dt>{label}</dt><dd>{text}</dd></div> };
        (group, line.into_any())
    });
    view! {
        <section class="card">
            <div class="card__head">
                <h3>{title}</h3>
                <a href=href aria-label=label>"Change"</a>
            </div>
            <div class="card__body"><GroupedFacts lines=lines.collect() wide=true/></div>
        </section>
    }
}

/// The way back, beside the button that leads on.
#[component]
pub fn Back(paging: Paging) -> impl IntoView {
    move || {
        let href = paging.back()?;
        Some(view! { <LinkButton href>"Back"</LinkButton> })
    }
}
