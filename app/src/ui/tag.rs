//! A status in words, with an icon or a coloured dot beside them.

use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::icon::{Icon, IconKind};

/// What a colour may say. It only repeats the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    /// Somebody waits for you.
    Warn,
    /// Refused, failed, lost.
    Bad,
    Info,
}

impl Tone {
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }
}

#[component]
pub fn Tag(
    #[prop(optional)] tone: Tone,
    #[prop(optional)] icon: Option<IconKind>,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! {
        <span class="tag" data-tone=tone.word()>
            {icon.map(|icon| view! { <Icon icon size="small"/> })}
            <span class="clip">{text}</span>
        </span>
    }
}

/// A stage by name, in its colour. `hue` is one of the ten of the palette.
#[component]
pub fn StageTag(#[prop(into)] name: String, #[prop(into)] hue: String) -> impl IntoView {
    view! {
        <span class="tag" data-hue=hue>
            <span class="stage-dot"></span>
            <span class="clip">{name}</span>
        </span>
    }
}

/// How many. `label` says of what, for who does not see where it stands.
#[component]
pub fn Count(
    #[prop(into)] count: Signal<u64>,
    #[prop(optional)] tone: Tone,
    #[prop(into, optional)] label: MaybeText,
) -> impl IntoView {
    let text = move || match count.get() {
        many if many > 99 => "99+".to_owned(),
        few => few.to_string(),
    };
    view! {
        <span class="count" data-tone=tone.word()>
            {text}
            {label.0.map(|label| view! { <span class="visually-hidden">" "{label}</span> })}
        </span>
    }
}
