//! The verdict: chosen by button or key, with a text and a preview of what the partner reads.

use domain::views::CompanyDealView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::desk::{Desk, Form};
use super::details::Details;
use super::draft::Entered;
use super::faults::{faults_of, first_id, messages_of, radio_id, sentence_of};
use super::hold::Held;
use super::server_fns::DecideDeal;
use super::verdict::{Verdict, possible};
use crate::ui::{Button, ErrorSummary, FieldError, Notice, Tone, Variant, use_ready};

const CHOICES_ERROR: &str = "verdict-error";

/// The form, unless its decision is on its way already.
#[component]
pub fn Decide(desk: Desk, view: CompanyDealView) -> impl IntoView {
    let verdicts = possible(&view);
    if verdicts.is_empty() {
        return ().into_any();
    }
    let deal = view.deal.id;
    let away = Memo::new(move |_| desk.away.with(|away| away.contains(&deal)));
    let view = StoredValue::new(view);
    let verdicts = StoredValue::new(verdicts);
    (move || {
        if away.get() {
            view! {
                <div class="form">
                    <Notice title="Your decision is on its way">
                        <p>"It is sent in a few seconds. Until then you can take it back."</p>
                    </Notice>
                </div>
            }
            .into_any()
        } else {
            view! { <DecisionForm desk view verdicts=verdicts.get_value()/> }.into_any()
        }
    })
    .into_any()
}

/// Without the app it is posted as it stands; with it the verdict is held back for a moment, with Undo.
#[component]
fn DecisionForm(
    desk: Desk,
    view: StoredValue<CompanyDealView>,
    verdicts: Vec<Verdict>,
) -> impl IntoView {
    let entered = offer(desk, view, &verdicts);
    let (deal, version, customer) = view.with_value(|view| {
        let customer = view.deal.summary.customer.clone();
        (view.deal.id, view.deal.version, customer)
    });
    let first = verdicts.first().copied();
    let program = desk.program;
    let posted = desk.posted();
    let refused = posted.as_ref().and_then(sentence_of);
    if let Some(error) = &posted {
        entered.faults.set(messages_of(error, first));
    }
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (chosen, text) = (entered.chosen.get_untracked(), entered.text.get_untracked());
        let faults = faults_of(chosen, &text, first);
        let ready = faults.is_empty();
        entered.faults.set(faults);
        let Some(verdict) = chosen.filter(|_| ready) else {
            return;
        };
        desk.decide(Held {
            line: format!("{} {customer}.", verdict.done()),
            post: DecideDeal {
                program,
                deal,
                version,
                verdict: verdict.word().to_owned(),
                text,
                fields: entered.fields.get_untracked(),
                stage: entered.stage.get_untracked(),
            },
        });
    };
    view! {
        <form class="form" method="post" action=DecideDeal::url() on:submit=send data-ready=use_ready() novalidate>
            <ErrorSummary messages=entered.faults/>
            {refused.map(|text| view! { <Notice tone=Tone::Bad role="alert"><p>{text}</p></Notice> })}
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="deal" value=deal.to_string()/>
            <input type="hidden" name="version" value=version.to_string()/>
            <Choices verdicts entered/>
            <Details view entered/>
            <Preview view entered/>
            <div class="desk__verdicts">
                <Button variant=Variant::Primary kind="submit">
                    {move || entered.chosen.get().map_or("Send decision", Verdict::label)}
                </Button>
                <a class="button" data-variant="quiet" href=format!("/c/{program}/deals/{deal}")>"Open the deal"</a>
            </div>
        </form>
    }
}

/// Tells the desk which form is open, for its keys; what was typed before is there again.
fn offer(desk: Desk, view: StoredValue<CompanyDealView>, verdicts: &[Verdict]) -> Entered {
    let draft = view.with_value(|view| desk.draft(view));
    let form = Form {
        of: view.with_value(|view| (view.deal.id, view.deal.version)),
        verdicts: verdicts.to_vec(),
    };
    desk.form.set_value(Some((form.clone(), draft.clone())));
    on_cleanup(move || {
        // The next case's form may be open already.
        desk.form.try_update_value(|open| {
            if open.as_ref().is_some_and(|(open, _)| *open == form) {
                *open = None;
            }
        });
    });
    draft.shared()
}

/// Radio buttons that look like a row of cards.
#[component]
fn Choices(verdicts: Vec<Verdict>, entered: Entered) -> impl IntoView {
    let chosen = entered.chosen;
    let error = entered.fault_at(first_id(verdicts.first().copied()));
    view! {
        <fieldset class="verdicts field" data-invalid=move || error.get().map(|_| "") aria-describedby=move || error.get().map(|_| CHOICES_ERROR)>
            <legend class="field__label">"Your decision"</legend>
            <FieldError id=CHOICES_ERROR error/>
            <div class="verdicts__grid">
                {verdicts
                    .into_iter()
                    .map(|verdict| {
                        let id = radio_id(verdict);
                        view! {
                            <label class="verdict" for=id.clone()>
                                <input
                                    type="radio"
                                    name="verdict"
                                    id=id.clone()
                                    value=verdict.word()
                                    prop:checked=move || chosen.get() == Some(verdict)
                                    on:change=move |_| chosen.set(Some(verdict))
                                />
                                <span class="verdict__label">
                                    {verdict.label()}
                                    <kbd aria-hidden="true">{verdict.key().to_uppercase()}</kbd>
                                </span>
                                <span class="verdict__hint">{verdict.hint()}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

#[component]
fn Preview(view: StoredValue<CompanyDealView>, entered: Entered) -> impl IntoView {
    move || {
        entered.chosen.get().map(|verdict| {
            let letter = view.with_value(|view| verdict.letter(view, &entered.text.get()));
            view! {
                <section aria-labelledby="preview-title">
                    <h3 id="preview-title" class="field__label">"What the partner reads"</h3>
                    <div class="preview-letter" dir="auto">{letter}</div>
                </section>
            }
        })
    }
}
