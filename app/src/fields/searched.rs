//! A long list while somebody searches it: what is chosen, and how the form hears of it.

use std::sync::Arc;

use domain::text::fold;
use leptos::{html, prelude::*};

use super::model::options_html;
use crate::combo::{Around, Asked, Combo, found};

/// The options, and what they are found by.
pub struct Options {
    /// Value and label.
    pub pairs: Vec<(String, String)>,
    folded: Vec<String>,
}

impl Options {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let folded = pairs.iter().map(|(_, label)| fold(label)).collect();
        Self { pairs, folded }
    }

    pub fn label(&self, place: usize) -> &str {
        self.pairs.get(place).map_or("", |(_, label)| label)
    }

    /// The places of these values, in their order.
    fn places(&self, values: &[String]) -> Vec<usize> {
        let place = |value: &String| self.pairs.iter().position(|(own, _)| own == value);
        values.iter().filter_map(place).collect()
    }

    /// The only option that is called so.
    fn called(&self, text: &str) -> Option<usize> {
        let text = fold(text);
        let mut places = (0..).zip(&self.folded).filter(|(_, own)| **own == text);
        let (first, _) = places.next()?;
        places.next().is_none().then_some(first)
    }

    /// A control's content that posts what is chosen.
    pub fn carried(&self, chosen: &[usize]) -> String {
        let pairs = chosen.iter().filter_map(|place| self.pairs.get(*place));
        let values: Vec<String> = pairs.clone().map(|(value, _)| value.clone()).collect();
        let pairs = pairs.map(|(value, label)| (value.as_str(), label.as_str()));
        options_html(None, pairs, &values)
    }
}

#[derive(Clone, Copy)]
pub struct Search {
    pub options: StoredValue<Arc<Options>>,
    pub several: bool,
    /// By their places, in the order in which they were chosen.
    pub chosen: RwSignal<Vec<usize>>,
    query: RwSignal<String>,
    pub combo: RwSignal<Combo>,
    /// The places of what the query finds.
    pub found: Memo<Vec<usize>>,
    /// Said by a screen reader.
    pub said: RwSignal<String>,
    pub input: NodeRef<html::Input>,
    /// Holds what is chosen, under the field's name.
    pub carrier: NodeRef<html::Select>,
}

impl Search {
    pub fn new(options: Options, several: bool, values: &[String]) -> Self {
        let chosen = options.places(values);
        let options = StoredValue::new(Arc::new(options));
        let query = RwSignal::new(String::new());
        Self {
            options,
            several,
            chosen: RwSignal::new(chosen),
            query,
            combo: RwSignal::new(Combo::default()),
            found: Memo::new(move |_| {
                query.with(|query| options.with_value(|options| found(&options.folded, query)))
            }),
            said: RwSignal::new(String::new()),
            input: NodeRef::new(),
            carrier: NodeRef::new(),
        }
    }

    pub fn label(self, place: usize) -> String {
        self.options
            .with_value(|options| options.label(place).to_owned())
    }

    /// What the input shows while nobody types: of one its label, of several nothing.
    pub fn shown(self) -> String {
        let first = self.chosen.with_untracked(|chosen| chosen.first().copied());
        let one = first.filter(|_| !self.several);
        one.map(|place| self.label(place)).unwrap_or_default()
    }

    pub fn typed(self, text: String) {
        let is_typed = !text.trim().is_empty();
        self.query.set(text);
        let count = self.found.with_untracked(Vec::len);
        self.combo.set(Combo::typed(count, is_typed));
        self.said.set(match count {
            0 => "No options".to_owned(),
            1 => "1 option".to_owned(),
            count => format!("{count} options"),
        });
    }

    /// Whether the key was ours.
    pub fn pressed(self, key: &str) -> bool {
        let chosen = self.chosen.get_untracked();
        let (count, at) = self.found.with_untracked(|found| {
            let first = chosen.first().filter(|_| !self.several);
            let at = first.and_then(|first| found.iter().position(|place| place == first));
            (found.len(), at)
        });
        let around = Around {
            count,
            at,
            is_chosen: !chosen.is_empty(),
            is_typed: self.query.with_untracked(|query| !query.is_empty()),
            several: self.several,
        };
        let before = self.combo.get_untracked();
        let (combo, asked) = before.press(key, around);
        if combo != before {
            self.combo.set(combo);
        }
        match asked {
            Asked::Nothing => return false,
            Asked::Moved if !combo.open => self.restore(),
            Asked::Moved => {}
            Asked::Choose(at) => self.choose(at),
            Asked::Clear => self.clear(),
            Asked::RemoveLast => {
                if let Some(last) = chosen.last() {
                    self.remove(*last);
                }
            }
        }
        true
    }

