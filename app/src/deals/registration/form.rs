//! The form itself: what happens next, the fields, the one button.

use std::collections::BTreeMap;

use domain::ErrorCode;
use domain::MembershipId;
use domain::errors::Why;
use domain::forms::FieldKey;
use domain::views::RegistrationPage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::clash::{CLASHES, Clashes};
use super::conflict::ConflictHint;
use super::draft::SaveState;
use super::filling::{Filling, open_fields};
use super::news::News;
use super::page_parts::{Back, PageHead, Review};
use super::paging::{Paging, first_fault, use_turning};
use super::sharing::{SentMeanwhile, use_sharing};
use super::upload::use_uploads;
use crate::deals::paths;
use crate::deals::view::words::hours;
use crate::error::ActionError;
use crate::fields::{CustomerSource, FormFields, Source, messages};
use crate::layout::{BackLink, FormPage, PageHeader};
use crate::locale::use_locale;
use crate::presence::Others;
use crate::ui::{
    Button, ErrorSummary, FieldMessage, Notice, TextArea, Tone, Variant, focus_by_id, use_ready,
};

/// Bytes of what a page without the app is based on; larger answers are asked about one by one.
const MAX_BASE: usize = 100_000;

#[component]
pub fn RegistrationForm(filling: Filling) -> impl IntoView {
    let page = filling.page();
    let membership = filling.membership;
    let (title, back) = match &page.needs_info {
        None => (
            "Register a Deal".to_owned(),
            BackLink::new(paths::list(membership), "Deals"),
        ),
        Some(info) => (
            format!("Answer the questions on {}", info.number),
            BackLink::new(paths::deal(membership, info.deal), info.number.clone()),
        ),
    };
    let lead = format!("{} of {}", page.program.name, page.company);
    let paging = Paging::of(filling);
    let locale = use_locale();
    let lines = Signal::derive(move || {
        let form = filling.form();
        filling.errors.with(|errors| match paging {
            Some(paging) => messages(&form, &paging.errors_here(errors), "", locale),
            None => messages(&form, errors, "", locale),
        })
    });
    let submit = send_on_submit(filling, paging);
    use_sharing(filling);
    let refused_files = Signal::derive(move || refused_files(filling, paging));
    let form = Signal::derive(move || (*filling.form()).clone());
    view! {
        <FormPage>
            <PageHeader title lead back/>
            <Others others=filling.sharing().others form what="this registration"/>
            <SentMeanwhile filling/>
            <Clashes filling/>
            <ErrorSummary messages=lines quiet=refused_files/>
            <Refused filling/>
            <Questions filling/>
            <News filling/>
            <NextSteps filling paging/>
            {paging.map(|paging| view! { <PageHead paging/> })}
            <form
                class="stack"
                method="post"
                action=filling.action()
                enctype="multipart/form-data"
                novalidate
                aria-label="Registration"
                data-ready=use_ready()
                on:submit=submit
            >
                <Carried filling/>
                <Fields filling paging/>
                {paging.map(|paging| view! { <input type="hidden" name="_at" value=move || paging.here()/> })}
                {paging.map(|paging| view! { <Review paging/> })}
                <ConflictHint filling/>
                <Foot filling paging/>
            </form>
        </FormPage>
    }
}

/// The files of this page that were not taken. They come while somebody chooses, and take no focus.
fn refused_files(filling: Filling, paging: Option<Paging>) -> Vec<FieldMessage> {
    let here = paging
        .filter(|paging| !paging.on_review())
        .map(Paging::fields);
    filling.chosen.with(|chosen| {
        let refused = chosen
            .refused
            .iter()
            .filter(|(key, _)| here.as_ref().is_none_or(|here| here.contains(key)));
        refused
            .map(|(key, text)| FieldMessage::new(key.as_str(), text.as_str()))
            .collect()
    })
}

