//! The arithmetic of a commission, line by line. Pure: the browser projects with it, the server owes by it.

use serde::{Deserialize, Serialize};

use crate::offers::{OfferVersion, Rate, Step, Trigger};
use crate::rate::{BasisPoints, Exact};
use crate::{Currency, Locale, Money, OfferId, OfferVersionId};

/// How an amount came about. Kept with the commission and shown to both sides, the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calculation {
    pub offer: OfferId,
    pub version: OfferVersionId,
    /// The offer's name and version number then.
    pub name: String,
    pub number: i32,
    pub lines: Vec<CalculationLine>,
    /// What is earned; zero when nothing is.
    pub amount: Money,
}

/// One line of it, in the order in which it is worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum CalculationLine {
    /// What the rate is applied to.
    Base {
        trigger: Trigger,
        amount: Money,
    },
    /// The offer's amounts are in another currency: amounts are never converted.
    OtherCurrency {
        currency: Currency,
    },
    MinimumNotMet {
        minimum: Money,
    },
    Flat {
        amount: Money,
    },
    /// A part of the base at a rate, before rounding.
    Part {
        base: Money,
        rate: BasisPoints,
        exact: Exact,
    },
    /// The sum of the parts, to the minor unit.
    Rounded {
        exact: Exact,
        amount: Money,
    },
    /// Only so much of the cap was left.
    Capped {
        cap: Money,
        earned: Money,
        amount: Money,
    },
    /// A line that the company added, and why.
    Corrected {
        reason: String,
        amount: Money,
    },
}

/// What a base earns under an offer's version, when the deal has earned so much under that offer already.
///
/// `earned` counts towards the cap and is in the base's currency; a correction downwards gives room again.
pub fn calculate(offer: &OfferVersion, base: Money, earned: Money) -> Calculation {
    let terms = &offer.terms;
    let mut lines = vec![CalculationLine::Base {
        trigger: terms.trigger,
        amount: base,
    }];
    let none = Money::new(0, base.currency);
    let other = terms
        .currency()
        .filter(|currency| *currency != base.currency);
    let amount = if let Some(currency) = other {
        lines.push(CalculationLine::OtherCurrency { currency });
        none
    } else if base.minor <= 0 {
        none
    } else if let Some(minimum) = terms.minimum.filter(|least| base.minor < least.minor) {
        lines.push(CalculationLine::MinimumNotMet { minimum });
        none
    } else {
        let amount = by_rate(&terms.rate, base, &mut lines);
        capped(terms.cap, amount, earned, &mut lines)
    };
    Calculation {
        offer: offer.offer,
        version: offer.id,
        name: terms.name.clone(),
        number: offer.number,
        lines,
        amount,
    }
}

fn by_rate(rate: &Rate, base: Money, lines: &mut Vec<CalculationLine>) -> Money {
    let parts: Vec<(Money, BasisPoints)> = match rate {
        Rate::Flat { amount } => {
            lines.push(CalculationLine::Flat { amount: *amount });
            return *amount;
        }
        Rate::Percent { rate } => vec![(base, *rate)],
        Rate::Steps { steps } => slices(steps, base),
    };
    let mut sum = Exact::zero(base.currency);
    for (base, rate) in parts {
        let exact = rate.of(base);
        // Parts of one base, each at 100% at most, never add up to more than the base.
        sum = sum.checked_add(exact).unwrap_or(sum);
        lines.push(CalculationLine::Part { base, rate, exact });
    }
    let amount = sum.rounded();
    if !sum.is_whole() {
        lines.push(CalculationLine::Rounded { exact: sum, amount });
    }
    amount
}