    /// Takes the option at that place of the list; of several, one that was taken goes.
    pub fn choose(self, at: usize) {
        let place = self.found.with_untracked(|found| found.get(at).copied());
        let Some(place) = place else { return };
        if self.several && self.chosen.with_untracked(|chosen| chosen.contains(&place)) {
            self.remove(place);
            return;
        }
        self.take(place);
        self.restore();
        // The whole list is there again, in which its place is its own.
        self.combo.set(Combo {
            open: self.several,
            active: self.several.then_some(place),
        });
    }

    fn take(self, place: usize) {
        self.chosen.update(|chosen| {
            if !self.several {
                chosen.clear();
            }
            chosen.push(place);
        });
        self.tell(format!("{} chosen", self.label(place)));
    }

    pub fn remove(self, place: usize) {
        self.chosen
            .update(|chosen| chosen.retain(|own| *own != place));
        self.tell(format!("{} removed", self.label(place)));
    }

    pub fn clear(self) {
        self.chosen.set(Vec::new());
        self.combo.set(Combo::default());
        self.restore();
        self.tell("Nothing is chosen".to_owned());
    }

    /// The focus is elsewhere. A name that was typed whole is taken; a text of one that was emptied takes the answer away.
    pub fn left(self) {
        let combo = self.combo.get_untracked();
        let text = self.input.get_untracked().map(|input| input.value());
        let text = text.unwrap_or_default();
        if combo.open {
            self.combo.set(Combo::default());
        }
        if text == self.shown() {
            self.restore();
            return;
        }
        let called = self
            .options
            .with_value(|options| options.called(text.trim()));
        let is_chosen = |place: &usize| self.chosen.with_untracked(|c| c.contains(place));
        match called {
            _ if text.trim().is_empty() => {
                if !self.several {
                    self.clear();
                    return;
                }
            }
            Some(place) if !is_chosen(&place) => self.take(place),
            Some(_) => {}
            None => self.said.set(format!(
                "\u{201c}{}\u{201d} is not in the list",
                text.trim()
            )),
        }
        self.restore();
    }

    /// The input shows what is chosen, and the list everything.
    fn restore(self) {
        if let Some(input) = self.input.get_untracked() {
            input.set_value(&self.shown());
        }
        if self.query.with_untracked(|query| !query.is_empty()) {
            self.query.set(String::new());
        }
    }

    /// The form hears of it as if it were typed.
    fn tell(self, words: String) {
        self.said.set(words);
        let Some(carrier) = self.carrier.get_untracked() else {
            return;
        };
        let html = self
            .chosen
            .with_untracked(|chosen| self.options.with_value(|options| options.carried(chosen)));
        carrier.set_inner_html(&html);
        let told = web_sys::EventInit::new();
        told.set_bubbles(true);
        if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &told) {
            // Nobody refuses it.
            let _ = carrier.dispatch_event(&event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        let pair = |value: &str, label: &str| (value.to_owned(), label.to_owned());
        Options::new(vec![
            pair("a", "\u{c9}clair"),
            pair("b", "Tart <small>"),
            pair("c", "Cake"),
            pair("d", "cake"),
        ])
    }

    #[test]
    fn values_are_found_and_carried_in_their_order() {
        let options = options();
        let values = ["b", "gone", "a"].map(str::to_owned);
        let places = options.places(&values);
        assert_eq!(places, [1, 0]);
        assert_eq!(
            options.carried(&places),
            "<option value=\"b\" selected>Tart &lt;small&gt;</option><option value=\"a\" selected>\u{c9}clair</option>"
        );
        assert_eq!(options.carried(&[]), "");
    }

    #[test]
    fn a_name_that_is_typed_whole_is_the_option() {
        assert_eq!(options().called("eclair"), Some(0));
        assert_eq!(options().called("Cake"), None);
        assert_eq!(options().called("tar"), None);
    }
}
