//! An answer while it is put otherwise: what is typed, the version that was seen, and what the server says.

use domain::commands::ChangeAnswers;
use domain::errors::Why;
use domain::forms::{Field, RawAnswers, problem_text_in, to_spoken};
use domain::views::{InPlace, OpenAnswer};
use domain::{DealId, ErrorCode, Locale};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Quick;
use super::model::{self, Glance, Part};
use super::server_fns::{amend_deal_answers, change_deal_answers};
use crate::boards::source::Source;
use crate::error::ActionError;
use crate::locale::use_locale;
use crate::ui::focus_by_id;

/// An answer in the hand, as it was when it was taken.
#[derive(Clone, PartialEq)]
pub struct Begun {
    /// Whose board it is: the partner amends, the company changes.
    pub source: Source,
    pub deal: DealId,
    pub open: OpenAnswer,
    pub version: i64,
}

/// What is typed, and what the server said to it.
#[derive(Clone, Copy)]
pub struct Hand {
    quick: Quick,
    pub part: Part,
    pub text: RwSignal<String>,
    pub currency: RwSignal<String>,
    begun: StoredValue<Begun>,
    /// At the input.
    pub error: RwSignal<Option<String>>,
    /// About the deal: somebody was first, or it cannot change now.
    pub said: RwSignal<Option<String>>,
    pub busy: RwSignal<bool>,
    end: Callback<()>,
    pub locale: Locale,
}

impl Hand {
    pub fn new(quick: Quick, part: Part, begun: Begun, end: Callback<()>) -> Self {
        let locale = use_locale();
        let OpenAnswer { field, raw } = &begun.open;
        let first = model::currencies(field).into_iter().next();
        let currency = raw.currency(&field.key).map(str::to_owned).or(first);
        Self {
            quick,
            part,
            text: RwSignal::new(to_spoken(field, raw.first(&field.key), locale)),
            currency: RwSignal::new(currency.unwrap_or_default()),
            begun: StoredValue::new(begun),
            error: RwSignal::new(None),
            said: RwSignal::new(None),
            busy: RwSignal::new(false),
            end,
            locale,
        }
    }

    /// Where others changed the deal and left this answer alone, the change is made on what they made of it.
    pub fn follow(self, glance: Memo<Glance>) {
        Effect::new(move |_| {
            let (raw, version) = glance.with(|glance| (self.part.raw(glance), glance.deal.version));
            self.begun.update_value(|begun| {
                if raw.as_ref() == Some(&begun.open.raw) {
                    begun.version = version;
                }
            });
        });
    }

    fn command(self) -> (Source, ChangeAnswers) {
        let (text, currency) = (self.text.get_untracked(), self.currency.get_untracked());
        self.begun.with_value(|begun| {
            let command = ChangeAnswers {
                deal: begun.deal,
                answers: model::typed(&begun.open.field, &text, &currency, self.locale),
                version: begun.version,
            };
            (begun.source, command)
        })
    }

    pub fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let (source, command) = self.command();
        spawn_local(async move {
            let answer = match source {
                Source::Partner(membership) => amend_deal_answers(membership, command).await,
                Source::Company(program) => change_deal_answers(program, command).await,
            };
            // The sheet may have gone, or shows another deal.
            if self.busy.is_disposed() {
                return;
            }
            match answer {
                Ok(_) => self.saved().await,
                Err(error) => self.refused(error).await,
            }
            self.busy.try_set(false);
        });
    }

    /// The column's sum and the card follow from the server.
    async fn saved(self) {
        self.quick.board.get_value().refresh();
        let glance = self.quick.fetch().await;
        let Some(said) = self.quick.board.try_with_value(|board| board.said) else {
            return;
        };
        if let Some(Glance { deal, .. }) = glance {
            let now = self.part.text(&deal, self.locale);
            said.try_set(format!(
                "{} of {} is {now} now.",
                self.part.label(),
                deal.customer
            ));
        }
        if !self.busy.is_disposed() {
            self.end.run(());
        }
    }

    async fn refused(self, error: ActionError) {
        if error.code() == ErrorCode::Conflict {
            let fresh = self.quick.fetch().await;
            let said = self.overtaken(&error, fresh);
            self.said.try_set(Some(said));
            return;
        }
        let at_input = self.begun.try_with_value(|begun| {
            let field = &begun.open.field;
            at_field(&error, field, self.locale)
        });
        match at_input.flatten() {
            Some(text) => {
                self.said.try_set(None);
                self.error.try_set(Some(text));
                focus_by_id(self.part.input_id());
            }
            None => {
                self.said.try_set(Some(error.0.text()));
            }
        }
    }

    /// Who was first, and what it is by now: whoever saves again has seen that.
    fn overtaken(self, error: &ActionError, fresh: Option<Glance>) -> String {
        let who = error.0.text();
        let Some(fresh) = fresh else { return who };
        let now = self.part.text(&fresh.deal, self.locale);
        self.begun.try_update_value(|begun| {
            begun.version = fresh.deal.version;
            if let InPlace::Open(open) = self.part.of(&fresh) {
                begun.open.raw.clone_from(&open.raw);
            }
        });
        format!("{who} It is {now} now.")
    }
}

/// What is wrong with the answer itself.
fn at_field(error: &ActionError, field: &Field, locale: Locale) -> Option<String> {
    let Some(Why::Fields(errors)) = &error.0.why else {
        return None;
    };
    let own = errors
        .iter()
        .find(|error| RawAnswers::key_of(&error.field).as_ref() == Some(&field.key));
    own.map(|error| problem_text_in(Some(field), &error.problem, locale))
}
