//! A repeating group: one answer of several rows, each of the same columns. Contacts, product lines.
//!
//! A cell is posted as `lines.2.quantity`. The number tells rows apart and gives their order; it need not count from 0, so that a
//! row which is taken out renames no other. A row in which nothing is said is no row.

use serde::{Deserialize, Serialize};

use super::{
    Answer, Answers, Context, Decimal, Field, FieldError, FieldKey, FieldKind, FieldProblem,
    RawAnswers, Requirement, limits, read,
};
use crate::{Locale, Money};

/// What a repeating group asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Fields of one value, without conditions and defaults; their keys are their own, not the form's.
    pub columns: Vec<Field>,
    /// The columns whose total is shown: numbers and amounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<FieldKey>,
    /// Rows that an answer has at least; a field that need not be answered may still have none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub least: u8,
    pub most: u8,
    /// What one row is called: "product line".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What several are called, where it is not the name with what English usually adds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plural: String,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl Rows {
    pub fn column(&self, key: &str) -> Option<&Field> {
        self.columns
            .iter()
            .find(|column| column.key.as_str() == key)
    }

    /// What one row is called where the company says nothing: "row".
    pub fn row_name(&self) -> &str {
        match self.name.trim() {
            "" => "row",
            name => name,
        }
    }

    /// "1 product line", "3 companies".
    pub fn counted(&self, count: usize) -> String {
        let name = self.row_name();
        match (count, self.plural.trim()) {
            (1, _) => format!("1 {name}"),
            (count, "") => format!("{count} {}", usual_plural(name)),
            (count, plural) => format!("{count} {plural}"),
        }
    }

    pub fn is_summed(&self, column: &FieldKey) -> bool {
        self.sums.contains(column)
    }

    /// Rows that the form shows before anything is said.
    pub fn shown_at_first(&self) -> u8 {
        self.least.max(1)
    }

    /// The totals in words, by column, in the order of the columns.
    pub fn totals(&self, rows: &[Answers]) -> Vec<(&Field, String)> {
        self.totals_in(rows, Locale::default())
    }

    /// The same, as the locale writes them.
    pub fn totals_in(&self, rows: &[Answers], locale: Locale) -> Vec<(&Field, String)> {
        let summed = self.columns.iter().filter(|c| self.is_summed(&c.key));
        summed
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(&column.key));
                let total = total(column, cells);
                let text = total.map(|total| super::answer_text_in(column, &total, locale));
                (column, text.unwrap_or_else(|| "Too large".to_owned()))
            })
            .collect()
    }

    /// The totals of what stands in the inputs of the field `key`, as far as it can be read.
    pub fn totals_of(&self, key: &FieldKey, raw: &RawAnswers) -> Vec<(FieldKey, String)> {
        self.totals_of_in(key, raw, Locale::default())
    }

    /// The same, as the locale writes them.
    pub fn totals_of_in(
        &self,
        key: &FieldKey,
        raw: &RawAnswers,
        locale: Locale,
    ) -> Vec<(FieldKey, String)> {
        let rows: Vec<Answers> = posted(key, self, raw)
            .into_iter()
            .map(Posted::readable)
            .collect();
        let totals = self.totals_in(&rows, locale).into_iter();
        totals
            .map(|(column, text)| (column.key.clone(), text))
            .collect()
    }
}

/// As English mostly has it; a company says what it calls several where that is wrong.
fn usual_plural(name: &str) -> String {
    let hisses = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| name.ends_with(end));
    if hisses {
        return format!("{name}es");
    }
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{name}s"),
    }
}

/// Nothing where it is larger than can be kept.
fn total<'a>(column: &Field, mut cells: impl Iterator<Item = &'a Answer>) -> Option<Answer> {
    if let FieldKind::Money { currencies } = &column.kind {
        let nothing = Money::new(0, *currencies.first()?);
        let sum = cells.try_fold(nothing, |sum, cell| match cell {
            Answer::Money(money) => sum.checked_add(*money).ok(),
            _ => Some(sum),
        });
        return sum.map(Answer::Money);
    }
    let sum = cells.try_fold(Decimal::ZERO, |sum, cell| match cell {
        Answer::Number(number) => sum.plus(*number),
        _ => Some(sum),
    });
    sum.map(Answer::Number)
}

/// One row in which something is said.
struct Posted<'a> {
    number: u16,
    /// Counted from 1, as people see the rows.
    place: usize,
    cells: Vec<(&'a Field, Result<Option<Answer>, FieldProblem>)>,
}

