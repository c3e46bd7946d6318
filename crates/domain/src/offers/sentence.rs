//! An offer in plain words, made from its terms: nobody writes it, so it cannot promise anything else.

use super::offer::{OfferTerms, Rate, Step, Trigger};
use crate::program::Tier;
use crate::{Date, Locale, Money};

impl OfferTerms {
    /// What the partner reads: how much, for what, within which bounds.
    pub fn sentence(&self) -> String {
        self.sentence_in(Locale::default())
    }

    /// The same, with amounts and days as the locale writes them.
    pub fn sentence_in(&self, locale: Locale) -> String {
        let minimum = self.minimum.map(|least| match self.trigger {
            Trigger::ClosedWon => {
                format!(", when the deal is worth {} or more", locale.money(least))
            }
            Trigger::Transaction => format!(", when it is {} or more", locale.money(least)),
        });
        let cap = self
            .cap
            .map(|cap| format!(", up to {} per deal", locale.money(cap)));
        let dates = self
            .dates(locale)
            .map(|dates| format!(", for {} {dates}", self.causes()));
        let bounds = [minimum, cap, dates].into_iter().flatten();
        format!(
            "You earn {}{}.",
            self.how_much(locale),
            bounds.collect::<String>()
        )
    }

    /// Whom it is for, by the names of their tiers: "Gold and Silver partners".
    pub fn audience(&self, tiers: &[Tier]) -> String {
        if self.tiers.is_empty() {
            return "All partners".to_owned();
        }
        let named: Vec<&str> = tiers
            .iter()
            .filter(|tier| self.tiers.contains(&tier.id))
            .map(|tier| tier.name.as_str())
            .collect();
        format!("{} partners", listed(&named))
    }

    fn how_much(&self, locale: Locale) -> String {
        let of = match self.trigger {
            Trigger::ClosedWon => "the value of each deal that you win",
            Trigger::Transaction => "each transaction of the customers that you won",
        };
        let for_each = match self.trigger {
            Trigger::ClosedWon => "each deal that you win",
            Trigger::Transaction => "each transaction of the customers that you won",
        };
        match &self.rate {
            Rate::Flat { amount } => format!("{} for {for_each}", locale.money(*amount)),
            Rate::Percent { rate } => format!("{rate} of {of}"),
            Rate::Steps { steps } => format!("{} of {of}", in_parts(steps, locale)),
        }
    }

    fn causes(&self) -> &'static str {
        match self.trigger {
            Trigger::ClosedWon => "wins",
            Trigger::Transaction => "transactions",
        }
    }

    fn dates(&self, locale: Locale) -> Option<String> {
        let day = |date: Date| locale.date(date);
        match (self.starts_on, self.ends_on) {
            (None, None) => None,
            (Some(first), None) => Some(format!("from {}", day(first))),
            (None, Some(last)) => Some(format!("until {}", day(last))),
            (Some(first), Some(last)) => Some(format!("from {} to {}", day(first), day(last))),
        }
    }
}

/// `8% of the first EUR 50,000, 10% of the next EUR 50,000 and 12% of the rest`.
fn in_parts(steps: &[Step], locale: Locale) -> String {
    let ends = steps.iter().skip(1).map(|step| Some(step.above));
    let parts: Vec<String> = steps
        .iter()
        .zip(ends.chain([None]))
        .enumerate()
        .map(|(place, (step, end))| {
            let width = end.map(|end| end.minor.saturating_sub(step.above.minor));
            let width = width.map(|minor| locale.money(Money::new(minor, step.above.currency)));
            match (place, width) {
                (0, None) => step.rate.to_string(),
                (0, Some(width)) => format!("{} of the first {width}", step.rate),
                (_, Some(width)) => format!("{} of the next {width}", step.rate),
                (_, None) => format!("{} of the rest", step.rate),
            }
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    listed(&parts)
}

/// `one`, `one and two`, `one, two and three`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
