//! The editor: a new offer, or the next version of one. Never in place: what was published stays what it was.

use domain::offers::{OfferDraft, OfferVersion};
use domain::program::Tier;
use domain::{ErrorCode, Locale, OfferId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::draft::Typed;
use super::fields::Fields;
use super::model::{self, changes};
use super::preview::Preview;
use super::server_fns::{EditorView, PublishOffer, open_offer_editor};
use crate::amounts::LocaleMark;
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::locale::use_locale;
use crate::place::{must_exist, use_id, use_query};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, ErrorSummary, FieldMessage, Toasts, Variant, awaited, use_ready};

/// Rows of steps that are there before somebody adds one.
const ROWS: usize = 2;

/// `/c/:program/offers/new`, with `?offer=` for the next version of that one.
#[component]
pub fn OfferEditorPage() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let offer = use_query("offer");
    let loaded = Resource::new(
        move || (program.get(), offer.get()),
        |(program, offer)| async move {
            let program = must_exist(program)?;
            let offer = match offer.map(|id| id.parse::<OfferId>()) {
                Some(Err(_)) => return Err(ActionError::new(ErrorCode::NotFound)),
                Some(Ok(id)) => Some(id),
                None => None,
            };
            let view = open_offer_editor(program, offer).await?;
            Ok::<_, ActionError>((program, view))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, view)) => view! { <Editor program view/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// What the editor starts from.
#[derive(Clone, Copy)]
pub struct Start {
    pub program: ProgramId,
    pub offer: Option<OfferId>,
    /// The version that is edited; 0 for a new offer.
    pub number: i32,
}

/// The draft in the address, else the newest version's terms, else nothing.
fn first_draft(view: &EditorView, locale: Locale) -> OfferDraft {
    let query = use_query_map();
    let empty = OfferDraft::empty(view.currency);
    let typed = query.with_untracked(|query| model::read(query, empty.clone()));
    let newest = view.offer.as_ref().and_then(|offer| offer.versions.first());
    typed
        .or_else(|| {
            newest.map(|version| OfferDraft::of(&version.terms, view.currency).spoken(locale))
        })
        .unwrap_or(empty)
}

#[component]
fn Editor(program: ProgramId, view: EditorView) -> impl IntoView {
    let query = use_query_map();
    let asked = |key: &str| query.with_untracked(|query| query.get(key).is_some());
    let locale = use_locale();
    let draft = first_draft(&view, locale);
    let rows = if asked("more") {
        draft.steps.len() + 1
    } else {
        ROWS
    };
    let typed = Typed::new(draft, rows, asked("check"), locale);
    typed.wake();
    let newest = view.offer.as_ref().and_then(|offer| offer.versions.first());
    let start = Start {
        program,
        offer: view.offer.as_ref().map(|offer| offer.id),
        number: newest.map_or(0, |version| version.number),
    };
    let before = newest.cloned();
    let commissions = view.offer.as_ref().map_or(0, |offer| offer.commissions);
    let title = match &before {
        Some(version) => format!("New version of {}", version.terms.name),
        None => "New offer".to_owned(),
    };
    let tiers = StoredValue::new(view.tiers);
    let currency = view.currency;
    view! {
        <Page>
            <PageHeader title back=BackLink::new(format!("/c/{program}/offers"), "Offers")/>
            <div class="split" data-order="main-first" data-part="offer-editor">
                <div class="split__main">
                    <PublishForm start typed tiers before=before.clone()/>
                </div>
                <aside class="split__side offer-preview" aria-label="Preview">
                    <Preview typed tiers currency before commissions/>
                </aside>
            </div>
        </Page>
    }
}

#[component]
fn PublishForm(
    start: Start,
    typed: Typed,
    tiers: StoredValue<Vec<Tier>>,
    before: Option<OfferVersion>,
) -> impl IntoView {
    let action = ServerAction::<PublishOffer>::new();
    let sent = Sent::of(action, "");
    let first = if typed.tried.get_untracked() {
        typed.messages()
    } else {
        Vec::new()
    };
    let summary = RwSignal::new(first);
    let number = start.number + 1;
    go_back_when_done(start, action, number);
    let before = StoredValue::new(before);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        typed.tried.set(true);
        let messages = what_is_missing(typed, tiers, before);
        let whole = messages.is_empty();
        summary.set(messages);
        if whole && !action.pending().get_untracked() {
            action.dispatch(PublishOffer {
                program: start.program,
                offer: start.offer,
                number: start.number,
                terms: untrack(|| typed.plain()),
                locale: String::new(),
            });
        }
    };
    let label = if start.offer.is_some() {
        format!("Publish version {number}")
    } else {
        "Publish the offer".to_owned()
    };
    let ready = use_ready();
    let here = format!("/c/{}/offers/new", start.program);
    view! {
        <form class="form offer-form" method="post" action=PublishOffer::url() novalidate on:submit=submit data-ready=ready>
            <ErrorSummary messages=summary/>
            <SentErrors sent/>
            <LocaleMark/>
            <input type="hidden" name="program" value=start.program.to_string()/>
            {start.offer.map(|offer| view! { <input type="hidden" name="offer" value=offer.to_string()/> })}
            <input type="hidden" name="number" value=start.number.to_string()/>
            <Fields typed tiers sent here=here.clone()/>
            <div class="form-foot">
                <Button kind="submit" variant=Variant::Primary busy=action.pending()>{label}</Button>
                // The example follows by itself once the page is awake; before, it is asked for.
                <button class="button" type="submit" formmethod="get" formaction=here name="check" value="1" hidden=move || ready().is_some()>
                    "Show the example"
                </button>
            </div>
        </form>
    }
}

/// What keeps the draft from being published.
fn what_is_missing(
    typed: Typed,
    tiers: StoredValue<Vec<Tier>>,
    before: StoredValue<Option<OfferVersion>>,
) -> Vec<FieldMessage> {
    untrack(|| {
        let messages = typed.messages();
        let (Some(before), Some(terms)) = (before.get_value(), typed.preview()) else {
            return messages;
        };
        let same = tiers.with_value(|tiers| changes(&before.terms, &terms, tiers).is_empty());
        if messages.is_empty() && same {
            let text = format!("Change something: this is version {}", before.number);
            return vec![FieldMessage::new("name", text)];
        }
        messages
    })
}

fn go_back_when_done(start: Start, action: ServerAction<PublishOffer>, number: i32) {
    let toasts = use_context::<Toasts>();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(path)) = action.value().get() {
            if let Some(toasts) = toasts {
                toasts.say(match start.offer {
                    Some(_) => format!("Version {number} is published"),
                    None => "The offer is published".to_owned(),
                });
            }
            navigate(&path, NavigateOptions::default());
        }
    });
}
