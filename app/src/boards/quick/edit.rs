//! An answer that is put otherwise where it is read: press it, type, Enter; Esc leaves it as it was.

use domain::forms::{Field, FieldKind};
use domain::views::InPlace;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::Quick;
use super::hand::{Begun, Hand};
use super::model::{self, Glance, Part};
use crate::fields::heard_in;
use crate::locale::use_locale;
use crate::ui::{Button, Icon, MoneyInput, Notice, TextInput, Tone, Variant, focus_by_id};

/// One line of the facts: the answer, or its input.
#[component]
pub fn AnswerRow(quick: Quick, glance: Memo<Glance>, part: Part) -> impl IntoView {
    let begun = RwSignal::new(None::<Begun>);
    let begin = Callback::new(move |()| begun.set(begin(quick, part, &glance.get_untracked())));
    let end = Callback::new(move |()| {
        begun.set(None);
        request_animation_frame(move || focus_by_id(part.button_id()));
    });
    let shown = move || match begun.get() {
        Some(begun) => view! { <Editor quick glance part begun end/> }.into_any(),
        None => view! { <Reading glance part begin/> }.into_any(),
    };
    view! {
        <div data-fact=part.input_id()>
            <dt>{part.label()}</dt>
            <dd>{shown}</dd>
        </div>
    }
}

fn begin(quick: Quick, part: Part, glance: &Glance) -> Option<Begun> {
    let InPlace::Open(open) = part.of(glance) else {
        return None;
    };
    request_animation_frame(move || focus_by_id(part.input_id()));
    Some(Begun {
        source: quick.source,
        deal: glance.deal.id,
        open: (**open).clone(),
        version: glance.deal.version,
    })
}

/// A button where it may be changed, else text.
#[component]
fn Reading(glance: Memo<Glance>, part: Part, begin: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let now = Memo::new(move |_| {
        glance.with(|glance| {
            let open = matches!(part.of(glance), InPlace::Open(_));
            (part.text(&glance.deal, locale), open)
        })
    });
    move || match now.get() {
        (text, false) => view! { <span class="quick__fixed">{text}</span> }.into_any(),
        (text, true) => {
            let label = format!("Change {}: {text}", part.label().to_lowercase());
            view! {
                <button
                    class="quick__change"
                    type="button"
                    id=part.button_id()
                    aria-label=label
                    on:click=move |_| begin.run(())
                >
                    <span>{text}</span>
                    <Icon icon=icondata::LuPencil size="small"/>
                </button>
            }
            .into_any()
        }
    }
}

#[component]
fn Editor(
    quick: Quick,
    glance: Memo<Glance>,
    part: Part,
    begun: Begun,
    end: Callback<()>,
) -> impl IntoView {
    let field = begun.open.field.clone();
    let hand = Hand::new(quick, part, begun, end);
    hand.follow(glance);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        hand.save();
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            end.run(());
        }
    };
    let said = move || {
        let said = hand.said.get();
        said.map(|text| view! { <Notice tone=Tone::Warn role="alert"><p>{text}</p></Notice> })
    };
    view! {
        <form class="quick__edit" aria-label=format!("Change {}", part.label().to_lowercase()) novalidate on:submit=submit on:keydown=keys>
            <Input hand field/>
            {said}
            <div class="button-row">
                <Button kind="submit" variant=Variant::Primary small=true busy=hand.busy>"Save"</Button>
                <Button small=true on:click=move |_| end.run(())>"Cancel"</Button>
            </div>
        </form>
    }
    .into_any()
}

/// As the registration form asks it.
#[component]
fn Input(hand: Hand, field: Field) -> impl IntoView {
    let (id, label) = (hand.part.input_id(), field.label.clone());
    if field.kind == FieldKind::Date {
        return view! {
            <TextInput id label kind="date" bind=hand.text error=hand.error autocomplete="off" width="medium"/>
        }
        .into_any();
    }
    let currencies = model::currencies(&field);
    let heard = Memo::new(move |_| {
        let (text, code) = (hand.text.get(), hand.currency.get());
        heard_in(&field, &text, Some(&code), hand.locale)
    });
    view! {
        <MoneyInput id label currencies bind_amount=hand.text bind_currency=hand.currency error=hand.error/>
        {move || heard.get().map(|text| view! { <p class="field__heard" role="status">{text}</p> })}
    }
    .into_any()
}
