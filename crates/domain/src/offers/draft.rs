//! The offer editor's input, and what is wrong with it. The browser asks while typing, the server when publishing.

use serde::{Deserialize, Serialize};

use super::offer::{OfferTerms, Rate, Step, Trigger};
use crate::errors::InputFault;
use crate::people::words;
use crate::rate::BasisPoints;
use crate::text::clean_line;
use crate::{Currency, Date, Money, MoneyError, TierId};

/// Characters in an offer's name.
const MAX_NAME: usize = 80;
/// Rates in one offer.
pub const MAX_STEPS: usize = 10;

words! {
    /// The kinds of rate, as the editor offers them.
    RateKind {
        Flat = "flat", "A flat fee";
        Percent = "percent", "A percentage";
        Steps = "steps", "Percentages in steps";
    }
}

/// What the editor's inputs hold. Every amount is in the one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferDraft {
    pub name: String,
    #[serde(default)]
    pub tiers: Vec<TierId>,
    pub trigger: Trigger,
    pub rate: RateKind,
    /// ISO 4217; needed only when there is an amount.
    #[serde(default)]
    pub currency: String,
    /// Of a flat fee.
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub percent: String,
    #[serde(default)]
    pub steps: Vec<StepDraft>,
    #[serde(default)]
    pub minimum: String,
    #[serde(default)]
    pub cap: String,
    #[serde(default)]
    pub starts_on: String,
    #[serde(default)]
    pub ends_on: String,
}

/// One line of the steps. The threshold of the first one is zero, whatever it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDraft {
    #[serde(default)]
    pub above: String,
    #[serde(default)]
    pub percent: String,
}

impl OfferDraft {
    /// What a new offer's editor starts with.
    pub fn empty(currency: Currency) -> Self {
        Self {
            name: String::new(),
            tiers: Vec::new(),
            trigger: Trigger::ClosedWon,
            rate: RateKind::Percent,
            currency: currency.to_string(),
            amount: String::new(),
            percent: String::new(),
            steps: Vec::new(),
            minimum: String::new(),
            cap: String::new(),
            starts_on: String::new(),
            ends_on: String::new(),
        }
    }

    /// The inputs that would make these terms: for the next version. `usual` stands where the terms name no currency.
    pub fn of(terms: &OfferTerms, usual: Currency) -> Self {
        let amount = |money: Option<Money>| money.map(Money::input_value).unwrap_or_default();
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let mut draft = Self {
            name: terms.name.clone(),
            tiers: terms.tiers.clone(),
            trigger: terms.trigger,
            minimum: amount(terms.minimum),
            cap: amount(terms.cap),
            starts_on: date(terms.starts_on),
            ends_on: date(terms.ends_on),
            ..Self::empty(terms.currency().unwrap_or(usual))
        };
        match &terms.rate {
            Rate::Flat { amount } => {
                draft.rate = RateKind::Flat;
                draft.amount = amount.input_value();
            }
            Rate::Percent { rate } => draft.percent = rate.input_value(),
            Rate::Steps { steps } => {
                draft.rate = RateKind::Steps;
                draft.steps = steps
                    .iter()
                    .map(|step| StepDraft {
                        above: step.above.input_value(),
                        percent: step.rate.input_value(),
                    })
                    .collect();
            }
        }
        draft
    }

    /// The terms, or every input at fault: named as the field, a step's as `steps.0.percent`.
    pub fn check(&self) -> Result<OfferTerms, Vec<InputFault>> {
        let mut reading = Reading::new(self);
        let terms = OfferTerms {
            name: reading.name(&self.name),
            tiers: once_each(&self.tiers),
            trigger: self.trigger,
            rate: reading.rate(self),
            minimum: reading.optional_amount("minimum", &self.minimum),
            cap: reading.optional_amount("cap", &self.cap),
            starts_on: reading.date("starts_on", &self.starts_on),
            ends_on: reading.date("ends_on", &self.ends_on),
        };
        if let (Some(first), Some(last)) = (terms.starts_on, terms.ends_on)
            && last < first
        {
            reading.fault("ends_on", "Enter a last day that is not before the first");
        }
        if reading.faults.is_empty() {
            Ok(terms)
        } else {
            Err(reading.faults)
        }
    }
}

