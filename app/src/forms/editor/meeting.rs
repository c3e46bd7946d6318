//! Two people at one draft: what the other saved is followed where nothing is lost by it, and asked about where something
//! would be.

use domain::{ErrorCode, forms::FormDefinition, views::FormEditorView};
use leptos::{prelude::*, task::spawn_local};

use super::{
    desk::{Desk, Saved},
    server_fns::form_editor,
    steps::Steps,
};

impl Desk {
    /// The draft has this version on the server.
    pub fn hear_of_version(self, version: i64) {
        if version <= self.version.get_untracked() {
            return;
        }
        match self.saved.get_untracked() {
            Saved::Here(_) if !is_typing() => self.follow(),
            Saved::Refused(error) if error.code() == ErrorCode::Conflict => self.look_at_theirs(),
            // What is not saved yet meets the other's version when it is; who types is asked again soon.
            Saved::Here(_) | Saved::Changed | Saved::UnderWay | Saved::Refused(_) => {}
        }
    }

    /// Shows what another saved. Undo begins there: a step back would take away what they did.
    fn follow(self) {
        spawn_local(async move {
            let Ok(view) = form_editor(self.program).await else {
                return;
            };
            let still = matches!(self.saved.try_get_untracked(), Some(Saved::Here(_)));
            if !still || is_typing() || view.version <= self.version.get_untracked() {
                return;
            }
            let who = view.saved.as_ref().map(|saved| saved.who.clone());
            self.put(&view);
            self.steps.set(Steps::default());
            self.lay(view.draft);
            let who = who.unwrap_or_default();
            self.said
                .set(format!("{who} changed the form. It is shown as it is now."));
        });
    }

    /// Fetches what is saved, to be compared.
    pub fn look_at_theirs(self) {
        spawn_local(async move {
            // Without an answer the button beside the message asks again.
            let view = form_editor(self.program).await.ok();
            // The page may be gone by then.
            if self.saved.try_get_untracked().is_some() {
                self.side().theirs.set(view);
            }
        });
    }

    /// Their form is the draft, and one step back lies one's own.
    pub fn take_theirs(self, view: FormEditorView) {
        let own = self.form.get_untracked();
        self.settle(&view, own);
        self.lay(view.draft);
        self.said
            .set("Their form is the draft now. Undo brings back yours.".to_owned());
    }

    /// One's own form is the draft, and one step back lies theirs.
    pub fn keep_mine(self, view: &FormEditorView) {
        self.settle(view, view.draft.clone());
        self.said
            .set("Your form is the draft now. Undo brings back theirs.".to_owned());
        self.save();
    }

    fn settle(self, view: &FormEditorView, other: FormDefinition) {
        self.side().theirs.set(None);
        self.put(view);
        self.steps.update(|steps| steps.add(other));
    }

    /// What the server has, but for the form on the desk.
    fn put(self, view: &FormEditorView) {
        self.learn(view.clone());
    }

    /// Lays the form on the desk, without saving it.
    fn lay(self, form: FormDefinition) {
        let chosen = self.chosen.get_untracked();
        let chosen = chosen.filter(|key| form.field(key).is_some());
        let chosen = chosen.or_else(|| form.fields.first().map(|field| field.key.clone()));
        self.trial().forget_try();
        self.form.set(form);
        self.chosen.set(chosen);
        self.turn();
    }
}

/// Whether something is being typed into a property, which drawing the properties anew would lose.
fn is_typing() -> bool {
    let active = document().active_element();
    active.is_some_and(|element| {
        let property = ".editor__properties :is(input, textarea, select)";
        element.matches(property).unwrap_or(false)
    })
}
