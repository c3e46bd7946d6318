//! What was typed and has not reached the server, kept in the browser: a reload, a lost connection or an ended session
//! loses nothing.

use domain::Timestamp;
use domain::forms::{FormDefinition, RawAnswers, merge_answers};
use domain::views::MergedDraft;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};

use super::clash::{Clash, Heard, hear_of_save};

/// One form's answers as this browser last held them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalDraft {
    pub answers: RawAnswers,
    /// When the server had last saved the draft, as far as this browser knew.
    pub base: Option<Timestamp>,
    /// What was last sent, whether it arrived or not.
    pub sent: Option<RawAnswers>,
    /// What the server had then.
    #[serde(default)]
    pub known: Option<RawAnswers>,
    /// What somebody else answered otherwise, and nobody has decided.
    #[serde(default)]
    pub clashes: Vec<Clash>,
}

impl LocalDraft {
    /// Whether it goes on where the server's draft ends. Beside a draft that was saved from elsewhere meanwhile it is put as any
    /// other save would be: see [`Self::beside`].
    pub fn continues(&self, kept: &RawAnswers, saved_at: Option<Timestamp>) -> bool {
        let sent = self.sent.as_ref().is_some_and(|sent| alike(sent, kept));
        !alike(&self.answers, kept) && (sent || self.base == saved_at)
    }

    /// What the form shows of it beside what others saved, and what is to be decided; nothing where it has nothing of its own, or does
    /// not know what it was based on.
    pub fn beside(&self, form: &FormDefinition, kept: &MergedDraft) -> Option<Heard> {
        let known = self.known.as_ref()?;
        let own = self.answers.only(form);
        let now = merge_answers(form, known, &own, &kept.answers);
        let both = MergedDraft {
            both: now.both,
            ..kept.clone()
        };
        let heard = hear_of_save(form, (known, &own), &self.clashes, &both);
        (!alike(&heard.answers, &kept.answers)).then_some(heard)
    }
}

/// Whether both say the same: an input that is empty says nothing, nor does the currency beside it, which is never empty.
pub fn alike(one: &RawAnswers, other: &RawAnswers) -> bool {
    said(one) == said(other)
}

fn said(answers: &RawAnswers) -> Vec<(String, String)> {
    let answers = answers.without_blanks();
    let has = |name: &str| answers.pairs().any(|(other, _)| other == name);
    let is_said = |name: &str| RawAnswers::amount_of(name).is_none_or(has);
    answers.pairs().filter(|(name, _)| is_said(name)).collect()
}

/// The one of the form with that key.
pub fn find(submit_key: &str) -> Option<LocalDraft> {
    let text = storage()?.get_item(&name(submit_key)).ok()??;
    serde_json::from_str(&text).ok()
}

/// Where the browser has no room, or keeps nothing, the server's draft is all there is.
pub fn keep(submit_key: &str, draft: &LocalDraft) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(draft)) {
        let _ = storage.set_item(&name(submit_key), &text);
    }
}

pub fn forget(submit_key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(submit_key));
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}

fn name(submit_key: &str) -> String {
    format!("draft.{submit_key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> RawAnswers {
        [("customer", text), ("website", "")].into_iter().collect()
    }

    #[test]
    fn a_form_that_was_only_looked_at_says_nothing() {
        let opened: RawAnswers = [("customer", ""), ("value", ""), ("value.currency", "GBP")]
            .into_iter()
            .collect();
        assert!(alike(&RawAnswers::default(), &opened));
        let amount = |currency| -> RawAnswers {
            [("value", "5"), ("value.currency", currency)]
                .into_iter()
                .collect()
        };
        assert!(!alike(&amount("EUR"), &amount("GBP")));
    }

    #[test]
    fn it_goes_on_where_the_server_ends_and_nowhere_else() {
        let (base, later) = (
            Timestamp::from_seconds(1_795_341_600),
            Timestamp::from_seconds(1_795_341_700),
        );
        let local = LocalDraft {
            answers: said("Acme Ltd"),
            base: Some(base),
            sent: Some(said("Acme")),
            ..LocalDraft::default()
        };
        assert!(local.continues(&said("Ac"), Some(base)));
        // What was sent arrived, and its answer did not.
        assert!(local.continues(&said("Acme"), Some(later)));
        // A colleague, or another device.
        assert!(!local.continues(&said("Bolt"), Some(later)));
        // Beside those it is put together, as far as it knows what it was based on.
        let form = domain::forms::starter_form(domain::Currency::EUR);
        let bolt = MergedDraft {
            answers: [("customer", "Ac"), ("need", "Storage")]
                .into_iter()
                .collect(),
            both: Vec::new(),
            who: String::new(),
            at: later,
            files: Vec::new(),
        };
        assert_eq!(local.beside(&form, &bolt), None);
        let local = LocalDraft {
            known: Some(said("Ac")),
            ..local
        };
        let heard = local.beside(&form, &bolt).unwrap();
        let whole = [
            ("customer", "Acme Ltd"),
            ("need", "Storage"),
            ("website", ""),
        ];
        assert_eq!(
            (heard.answers, heard.clashes.len()),
            (whole.into_iter().collect(), 0)
        );
        let bolt = MergedDraft {
            answers: said("Bolt"),
            ..bolt
        };
        assert_eq!(local.beside(&form, &bolt).unwrap().clashes.len(), 1);
        // There is nothing that the server does not have.
        let plain = [("customer", "Acme Ltd")].into_iter().collect();
        assert!(!local.continues(&plain, Some(base)));
    }
}
