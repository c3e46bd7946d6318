//! What a new version changes about the columns of a repeating group.

use super::{
    FieldKind, FormDefinition, Rows,
    diff::{Change, What, diff},
    problem_text::counted,
};

/// Column by column, as field by field; nothing where one of both is of another kind, which says it all.
pub(super) fn columns(old: &FieldKind, new: &FieldKind) -> Vec<What> {
    let (Some(old), Some(new)) = (old.rows(), new.rows()) else {
        return Vec::new();
    };
    let alone = |rows: &Rows| FormDefinition {
        fields: rows.columns.clone(),
    };
    let column = |change: Change| What::Column {
        change: Box::new(change),
    };
    diff(&alone(old), &alone(new))
        .into_iter()
        .map(column)
        .collect()
}

/// "1 to 10 rows; one is a product line; totals of Seats, Price".
pub(super) fn details(rows: &Rows) -> String {
    let most = counted(u64::from(rows.most), "row");
    let mut parts = vec![format!("{} to {most}", rows.least)];
    if !rows.name.is_empty() {
        parts.push(format!("one is a {}", rows.name));
    }
    let summed = rows.columns.iter().filter(|c| rows.is_summed(&c.key));
    let summed: Vec<&str> = summed.map(|column| column.label.as_str()).collect();
    if !summed.is_empty() {
        parts.push(format!("totals of {}", summed.join(", ")));
    }
    parts.join("; ")
}
