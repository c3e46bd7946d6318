//! `/c/:program/import/:import`: an import, from its columns to its end. The page may be left and opened again at any time.

use std::time::Duration;

use domain::events::Topic;
use domain::imports::ImportState;
use domain::views::ImportView;
use domain::{ImportId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::made::{Made, UNDO};
use super::map::MapForm;
use super::rows::FaultyRows;
use super::samples::Samples;
use super::server_fns::{
    DiscardImport, MapImport, ResumeImport, StartImport, TakeBackImport, load_import,
};
use super::words::{grouped, label, progress, rows, tone};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id, use_query};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, go_there, successes};
use crate::ui::{Button, ConfirmButton, Notice, Tag, Time, Tone, Variant, awaited, use_ready};

/// After which a page of an import at work looks once by itself.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

#[derive(Clone, Copy)]
struct Actions {
    map: ServerAction<MapImport>,
    start: ServerAction<StartImport>,
    resume: ServerAction<ResumeImport>,
    take_back: ServerAction<TakeBackImport>,
    discard: ServerAction<DiscardImport>,
}

#[component]
pub fn ImportPage() -> impl IntoView {
    let (program, import) = (use_id::<ProgramId>("program"), use_id::<ImportId>("import"));
    let after = use_query("after");
    let actions = Actions {
        map: ServerAction::new(),
        start: ServerAction::new(),
        resume: ServerAction::new(),
        take_back: ServerAction::new(),
        discard: ServerAction::new(),
    };
    go_there(actions.discard);
    let done = (
        successes(actions.map),
        successes(actions.start),
        successes(actions.resume),
        successes(actions.take_back),
    );
    let loaded = Resource::new(
        move || {
            let changes = (done.0.get(), done.1.get(), done.2.get(), done.3.get());
            (
                (program.get(), import.get()),
                after.get().unwrap_or_default(),
                changes,
            )
        },
        async |((program, import), after, _)| {
            let (program, import) = (must_exist(program)?, must_exist(import)?);
            let view = load_import(program, import, after.clone()).await?;
            Ok::<_, ActionError>((program, after, view))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, after, view)) => view! { <Screen program after view actions/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Screen(program: ProgramId, after: String, view: ImportView, actions: Actions) -> impl IntoView {
    let (title, import) = (view.line.file.clone(), view.line.id);
    let later = !after.is_empty();
    let shown = RwSignal::new(view);
    let refresh = move || {
        let after = after.clone();
        spawn_local(async move {
            if let Ok(fresh) = load_import(program, import, after).await {
                shown.try_set(fresh);
            }
        });
    };
    use_live_refresh(&[Topic::Import], refresh.clone());
    // What happened between the answer and the listening was told to nobody.
    Effect::new(move || {
        if shown.with_untracked(|view| view.line.state.is_at_work()) {
            set_timeout(refresh.clone(), LOOK_AGAIN);
        }
    });
    // What is chosen stays while other imports are worked on: the parts are made anew only when this one stands elsewhere.
    let stage =
        Memo::new(move |_| shown.with(|view| (view.line.state, view.line.halted, view.version)));
    let back = BackLink::new(format!("/c/{program}/import"), "Import and export");
    let parts = move || {
        let (state, ..) = stage.get();
        let view = shown.get_untracked();
        let (for_map, for_rows) = (view.clone(), view.clone());
        let (for_samples, for_made) = (view.clone(), view.clone());
        let (touched, version) = (RwSignal::new(false), view.version);
        view! {
            <Head view=view.clone()/>
            <Sum program shown/>
            <Made program view=for_made/>
            <Acts program view actions touched/>
            <Samples view=for_samples/>
            {state.is_before_start().then(|| (state != ImportState::Checking).then(|| {
                view! { <MapForm program view=for_map action=actions.map touched/> }
            }))}
            <FaultyRows program view=for_rows later/>
            {state.is_before_start().then(|| view! { <Discard program import version action=actions.discard/> })}
        }
    };
    view! {
        <Page width="narrow">
            <PageHeader title back/>
            <div class="stack" data-part="import" data-ready=use_ready()>{parts}</div>
        </Page>
    }
}

/// How it stands, and what is in the way.
#[component]
fn Head(view: ImportView) -> impl IntoView {
    let line = view.line;
    let (tone, label) = (tone(&line), label(&line));
    let in_vain = line.is_in_vain().then(|| {
        view! { <p>"Mend the file and upload it again, or choose other columns."</p> }
    });
    let closed = (line.state == ImportState::Checked && !view.submissions_open).then(|| {
        view! { <Notice tone=Tone::Warn>"The program takes no registrations at the moment. Open deal submissions before you start."</Notice> }
    });
    view! {
        <p class="cluster"><Tag tone text=label/> <span class="muted small">{line.by} ", " <Time at=line.at/></span></p>
        {line.halted.map(|halt| view! { <Notice tone=Tone::Warn title="The work stopped" role="status">{halt.label()}</Notice> })}
        {in_vain}
        {closed}
    }
}

/// How far the work is, and what became of the rows.
#[component]
fn Sum(program: ProgramId, shown: RwSignal<ImportView>) -> impl IntoView {
    let line = Memo::new(move |_| shown.with(|view| view.line.clone()));
    let here = shown.with_untracked(|view| format!("/c/{program}/import/{}", view.line.id));
    let bar = move || {
        let (line, here) = (line.get(), here.clone());
        line.state.is_at_work().then(|| {
            let text = progress(line.state, &line.counts);
            let known = line.counts.rows > 0 && line.state != ImportState::Checking;
            let percent = known.then(|| line.counts.percent().to_string());
            view! {
                <div class="stack">
                    <progress class="progress" max="100" value=percent aria-label="Progress"></progress>
                    <p class="small" role="status" data-part="progress">{text}</p>
                    // For pages without wasm; with it the page looks by itself.
                    <p class="small"><a href=here>"Look again"</a></p>
                </div>
            }
        })
    };
    let count = move |name: &'static str, of: fn(&domain::imports::ImportCounts) -> i64| {
        let number = move || line.with(|line| of(&line.counts));
        move || {
            (number() > 0).then(|| view! { <div><dt>{name}</dt><dd>{grouped(number())}</dd></div> })
        }
    };
    view! {
        {bar}
        <dl class="facts" data-part="counts">
            {count("Rows", |counts| counts.rows)}
            {count("Ready", |counts| counts.ready)}
            {count("With errors", |counts| counts.faults)}
            {count("Doubles", |counts| counts.doubles)}
            {count("Imported", |counts| counts.made)}
            {count("Taken back", |counts| counts.undone)}
            {count("Kept", |counts| counts.kept)}
        </dl>
    }
}

/// What can be done with it now. Each is a plain form.
#[component]
fn Acts(
    program: ProgramId,
    view: ImportView,
    actions: Actions,
    touched: RwSignal<bool>,
) -> impl IntoView {
    let (line, version) = (view.line, view.version);
    let (state, id, counts) = (line.state, line.id, line.counts);
    let stopped = line.halted.is_some();
    let ready = line.startable;
    let start = (state == ImportState::Checked && ready > 0).then(|| {
        let verb = format!("Import {}", rows(ready));
        view! {
            <ActionForm action=actions.start>
                <Carried program import=id version/>
                <Button kind="submit" variant=Variant::Primary busy=actions.start.pending() disabled=touched>{verb}</Button>
            </ActionForm>
        }
    });
    // Only what was checked is imported: other columns are not taken unseen.
    let startable = start.is_some();
    let unseen = move || {
        (startable && touched.get()).then(|| {
            view! { <Notice tone=Tone::Warn role="status">"You changed the columns: check the rows again"</Notice> }
        })
    };
    let resume = stopped.then(|| {
        view! {
            <ActionForm action=actions.resume>
                <Carried program import=id version/>
                <Button kind="submit" variant=Variant::Primary busy=actions.resume.pending()>"Go on"</Button>
            </ActionForm>
        }
    });
    let made = state == ImportState::Done || (state == ImportState::Running && stopped);
    let take_back = (made && counts.made > 0).then(|| {
        view! {
            <ActionForm action=actions.take_back>
                <Carried program import=id version/>
                // Focused by the link that leads here.
                <div id=UNDO tabindex="-1">
                    <ConfirmButton id="take-back" verb="Undo the import" label="Undo the import" question="Every deal that it made is withdrawn, except those that somebody worked on since. That cannot be undone."/>
                </div>
            </ActionForm>
        }
    });
    view! {
        <SentErrors sent=Sent::of(actions.start, "start-")/>
        <SentErrors sent=Sent::of(actions.resume, "resume-")/>
        <SentErrors sent=Sent::of(actions.take_back, "back-")/>
        {unseen}
        <div class="button-row">{start} {resume} {take_back}</div>
    }
}

/// An import that made nothing yet can go without a trace. At the end of the page: it is what is wanted last.
#[component]
fn Discard(
    program: ProgramId,
    import: ImportId,
    version: i64,
    action: ServerAction<DiscardImport>,
) -> impl IntoView {
    view! {
        <SentErrors sent=Sent::of(action, "discard-")/>
        <ActionForm action>
            <Carried program import version/>
            <ConfirmButton id="discard" verb="Throw the file away" label="Throw the file away" question="The file, the chosen columns and what was found in its rows are gone then. No deal was made of them."/>
        </ActionForm>
    }
}

/// The inputs of every form here.
#[component]
fn Carried(program: ProgramId, import: ImportId, version: i64) -> impl IntoView {
    view! {
        <input type="hidden" name="program" value=program.to_string()/>
        <input type="hidden" name="import" value=import.to_string()/>
        <input type="hidden" name="version" value=version.to_string()/>
    }
}
