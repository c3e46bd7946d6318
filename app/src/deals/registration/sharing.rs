//! A draft is its team's: others write in it too. What this window knows of the server's draft, and of them.

use std::collections::BTreeMap;

use domain::commands::{KeepDraft, SayFilling};
use domain::events::Topic;
use domain::forms::{FieldKey, FormDefinition, RawAnswers};
use domain::views::{OtherEditor, RegistrationPage};
use domain::{DealId, Timestamp};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::clash::{Clash, to_keep};
use super::filling::Filling;
use crate::deals::paths;
use crate::deals::server_fns::{StopFilling, say_where};
use crate::presence::use_window;
use crate::ui::{LinkButton, Notice, Tone, after_press};

/// Reached through the filling, which is copied into every part of the page.
#[derive(Clone, Copy)]
pub struct Sharing {
    /// What the server is known to have.
    pub known: StoredValue<RawAnswers>,
    /// The version that this is; 0 before the first save.
    pub version: StoredValue<i64>,
    /// What somebody else answered otherwise, until it is decided.
    pub clashes: RwSignal<Vec<Clash>>,
    pub others: RwSignal<Vec<OtherEditor>>,
    /// The deal, once somebody sent it.
    pub registered: RwSignal<Option<DealId>>,
    /// Where this window is.
    pub field: RwSignal<Option<FieldKey>>,
    /// Counts the times that the others are to be asked after at once.
    pub asks: RwSignal<u32>,
    /// Counts the times that the server has something newer.
    pub fetches: RwSignal<u32>,
    /// When a file was taken out of the draft: that saves what else was typed, too.
    pub saved_beside: RwSignal<Option<Timestamp>>,
    /// How often others changed each field.
    pub anew: RwSignal<BTreeMap<FieldKey, u32>>,
}

impl Sharing {
    pub fn of(page: &RegistrationPage) -> Self {
        Self {
            known: StoredValue::new(page.answers.clone()),
            version: StoredValue::new(page.version),
            clashes: RwSignal::default(),
            others: RwSignal::default(),
            registered: RwSignal::new(None),
            field: RwSignal::new(None),
            asks: RwSignal::new(0),
            fetches: RwSignal::new(0),
            saved_beside: RwSignal::new(None),
            anew: RwSignal::default(),
        }
    }

    /// The server has exactly this.
    pub fn know(self, answers: RawAnswers, version: i64) {
        self.known.set_value(answers);
        self.version.set_value(version);
    }

    /// What is to be kept of these answers: where somebody else answered otherwise theirs stays until it is decided.
    pub fn to_keep(self, form: &FormDefinition, answers: &RawAnswers) -> RawAnswers {
        self.clashes
            .with_untracked(|clashes| to_keep(form, answers, clashes))
    }

    /// Their inputs are to show other answers than they hold.
    pub fn show_anew(self, keys: &[FieldKey]) {
        if !keys.is_empty() {
            self.anew.update(|anew| {
                for key in keys {
                    *anew.entry(key.clone()).or_default() += 1;
                }
            });
        }
    }
}

impl Filling {
    /// What keeps these answers, which are what [`Sharing::to_keep`] gave.
    pub fn keeping(self, answers: RawAnswers) -> KeepDraft {
        KeepDraft {
            submit_key: self.page.with_value(|page| page.submit_key.clone()),
            answers,
            base: self.sharing().known.get_value(),
            version: self.sharing().version.get_value(),
            plain: false,
        }
    }
}

/// Says at which field this window is, and hears of the others and of what they saved.
pub fn use_sharing(filling: Filling) {
    let Sharing { field, asks, .. } = filling.sharing();
    follow_focus(filling);
    let say = move |window: String| {
        let Some(page) = filling.page.try_get_value() else {
            return;
        };
        let command = SayFilling {
            submit_key: page.submit_key.clone(),
            window,
            field: field.try_get_untracked().flatten(),
        };
        spawn_local(async move {
            // Whoever cannot be asked now is asked again soon.
            if let Ok(heard) = say_where(filling.membership, command).await {
                hear(filling, heard);
            }
        });
    };
    let gone = move |window: String| {
        let key = filling.page.try_get_value();
        let key = key.map_or_else(String::new, |page| page.submit_key.clone());
        let membership = filling.membership.to_string();
        let pairs = vec![("membership", membership), ("key", key), ("window", window)];
        (StopFilling::url(), pairs)
    };
    let at = move || {
        field.track();
        asks.track();
    };
    use_window(&[Topic::Draft, Topic::Deal], at, say, gone);
}

fn hear(filling: Filling, heard: domain::views::DraftWindows) {
    // The page may have gone meanwhile.
    let (Some(sharing), Some(page)) =
        (filling.shared.try_get_value(), filling.page.try_get_value())
    else {
        return;
    };
    let known = sharing.version.get_value();
    // An answer to questions has no version of its own.
    let alone = heard.others.is_empty();
    let newer = heard.version > known || (page.needs_info.is_some() && !alone);
    if sharing
        .others
        .with_untracked(|others| *others != heard.others)
    {
        sharing.others.set(heard.others);
    }
    if heard.registered.is_some() {
        // What this window sends itself is no news.
        if !filling.sending.get_untracked() {
            sharing.registered.set(heard.registered);
        }
    } else if newer && known > 0 {
        sharing.fetches.update(|times| *times += 1);
    }
}

/// The field that has the focus, or had it last.
fn follow_focus(filling: Filling) {
    let came = move |event: leptos::ev::FocusEvent| {
        let target = event.target();
        let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let name = element.and_then(|element| element.get_attribute("name"));
        let key = name.and_then(|name| RawAnswers::key_of(&name));
        let key = key.filter(|key| filling.form().field(key).is_some());
        let field = filling.sharing().field;
        if key.is_some() && field.with_untracked(|now| *now != key) {
            field.set(key);
        }
    };
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::focusin, came);
        on_cleanup(move || handle.remove());
    });
}

/// Somebody sent it meanwhile: nothing that is typed here reaches anybody any more.
#[component]
pub fn SentMeanwhile(filling: Filling) -> impl IntoView {
    let sent = after_press(move || filling.sharing().registered.get());
    view! {
        <div role="status" data-part="sent-meanwhile">
            {move || {
                sent.get().map(|deal| {
                    let href = paths::deal(filling.membership, deal);
                    view! {
                        <Notice tone=Tone::Warn title="This deal was sent meanwhile">
                            <p>"Somebody of your team sent it, or you did in another window. What you typed since is on this page only."</p>
                            <LinkButton href>"Open the deal"</LinkButton>
                        </Notice>
                    }
                })
            }}
        </div>
    }
}
