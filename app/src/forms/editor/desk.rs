//! What the editor's parts share: the form as it is, how it got there, and whether the server has it.

use std::time::Duration;

use domain::{
    Currency, ErrorCode, ProgramId, Timestamp,
    commands::{PublishForm, SaveFormDraft},
    forms::{
        ArchivedField, DefinitionFault, Field, FieldKey, FormDefinition, FormVersion, Hint,
        check_keys, check_publishable,
    },
    program::Tier,
    views::{FormEditorView, FormPast},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    hints::to_show,
    model,
    server_fns::{keep_form_draft, publish_draft},
    side::{Pane, Side},
    steps::Steps,
    trial::Trial,
};
use crate::error::ActionError;
use crate::ui::scroll_to_id;

/// Long enough to type a word, short enough to be saved within the two seconds that people trust.
const PAUSE: Duration = Duration::from_millis(900);

/// Where the draft stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// As the server has it: who saved it last and when, unless nobody ever did.
    Here(Option<(String, Timestamp)>),
    Changed,
    UnderWay,
    Refused(ActionError),
}

/// Below this width one pane is shown at a time, and the properties in a sheet over it.
const NARROW: &str = "(width < 64rem)";

pub fn is_narrow() -> bool {
    let query = window().match_media(NARROW).ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// The button that chooses the field.
pub fn row_id(key: &FieldKey) -> String {
    format!("choose-{key}")
}

/// In the form itself, and with what was asked before it.
fn faults_of(form: &FormDefinition, archived: &[ArchivedField]) -> Vec<DefinitionFault> {
    let mut faults = check_publishable(form).err().unwrap_or_default();
    faults.extend(check_keys(form, archived));
    faults
}

/// What the field stands in on the canvas.
pub fn frame_id(key: &FieldKey) -> String {
    format!("frame-{key}")
}

#[derive(Clone, Copy)]
pub struct Desk {
    pub program: ProgramId,
    pub currency: Currency,
    pub form: RwSignal<FormDefinition>,
    pub chosen: RwSignal<Option<FieldKey>>,
    pub published: RwSignal<FormVersion>,
    /// What was published, what is to be, and what is not asked any more.
    pub past: RwSignal<FormPast>,
    pub saved: RwSignal<Saved>,
    pub tiers: StoredValue<Vec<Tier>>,
    /// What keeps the form from being published.
    pub faults: Memo<Vec<DefinitionFault>>,
    /// What could be better.
    pub hints: Memo<Vec<Hint>>,
    /// Counts the times that the whole form was exchanged: what shows a field's properties is then out of date.
    pub turns: RwSignal<u32>,
    /// Said by a screen reader.
    pub said: RwSignal<String>,
    side: StoredValue<Side>,
    /// What the server has of the draft.
    pub(super) version: RwSignal<i64>,
    edits: StoredValue<u64>,
    pub(super) steps: RwSignal<Steps>,
}

impl Desk {
    pub fn new(view: FormEditorView) -> Self {
        let saved = Saved::Here(view.saved.map(|saved| (saved.who, saved.at)));
        let trial = Trial::new(&view.draft, view.today);
        let form = RwSignal::new(view.draft);
        let past = RwSignal::new(view.past);
        let faults =
            Memo::new(move |_| form.with(|form| past.with(|past| faults_of(form, &past.archived))));
        let tiers = StoredValue::new(view.tiers);
        let hints = Memo::new(move |_| {
            let found = |tiers: &Vec<Tier>| {
                form.with(|form| faults.with(|faults| to_show(form, faults, tiers)))
            };
            tiers.with_value(found)
        });
        let first = form.with_untracked(|form| form.fields.first().map(|f| f.key.clone()));
        Self {
            program: view.program.id,
            currency: view.program.currency,
            chosen: RwSignal::new(first),
            form,
            faults,
            hints,
            published: RwSignal::new(view.published),
            past,
            saved: RwSignal::new(saved),
            tiers,
            turns: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            side: StoredValue::new(Side::new(trial)),
            version: RwSignal::new(view.version),
            edits: StoredValue::new(0),
            steps: RwSignal::default(),
        }
    }

    pub fn side(self) -> Side {
        self.side.get_value()
    }

    pub fn trial(self) -> Trial {
        self.side().trial.get_value()
    }

    /// Takes the form one step on, and saves it after a pause.
    pub fn edit<T>(self, step: impl FnOnce(&mut FormDefinition) -> T) -> T {
        let before = self.form.get_untracked();
        let mut after = before.clone();
        let given = step(&mut after);
        if before != after {
            self.steps.update(|steps| steps.add(before));
            self.take(after);
        }
        given
    }

    /// Changes one property of the field.
    pub fn change(self, key: &FieldKey, change: impl FnOnce(&mut Field)) {
        self.edit(|form| model::change(form, key, change));
    }

    /// Goes on with the step before, so that undo takes back both.
    pub fn amend(self, key: &FieldKey, change: impl FnOnce(&mut Field)) {
        let before = self.form.get_untracked();
        let mut after = before.clone();
        model::change(&mut after, key, change);
        if before != after {
            self.take(after);
        }
    }

    /// Puts another form in this one's place, as one step that undo takes back.
    pub fn replace(self, form: FormDefinition, say: String) {
        let first = form.fields.first().map(|f| f.key.clone());
        self.edit(|own| *own = form);
        self.chosen.set(first);
        self.turn();
        self.said.set(say);
    }

    /// Whether the draft is another form than the one that partners fill in.
    pub fn has_changes(self) -> bool {
        self.form
            .with_untracked(|form| self.published.with_untracked(|v| v.definition != *form))
    }

    /// Shows the field's properties, and the field.
    pub fn choose(self, key: FieldKey) {
        let frame = frame_id(&key);
        self.chosen.set(Some(key));
        if is_narrow() {
            self.side().pane.set(Pane::Form);
            self.side().sheet.set(true);
        }
        // A new frame is there once this change has been drawn.
        request_animation_frame(move || scroll_to_id(&frame));
    }

    pub fn undo(self) {
        self.step_to(Steps::back, "Step taken back");
    }

    pub fn redo(self) {
        self.step_to(Steps::again, "Step taken again");
    }

    pub fn can_undo(self) -> Signal<bool> {
        Signal::derive(move || self.steps.with(Steps::can_undo))
    }

    pub fn can_redo(self) -> Signal<bool> {
        Signal::derive(move || self.steps.with(Steps::can_redo))
    }

    fn step_to(
        self,
        step: impl FnOnce(&mut Steps, FormDefinition) -> Option<FormDefinition>,
        say: &str,
    ) {
        let now = self.form.get_untracked();
        let found = self.steps.try_update(|steps| step(steps, now)).flatten();
        if let Some(form) = found {
            self.take(form);
            self.turn();
            self.said.set(say.to_owned());
        }
    }

    fn take(self, form: FormDefinition) {
        let gone = self
            .chosen
            .get_untracked()
            .is_some_and(|key| form.field(&key).is_none());
        self.trial().forget_try();
        self.form.set(form);
        if gone {
            self.chosen.set(None);
        }
        let edit = self.edits.get_value() + 1;
        self.edits.set_value(edit);
        // After a conflict nothing is sent until it is settled; a save under way is followed by another.
        if !matches!(self.saved.get_untracked(), Saved::Refused(ref e) if e.code() == ErrorCode::Conflict)
        {
            if self.saved.get_untracked() != Saved::UnderWay {
                self.saved.set(Saved::Changed);
            }
            set_timeout(move || self.save_if_still(edit), PAUSE);
        }
    }

    fn save_if_still(self, edit: u64) {
        // The page may be gone when the pause is over.
        if self.edits.try_get_value() == Some(edit) && self.saved.get_untracked() != Saved::UnderWay
        {
            self.save();
        }
    }

    /// Says that the whole form was exchanged.
    pub fn turn(self) {
        self.turns.update(|turns| *turns += 1);
    }

    /// Sends the form as it is now.
    pub fn save(self) {
        self.saved.set(Saved::UnderWay);
        let edit = self.edits.get_value();
        let command = SaveFormDraft {
            definition: self.form.get_untracked(),
            version: self.version.get_untracked(),
        };
        spawn_local(async move {
            match keep_form_draft(self.program, command).await {
                Ok(done) => {
                    self.version.set(done.version);
                    if self.edits.get_value() == edit {
                        self.saved
                            .set(Saved::Here(Some(("You".to_owned(), done.at))));
                    } else {
                        self.save();
                    }
                }
                Err(error) => {
                    let conflict = error.code() == ErrorCode::Conflict;
                    self.saved.set(Saved::Refused(error));
                    if conflict {
                        self.look_at_theirs();
                    }
                }
            }
        });
    }

    /// Publishes what is saved; `done` gets what is wrong, or nothing.
    pub fn publish(self, done: impl Fn(Option<ActionError>) + 'static) {
        let command = PublishForm {
            version: self.version.get_untracked(),
        };
        spawn_local(async move {
            match publish_draft(self.program, command).await {
                Ok(view) => {
                    self.learn(view);
                    done(None);
                }
                Err(error) => done(Some(error)),
            }
        });
    }

    /// Takes what the server says of everything but the form on the page, which it has.
    pub(super) fn learn(self, view: FormEditorView) {
        self.version.set(view.version);
        self.published.set(view.published);
        self.past.set(view.past);
        self.saved
            .set(Saved::Here(view.saved.map(|saved| (saved.who, saved.at))));
    }
}
