//! A long form in pages.

use std::collections::BTreeSet;

use super::{Context, Field, FieldKey, FieldKind, FormDefinition, RawAnswers, Rule, visible};

/// What is asked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page<'a> {
    /// The page break that it begins with; none of a first page that begins with the form.
    pub head: Option<&'a Field>,
    pub fields: &'a [Field],
}

impl Page<'_> {
    pub fn has(&self, key: &FieldKey) -> bool {
        self.fields.iter().any(|field| field.key == *key)
    }
}

/// The form cut at its page breaks; one page for a form without any.
pub fn pages(form: &FormDefinition) -> Vec<Page<'_>> {
    let mut pages = Vec::new();
    let mut rest = form.fields.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let (head, body) = if first.kind == FieldKind::PageBreak {
            (Some(first), behind)
        } else {
            (None, rest)
        };
        let end = body.iter().position(|f| f.kind == FieldKind::PageBreak);
        let (fields, next) = body.split_at(end.unwrap_or(body.len()));
        pages.push(Page { head, fields });
        rest = next;
    }
    pages
}

/// What the field stands under: the page break of its page, and the mark of its group.
pub(super) fn heads_of<'a>(form: &'a FormDefinition, key: &FieldKey) -> [Option<&'a Field>; 2] {
    let (mut page, mut group) = (None, None);
    for field in &form.fields {
        if field.key == *key {
            return match field.kind {
                FieldKind::PageBreak => [None, None],
                FieldKind::Group => [page, None],
                _ => [page, group],
            };
        }
        match field.kind {
            FieldKind::PageBreak => (page, group) = (Some(field), None),
            FieldKind::Group => group = Some(field),
            FieldKind::GroupEnd => group = None,
            _ => {}
        }
    }
    [None, None]
}

impl FormDefinition {
    /// When the field is shown: its own rule, its group's and its page's. Nothing where it always is.
    pub fn shown_when(&self, field: &Field) -> Option<Rule> {
        let heads = heads_of(self, &field.key).into_iter().flatten();
        let all = heads.chain([field]);
        let mut rules: Vec<Rule> = all.filter_map(|one| one.visible_when.clone()).collect();
        if rules.len() > 1 {
            Some(Rule::all(rules))
        } else {
            rules.pop()
        }
    }

    pub fn always_shows(&self, field: &Field) -> bool {
        let heads = heads_of(self, &field.key).into_iter().flatten();
        let mut all = heads.chain([field]);
        all.all(|field| field.visible_when.is_none())
    }
}

/// The places of the pages on which something is asked or said, as the answers stand.
pub fn pages_shown(form: &FormDefinition, raw: &RawAnswers, context: &Context) -> Vec<usize> {
    pages_with(form, &visible(form, raw, context))
}

/// The places of the pages that have one of these fields. The marks of a group alone say nothing.
pub(super) fn pages_with(form: &FormDefinition, seen: &BTreeSet<FieldKey>) -> Vec<usize> {
    let pages = pages(form);
    let shown = pages.iter().enumerate();
    shown
        .filter(|(_, page)| {
            let mut said = page.fields.iter().filter(|f| !f.kind.marks_group());
            said.any(|f| seen.contains(&f.key))
        })
        .map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Condition, Operator};

    fn field(name: &str, kind: FieldKind) -> Field {
        Field::new(FieldKey::parse(name).unwrap(), kind, name)
    }

    fn names<'a>(pages: &[Page<'a>]) -> Vec<(Option<&'a str>, Vec<&'a str>)> {
        let keys = |page: &Page<'a>| page.fields.iter().map(|f| f.key.as_str()).collect();
        pages
            .iter()
            .map(|page| (page.head.map(|head| head.key.as_str()), keys(page)))
            .collect()
    }

    #[test]
    fn a_form_without_breaks_is_one_page() {
        let form = FormDefinition {
            fields: vec![field("a", FieldKind::Text), field("b", FieldKind::Text)],
        };
        assert_eq!(names(&pages(&form)), [(None, vec!["a", "b"])]);
        assert!(pages(&FormDefinition::default()).is_empty());
    }

    #[test]
    fn breaks_begin_pages_and_empty_ones_are_passed_over() {
        let yes = Condition::on(
            &FieldKey::parse("a").unwrap(),
            Operator::Is("yes".to_owned()),
        );
        let form = FormDefinition {
            fields: vec![
                field("a", FieldKind::YesNo),
                field("p2", FieldKind::PageBreak).shown_when(yes),
                field("b", FieldKind::Text),
                field("p3", FieldKind::PageBreak),
                field("p4", FieldKind::PageBreak),
                field("c", FieldKind::Text),
            ],
        };
        assert_eq!(
            names(&pages(&form)),
            [
                (None, vec!["a"]),
                (Some("p2"), vec!["b"]),
                (Some("p3"), vec![]),
                (Some("p4"), vec!["c"]),
            ]
        );
        let context = Context::on("2026-11-22".parse().unwrap());
        let shown = |said: &str| {
            let raw = [("a", said)].into_iter().collect();
            pages_shown(&form, &raw, &context)
        };
        assert_eq!(shown("no"), [0, 3]);
        assert_eq!(shown("yes"), [0, 1, 3]);
    }
}
