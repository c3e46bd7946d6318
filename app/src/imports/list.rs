//! `/c/:program/import`: bring deals in, take copies out, and the imports so far.

use domain::ProgramId;
use domain::events::Topic;
use domain::views::ImportLine;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::{Opened, load_imports};
use super::words::{grouped, label, limits, tone};
use crate::error::ActionError;
use crate::fault::posted_error;
use crate::layout::{BackLink, Page, PageHeader};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::ui::{EmptyState, Field, Icon, Tag, Time, awaited, described_by, use_ready};

#[component]
pub fn ImportsPage() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    // Once, before anything is waited for: the form's refusal is told on the page that follows it.
    let refused =
        posted_error().map(|error| error.input_text("file").unwrap_or_else(|| error.0.text()));
    let loaded = Resource::new(
        move || program.get(),
        async |program| {
            let program = must_exist(program)?;
            Ok::<_, ActionError>((program, load_imports(program).await?))
        },
    );
    view! {
        <Suspense>
            {awaited(move || {
                let refused = refused.clone();
                async move {
                    match loaded.await {
                        Ok((program, view)) => view! { <Screen program view refused/> }.into_any(),
                        Err(error) => view! { <Problem error/> }.into_any(),
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn Screen(program: ProgramId, view: Opened, refused: Option<String>) -> impl IntoView {
    let shown = RwSignal::new(view.imports);
    use_live_refresh(&[Topic::Import], move || {
        spawn_local(async move {
            if let Ok(fresh) = load_imports(program).await {
                shown.try_set(fresh.imports);
            }
        });
    });
    let back = BackLink::new(format!("/c/{program}/settings"), "Settings");
    let lines = move || {
        let lines = shown.get();
        if lines.is_empty() {
            return view! { <EmptyState icon=icondata::LuFileUp text="Nothing was imported into this program yet."/> }
                .into_any();
        }
        let lines = lines.into_iter().map(|line| view! { <Line program line/> });
        view! { <ul class="rows">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <Page width="narrow">
            <PageHeader title="Import and export" back/>
            <div class="settings" data-ready=use_ready()>
                <Upload program max_bytes=view.max_bytes refused/>
                <section class="settings__group" aria-labelledby="imports">
                    <h2 id="imports">"Imports"</h2>
                    {lines}
                </section>
                <Copies program/>
            </div>
        </Page>
    }
}

/// A plain form, with and without the app: the file goes to the server as it is.
#[component]
fn Upload(program: ProgramId, max_bytes: u64, refused: Option<String>) -> impl IntoView {
    let error = Signal::stored(refused);
    let described = described_by("file", true, error.get_untracked().is_some());
    let invalid = error.get_untracked().map(|_| "true");
    view! {
        <section class="settings__group" aria-labelledby="upload">
            <h2 id="upload">"Import deals"</h2>
            <p class="muted">"One row is one deal, and the first row names the columns. You choose what each column is, see what is wrong with the rows, and then start. Nobody is told of imported deals one by one."</p>
            <form class="form" method="post" action=format!("/c/{program}/import") enctype="multipart/form-data">
                <Field id="file" label="CSV file" hint=limits(max_bytes) error>
                    <input class="input" type="file" id="file" name="file" accept=".csv,.tsv,.txt,text/csv" aria-describedby=described aria-invalid=invalid/>
                </Field>
                <div class="button-row">
                    <button class="button" type="submit" data-variant="primary"><Icon icon=icondata::LuUpload/>"Upload"</button>
                </div>
            </form>
        </section>
    }
}

#[component]
fn Line(program: ProgramId, line: ImportLine) -> impl IntoView {
    let made = (line.counts.made > 0).then(|| format!(", {} imported", grouped(line.counts.made)));
    let (tone, label) = (tone(&line), label(&line));
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <p class="strong"><a href=format!("/c/{program}/import/{}", line.id) dir="auto">{line.file}</a></p>
                <p class="muted small">{line.by} ", " <Time at=line.at/> {made}</p>
            </div>
            <div class="rows__side"><Tag tone text=label/></div>
        </li>
    }
}

#[component]
fn Copies(program: ProgramId) -> impl IntoView {
    view! {
        <section class="settings__group" aria-labelledby="copies">
            <h2 id="copies">"Export"</h2>
            <div class="setting">
                <div>
                    <p class="setting__title">"This program\u{2019}s deals"</p>
                    <p class="setting__hint">"CSV: one line for each deal, one column for each question that was ever asked. It can be imported again."</p>
                </div>
                <form method="post" action=format!("/c/{program}/export/deals.csv")>
                    <button class="button" type="submit"><Icon icon=icondata::LuDownload/>"Download CSV"</button>
                </form>
            </div>
            <div class="setting">
                <div>
                    <p class="setting__title">"Everything of your company"</p>
                    <p class="setting__hint">"All programs, as JSON lines, or as one CSV file per table: forms, stages, partners, deals, histories, offers, commissions, books, messages, customers. Uploaded files are listed, not contained."</p>
                </div>
                <div class="setting__choices">
                    <form method="post" action=format!("/c/{program}/export/company.jsonl")>
                        <button class="button" type="submit"><Icon icon=icondata::LuDownload/>"Download JSON"</button>
                    </form>
                    <form method="post" action=format!("/c/{program}/export/company.zip")>
                        <button class="button" type="submit"><Icon icon=icondata::LuDownload/>"Download CSV"<span class="visually-hidden">" of everything"</span></button>
                    </form>
                </div>
            </div>
            <p class="muted small">"The history keeps who took a copy, and when."</p>
        </section>
    }
}
