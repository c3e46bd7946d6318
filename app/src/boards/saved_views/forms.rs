//! What stands in the dialog: name and sharing, and deleting, which asks first.

use domain::saved_views::{ChangeView, SavedView, check_name};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::Shown;
use crate::boards::source::Source;
use crate::error::ActionError;
use crate::ui::{
    Button, Checkbox, ConfirmButton, Notice, TextInput, Toasts, Tone, Variant, focus_by_id,
};

const NAME_ID: &str = "view-name";

/// What a form shows of its own sending.
#[derive(Clone, Copy)]
struct Sending {
    busy: RwSignal<bool>,
    /// At the name.
    error: RwSignal<Option<String>>,
    /// At no input.
    refused: RwSignal<Option<String>>,
    toasts: Option<Toasts>,
}

impl Sending {
    fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            refused: RwSignal::new(None),
            toasts: use_context::<Toasts>(),
        }
    }

    fn begin(self) {
        self.error.set(None);
        self.refused.set(None);
        self.busy.set(true);
    }

    /// The dialog may have been closed while it waited: then a toast says it.
    fn fail(self, error: &ActionError) {
        if self.busy.is_disposed() {
            if let Some(toasts) = self.toasts {
                toasts.refuse(error.0.text());
            }
            return;
        }
        self.busy.try_set(false);
        if let Some(text) = error.input_text("name") {
            self.error.try_set(Some(text));
            focus_by_id(NAME_ID);
        } else {
            self.refused.try_set(Some(error.0.text()));
        }
    }
}

#[component]
fn Refused(sending: Sending) -> impl IntoView {
    move || {
        let text = sending.refused.get();
        text.map(|text| view! { <Notice tone=Tone::Bad role="alert"><p>{text}</p></Notice> })
    }
}

/// For a new view without `kept`, else for that one of one's own.
#[component]
pub fn NameForm(
    source: Source,
    kept: Option<SavedView>,
    present: Memo<Shown>,
    close: Callback<()>,
    done: Callback<String>,
) -> impl IntoView {
    let sending = Sending::new();
    let first = kept.as_ref().map(|kept| kept.name.clone());
    let name = RwSignal::new(first.unwrap_or_default());
    let shared = RwSignal::new(kept.as_ref().is_some_and(|kept| kept.shared));
    let id = kept.map(|kept| kept.id);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sending.busy.get_untracked() {
            return;
        }
        let name = match check_name(&name.get_untracked()) {
            Ok(name) => name,
            Err(why) => {
                sending.error.set(Some(why.to_owned()));
                focus_by_id(NAME_ID);
                return;
            }
        };
        sending.begin();
        let (shared, shown) = (shared.get_untracked(), present.get_untracked());
        spawn_local(async move {
            let said = format!("Saved the view {name}.");
            let answer = match id {
                Some(view) => source.change_view(ChangeView { view, name, shared }).await,
                None => source.save_view(name, shared, shown).await,
            };
            match answer {
                // The page may have gone while it waited.
                Ok(()) => {
                    done.try_run(said);
                }
                Err(error) => sending.fail(&error),
            }
        });
    };
    view! {
        <form class="form form--compact" on:submit=submit novalidate>
            <Refused sending/>
            <TextInput id=NAME_ID name="name" label="Name" required=true autocomplete="off" bind=name error=sending.error/>
            <Checkbox
                id="view-shared"
                label="Share with the team"
                hint="Everybody of your team in this program can use it."
                bind=shared
            />
            <div class="button-row">
                <Button kind="submit" variant=Variant::Primary busy=sending.busy>"Save view"</Button>
                <Button on:click=move |_| close.run(())>"Cancel"</Button>
            </div>
        </form>
    }
}

#[component]
pub fn DeleteForm(source: Source, kept: SavedView, done: Callback<String>) -> impl IntoView {
    let sending = Sending::new();
    let question = match (&kept.owner, kept.shared) {
        (Some(owner), _) => format!("{owner} shares this view. The whole team loses it."),
        (None, true) => "Your team loses it, too.".to_owned(),
        (None, false) => "The deals that it shows stay as they are.".to_owned(),
    };
    let (id, name) = (kept.id, kept.name.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sending.busy.get_untracked() {
            return;
        }
        sending.begin();
        let said = format!("Deleted the view {name}.");
        spawn_local(async move {
            match source.delete_view(id).await {
                Ok(()) => {
                    done.try_run(said);
                }
                Err(error) => sending.fail(&error),
            }
        });
    };
    view! {
        <form class="views__delete" on:submit=submit>
            <Refused sending/>
            {kept.owner.map(|owner| view! { <p>{format!("Shared by {owner}.")}</p> })}
            <ConfirmButton id="delete-view" verb="Delete" label=format!("Delete {}", kept.name) question/>
        </form>
    }
}
