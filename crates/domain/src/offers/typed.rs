//! An offer as it is typed: its amounts and percentages as the locale writes them.

use super::draft::{OfferDraft, RateKind};
use super::offer::OfferTerms;
use crate::errors::InputFault;
use crate::locale::TwoReadings;
use crate::{Currency, Locale};

impl OfferDraft {
    /// The same with plain numbers, and every input that can be read in two ways: that one stays as it was typed. What the rate
    /// does not need is not looked at.
    pub fn plainly(&self, locale: Locale) -> (Self, Vec<InputFault>) {
        let mut plain = self.clone();
        let mut reader = Reader {
            locale,
            currency: Currency::from_code(self.currency.trim()).unwrap_or(Currency::EUR),
            unclear: Vec::new(),
        };
        match plain.rate {
            RateKind::Flat => reader.amount("amount", &mut plain.amount),
            RateKind::Percent => reader.percent("percent", &mut plain.percent),
            RateKind::Steps => {
                for (place, step) in plain.steps.iter_mut().enumerate() {
                    reader.percent(&format!("steps.{place}.percent"), &mut step.percent);
                    if place > 0 {
                        reader.amount(&format!("steps.{place}.above"), &mut step.above);
                    }
                }
            }
        }
        reader.amount("minimum", &mut plain.minimum);
        reader.amount("cap", &mut plain.cap);
        (plain, reader.unclear)
    }

    /// Plain numbers as the locale writes them: what the inputs show at first.
    #[must_use]
    pub fn spoken(mut self, locale: Locale) -> Self {
        let steps = self.steps.iter_mut();
        let steps = steps.flat_map(|step| [&mut step.above, &mut step.percent]);
        let own = [
            &mut self.amount,
            &mut self.percent,
            &mut self.minimum,
            &mut self.cap,
        ];
        for text in steps.chain(own) {
            *text = locale.figures(text);
        }
        self
    }

    /// The terms of what is typed, or every input at fault; see [`OfferDraft::check`].
    pub fn check_in(&self, locale: Locale) -> Result<OfferTerms, Vec<InputFault>> {
        let (plain, unclear) = self.plainly(locale);
        match plain.check() {
            Ok(terms) if unclear.is_empty() => Ok(terms),
            checked => {
                let mut faults = checked.err().unwrap_or_default();
                faults.retain(|fault| unclear.iter().all(|own| own.input != fault.input));
                faults.extend(unclear);
                Err(faults)
            }
        }
    }
}

struct Reader {
    locale: Locale,
    currency: Currency,
    unclear: Vec<InputFault>,
}

impl Reader {
    fn amount(&mut self, input: &str, text: &mut String) {
        let read = self.locale.plain_amount(text, self.currency);
        self.take(input, text, read);
    }

    fn percent(&mut self, input: &str, text: &mut String) {
        let read = self.locale.plain_percent(text);
        self.take(input, text, read);
    }

    fn take(&mut self, input: &str, text: &mut String, read: Result<String, TwoReadings>) {
        match read {
            Ok(plain) => *text = plain,
            Err(two) => self.unclear.push(InputFault {
                input: input.to_owned(),
                text: two.text(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Rate, StepDraft};
    use super::*;

    fn steps(above: &str, percent: &str) -> OfferDraft {
        OfferDraft {
            name: "Growth".into(),
            rate: RateKind::Steps,
            steps: vec![
                StepDraft {
                    above: String::new(),
                    percent: "5".into(),
                },
                StepDraft {
                    above: above.into(),
                    percent: percent.into(),
                },
            ],
            ..OfferDraft::empty(Currency::EUR)
        }
    }

    #[test]
    fn an_offer_is_read_in_its_locale_and_shown_in_it_again() {
        let german = Locale::of_tag("de").unwrap();
        let terms = steps("12.500", "7,5").check_in(german).unwrap();
        let Rate::Steps { steps: read } = &terms.rate else {
            panic!("{terms:?}");
        };
        assert_eq!(read[1].above.minor, 1_250_000);
        assert_eq!(read[1].rate.points(), 750);
        let shown = OfferDraft::of(&terms, Currency::EUR).spoken(german);
        assert_eq!(shown.steps[1].above, "12.500");
        assert_eq!(shown.steps[1].percent, "7,5");
        assert_eq!(shown.check_in(german).unwrap(), terms);
    }

    #[test]
    fn what_has_two_readings_is_refused_at_its_input() {
        let british = Locale::default();
        let faults = steps("12.500", "200").check_in(british).unwrap_err();
        let inputs: Vec<&str> = faults.iter().map(|fault| fault.input.as_str()).collect();
        assert_eq!(inputs, ["steps.1.percent", "steps.1.above"]);
        assert!(faults[1].text.contains("write 12,500 or 12.50"));
        let unused = OfferDraft {
            amount: "12.500".into(),
            ..steps("12,500", "20")
        };
        assert!(unused.check_in(british).is_ok());
    }
}
