//! Something to know about this page, in its flow.

use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::icon::Icon;
use super::tag::Tone;

#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into, optional)] title: MaybeText,
    /// Said by a screen reader when it appears: `status` for news, `alert` for refusals.
    #[prop(optional)]
    role: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Plain | Tone::Info => icondata::LuInfo,
        Tone::Good => icondata::LuCircleCheck,
        Tone::Warn => icondata::LuTriangleAlert,
        Tone::Bad => icondata::LuCircleAlert,
    };
    view! {
        <div class="notice" data-tone=tone.word() role=role>
            <Icon icon/>
            <div class="notice__body">
                {title.0.map(|title| view! { <p class="notice__title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}