impl Posted<'_> {
    fn readable(self) -> Answers {
        let cells = self.cells.into_iter();
        let said = cells.filter_map(|(column, cell)| Some((column.key.clone(), cell.ok()??)));
        Answers(said.collect())
    }

    /// The problem, at the cell.
    fn error(&self, key: &FieldKey, column: &Field, problem: FieldProblem) -> FieldError {
        FieldError {
            field: RawAnswers::cell_name(key, self.number, &column.key),
            problem: FieldProblem::InRow {
                row: self.place,
                column: column.key.clone(),
                problem: Box::new(problem),
            },
        }
    }
}

fn posted<'a>(key: &FieldKey, rows: &'a Rows, raw: &RawAnswers) -> Vec<Posted<'a>> {
    let numbers = (1..).zip(raw.row_numbers(key));
    let read = numbers.map(|(place, number)| Posted {
        number,
        place,
        cells: rows
            .columns
            .iter()
            .map(|column| {
                let values = raw.cell(key, number, &column.key);
                (column, read::cell(column, values))
            })
            .collect(),
    });
    read.filter(|row| row.cells.iter().any(|(_, cell)| !matches!(cell, Ok(None))))
        .collect()
}

/// The rows, or what cannot be read of them; limits are checked apart.
pub(super) fn read(
    key: &FieldKey,
    rows: &Rows,
    raw: &RawAnswers,
) -> Result<Option<Answer>, FieldProblem> {
    if raw.values(key).iter().any(|value| !value.trim().is_empty()) {
        return Err(FieldProblem::NotRows);
    }
    if raw.row_numbers(key).len() > usize::from(rows.most) {
        return Err(FieldProblem::TooManyRows { max: rows.most });
    }
    let posted = posted(key, rows, raw);
    let errors: Vec<FieldError> = posted
        .iter()
        .flat_map(|row| {
            row.cells.iter().filter_map(move |(column, cell)| {
                let problem = cell.as_ref().err()?;
                Some(row.error(key, column, problem.clone()))
            })
        })
        .collect();
    if !errors.is_empty() {
        return Err(FieldProblem::Cells { errors });
    }
    let rows: Vec<Answers> = posted.into_iter().map(Posted::readable).collect();
    Ok((!rows.is_empty()).then_some(Answer::Rows(rows)))
}

/// Everything that is wrong with the rows, cell by cell.
pub(super) fn check(
    key: &FieldKey,
    rows: &Rows,
    raw: &RawAnswers,
    context: &Context,
) -> Result<(), FieldProblem> {
    let posted = posted(key, rows, raw);
    let mut errors = Vec::new();
    for row in &posted {
        for (column, cell) in &row.cells {
            let problem = match cell {
                Err(problem) => Some(problem.clone()),
                Ok(Some(answer)) => limits::check(column, answer, context).err(),
                Ok(None) if column.required == Requirement::Always => Some(FieldProblem::Missing),
                Ok(None) => None,
            };
            errors.extend(problem.map(|problem| row.error(key, column, problem)));
        }
    }
    if posted.len() < usize::from(rows.least) {
        errors.push(FieldError::at(
            key,
            FieldProblem::TooFewRows { min: rows.least },
        ));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(FieldProblem::Cells { errors })
    }
}

/// An amount and the code of its currency, where one stands before or behind it.
pub(super) fn parted_amount(text: &str) -> (&str, Option<&str>) {
    let is_code = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
    match (text.rsplit_once(' '), text.split_once(' ')) {
        (Some((amount, code)), _) if is_code(code) => (amount, Some(code)),
        (_, Some((code, amount))) if is_code(code) => (amount, Some(code)),
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_by_what_they_are_called() {
        let called = |name: &str, plural: &str| Rows {
            columns: Vec::new(),
            sums: Vec::new(),
            least: 0,
            most: 9,
            name: name.to_owned(),
            plural: plural.to_owned(),
        };
        let counts = |name, plural| [0, 1, 2].map(|count| called(name, plural).counted(count));
        assert_eq!(counts("", ""), ["0 rows", "1 row", "2 rows"]);
        let lines = counts("product line", "");
        assert_eq!(
            lines,
            ["0 product lines", "1 product line", "2 product lines"]
        );
        for (name, several) in [
            ("company", "2 companies"),
            ("survey", "2 surveys"),
            ("box", "2 boxes"),
            ("branch", "2 branches"),
        ] {
            assert_eq!(called(name, "").counted(2), several);
        }
        assert_eq!(called("Produkt", "Produkte").counted(2), "2 Produkte");
        assert_eq!(called("Produkt", "Produkte").counted(1), "1 Produkt");
        assert_eq!(called("", "lines").counted(2), "2 lines");
    }
}
