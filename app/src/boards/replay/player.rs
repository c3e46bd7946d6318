//! The player: the board at one step, a slider over the steps, and what the step was.

use domain::Locale;
use domain::deals::{Replay, ReplaySpan};
use leptos::prelude::*;

use super::column::ReplayColumn;
use super::play::{Play, SPEEDS};
use crate::boards::source::Source;
use crate::locale::use_locale;
use crate::ui::{Button, Icon, time_here, use_ready};

/// Stands only in a page that is awake.
#[component]
pub fn Player(source: Source, span: ReplaySpan, replay: StoredValue<Replay>) -> impl IntoView {
    let locale = use_locale();
    let play = Play::new(replay);
    let first = locale.date(span.from);
    let sentence = Memo::new(move |_| sentence(play, locale, &first));
    let columns = replay.with_value(|replay| {
        let stages = replay.stages.iter().cloned().enumerate();
        stages
            .map(|(place, stage)| view! { <ReplayColumn play source place stage/> })
            .collect_view()
    });
    let controls = (play.last() > 0).then(|| view! { <Controls play locale span/> });
    view! {
        <div class="replay" node_ref=play.root data-ready=use_ready()>
            {controls}
            // Read out step by step when somebody steps, and not while it runs.
            <p
                class="replay__sentence"
                role="status"
                aria-live=move || if play.playing.get() { "off" } else { "polite" }
            >
                {sentence}
            </p>
            <div class="board replay__board" role="group" aria-label="The board at this step" tabindex="0">
                {columns}
            </div>
        </div>
    }
}

#[component]
fn Controls(play: Play, locale: Locale, span: ReplaySpan) -> impl IntoView {
    let last = play.last();
    let first = locale.date(span.from);
    let told = move || value_text(play, locale, &first);
    let slide = move |event: leptos::ev::Event| {
        if let Ok(index) = event_target_value(&event).parse() {
            play.pause();
            play.go(index);
        }
    };
    view! {
        <div class="replay__bar">
            <button class="button" data-variant="primary" type="button" on:click=move |_| play.toggle()>
                {move || if play.playing.get() {
                    view! { <Icon icon=icondata::LuPause/> "Pause" }.into_any()
                } else {
                    view! { <Icon icon=icondata::LuPlay/> "Play" }.into_any()
                }}
            </button>
            <Button square=true label="Step back" icon=icondata::LuStepBack on:click=move |_| play.step(false)/>
            <Button square=true label="Step forward" icon=icondata::LuStepForward on:click=move |_| play.step(true)/>
            <Speeds play/>
            <span class="replay__place">{move || format!("{} of {last}", play.index())}</span>
        </div>
        <input
            class="replay__slider"
            type="range"
            min="0"
            max=last.to_string()
            step="1"
            aria-label="Step"
            aria-valuetext=told
            prop:value=move || play.index().to_string()
            on:input=slide
        />
    }
}

#[component]
fn Speeds(play: Play) -> impl IntoView {
    let speeds = SPEEDS.map(|speed| {
        view! {
            <button
                class="filter-chip"
                type="button"
                aria-pressed=move || if play.speed.get() == speed { "true" } else { "false" }
                on:click=move |_| play.set_speed(speed)
            >
                {format!("{speed}x")}
            </button>
        }
    });
    view! {
        <div class="replay__speeds" role="group" aria-label="Speed">
            {speeds.into_iter().collect_view()}
        </div>
    }
}

/// When and what the last step was.
fn sentence(play: Play, locale: Locale, first: &str) -> String {
    let index = play.index();
    let step = play.replay.with_value(|replay| {
        let step = replay.steps.get(index.checked_sub(1)?)?;
        let when = time_here(step.at, locale);
        Some(format!("{when}: {}", replay.sentence(step)))
    });
    step.unwrap_or_else(|| {
        if play.last() == 0 {
            "Nothing moved in these days.".to_owned()
        } else {
            format!("The board at the beginning of {first}")
        }
    })
}

/// What the slider says of where it is.
fn value_text(play: Play, locale: Locale, first: &str) -> String {
    let (index, last) = (play.index(), play.last());
    let at = play.replay.with_value(|replay| {
        let step = replay.steps.get(index.checked_sub(1)?)?;
        Some(time_here(step.at, locale))
    });
    match at {
        Some(at) => format!("{at}, step {index} of {last}"),
        None => format!("{first}, before the first of {last} steps"),
    }
}
