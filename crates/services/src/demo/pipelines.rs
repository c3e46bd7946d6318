//! Each made-up company's columns and reasons for losing.

use domain::pipeline::{Heads, LostReason, Pipeline, Stage, StageKind, StageRules};

use super::ids::Ids;

/// Name, kind, colour, days until stuck, per cent chance.
pub type StageLine = (&'static str, StageKind, &'static str, Option<i32>, i32);

use StageKind::{Lost, Open, Won};

pub const MARKETPLACE: [StageLine; 7] = [
    ("Prospect", Open, "slate", Some(21), 10),
    ("Qualified", Open, "blue", Some(30), 20),
    ("Technical validation", Open, "cyan", Some(30), 40),
    ("Business validation", Open, "violet", Some(30), 60),
    ("Committed", Open, "amber", Some(21), 80),
    ("Launched", Won, "green", None, 100),
    ("Closed lost", Lost, "rose", None, 0),
];

pub const REFERRAL: [StageLine; 5] = [
    ("Introduced", Open, "blue", Some(14), 25),
    ("Demo held", Open, "teal", Some(21), 50),
    ("Offer sent", Open, "amber", Some(21), 75),
    ("Signed", Won, "green", None, 100),
    ("Not now", Lost, "slate", None, 0),
];

pub const ROBOTICS: [StageLine; 6] = [
    ("Inquiry", Open, "slate", Some(30), 10),
    ("Site survey", Open, "blue", Some(45), 30),
    ("Concept", Open, "violet", Some(45), 50),
    ("Quotation", Open, "orange", Some(60), 70),
    ("Ordered", Won, "green", None, 100),
    ("Cancelled", Lost, "rose", None, 0),
];

pub const REFERRAL_REASONS: [&str; 5] = [
    "Price",
    "Chose a competitor",
    "No budget",
    "No decision",
    "Too small",
];

pub const ROBOTICS_REASONS: [&str; 9] = [
    "Price",
    "Payback too long",
    "Chose a competitor",
    "Chose another machine",
    "Site not suitable",
    "Project stopped",
    "Financing refused",
    "Delivery too late",
    "No decision",
];

pub const MARKETPLACE_REASONS: [&str; 48] = [
    "Price: list price",
    "Price: egress fees",
    "Price: support plan",
    "Price: commitment too long",
    "Price: no discount",
    "Budget: cut",
    "Budget: frozen",
    "Budget: moved to next year",
    "Competitor: hyperscaler",
    "Competitor: regional provider",
    "Competitor: stays with own data centre",
    "Competitor: incumbent renewed",
    "Competitor: open-source self-hosted",
    "Feature: missing region",
    "Feature: missing service",
    "Feature: missing GPU type",
    "Feature: networking",
    "Feature: identity",
    "Feature: observability",
    "Feature: backup",
    "Feature: migration tooling",
    "Compliance: data residency",
    "Compliance: certification missing",
    "Compliance: audit rights",
    "Compliance: encryption keys",
    "Security: review failed",
    "Security: incident concerns",
    "Legal: liability",
    "Legal: terms of service",
    "Legal: data processing agreement",
    "Procurement: supplier not listed",
    "Procurement: tender lost",
    "Procurement: tender cancelled",
    "Timing: project delayed",
    "Timing: migration window missed",
    "Timing: contract runs on",
    "Sponsor: left the company",
    "Sponsor: changed priorities",
    "Technical: performance",
    "Technical: latency",
    "Technical: integration",
    "Technical: proof of concept failed",
    "Customer: merged or acquired",
    "Customer: insolvent",
    "Customer: unresponsive",
    "Partner: lacks capacity",
    "Duplicate registration",
    "Other",
];

/// A pipeline with ids of its own.
pub fn pipeline(stages: &[StageLine], reasons: &[&str], ids: &Ids) -> Pipeline {
    let stage = |(position, (name, kind, hue, stuck_days, probability)): (i32, &StageLine)| Stage {
        id: ids.id(),
        name: (*name).to_owned(),
        kind: *kind,
        hue: (*hue).to_owned(),
        position,
        stuck_days: *stuck_days,
        probability: *probability,
        description: String::new(),
        wip_hint: None,
        rules: StageRules::default(),
        pipeline: domain::PipelineId::FIRST,
    };
    let reason = |text: &&str| {
        let (group, label) = text.split_once(": ").unwrap_or(("", *text));
        LostReason {
            id: ids.id(),
            label: label.to_owned(),
            group: group.to_owned(),
        }
    };
    Pipeline {
        stages: (1..).zip(stages).map(stage).collect(),
        lost_reasons: reasons.iter().map(reason).collect(),
        heads: Heads::default(),
    }
}

/// What some stages say to partners, and whether they ask for a note.
const SAID: [(&str, &str, bool); 2] = [
    (
        "Site survey",
        "One of our engineers has seen the site, or has a date to see it.",
        false,
    ),
    (
        "Quotation",
        "The customer has our quotation. Say in the note what they still have to decide.",
        true,
    ),
];

/// The same with what the company made of its stages since: the stories were told before.
pub fn with_rules(pipeline: &Pipeline) -> Pipeline {
    let mut pipeline = pipeline.clone();
    for (name, description, note) in SAID {
        let stage = pipeline.stages.iter_mut().find(|stage| stage.name == name);
        if let Some(stage) = stage {
            description.clone_into(&mut stage.description);
            stage.wip_hint = note.then_some(12);
            stage.rules.note = note;
        }
    }
    pipeline
}

#[cfg(test)]
mod tests {
    use domain::pipeline::check_replacement;

    use super::*;

    #[test]
    fn every_pipeline_is_sound() {
        let ids = Ids::seeded(1);
        for (stages, reasons) in [
            (&MARKETPLACE[..], &MARKETPLACE_REASONS[..]),
            (&REFERRAL, &REFERRAL_REASONS),
            (&ROBOTICS, &ROBOTICS_REASONS),
        ] {
            let new = with_rules(&pipeline(stages, reasons, &ids));
            assert_eq!(
                check_replacement(&Pipeline::default(), &new, &[], &[]),
                Ok(())
            );
        }
    }
}
