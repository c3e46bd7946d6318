//! `/c/:program/form/versions`: any two versions beside each other, and the way back to an older one. Works without wasm.

use domain::{
    FormVersionId, ProgramId,
    forms::FormVersion,
    views::{FormPast, FormVersionsView},
};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    changes::Changes,
    publish::reason,
    publishing_fns::{CancelFormSchedule, MoveFormSchedule, UseFormAgain, load_form_versions},
    versions_model,
    waiting::Waiting,
};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::place::{must_exist, use_id, use_query};
use crate::problem::Problem;
use crate::sent::successes;
use crate::ui::{
    Button, Choice, LinkButton, Notice, Select, Toasts, Tone, Variant, awaited, use_ready,
};

#[component]
pub fn FormVersionsPage() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let (old, new, again) = (use_query("old"), use_query("new"), use_query("again"));
    let actions = Actions {
        cancel: ServerAction::new(),
        shift: ServerAction::new(),
        again: ServerAction::new(),
    };
    let cancelled = successes(actions.cancel);
    let moved = successes(actions.shift);
    let asked = Memo::new(move |_| Asked {
        program: program.get(),
        old: old.get(),
        new: new.get(),
        again: again.get(),
    });
    let loaded = Resource::new(
        move || (asked.get(), cancelled.get(), moved.get()),
        |(asked, ..)| async move { asked.load().await },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, again, view)) => view! { <Versions program again view actions/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[derive(Clone, Copy)]
struct Actions {
    cancel: ServerAction<CancelFormSchedule>,
    shift: ServerAction<MoveFormSchedule>,
    again: ServerAction<UseFormAgain>,
}

/// What the address asks for.
#[derive(Clone, PartialEq)]
struct Asked {
    program: Option<ProgramId>,
    old: Option<String>,
    new: Option<String>,
    again: Option<String>,
}

impl Asked {
    /// With whether the newer of the two is to be used again.
    async fn load(self) -> Result<(ProgramId, bool, FormVersionsView), ActionError> {
        let program = must_exist(self.program)?;
        let again = self.again.is_some();
        let (old, new) = (read(self.old)?, read(self.again.or(self.new))?);
        let mut view = load_form_versions(program, old, new).await?;
        if again {
            view.old = view.published.clone();
        }
        Ok((program, again, view))
    }
}

fn read(text: Option<String>) -> Result<Option<FormVersionId>, ActionError> {
    match text {
        Some(text) => must_exist(text.parse().ok()).map(Some),
        None => Ok(None),
    }
}

#[component]
fn Versions(
    program: ProgramId,
    again: bool,
    view: FormVersionsView,
    actions: Actions,
) -> impl IntoView {
    let (cancel, shift) = (actions.cancel, actions.shift);
    let FormVersionsView {
        past,
        old,
        new,
        published,
    } = view;
    let back = BackLink::new(versions_model::editor(program), "Registration form");
    let scheduled = past.scheduled.clone();
    let next = published.number.saturating_add(1);
    view! {
        <Page>
            <PageHeader title="Versions of the form" lead="A published version never changes: deals are shown in the one they were registered with." back/>
            <div class="stack" data-gap="large" data-part="form-versions" data-ready=use_ready()>
                {scheduled.map(|scheduled| view! { <Waiting program scheduled published=published.clone() cancel shift/> })}
                {if again {
                    view! { <Again program old new next action=actions.again/> }.into_any()
                } else {
                    view! { <Compared program past old new published=published.id/> }.into_any()
                }}
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn Compared(
    program: ProgramId,
    past: FormPast,
    old: FormVersion,
    new: FormVersion,
    published: FormVersionId,
) -> impl IntoView {
    let choices: Vec<Choice> = past
        .history
        .iter()
        .map(|line| Choice::new(line.id.to_string(), format!("Version {}", line.number)))
        .collect();
    let any = past.history.len() > 1;
    let title = format!("Version {} beside version {}", old.number, new.number);
    let older = past.history.into_iter();
    let older = older.filter(|line| line.id != published).map(|line| {
        let href = versions_model::again(program, line.id);
        view! { <li><a href=href>{format!("Use version {} again", line.number)}</a></li> }
    });
    let older = older.collect_view();
    view! {
        <section class="section" aria-labelledby="compared-title">
            <h2 id="compared-title">{title}</h2>
            <form class="field-row" method="get" action=versions_model::versions(program) aria-label="Versions to compare">
                <Select id="old" label="Before" choices=choices.clone() value=old.id.to_string()/>
                <Select id="new" label="After" choices value=new.id.to_string()/>
                <div class="button-row"><Button kind="submit">"Compare"</Button></div>
            </form>
            <Changes old=old.definition new=new.definition/>
        </section>
        {any.then(|| view! {
            <section class="section" aria-labelledby="back-title">
                <h2 id="back-title">"Back to an older version"</h2>
                <p class="muted">"What it asks becomes a new version. You see what changes first."</p>
                <ul class="prose">{older}</ul>
            </section>
        })}
    }
    .into_any()
}

/// The question before an older version is used again; `old` is the one in use.
#[component]
fn Again(
    program: ProgramId,
    old: FormVersion,
    new: FormVersion,
    next: i32,
    action: ServerAction<UseFormAgain>,
) -> impl IntoView {
    let said = format!("Version {next} asks what version {} asked", new.number);
    go_to_the_editor(action, said);
    let same = old.definition == new.definition;
    let title = format!("Use version {} again", new.number);
    let (form, current) = (new.id.to_string(), old.id.to_string());
    let button = format!("Publish it as version {next}");
    view! {
        <section class="section" aria-labelledby="again-title">
            <h2 id="again-title">{title}</h2>
            <Refused error=error_of(action)/>
            <p>
                {format!("Version {} is in use. New registrations, and those that are begun and not sent, will be asked what version {} asked. Deals that exist keep their version.", old.number, new.number)}
            </p>
            <Changes old=old.definition new=new.definition/>
            <div class="button-row">
                {(!same).then(|| view! {
                    <ActionForm action>
                        <input type="hidden" name="program" value=program.to_string()/>
                        <input type="hidden" name="form" value=form/>
                        <input type="hidden" name="current" value=current/>
                        <Button kind="submit" variant=Variant::Primary busy=action.pending()>{button}</Button>
                    </ActionForm>
                })}
                <LinkButton href=versions_model::editor(program)>"Not now"</LinkButton>
            </div>
        </section>
    }
    .into_any()
}

fn go_to_the_editor(action: ServerAction<UseFormAgain>, said: String) {
    let toasts = use_context::<Toasts>();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(path)) = action.value().get() {
            if let Some(toasts) = toasts {
                toasts.say(said.clone());
            }
            navigate(&path, NavigateOptions::default());
        }
    });
}

pub fn error_of<S>(action: ServerAction<S>) -> Signal<Option<ActionError>>
where
    S: ServerFn<Error = ActionError, Output = String> + Clone + Send + Sync + 'static,
{
    Signal::derive(move || action.value().get().and_then(Result::err))
}

/// Why it was not done.
#[component]
pub fn Refused(error: Signal<Option<ActionError>>) -> impl IntoView {
    move || {
        error.get().map(|error| view! { <Notice tone=Tone::Bad role="alert"><p>{reason(&error.0)}</p></Notice> })
    }
}
