//! A drag in the designer as a plain state machine: a field by its grip, or a new one from the palette.

use domain::forms::{FieldKey, FormDefinition, KindName};

use crate::drag::THRESHOLD;

/// What is carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load {
    Field(FieldKey),
    Kind(KindName),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Drag {
    #[default]
    Idle,
    /// The pointer is down and may still turn out to be a click.
    Pressed { load: Load, x: f64, y: f64 },
    /// In the hand, over that gap of the form, if it is over one.
    Held { load: Load, gap: Option<usize> },
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Press {
        load: Load,
        x: f64,
        y: f64,
    },
    Point {
        x: f64,
        y: f64,
        gap: Option<usize>,
    },
    Release,
    /// By Esc, or the browser took the pointer away.
    Cancel,
}

/// What the page does about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Lift,
    Drop(Load, usize),
    /// It stays where it was.
    PutBack,
}

impl Drag {
    /// What is in the hand.
    pub fn held(&self) -> Option<&Load> {
        match self {
            Self::Held { load, .. } => Some(load),
            Self::Idle | Self::Pressed { .. } => None,
        }
    }

    /// The next state and what to do.
    pub fn step(self, input: Input) -> (Self, Told) {
        match (self, input) {
            (Self::Idle, Input::Press { load, x, y }) => {
                (Self::Pressed { load, x, y }, Told::Nothing)
            }
            (
                Self::Pressed { load, x, y },
                Input::Point {
                    x: to_x,
                    y: to_y,
                    gap,
                },
            ) => {
                if (to_x - x).hypot(to_y - y) > THRESHOLD {
                    (Self::Held { load, gap }, Told::Lift)
                } else {
                    (Self::Pressed { load, x, y }, Told::Nothing)
                }
            }
            (Self::Pressed { .. }, Input::Release | Input::Cancel) => (Self::Idle, Told::Nothing),
            (Self::Held { load, .. }, Input::Point { gap, .. }) => {
                (Self::Held { load, gap }, Told::Nothing)
            }
            (Self::Held { load, gap }, Input::Release) => match gap {
                Some(gap) => (Self::Idle, Told::Drop(load, gap)),
                None => (Self::Idle, Told::PutBack),
            },
            (Self::Held { .. }, Input::Cancel) => (Self::Idle, Told::PutBack),
            (same, _) => (same, Told::Nothing),
        }
    }

    /// The field at which the line is drawn that shows where it would be dropped, and on which side of it.
    pub fn mark(&self, form: &FormDefinition) -> Option<(FieldKey, Edge)> {
        let Self::Held { gap: Some(gap), .. } = self else {
            return None;
        };
        let before = form.fields.get(*gap).map(|field| (field, Edge::Before));
        let (field, edge) = before.or(form.fields.last().map(|field| (field, Edge::After)))?;
        Some((field.key.clone(), edge))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Before,
    After,
}

impl Edge {
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::starter_form;

    use super::*;

    fn load() -> Load {
        Load::Kind(KindName::Date)
    }

    fn press() -> Drag {
        let (x, y) = (10.0, 10.0);
        Drag::default().step(Input::Press { load: load(), x, y }).0
    }

    fn point(x: f64, gap: Option<usize>) -> Input {
        Input::Point { x, y: 10.0, gap }
    }

    #[test]
    fn a_press_that_hardly_moves_is_a_click() {
        let (drag, told) = press().step(point(13.0, Some(1)));
        assert_eq!((drag.held(), told), (None, Told::Nothing));
        assert_eq!(drag.step(Input::Release), (Drag::Idle, Told::Nothing));
    }

    #[test]
    fn it_is_dropped_into_the_gap_that_it_is_over() {
        let (drag, told) = press().step(point(30.0, None));
        assert_eq!((drag.held(), told), (Some(&load()), Told::Lift));
        let (drag, told) = drag.step(point(40.0, Some(2)));
        assert_eq!(told, Told::Nothing);
        assert_eq!(
            drag.step(Input::Release),
            (Drag::Idle, Told::Drop(load(), 2))
        );
    }

    #[test]
    fn outside_the_form_or_by_escape_nothing_happens() {
        let held = || press().step(point(30.0, None)).0;
        assert_eq!(held().step(Input::Release), (Drag::Idle, Told::PutBack));
        let over = held().step(point(30.0, Some(0))).0;
        assert_eq!(over.step(Input::Cancel), (Drag::Idle, Told::PutBack));
    }

    #[test]
    fn the_line_stands_before_a_field_or_behind_the_last() {
        let form = starter_form(domain::Currency::EUR);
        let at = |gap| Drag::Held { load: load(), gap }.mark(&form);
        let key = |text| FieldKey::parse(text).unwrap();
        assert_eq!(at(Some(0)), Some((key("customer"), Edge::Before)));
        assert_eq!(at(Some(8)), Some((key("need"), Edge::After)));
        assert_eq!(at(None), None);
        assert_eq!(Drag::Idle.mark(&form), None);
    }
}