/// The part of the base that each step's rate is for.
fn slices(steps: &[Step], base: Money) -> Vec<(Money, BasisPoints)> {
    let ends = steps.iter().skip(1).map(|step| step.above.minor);
    let ends = ends.chain([i64::MAX]);
    steps
        .iter()
        .zip(ends)
        .filter(|(step, _)| base.minor > step.above.minor)
        .map(|(step, end)| {
            let slice = base.minor.min(end) - step.above.minor;
            (Money::new(slice, base.currency), step.rate)
        })
        .collect()
}

fn capped(
    cap: Option<Money>,
    amount: Money,
    earned: Money,
    lines: &mut Vec<CalculationLine>,
) -> Money {
    let Some(cap) = cap else { return amount };
    let left = cap.minor.saturating_sub(earned.minor.max(0)).max(0);
    if amount.minor <= left {
        return amount;
    }
    let amount = Money::new(left, amount.currency);
    lines.push(CalculationLine::Capped {
        cap,
        earned: Money::new(earned.minor.max(0), earned.currency),
        amount,
    });
    amount
}

impl Calculation {
    /// Whether there is anything to owe.
    pub fn is_zero(&self) -> bool {
        self.amount.minor == 0
    }

    /// What the rate was applied to.
    pub fn base(&self) -> Option<Money> {
        self.lines.iter().find_map(|line| match line {
            CalculationLine::Base { amount, .. } => Some(*amount),
            _ => None,
        })
    }

    /// What the deal had earned before, where that mattered.
    pub fn earned(&self) -> Money {
        let capped = self.lines.iter().find_map(|line| match line {
            CalculationLine::Capped { earned, .. } => Some(*earned),
            _ => None,
        });
        capped.unwrap_or(Money::new(0, self.amount.currency))
    }

    /// "Referral fee, version 2".
    pub fn offer_text(&self) -> String {
        format!("{}, version {}", self.name, self.number)
    }

    /// What people read, from the offer to the amount: a label and a value per line.
    pub fn text(&self) -> Vec<(String, String)> {
        self.text_in(Locale::default())
    }

    /// The same, with amounts as the locale writes them.
    pub fn text_in(&self, locale: Locale) -> Vec<(String, String)> {
        let offer = ("Offer".to_owned(), self.offer_text());
        let amount = ("Commission".to_owned(), locale.money_exact(self.amount));
        let lines = self.lines.iter().map(|line| line.text_in(locale));
        [offer].into_iter().chain(lines).chain([amount]).collect()
    }
}

impl CalculationLine {
    /// The line's label and its value.
    pub fn text(&self) -> (String, String) {
        self.text_in(Locale::default())
    }

    /// The same, with amounts as the locale writes them.
    pub fn text_in(&self, locale: Locale) -> (String, String) {
        let written = |amount: &Money| locale.money_exact(*amount);
        match self {
            Self::Base { trigger, amount } => {
                let label = match trigger {
                    Trigger::ClosedWon => "Deal value",
                    Trigger::Transaction => "Transaction",
                };
                (label.to_owned(), written(amount))
            }
            Self::OtherCurrency { currency } => (
                format!("The offer is in {currency}; amounts are not converted"),
                "does not apply".to_owned(),
            ),
            Self::MinimumNotMet { minimum } => (
                format!("Less than the minimum of {}", locale.money(*minimum)),
                "does not apply".to_owned(),
            ),
            Self::Flat { amount } => ("Flat fee".to_owned(), written(amount)),
            Self::Part { base, rate, exact } => (
                format!("{rate} of {}", written(base)),
                exact.display_in(locale),
            ),
            Self::Rounded { amount, .. } => ("Rounded, half up".to_owned(), written(amount)),
            Self::Capped {
                cap,
                earned,
                amount,
            } => {
                let before = if earned.minor == 0 {
                    String::new()
                } else {
                    format!(", {} earned before", written(earned))
                };
                (
                    format!("Cap of {} per deal{before}", locale.money(*cap)),
                    written(amount),
                )
            }
            Self::Corrected { reason, amount } => {
                (format!("Correction: {reason}"), written(amount))
            }
        }
    }
}
