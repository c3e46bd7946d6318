//! The answers of the deal's own form version, with its files.

use domain::size::file_size;
use domain::views::{AnswerLine, DealView, FileView};
use leptos::prelude::*;

use crate::fields::{GroupedFacts, RowsTable};
use crate::ui::{Icon, Tag, Tone};

#[component]
pub fn AnswerList(#[prop(into)] deal: Signal<DealView>) -> impl IntoView {
    let form = Memo::new(move |_| deal.with(|deal| (deal.form_number, deal.older_form)));
    let lines = Memo::new(move |_| deal.with(|deal| deal.answers.clone()));
    let version = move || {
        let (number, older) = form.get();
        older.then(|| view! { <Tag text=format!("Older form, version {number}") tone=Tone::Info/> })
    };
    view! {
        <section class="card" aria-labelledby="answers-title" data-part="answers">
            <div class="card__head">
                <h2 id="answers-title">"Registration"</h2>
                {version}
            </div>
            <div class="card__body">
                {move || {
                    let lines = lines.get().into_iter();
                    let lines = lines.map(|line| (line.group.clone(), view! { <Line line/> }.into_any()));
                    view! { <GroupedFacts lines=lines.collect() wide=true/> }
                }}
            </div>
        </section>
    }
}

#[component]
fn Line(line: AnswerLine) -> impl IntoView {
    let wide = line.table.is_some().then_some("");
    let answer = if let Some(table) = line.table {
        view! { <RowsTable label=line.label.clone() table/> }.into_any()
    } else if line.files.is_empty() {
        view! { <span class="prose">{line.text}</span> }.into_any()
    } else {
        let files = line.files.into_iter().map(|file| view! { <File file/> });
        files.collect_view().into_any()
    };
    view! {
        <div data-field=line.key.to_string() data-table=wide>
            <dt>{line.label}</dt>
            <dd>{answer}</dd>
        </div>
    }
}

#[component]
fn File(file: FileView) -> impl IntoView {
    let href = format!("/files/{}", file.id);
    view! {
        <p class="file">
            <Icon icon=icondata::LuPaperclip size="small"/>
            // Not a page of the app: the router must not take it.
            <a class="clip" href=href rel="external" download=file.name.clone()>{file.name.clone()}</a>
            <span class="file__size">{file_size(file.size_bytes)}</span>
        </p>
    }
}
