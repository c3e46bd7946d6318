//! Addresses and words of versions.

use domain::{
    AppError, FormVersionId, ProgramId, Timestamp,
    views::{FieldImpact, FormImpact, Meeting},
};

pub fn editor(program: ProgramId) -> String {
    format!("/c/{program}/form")
}

/// Any two of them, beside each other.
pub fn versions(program: ProgramId) -> String {
    format!("/c/{program}/form/versions")
}

/// What that version changed about the one before it.
pub fn changes_of(program: ProgramId, version: FormVersionId) -> String {
    format!("{}?new={version}", versions(program))
}

/// What using that version again would change, and the button that does it.
pub fn again(program: ProgramId, version: FormVersionId) -> String {
    format!("{}?again={version}", versions(program))
}

/// What an input for a date and a time gives, in UTC.
pub fn read_time(text: &str) -> Result<Timestamp, AppError> {
    let read = Timestamp::read_utc(text);
    read.ok_or_else(|| AppError::input("at", "Enter a date and a time"))
}

/// The same, to begin with: to the minute.
pub fn written_time(at: Timestamp) -> String {
    at.rfc3339().chars().take(16).collect()
}

fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        more => format!("{more} {many}"),
    }
}

/// Registrations that are begun; nothing when there are none.
pub fn drafts_text(impact: &FormImpact) -> Option<String> {
    match impact.open_drafts {
        0 => None,
        1 => Some("1 registration is begun and not sent. It goes on in the new version: its answers are kept, and what is new is marked.".to_owned()),
        many => Some(format!("{many} registrations are begun and not sent. They go on in the new version: their answers are kept, and what is new is marked.")),
    }
}

/// Deals that stay as they are, and what they do; nothing when there are none.
pub fn deals_text(impact: &FormImpact) -> Option<(String, &'static str)> {
    match impact.open_deals {
        0 => None,
        1 => Some((
            "1 open deal".to_owned(),
            " stays in the version that it was registered with.",
        )),
        many => Some((
            format!("{many} open deals"),
            " stay in the version that they were registered with.",
        )),
    }
}

/// What a change of one field meets.
pub fn field_text(impact: &FieldImpact) -> String {
    let FieldImpact {
        label,
        meets,
        drafts,
        deals,
        stages,
    } = impact;
    let label = format!("\u{201c}{label}\u{201d}");
    let (in_drafts, in_deals) = (
        counted(*drafts, "draft", "drafts"),
        counted(*deals, "deal", "deals"),
    );
    let text = match meets {
        Meeting::MadeMandatory => match *drafts {
            0 => format!("{label} becomes mandatory. No draft lacks it."),
            1 => format!("{label} becomes mandatory: 1 draft lacks it."),
            _ => format!("{label} becomes mandatory: {in_drafts} lack it."),
        },
        Meeting::Removed => format!(
            "{label} is not asked any more. It is answered in {in_drafts} and {in_deals}, which keep their answers, as exports do."
        ),
        Meeting::Retyped => format!(
            "{label} becomes another kind. It is answered in {in_drafts} and {in_deals}; deals keep their answers as they are."
        ),
        Meeting::NotAsked => format!(
            "{label} is not the partners\u{2019} to answer any more. It is answered in {in_drafts} and {in_deals}; deals keep their answers."
        ),
    };
    match stages_text(*meets, stages) {
        Some(asking) => format!("{text} {asking}"),
        None => text,
    }
}

/// The stages that ask for it, and what becomes of that: a deal is only ever asked for what its own version asks.
fn stages_text(meets: Meeting, stages: &[String]) -> Option<String> {
    let asking = match stages {
        [] => return None,
        [one] => format!("1 stage asks for it: {one}."),
        many => format!("{} stages ask for it: {}.", many.len(), many.join(", ")),
    };
    let then = match meets {
        Meeting::Retyped | Meeting::MadeMandatory => "They go on asking for it as it is then.",
        Meeting::Removed | Meeting::NotAsked => {
            "Of deals of the new version it is not asked there, and stops no move."
        }
    };
    Some(format!("{asking} {then}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_it_is_read() {
        let at = read_time("2031-05-09T17:30").unwrap();
        assert_eq!(written_time(at), "2031-05-09T17:30");
        let refused = read_time("tomorrow").unwrap_err();
        assert_eq!(refused.input_text("at"), Some("Enter a date and a time"));
    }

    #[test]
    fn counts_read_as_sentences() {
        let field = |meets, drafts, deals| {
            field_text(&FieldImpact {
                label: "Region".into(),
                meets,
                drafts,
                deals,
                stages: Vec::new(),
            })
        };
        assert_eq!(
            field(Meeting::Removed, 14, 1),
            "“Region” is not asked any more. It is answered in 14 drafts and 1 deal, which keep their answers, as exports do."
        );
        assert_eq!(
            field(Meeting::Retyped, 0, 1),
            "“Region” becomes another kind. It is answered in 0 drafts and 1 deal; deals keep their answers as they are."
        );
        assert_eq!(
            field(Meeting::MadeMandatory, 1, 0),
            "“Region” becomes mandatory: 1 draft lacks it."
        );
        assert_eq!(
            field(Meeting::MadeMandatory, 0, 0),
            "“Region” becomes mandatory. No draft lacks it."
        );
        let asked = |names: &[&str]| {
            let stages: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            stages_text(Meeting::Removed, &stages)
        };
        assert_eq!(asked(&[]), None);
        assert!(
            asked(&["Proposal"])
                .is_some_and(|text| text.starts_with("1 stage asks for it: Proposal. Of deals"))
        );
        assert!(
            asked(&["Proposal", "Won"])
                .is_some_and(|text| text.starts_with("2 stages ask for it: Proposal, Won."))
        );
        let impact = FormImpact {
            open_drafts: 1,
            open_deals: 3,
            ..FormImpact::default()
        };
        assert!(drafts_text(&impact).is_some_and(|text| text.starts_with("1 registration is")));
        assert!(deals_text(&impact).is_some_and(|(count, _)| count == "3 open deals"));
        assert_eq!(deals_text(&FormImpact::default()), None);
    }
}
