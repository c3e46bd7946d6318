//! What can be chosen.

use domain::views::{FormSource, OtherProgram, TemplateLine};
use leptos::{html, prelude::*};

use super::choosing::Choosing;
use crate::ui::{Button, Field, Notice, Tone, described_by};

#[component]
pub fn Sources(choosing: Choosing) -> impl IntoView {
    let refused = move || {
        choosing.refused.get().map(|text| {
            view! { <Notice tone=Tone::Bad role="alert"><p>{text}</p></Notice> }
        })
    };
    let listed = move || {
        choosing.sources.get().map(|sources| {
            view! {
                <Templates choosing lines=sources.templates/>
                <Programs choosing programs=sources.programs/>
            }
        })
    };
    view! {
        {refused}
        {listed}
        <FileChoice choosing/>
    }
}

#[component]
fn Templates(choosing: Choosing, lines: Vec<TemplateLine>) -> impl IntoView {
    let rows = lines.into_iter().map(|line| {
        let source = FormSource::Template(line.template);
        let called = format!("The template \u{201c}{}\u{201d}", line.name);
        view! { <Row choosing source name=line.name called note=line.description/> }
    });
    view! {
        <section class="section" aria-labelledby="start-templates">
            <h3 id="start-templates">"A template"</h3>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Programs(choosing: Choosing, programs: Vec<OtherProgram>) -> impl IntoView {
    if programs.is_empty() {
        return ().into_any();
    }
    let rows = programs.into_iter().map(|program| {
        let source = FormSource::Program(program.id);
        let called = format!("The form of \u{201c}{}\u{201d}", program.name);
        view! { <Row choosing source name=program.name called note=String::new()/> }
    });
    view! {
        <section class="section" aria-labelledby="start-programs">
            <h3 id="start-programs">"The form of another program"</h3>
            <ul class="rows editor__scroll">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// `called` is how a sentence about it begins.
#[component]
fn Row(
    choosing: Choosing,
    source: FormSource,
    name: String,
    called: String,
    note: String,
) -> impl IntoView {
    let label = format!("Start from {name}");
    let start = move |_| choosing.fetch(called.clone(), source.clone());
    let note = (!note.is_empty()).then(|| view! { <p class="muted small">{note}</p> });
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <p class="strong" dir="auto">{name}</p>
                {note}
            </div>
            <div class="rows__side">
                <Button small=true label on:click=start>"Start"</Button>
            </div>
        </li>
    }
}

#[component]
fn FileChoice(choosing: Choosing) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = node.get_untracked() else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            choosing.read(file);
        }
        // Empty again, so that the same file can be chosen anew.
        input.set_value("");
    };
    let described = described_by("start-file", true, false);
    view! {
        <section class="section" aria-labelledby="start-files">
            <h3 id="start-files">"A file"</h3>
            <Field id="start-file" label="Form file" hint="A form that was downloaded here, or a JSON Schema from elsewhere; at most 1 MB.">
                <input
                    class="input"
                    type="file"
                    node_ref=node
                    id="start-file"
                    accept=".json,application/json"
                    aria-describedby=described
                    on:change=chosen
                />
            </Field>
        </section>
    }
}
