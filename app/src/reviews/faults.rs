//! What keeps a verdict from being sent, at the fields that it is about.

use domain::deals::Refusal;
use domain::errors::{InputFault, Why};

use super::verdict::Verdict;
use crate::error::ActionError;
use crate::ui::FieldMessage;

pub const STAGE_ID: &str = "verdict-stage";
pub const TEXT_ID: &str = "verdict-text";

/// The control that a missing verdict is said at.
pub fn first_id(first: Option<Verdict>) -> String {
    first.map(radio_id).unwrap_or_default()
}

pub fn radio_id(verdict: Verdict) -> String {
    format!("verdict-{}", verdict.word())
}

pub fn faults_of(chosen: Option<Verdict>, text: &str, first: Option<Verdict>) -> Vec<FieldMessage> {
    match chosen {
        None => vec![FieldMessage::new(first_id(first), "Choose a verdict")],
        Some(verdict) if verdict.needs_text() && text.trim().is_empty() => {
            vec![FieldMessage::new(TEXT_ID, Refusal::ReasonMissing.text())]
        }
        Some(_) => Vec::new(),
    }
}

/// A refused plain form post, at the fields that it is about.
pub fn messages_of(error: &ActionError, first: Option<Verdict>) -> Vec<FieldMessage> {
    match &error.0.why {
        Some(Why::Refusal(why @ (Refusal::ReasonMissing | Refusal::ReasonTooLong))) => {
            vec![FieldMessage::new(TEXT_ID, why.text())]
        }
        Some(Why::Inputs(faults)) => {
            let message = |fault: &InputFault| {
                let id = match fault.input.as_str() {
                    "stage" => STAGE_ID.to_owned(),
                    _ => first_id(first),
                };
                FieldMessage::new(id, fault.text.clone())
            };
            faults.iter().map(message).collect()
        }
        _ => Vec::new(),
    }
}

/// The same when it belongs to no field.
pub fn sentence_of(error: &ActionError) -> Option<String> {
    messages_of(error, None).is_empty().then(|| error.0.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_and_its_reason_are_asked_for_at_their_fields() {
        let first = Some(Verdict::ConfirmWin);
        let at = |chosen, text: &str| {
            let faults = faults_of(chosen, text, first);
            faults.first().map(|fault| fault.field_id.clone())
        };
        assert_eq!(at(None, "x").as_deref(), Some("verdict-confirm_win"));
        assert_eq!(at(Some(Verdict::Decline), " \n").as_deref(), Some(TEXT_ID));
        assert_eq!(at(Some(Verdict::Decline), "No budget"), None);
        assert_eq!(at(Some(Verdict::Approve), ""), None);
    }

    #[test]
    fn a_refused_post_is_said_at_its_field_or_in_a_sentence() {
        let refused = |why: Refusal| ActionError(why.into());
        let [message] = messages_of(&refused(Refusal::ReasonMissing), None)
            .try_into()
            .unwrap();
        assert_eq!(
            message,
            FieldMessage::new(TEXT_ID, Refusal::ReasonMissing.text())
        );
        assert_eq!(sentence_of(&refused(Refusal::ReasonMissing)), None);
        let approved = refused(Refusal::AlreadyApproved);
        assert!(messages_of(&approved, None).is_empty());
        assert_eq!(
            sentence_of(&approved).as_deref(),
            Some(Refusal::AlreadyApproved.text())
        );
    }
}