fn once_each(tiers: &[TierId]) -> Vec<TierId> {
    let mut tiers = tiers.to_vec();
    tiers.sort_unstable();
    tiers.dedup();
    tiers
}

/// Reads the inputs and collects what is wrong.
struct Reading {
    /// Stands in where the currency is at fault, so that the other inputs are still read.
    currency: Currency,
    faults: Vec<InputFault>,
}

impl Reading {
    fn new(draft: &OfferDraft) -> Self {
        let mut reading = Self {
            currency: Currency::EUR,
            faults: Vec::new(),
        };
        match Currency::from_code(draft.currency.trim()) {
            Some(currency) => reading.currency = currency,
            None if draft.names_amounts() => {
                reading.fault("currency", "Select the currency of the amounts");
            }
            None => {}
        }
        reading
    }

    fn fault(&mut self, input: &str, text: &str) {
        self.faults.push(InputFault {
            input: input.into(),
            text: text.into(),
        });
    }

    fn name(&mut self, text: &str) -> String {
        let name = clean_line(text);
        if name.is_empty() {
            self.fault("name", "Enter the offer\u{2019}s name");
        } else if name.chars().count() > MAX_NAME {
            self.fault("name", "Shorten the name to 80 characters or fewer");
        }
        name
    }

    fn rate(&mut self, draft: &OfferDraft) -> Rate {
        match draft.rate {
            RateKind::Flat => Rate::Flat {
                amount: self
                    .amount("amount", &draft.amount)
                    .unwrap_or(Money::new(0, self.currency)),
            },
            RateKind::Percent => Rate::Percent {
                rate: self.percent("percent", &draft.percent),
            },
            RateKind::Steps => Rate::Steps {
                steps: self.steps(&draft.steps),
            },
        }
    }

    fn steps(&mut self, drafts: &[StepDraft]) -> Vec<Step> {
        if drafts.is_empty() {
            self.fault("steps", "Add at least one rate");
        } else if drafts.len() > MAX_STEPS {
            self.fault("steps", "An offer can have 10 rates at most");
        }
        let mut steps: Vec<Step> = Vec::new();
        for (place, draft) in drafts.iter().take(MAX_STEPS).enumerate() {
            let rate = self.percent(&format!("steps.{place}.percent"), &draft.percent);
            let input = format!("steps.{place}.above");
            let above = if place == 0 {
                Some(Money::new(0, self.currency))
            } else {
                self.amount(&input, &draft.above)
            };
            let Some(above) = above else { continue };
            if steps
                .last()
                .is_some_and(|before| above.minor <= before.above.minor)
            {
                self.fault(&input, "Enter more than the threshold above it");
            }
            steps.push(Step { above, rate });
        }
        steps
    }

    fn percent(&mut self, input: &str, text: &str) -> BasisPoints {
        BasisPoints::parse(text).unwrap_or_else(|_| {
            self.fault(input, "Enter a percentage from 0.01 to 100, like 12.5");
            BasisPoints::WHOLE
        })
    }

    fn optional_amount(&mut self, input: &str, text: &str) -> Option<Money> {
        if text.trim().is_empty() {
            return None;
        }
        self.amount(input, text)
    }

    fn amount(&mut self, input: &str, text: &str) -> Option<Money> {
        let fault = match Money::parse(text, self.currency) {
            Ok(money) if money.minor > 0 => return Some(money),
            Ok(_) => "Enter an amount above zero",
            Err(MoneyError::TooManyDecimals) => "Enter no more decimals than the currency has",
            Err(MoneyError::TooLarge) => "Enter a smaller amount",
            Err(_) => "Enter an amount, like 1,200",
        };
        self.fault(input, fault);
        None
    }

    fn date(&mut self, input: &str, text: &str) -> Option<Date> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let date = text.parse().ok();
        if date.is_none() {
            self.fault(input, "Enter a real date, like 2026-12-31");
        }
        date
    }
}

impl OfferDraft {
    fn names_amounts(&self) -> bool {
        let filled = |text: &str| !text.trim().is_empty();
        self.rate != RateKind::Percent || filled(&self.minimum) || filled(&self.cap)
    }
}
