//! A repeating group while somebody fills it: which rows there are, and what happens to them.
//!
//! The rows stand in `answers` by their numbers; a row that is added stands there empty, so that a plain post and the draft have it.

use std::sync::Arc;

use domain::Locale;
use domain::forms::{Field, FieldKey, FieldKind, Pasted, RawAnswers, Rows, paste_rows};
use leptos::prelude::*;

use super::problems::Watch;
use crate::locale::use_locale;
use crate::ui::focus_by_id;

/// One row on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    pub number: u16,
    /// Counts the times that its inputs were filled from elsewhere: they are built anew then.
    turn: u32,
}

impl Line {
    fn new(number: u16) -> Self {
        Self { number, turn: 0 }
    }
}

/// What does not change while the group is filled.
pub struct Shape {
    /// Before the ids of the cells, and the id of the whole.
    pub id: String,
    pub field: Field,
    pub rows: Rows,
}

impl Shape {
    /// The id of a cell.
    pub fn cell_id(&self, number: u16, column: &FieldKey) -> String {
        format!("{}.{number}.{column}", self.id)
    }

    /// "Product line 2".
    pub fn line_label(&self, place: usize) -> String {
        let name = self.rows.row_name();
        let mut letters = name.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let name: String = first.chain(letters).collect();
        format!("{name} {place}")
    }

    fn first_id(&self, number: u16) -> Option<String> {
        let column = self.rows.columns.first()?;
        Some(self.cell_id(number, &column.key))
    }
}

#[derive(Clone, Copy)]
pub struct Group {
    pub shape: StoredValue<Arc<Shape>>,
    pub answers: RwSignal<RawAnswers>,
    pub lines: RwSignal<Vec<Line>>,
    /// Said by a screen reader.
    pub said: RwSignal<String>,
    pub watch: Watch,
    /// The number of the next row; none is given twice, so that no row takes over another's inputs.
    next: StoredValue<u16>,
    pub locale: Locale,
}

impl Group {
    pub fn new(shape: Shape, answers: RwSignal<RawAnswers>, watch: Watch) -> Self {
        let numbers =
            answers.with_untracked(|raw| first_numbers(&shape.rows, &shape.field.key, raw));
        let next = numbers.iter().max().map_or(0, |last| last + 1);
        let lines = numbers.into_iter().map(Line::new).collect();
        Self {
            shape: StoredValue::new(Arc::new(shape)),
            answers,
            lines: RwSignal::new(lines),
            said: RwSignal::new(String::new()),
            watch,
            next: StoredValue::new(next),
            locale: use_locale(),
        }
    }

    pub fn is_full(self) -> bool {
        let most = self.shape.with_value(|shape| shape.rows.most);
        self.lines.with(|lines| lines.len() >= usize::from(most))
    }

    /// One more row, which takes the focus.
    pub fn add(self) {
        let shape = self.shape.get_value();
        if untrack(|| self.is_full()) {
            return;
        }
        let number = self.push(&shape);
        let place = self.lines.with_untracked(Vec::len);
        self.said.set(format!("{} added", shape.line_label(place)));
        focus(shape.first_id(number));
    }

    /// Takes the row out; the focus goes to the one that takes its place, or to the last.
    pub fn remove(self, line: Line) {
        let shape = self.shape.get_value();
        let key = shape.field.key.clone();
        let place = self
            .lines
            .with_untracked(|lines| lines.iter().position(|known| *known == line));
        let Some(place) = place else { return };
        let row = format!("{key}.{}", line.number);
        self.answers.update(|raw| raw.remove_row(&row));
        self.lines.update(|lines| lines.retain(|own| *own != line));
        let left = self.lines.with_untracked(Vec::len);
        // There is always a row to type in.
        if left < usize::from(shape.rows.shown_at_first()) {
            self.push(&shape);
        }
        self.watch.again.run((key, false));
        let gone = shape.line_label(place + 1);
        let left = shape.rows.counted(left);
        self.said.set(format!("{gone} removed, {left} left"));
        let next = self
            .lines
            .with_untracked(|lines| lines.get(place).or(lines.last()).copied());
        focus(next.and_then(|next| shape.first_id(next.number)));
    }