/// What a plain form post must say besides the answers.
#[component]
fn Carried(filling: Filling) -> impl IntoView {
    let page = filling.page();
    let version = page
        .needs_info
        .as_ref()
        .map(|info| info.version.to_string());
    // Without the app it says what it was based on: a save of others meanwhile is not overwritten.
    let base = serde_json::to_string(&page.answers).ok();
    let base = base.filter(|base| base.len() <= MAX_BASE);
    view! {
        <input type="hidden" name="_seen" value=page.version.to_string()/>
        {base.map(|base| view! { <input type="hidden" name="_base" value=base/> })}
        <input type="hidden" name="_key" value=page.submit_key.clone()/>
        <input type="hidden" name="_form" value=page.form.id.to_string()/>
        {version.map(|version| view! { <input type="hidden" name="_version" value=version/> })}
    }
}

#[component]
fn Fields(filling: Filling, paging: Option<Paging>) -> impl IntoView {
    let page = filling.page();
    let limited = open_fields(page.needs_info.as_ref());
    let given = limited
        .as_ref()
        .map(|(_, info)| info.given.clone())
        .unwrap_or_default();
    let open = limited.map(|(open, _)| open);
    let uploads = Some(use_uploads(filling));
    let known = page.customers.clone();
    let customers = Some(CustomerSource::partner(filling.membership, known));
    let context = Signal::derive(move || filling.context());
    let answering = page.needs_info.is_some();
    let on_page = paging.map(|paging| Memo::new(move |_| paging.fields()).into());
    let marks = page.news.marks.clone();
    let sources = sources(&page, filling.membership);
    let fields = move || {
        filling.renewed.track();
        let (open, given, marks) = (open.clone(), given.clone(), marks.clone());
        let sources = sources.clone();
        let anew = Some(filling.sharing().anew);
        view! { <FormFields form=filling.form() context answers=filling.answers errors=filling.errors open given uploads customers on_page marks sources anew/> }
    };
    view! {
        {fields}
        {answering.then(|| {
            view! { <TextArea id="note" name="_note" label="Anything to add (optional)" bind=filling.note/> }
        })}
    }
}

/// The earlier deals that fields were filled from, with their pages.
fn sources(page: &RegistrationPage, membership: MembershipId) -> BTreeMap<FieldKey, Source> {
    let prefilled = page.prefilled.iter();
    let sources = prefilled.map(|(key, earlier)| {
        let source = Source {
            name: earlier.number.clone(),
            href: paths::deal(membership, earlier.deal),
        };
        (key.clone(), source)
    });
    sources.collect()
}

#[component]
fn NextSteps(filling: Filling, paging: Option<Paging>) -> impl IntoView {
    let page = filling.page();
    let within = hours(page.program.settings.decision_hours);
    let decides = format!(
        "{} decides within {within}. You are told here and under the bell.",
        page.company
    );
    // Said where the form begins, and again before it is sent.
    let here = move || paging.is_none_or(|paging| paging.at.get() == 0 || paging.on_review());
    view! {
        <Show when=here>
            <div class="next-steps" data-part="next-steps">
                <p>{decides.clone()}</p>
                <p>"What you type is kept as a draft. Fields marked * are mandatory."</p>
            </div>
        </Show>
    }
}

/// The company's message, above the fields that it asks about.
#[component]
fn Questions(filling: Filling) -> impl IntoView {
    let page = filling.page();
    let company = page.company.clone();
    let message = page.needs_info.as_ref().map(|info| info.message.clone());
    message.map(|message| {
        view! {
            <Notice tone=Tone::Warn title=format!("{company} asks")>
                <blockquote class="prose">{message}</blockquote>
            </Notice>
        }
    })
}

