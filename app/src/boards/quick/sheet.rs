//! The sheet: beside the board on a wide screen, over it on a phone.

use domain::DealId;
use leptos::html;
use leptos::prelude::*;

use super::edit::AnswerRow;
use super::facts::{Answers, Facts, Path, Reasons, Standing, Unread};
use super::model::{self, Glance, Part, Way};
use super::{Quick, TITLE_ID, keys};
use crate::ui::{Button, Icon, LinkButton, Notice, Tone, Variant, after_press, focus_by_id};

/// Below this width the sheet lies over the page.
const PHONE: &str = "(width < 40rem)";

/// Nothing while the address names no deal.
#[component]
pub fn QuickSheet(quick: Quick) -> impl IntoView {
    let is_open = Memo::new(move |_| quick.open.get().is_some());
    move || {
        is_open.get().then(|| {
            let query = window().match_media(PHONE).ok().flatten();
            if query.is_some_and(|query| query.matches()) {
                view! { <Over quick/> }.into_any()
            } else {
                view! { <Beside quick/> }.into_any()
            }
        })
    }
}

/// The board stays in use.
#[component]
fn Beside(quick: Quick) -> impl IntoView {
    keys::listen_to_escape(quick);
    take_focus(quick);
    view! {
        <aside
            class="quick"
            data-part="quick-view"
            aria-labelledby=TITLE_ID
            on:keydown=move |event| keys::pressed(quick, &event)
        >
            <Parts quick/>
        </aside>
    }
}

/// The native dialog: Esc closes it, and nothing behind it is reached.
#[component]
fn Over(quick: Quick) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        // It is built before it is part of the page.
        request_animation_frame(move || {
            if let Some(dialog) = node.try_get_untracked().flatten() {
                // Fails only for a dialog that has left the page; then nothing is to be shown.
                let _ = dialog.show_modal();
                focus_by_id(TITLE_ID);
            }
        });
    });
    take_focus(quick);
    view! {
        <dialog
            class="dialog quick"
            data-part="quick-view"
            node_ref=node
            aria-labelledby=TITLE_ID
            on:close=move |_| quick.close()
            on:keydown=move |event| keys::pressed(quick, &event)
        >
            <Parts quick/>
        </dialog>
    }
}

/// The heading takes the focus for a deal that was asked for here; not for one that a reload brings.
fn take_focus(quick: Quick) {
    Effect::new(move |_| {
        let asked = quick.open.get().is_some()
            && quick
                .notes
                .try_update_value(|notes| std::mem::take(&mut notes.takes_focus))
                == Some(true);
        if asked {
            request_animation_frame(|| focus_by_id(TITLE_ID));
        }
    });
}

/// What the sheet shows of a deal.
#[derive(Clone, PartialEq)]
enum Shown {
    Coming,
    Here(DealId),
    Refused(String),
}

#[component]
fn Parts(quick: Quick) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let open = quick.open.get();
        quick.fetched.with(|fetched| match fetched {
            Some((deal, answer)) if Some(*deal) == open => match answer {
                Ok(_) => Shown::Here(*deal),
                Err(error) => Shown::Refused(error.0.text()),
            },
            _ => Shown::Coming,
        })
    });
    let body = move || match shown.get() {
        Shown::Coming => view! { <p class="muted" role="status">"Loading\u{2026}"</p> }.into_any(),
        Shown::Refused(text) => {
            view! { <Notice tone=Tone::Bad role="alert"><p>{text}</p></Notice> }.into_any()
        }
        Shown::Here(deal) => match quick.glance_of(deal) {
            Some(first) => view! { <Body quick deal first/> }.into_any(),
            None => ().into_any(),
        },
    };
    view! {
        <Head quick/>
        <div class="quick__body">{body}</div>
        <Foot quick/>
    }
}

/// The customer, known from the card at once; and the ways on.
#[component]
fn Head(quick: Quick) -> impl IntoView {
    let board = quick.board.get_value();
    let title = Memo::new(move |_| {
        let deal = quick.open.get()?;
        let fetched = quick.fetched.with(|fetched| match fetched {
            Some((of, Ok(glance))) if *of == deal => Some(glance.deal.customer.clone()),
            _ => None,
        });
        let on_board = || {
            board
                .model
                .with(|board| Some(board.card(deal)?.customer.clone()))
        };
        fetched.or_else(on_board)
    });
    let none = move |way: Way| {
        Signal::derive(move || {
            let next = quick
                .open
                .get()
                .and_then(|deal| board.model.with(|board| model::neighbour(board, deal, way)));
            next.is_none()
        })
    };
    view! {
        <div class="quick__head">
            <h2 class="quick__title" id=TITLE_ID tabindex="-1">
                {move || title.get().unwrap_or_else(|| "Deal".to_owned())}
            </h2>
            <div class="quick__ways">
                <Button
                    variant=Variant::Quiet
                    square=true
                    small=true
                    label="Previous deal of the column"
                    icon=icondata::LuArrowUp
                    disabled=none(Way::Back)
                    on:click=move |_| quick.step(Way::Back)
                />
                <Button
                    variant=Variant::Quiet
                    square=true
                    small=true
                    label="Next deal of the column"
                    icon=icondata::LuArrowDown
                    disabled=none(Way::Forth)
                    on:click=move |_| quick.step(Way::Forth)
                />
                <Button
                    variant=Variant::Quiet
                    square=true
                    small=true
                    label="Close"
                    icon=icondata::LuX
                    on:click=move |_| quick.close()
                />
            </div>
        </div>
    }
}

/// Of one deal. It is fetched again behind it, and what is typed in it stays.
#[component]
fn Body(quick: Quick, deal: DealId, first: Glance) -> impl IntoView {
    let known = RwSignal::new(first);
    Effect::new(move |_| {
        let fresh = quick.fetched.with(|fetched| match fetched {
            Some((of, Ok(glance))) if *of == deal => Some(glance.clone()),
            _ => None,
        });
        if let Some(fresh) = fresh
            && known.with_untracked(|known| *known != fresh)
        {
            known.set(fresh);
        }
    });
    let glance = after_press(move || known.get());
    let said = Memo::new(move |_| glance.with(|glance| glance.deal.said.clone()));
    view! {
        {move || {
            let said = said.get();
            (!said.is_empty()).then(|| view! {
                <blockquote class="quick__said prose">{said}</blockquote>
            })
        }}
        <dl class="facts">
            <Standing glance/>
            <AnswerRow quick glance part=Part::Value/>
            <AnswerRow quick glance part=Part::CloseDate/>
            <Facts glance/>
        </dl>
        <Reasons glance/>
        <Unread glance href=quick.source.deal_href(deal)/>
        <Path glance/>
        <Answers glance/>
    }
    .into_any()
}

#[component]
fn Foot(quick: Quick) -> impl IntoView {
    view! {
        <div class="quick__foot">
            {move || quick.open.get().map(|deal| view! {
                <LinkButton href=quick.source.deal_href(deal) variant=Variant::Primary>
                    "Open the deal"
                </LinkButton>
            })}
            <p class="quick__keys muted small">
                <Icon icon=icondata::LuKeyboard size="small"/>
                "J and K, or the arrows, go through the column."
            </p>
        </div>
    }
}
