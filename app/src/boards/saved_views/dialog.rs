//! The dialog in which a view is saved, renamed, shared or deleted. It stands outside what is fetched, so that news keep it open.

use domain::saved_views::SavedView;
use leptos::prelude::*;

use super::forms::{DeleteForm, NameForm};
use super::model::Shown;
use crate::boards::source::Source;
use crate::ui::{Dialog, Toasts};

/// What the dialog is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    New,
    Change(SavedView),
}

impl Asked {
    fn title(&self) -> String {
        match self {
            Self::New => "Save this view".to_owned(),
            Self::Change(kept) if kept.owner.is_none() => format!("Edit {}", kept.name),
            Self::Change(kept) => format!("Delete {}", kept.name),
        }
    }
}

/// `changed` is told when the views are to be fetched anew.
#[component]
pub fn ViewDialog(
    source: Memo<Option<Source>>,
    asked: RwSignal<Option<Asked>>,
    present: Memo<Shown>,
    changed: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asked.with(Option::is_some)));
    let title = Signal::derive(move || {
        asked.with(|asked| asked.as_ref().map_or_else(String::new, Asked::title))
    });
    let toasts = use_context::<Toasts>();
    let close = Callback::new(move |()| asked.set(None));
    let done = Callback::new(move |said: String| {
        asked.set(None);
        if let Some(toasts) = toasts {
            toasts.say(said);
        }
        changed.run(());
    });
    view! {
        <Dialog id="saved-view" title open on_close=close>
            {move || {
                let (source, asked) = (source.get_untracked()?, asked.get_untracked()?);
                Some(view! { <Body source asked present close done/> })
            }}
        </Dialog>
    }
}

#[component]
fn Body(
    source: Source,
    asked: Asked,
    present: Memo<Shown>,
    close: Callback<()>,
    done: Callback<String>,
) -> impl IntoView {
    let kept = match asked {
        Asked::New => None,
        Asked::Change(kept) => Some(kept),
    };
    let own = kept.as_ref().is_none_or(|kept| kept.owner.is_none());
    let named = kept.clone();
    view! {
        {own.then(|| view! { <NameForm source kept=named present close done/> })}
        {kept.map(|kept| view! { <DeleteForm source kept done/> })}
    }
}