/// Why it cannot be sent, when it is not for a field's sake.
#[component]
fn Refused(filling: Filling) -> impl IntoView {
    let refused = move || {
        filling.refused.get().map(|error| {
            view! {
                <Notice tone=Tone::Bad title="The deal was not registered" role="alert"><p>{error.0.text()}</p></Notice>
            }
        })
    };
    let closed = move || {
        (!filling.open.get()).then(|| {
            let text = domain::deals::Refusal::SubmissionsClosed.text();
            view! {
                <Notice tone=Tone::Warn title="Registration is closed" role="status">
                    <p>{text}" What you typed is kept as a draft."</p>
                </Notice>
            }
        })
    };
    view! { {refused} {closed} }
}

#[component]
fn Foot(filling: Filling, paging: Option<Paging>) -> impl IntoView {
    let answering = filling.page.with_value(|page| page.needs_info.is_some());
    let label = if answering {
        "Send the answer"
    } else {
        "Register a Deal"
    };
    let button = move || {
        match paging.filter(|paging| !paging.on_review()) {
        Some(paging) => view! {
            <Button kind="submit" variant=Variant::Primary name="_page" value=paging.word(paging.next())>"Continue"</Button>
        }
        .into_any(),
        None => view! {
            <Button kind="submit" variant=Variant::Primary busy=filling.sending>{label}</Button>
        }
        .into_any(),
    }
    };
    view! {
        <div class="form-foot">
            <Show when=move || filling.open.get()>{button}</Show>
            {paging.map(|paging| view! { <Back paging/> })}
            <SaveState filling/>
        </div>
    }
}

/// Checks in the browser, sends once, and leads on; the way back does not lead to a form that was sent.
fn send_on_submit(filling: Filling, paging: Option<Paging>) -> impl Fn(leptos::ev::SubmitEvent) {
    let turn = paging.map(use_turning);
    send_when_saved(filling, paging);
    move |event| {
        event.prevent_default();
        if filling.sending.get_untracked() {
            return;
        }
        filling.refused.set(None);
        if turn.as_ref().is_some_and(|turn| !turn()) {
            return;
        }
        if is_undecided(filling) {
            return;
        }
        if let Err(errors) = filling.check_to_send() {
            filling.errors.set(errors);
            return;
        }
        filling.errors.set(domain::forms::FieldErrors::default());
        filling.sending.set(true);
    }
}

/// Leads to what is to be decided before anything is sent, if there is such a thing.
fn is_undecided(filling: Filling) -> bool {
    let clashes = filling.sharing().clashes;
    let undecided = clashes.with_untracked(|clashes| !clashes.is_empty());
    if undecided {
        request_animation_frame(|| focus_by_id(CLASHES));
    }
    undecided
}

/// While a form is being sent no save of its draft begins; one that is on its way is waited for.
fn send_when_saved(filling: Filling, paging: Option<Paging>) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        if !filling.sending.get() || filling.saving.get() {
            return;
        }
        // It may have come with the save that was waited for.
        if is_undecided(filling) {
            filling.sending.set(false);
            return;
        }
        let navigate = navigate.clone();
        spawn_local(async move {
            let (path, replace) = match filling.send().await {
                Ok(path) => (path, true),
                Err(error) => {
                    let changed = matches!(error.code(), ErrorCode::Conflict);
                    let page = take_refusal(filling, paging, error);
                    filling.sending.set(false);
                    if changed {
                        // Whoever was refused sees what the others typed.
                        filling.sharing().fetches.update(|times| *times += 1);
                    }
                    let Some(page) = page else { return };
                    (page, false)
                }
            };
            let options = NavigateOptions {
                replace,
                ..Default::default()
            };
            navigate(&path, options);
        });
    });
}

/// Says why it was refused; gives the address of the page with the first fault, where that is another.
fn take_refusal(filling: Filling, paging: Option<Paging>, error: ActionError) -> Option<String> {
    match error.0.why {
        Some(Why::Fields(errors)) => {
            let page = paging.zip(first_fault(&filling.form(), &errors));
            filling.errors.set(errors);
            page.map(|(paging, page)| paging.path(page))
        }
        why => {
            let error = domain::AppError { why, ..error.0 };
            filling.refused.set(Some(ActionError(error)));
            None
        }
    }
}
