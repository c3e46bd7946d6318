//! A version that waits for its time.

use domain::{Timestamp, commands::ScheduleForm};
use leptos::{form::ActionForm, prelude::*, task::spawn_local};

use super::{
    desk::Desk,
    publishing_fns::{CancelFormSchedule, schedule_draft},
    versions_model,
};
use crate::error::ActionError;
use crate::ui::{ConfirmButton, Notice, Time, Tone};

impl Desk {
    /// Lets what is saved become a version at that time; `done` gets what is wrong, or nothing.
    pub fn schedule(self, at: Timestamp, done: impl Fn(Option<ActionError>) + 'static) {
        let version = self.version.get_untracked();
        spawn_local(async move {
            match schedule_draft(self.program, ScheduleForm { version, at }).await {
                Ok(view) => {
                    self.published.set(view.published);
                    self.past.set(view.past);
                    done(None);
                }
                Err(error) => done(Some(error)),
            }
        });
    }
}

/// Above the form, as long as something is scheduled.
#[component]
pub fn Scheduled(desk: Desk) -> impl IntoView {
    let cancel = ServerAction::<CancelFormSchedule>::new();
    Effect::new(move |_| {
        if matches!(cancel.value().get(), Some(Ok(_))) {
            desk.past.update(|past| past.scheduled = None);
            desk.said.set("The schedule is cancelled".to_owned());
        }
    });
    let waiting = Memo::new(move |_| {
        desk.past.with(|past| {
            let scheduled = past.scheduled.as_ref();
            scheduled.map(|scheduled| {
                let held = scheduled.held.is_some();
                (scheduled.at, scheduled.who.clone(), held)
            })
        })
    });
    let program = desk.program;
    move || {
        waiting.get().map(|(at, who, held)| {
            let (tone, title, verb, more) = if held {
                (Tone::Bad, "A new version could not be published", "was to be published", "See why, and choose another time")
            } else {
                (Tone::Info, "A new version is scheduled", "is published", "See what it changes, or choose another time")
            };
            view! {
                <Notice tone title>
                    <p>{format!("It {verb} at ")}<Time at/>{by(&who)}". "<a href=versions_model::versions(program)>{more}</a></p>
                    <ActionForm action=cancel>
                        <input type="hidden" name="program" value=program.to_string()/>
                        <ConfirmButton id="cancel-schedule" verb="Cancel" label="Cancel the schedule" question="The form stays as it is. The draft is kept."/>
                    </ActionForm>
                </Notice>
            }
        })
    }
}

/// ", scheduled by Mara Lind"; nothing when nobody is known.
pub fn by(who: &str) -> String {
    if who.is_empty() {
        String::new()
    } else {
        format!(", scheduled by {who}")
    }
}