    /// Fills cells from a table that is pasted into the cell of that name. Says whether it was one: else the text is typed.
    pub fn paste(self, name: &str, text: &str) -> bool {
        let shape = self.shape.get_value();
        let key = &shape.field.key;
        let Some((_, number, column)) = RawAnswers::cell_of(name).filter(|(of, _, _)| of == key)
        else {
            return false;
        };
        let numbers: Vec<u16> = self
            .lines
            .with_untracked(|lines| lines.iter().map(|line| line.number).collect());
        let Some(place) = numbers.iter().position(|own| *own == number) else {
            return false;
        };
        let mut raw = self.answers.get_untracked();
        let at = (place, &column);
        let text = (text, self.locale);
        let Some(pasted) = paste_rows(key, &shape.rows, &numbers, at, text, &mut raw) else {
            return false;
        };
        self.said.set(outcome(&shape.rows, &pasted));
        self.answers.set(raw);
        if let Some(last) = pasted.added.last() {
            self.next.set_value(last.saturating_add(1));
        }
        self.lines.update(|lines| {
            for line in lines.iter_mut() {
                line.turn += 1;
            }
            lines.extend(pasted.added.into_iter().map(Line::new));
        });
        self.watch.again.run((key.clone(), true));
        focus(Some(shape.cell_id(number, &column)));
        true
    }

    fn push(self, shape: &Shape) -> u16 {
        let number = self.next.get_value();
        self.next.set_value(number.saturating_add(1));
        if let Some(column) = shape.rows.columns.first() {
            let cell = RawAnswers::cell_name(&shape.field.key, number, &column.key);
            self.answers.update(|raw| raw.add_row(&cell));
        }
        self.lines.update(|lines| lines.push(Line::new(number)));
        number
    }
}

/// What is focused may be drawn only now.
fn focus(id: Option<String>) {
    if let Some(id) = id {
        request_animation_frame(move || focus_by_id(&id));
    }
}

/// The rows that were answered, and so many empty ones that there is something to type in.
pub fn first_numbers(rows: &Rows, key: &FieldKey, raw: &RawAnswers) -> Vec<u16> {
    let mut numbers: Vec<u16> = raw.row_numbers(key).into_iter().collect();
    let mut next = numbers.last().map_or(0, |last| last + 1);
    while numbers.len() < usize::from(rows.shown_at_first()) {
        numbers.push(next);
        next += 1;
    }
    numbers
}

/// What is said of a table that was pasted.
fn outcome(rows: &Rows, pasted: &Pasted) -> String {
    let filled = format!("{} filled in", rows.counted(pasted.filled));
    if pasted.left_out == 0 {
        return filled;
    }
    let most = rows.counted(usize::from(rows.most));
    format!(
        "{filled}, {} left out: there can be {most}",
        pasted.left_out
    )
}

/// What stands above a column: its label, and what its numbers count.
pub fn head(column: &Field) -> String {
    let unit = match &column.kind {
        FieldKind::Number { unit, .. } if !unit.is_empty() => unit.clone(),
        FieldKind::Percent { .. } => "%".to_owned(),
        FieldKind::Money { currencies } => match currencies.first() {
            Some(currency) => currency.to_string(),
            None => return column.label.clone(),
        },
        _ => return column.label.clone(),
    };
    format!("{} ({unit})", column.label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(least: u8) -> Rows {
        Rows {
            columns: Vec::new(),
            sums: Vec::new(),
            least,
            most: 4,
            name: "product line".to_owned(),
            plural: String::new(),
        }
    }

    #[test]
    fn there_is_always_a_row_to_type_in() {
        let key = FieldKey::parse("lines").unwrap();
        let nothing = RawAnswers::default();
        assert_eq!(first_numbers(&rows(0), &key, &nothing), [0]);
        assert_eq!(first_numbers(&rows(3), &key, &nothing), [0, 1, 2]);
        let some: RawAnswers = [("lines.7.a", ""), ("lines.2.a", "x"), ("other.9.a", "")]
            .into_iter()
            .collect();
        assert_eq!(first_numbers(&rows(0), &key, &some), [2, 7]);
        assert_eq!(first_numbers(&rows(3), &key, &some), [2, 7, 8]);
    }

    #[test]
    fn says_what_became_of_a_table() {
        let mut pasted = Pasted {
            filled: 1,
            ..Pasted::default()
        };
        assert_eq!(outcome(&rows(0), &pasted), "1 product line filled in");
        (pasted.filled, pasted.left_out) = (4, 2);
        assert_eq!(
            outcome(&rows(0), &pasted),
            "4 product lines filled in, 2 left out: there can be 4 product lines"
        );
    }
}
