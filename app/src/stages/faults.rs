//! Which of the editor's fields a fault is about: the rules name stages, people look at inputs.

use domain::pipeline::{Heads, MAX_NAME, Pipeline, PipelineFault, Stage, check_stage};
use domain::text::fold;

use super::server_fns::StagesView;
use crate::ui::FieldMessage;

/// The list of stages, for what is wrong with all of them.
pub const LIST: &str = "stages";
/// The pipelines, for what is wrong with all of them.
pub const PIPELINES: &str = "pipelines";
pub const LOST_REASONS: &str = "lost-reasons";

/// Each fault at its fields, once.
pub fn messages(faults: &[PipelineFault], new: &Pipeline, old: &StagesView) -> Vec<FieldMessage> {
    let mut messages = Vec::<FieldMessage>::new();
    for fault in faults {
        for id in fields_of(fault, new, old) {
            let message = FieldMessage::new(id, fault.to_string());
            if !messages.contains(&message) {
                messages.push(message);
            }
        }
    }
    messages
}

fn fields_of(fault: &PipelineFault, new: &Pipeline, old: &StagesView) -> Vec<String> {
    let of_stages = |input: &str| {
        let wrong = new
            .stages
            .iter()
            .filter(|stage| check_stage(stage).contains(fault));
        wrong.map(|stage| format!("{input}-{}", stage.id)).collect()
    };
    let of_old = |input: &str, name: &str| {
        let stages = old.pipeline.stages.iter();
        // Another pipeline may have a stage of that name: one of the two is gone, or both stay.
        let gone = input == "goes";
        let mut named = stages.filter(|stage| {
            stage.name == name
                && old.in_use.contains(&stage.id)
                && new.find(stage.id).is_none() == gone
        });
        let stage = named.next();
        vec![stage.map_or_else(|| LIST.to_owned(), |stage| format!("{input}-{}", stage.id))]
    };
    match fault {
        PipelineFault::NameMissing | PipelineFault::NameTooLong => of_stages("name"),
        PipelineFault::ProbabilityOutOfRange => of_stages("chance"),
        PipelineFault::StuckDaysOutOfRange => of_stages("stuck"),
        PipelineFault::UnknownHue => of_stages("hue"),
        PipelineFault::DescriptionTooLong => of_stages("description"),
        PipelineFault::WipHintOutOfRange => of_stages("wip"),
        PipelineFault::TooManyFields => of_stages("fields"),
        PipelineFault::NameTwice(name) => again(new, name),
        PipelineFault::KindChanged(name) => of_old("kind", name),
        PipelineFault::MappingMissing(name) | PipelineFault::MappingUnfit(name) => {
            of_old("goes", name)
        }
        PipelineFault::LostReasonTwice
        | PipelineFault::LostReasonUnfit
        | PipelineFault::NoLostReason => vec![LOST_REASONS.to_owned()],
        PipelineFault::LastOfKind(_)
        | PipelineFault::LastOfKindIn(..)
        | PipelineFault::TooMany
        | PipelineFault::StageAstray
        | PipelineFault::StageTwice => vec![LIST.to_owned()],
        PipelineFault::TooManyPipelines | PipelineFault::PipelineTwice => {
            vec![PIPELINES.to_owned()]
        }
        PipelineFault::PipelineNameUnfit => of_heads(&new.heads, "pipeline-name", |name| {
            fold(name).is_empty() || name.chars().count() > MAX_NAME
        }),
        PipelineFault::PipelineNameTwice(twice) => of_heads(&new.heads, "pipeline-name", |name| {
            fold(name) == fold(twice)
        }),
        PipelineFault::RuleMissing(of) | PipelineFault::RuleTooLong(of) => {
            of_heads(&new.heads, "rule", |name| name == of)
        }
    }
}

/// The stages whose name an earlier one of their pipeline has.
fn again(new: &Pipeline, name: &str) -> Vec<String> {
    let stages = &new.stages;
    let named = |stage: &Stage| fold(&stage.name) == fold(name);
    let second = stages.iter().enumerate().filter(|(at, stage)| {
        let mut earlier = stages.iter().take(*at);
        named(stage) && earlier.any(|other| named(other) && other.pipeline == stage.pipeline)
    });
    second
        .map(|(_, stage)| format!("name-{}", stage.id))
        .collect()
}

/// That input of the pipelines with such a name; the first has only a name.
fn of_heads(heads: &Heads, input: &str, such: impl Fn(&str) -> bool) -> Vec<String> {
    let of_first = input == "pipeline-name";
    let ids = heads.ids().filter(|id| of_first || !id.is_first());
    ids.filter(|id| such(heads.name(*id)))
        .map(|id| format!("{input}-{id}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::StageId;
    use domain::pipeline::{StageKind, StageRules, check_replacement};
    use uuid::Uuid;

    fn stage(number: u128, name: &str, kind: StageKind) -> Stage {
        Stage {
            id: StageId(Uuid::from_u128(number)),
            name: name.into(),
            kind,
            hue: "blue".into(),
            position: 0,
            stuck_days: None,
            probability: 50,
            description: String::new(),
            wip_hint: None,
            rules: StageRules::default(),
            pipeline: domain::PipelineId::FIRST,
        }
    }

    fn old() -> StagesView {
        let stages = vec![
            stage(1, "Qualified", StageKind::Open),
            stage(2, "Proposal", StageKind::Open),
            stage(3, "Won", StageKind::Won),
            stage(4, "Lost", StageKind::Lost),
        ];
        StagesView {
            in_use: vec![stages[1].id],
            pipeline: Pipeline {
                stages,
                lost_reasons: Vec::new(),
                heads: domain::pipeline::Heads::default(),
            },
            version: 1,
            may_edit: true,
            fields: Vec::new(),
            tiers: Vec::new(),
            compared: Vec::new(),
        }
    }

    fn ids(new: &Pipeline) -> Vec<String> {
        let old = old();
        let faults = check_replacement(&old.pipeline, new, &[], &old.in_use).unwrap_err();
        let messages = messages(&faults, new, &old);
        messages
            .into_iter()
            .map(|message| message.field_id)
            .collect()
    }

    #[test]
    fn each_fault_stands_at_its_input() {
        let mut new = old().pipeline;
        new.stages[0].name = String::new();
        new.stages[0].probability = 101;
        new.stages[2].stuck_days = Some(0);
        new.stages[3].name = "WON".into();
        let [first, third, fourth] = [0, 2, 3].map(|at: usize| new.stages[at].id);
        assert_eq!(
            ids(&new),
            [
                format!("name-{first}"),
                format!("chance-{first}"),
                format!("stuck-{third}"),
                format!("name-{fourth}"),
                LOST_REASONS.to_owned(),
            ]
        );
    }

    #[test]
    fn what_holds_deals_is_said_at_its_kind_or_where_they_go() {
        let (mut changed, mut gone) = (old().pipeline, old().pipeline);
        let id = changed.stages[1].id;
        changed.stages[1].kind = StageKind::Lost;
        assert!(ids(&changed).contains(&format!("kind-{id}")));
        gone.stages.remove(1);
        assert!(ids(&gone).contains(&format!("goes-{id}")));
    }

    #[test]
    fn what_is_wrong_with_all_is_said_at_the_list() {
        let mut new = old().pipeline;
        new.stages.retain(|stage| stage.kind != StageKind::Won);
        assert!(ids(&new).contains(&LIST.to_owned()));
    }
}
