//! A move as a plain form: what the menus lead to without wasm, and what the list uses.

use domain::commands::{MoveDeal, Place};
use domain::deals::{MoveDetails, MoveFacts, MoveGate, Mover, check_move, check_works};
use domain::pipeline::Pipeline;
use domain::{AppError, DealId, ErrorCode, StageId, Timestamp};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};

use super::move_fields::MoveFields;
use super::server_fns::MoveByForm;
use super::source::Source;
use crate::entry;
use crate::gates::{question, verb};
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, LinkButton, Toasts, Variant};

/// The deal that the form is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movable {
    pub deal: DealId,
    pub name: String,
    pub stage: Option<StageId>,
    pub facts: MoveFacts,
    pub version: i64,
}

/// What the form posts: texts, because an empty choice is posted as an empty text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedMove {
    /// The membership, or the program when the company overrides.
    pub door: String,
    pub deal: DealId,
    #[serde(default)]
    pub to_stage: String,
    pub version: i64,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub lost_reason: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub win_confirmed: bool,
    #[serde(default)]
    pub override_reason: Option<String>,
}

impl PostedMove {
    /// The command, and by which door it enters.
    pub fn read(self) -> Result<(Source, MoveDeal), AppError> {
        let membership = self.door.parse().map(Source::Partner);
        let source = membership.or_else(|_| self.door.parse().map(Source::Company));
        let details = MoveDetails {
            lost_reason: self.lost_reason.parse().ok(),
            note: self.note,
            win_confirmed: self.win_confirmed,
            override_reason: self.override_reason,
            ..MoveDetails::default()
        };
        let place = if self.place == "bottom" {
            Place::Bottom
        } else {
            Place::Top
        };
        let to_stage = self.to_stage.parse();
        let command = MoveDeal {
            deal: self.deal,
            to_stage: to_stage.map_err(|_| AppError::input("to_stage", "Choose a stage"))?,
            place,
            details,
            version: self.version,
        };
        Ok((
            source.map_err(|_| AppError::new(ErrorCode::Malformed))?,
            command,
        ))
    }
}

/// The inputs that a refusal may be about.
const REFUSABLE: &[&str] = &["to_stage", "lost_reason", "won", "reason"];

/// The form, above the board or list that it was opened from.
#[component]
pub fn MovePanel(
    source: Source,
    movable: Movable,
    pipeline: Pipeline,
    mover: Mover,
    now: Timestamp,
    to: Option<StageId>,
    back: String,
) -> impl IntoView {
    let action = ServerAction::<MoveByForm>::new();
    lead_back(action, movable.name.clone(), back.clone());
    let sent = Sent::of(action, "move-").with_refusable(REFUSABLE);
    let refusal = check_works(movable.facts, mover, now).err();
    let from = movable.stage.and_then(|from| pipeline.find(from));
    // The link that led here named the stage: then the form asks what that stage asks, and no more.
    let asked = to.and_then(|to| pipeline.find(to)).and_then(|stage| {
        let gate = check_move(movable.facts, from, stage, mover, now).ok()?;
        (gate != MoveGate::Free).then_some((stage.id, gate))
    });
    let gate = asked.map_or(MoveGate::Free, |(_, gate)| gate);
    let title = question(gate, &movable.name);
    let body = match refusal {
        Some(why) => view! { <p>{why.text()}</p> }.into_any(),
        None => view! {
            <ActionForm action=action attr:class="form" attr:novalidate="">
                <SentErrors sent/>
                <MoveFields source movable pipeline asked to sent/>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary>{verb(gate)}</Button>
                    <LinkButton href=back>"Cancel"</LinkButton>
                </div>
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <section class="move-panel card" aria-labelledby="move-panel-title">
            <h2 id="move-panel-title">{title}</h2>
            {body}
        </section>
    }
}

/// Where the app runs, the form's answer leads on without a reload.
fn lead_back(action: ServerAction<MoveByForm>, name: String, back: String) {
    let toasts = use_context::<Toasts>();
    // Not kept in the page's owner: a server ends a page on another thread than it began on.
    let navigate = cfg!(feature = "hydrate").then(use_navigate);
    Effect::new(move |_| {
        if let Some(Ok(path)) = action.value().get() {
            let asks = entry::is_path(&path);
            if let (Some(navigate), true) = (&navigate, asks) {
                navigate(&path, NavigateOptions::default());
                return;
            }
            if let Some(toasts) = toasts {
                toasts.say(format!("Moved {name}."));
            }
            if let Some(navigate) = &navigate {
                navigate(&back, NavigateOptions::default());
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{MembershipId, ProgramId};
    use uuid::Uuid;

    fn posted(door: String) -> PostedMove {
        PostedMove {
            door,
            deal: DealId(Uuid::from_u128(1)),
            to_stage: StageId(Uuid::from_u128(2)).to_string(),
            version: 3,
            place: "bottom".into(),
            lost_reason: String::new(),
            note: String::new(),
            win_confirmed: false,
            override_reason: None,
        }
    }

    #[test]
    fn the_door_says_on_whose_behalf() {
        let membership = MembershipId(Uuid::from_u128(9));
        let (source, command) = posted(membership.to_string()).read().unwrap();
        assert_eq!(source, Source::Partner(membership));
        assert_eq!((command.place, command.version), (Place::Bottom, 3));
        assert_eq!(command.details, MoveDetails::default());
        let program = ProgramId(Uuid::from_u128(8));
        assert_eq!(
            posted(program.to_string()).read().unwrap().0,
            Source::Company(program)
        );
        assert!(posted("deal_1".into()).read().is_err());
        let nowhere = PostedMove {
            to_stage: String::new(),
            ..posted(membership.to_string())
        };
        let refused = nowhere.read().unwrap_err();
        assert_eq!(refused.input_text("to_stage"), Some("Choose a stage"));
    }
}
