//! Repeating groups, and what is typed into them.

use domain::{
    Currency,
    forms::{Choice, Field, FieldKey, FieldKind, Requirement, Rows},
};

use crate::{
    dice::Dice,
    forms::{fitting, limits, name, value},
};

/// Columns of every sort, now and then of one that cannot be a column.
pub fn rows(dice: &mut Dice) -> Rows {
    let (least, most) = (dice.one_of(&[0, 0, 2]), dice.one_of(&[1, 3, 60]));
    let columns = dice.several(3, column).into_iter().flatten().collect();
    Rows {
        columns,
        sums: dice.several(1, name).into_iter().flatten().collect(),
        least,
        most,
        name: dice.one_of(&["", "product line"]).to_owned(),
        plural: String::new(),
    }
}

fn column(dice: &mut Dice) -> Option<Field> {
    let kind = match dice.below(9) {
        0 => FieldKind::Text,
        1 => FieldKind::Number {
            decimals: dice.one_of(&[0, 2, 9]),
            unit: String::new(),
        },
        2 => FieldKind::Money {
            currencies: vec![Currency::EUR],
        },
        3 => FieldKind::Percent { decimals: 1 },
        4 => FieldKind::Date,
        5 => FieldKind::Select {
            options: vec![Choice::new("a", "A"), Choice::new("b", "B")],
        },
        6 => FieldKind::YesNo,
        7 => FieldKind::Email,
        _ => FieldKind::Checkbox,
    };
    let required = if dice.once_in(2) {
        Requirement::Always
    } else {
        Requirement::Never
    };
    Some(Field {
        required,
        limits: limits(dice),
        ..Field::new(name(dice)?, kind, "Cell")
    })
}

/// Some rows, with numbers that need not follow one another.
pub fn cells(dice: &mut Dice, key: &FieldKey, rows: &Rows, pairs: &mut Vec<(String, String)>) {
    for number in dice.several(4, |dice| dice.below(6)) {
        for column in &rows.columns {
            let value = if dice.once_in(4) {
                value(dice)
            } else {
                fitting(&column.kind).to_owned()
            };
            pairs.push((format!("{key}.{number}.{}", column.key), value));
        }
    }
}
