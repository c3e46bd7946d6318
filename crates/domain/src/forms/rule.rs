//! When a field is shown, or must be answered: one condition, or groups of them, groups in groups.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter, mem,
};

use super::{Answer, Condition, Context, FieldKey, Subject};

/// Groups inside one another; more than that nobody reads right.
pub const MAX_LEVELS: usize = 8;
/// In what decides whether one field is shown and must be answered, so that a form of any size is walked at once.
pub const MAX_CONDITIONS: usize = 50;
/// In what decides over one field's options and defaults, all together.
pub const MAX_OPTION_CONDITIONS: usize = 100;

/// A tree that is followed without recursion: no depth of it exhausts a stack.
#[derive(Debug)]
pub enum Rule {
    Compare(Condition),
    Group(Combine, Vec<Rule>),
}

/// How many of a group's rules must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    All,
    Any,
    None,
}

impl Combine {
    pub const ALL: [Self; 3] = [Self::All, Self::Any, Self::None];

    /// As it is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.word() == word)
    }

    /// Given what each rule of the group says. Of no rules, all hold and none.
    fn holds(self, rules: &[bool]) -> bool {
        match self {
            Self::All => !rules.contains(&false),
            Self::Any => rules.contains(&true),
            Self::None => !rules.contains(&true),
        }
    }
}

impl Rule {
    pub fn all(rules: Vec<Self>) -> Self {
        Self::Group(Combine::All, rules)
    }

    pub fn any(rules: Vec<Self>) -> Self {
        Self::Group(Combine::Any, rules)
    }

    pub fn none(rules: Vec<Self>) -> Self {
        Self::Group(Combine::None, rules)
    }

    /// This rule and every one inside it, in the order in which they are read.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let mut rest = vec![self];
        iter::from_fn(move || {
            let rule = rest.pop()?;
            if let Self::Group(_, inner) = rule {
                rest.extend(inner.iter().rev());
            }
            Some(rule)
        })
    }

    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.parts().filter_map(|rule| match rule {
            Self::Compare(condition) => Some(condition),
            Self::Group(..) => None,
        })
    }

    /// The fields that it looks at, each once.
    pub fn fields(&self) -> BTreeSet<&FieldKey> {
        self.conditions().filter_map(Condition::field).collect()
    }

    /// Follows a field to its new key.
    pub fn rename_field(&mut self, from: &FieldKey, to: &FieldKey) {
        self.change_conditions(|condition| {
            if condition.field() == Some(from) {
                condition.subject = Subject::Field(to.clone());
            }
        });
    }

    pub fn change_conditions(&mut self, mut change: impl FnMut(&mut Condition)) {
        let mut rest = vec![self];
        while let Some(rule) = rest.pop() {
            match rule {
                Self::Compare(condition) => change(condition),
                Self::Group(_, inner) => rest.extend(inner.iter_mut().rev()),
            }
        }
    }

    /// How many groups stand inside one another: none for a condition alone.
    pub fn levels(&self) -> usize {
        self.fold(
            |_| 0,
            |_, inner: Vec<usize>| inner.into_iter().max().unwrap_or(0) + 1,
        )
    }

    /// Its conditions, and the groups with nothing in them: with the levels, this bounds the whole tree.
    pub(super) fn ends(&self) -> usize {
        let ends = self.parts().filter(|rule| match rule {
            Self::Compare(_) => true,
            Self::Group(_, inner) => inner.is_empty(),
        });
        ends.count()
    }

    /// Whether it holds, given the answers of the visible fields above.
    pub(super) fn holds(&self, above: &BTreeMap<FieldKey, Answer>, context: &Context) -> bool {
        self.fold(
            |condition| condition.holds(above, context),
            |combine, rules: Vec<bool>| combine.holds(&rules),
        )
    }

    /// From the inside out: `compare` for each condition, `group` with what came of the rules in it.
    pub(super) fn fold<T>(
        &self,
        mut compare: impl FnMut(&Condition) -> T,
        mut group: impl FnMut(Combine, Vec<T>) -> T,
    ) -> T {
        let order: Vec<&Self> = self.parts().collect();
        let mut made = Vec::new();
        for rule in order.into_iter().skip(1).rev() {
            let one = rule.fold_one(&mut made, &mut compare, &mut group);
            made.push(one);
        }
        self.fold_one(&mut made, &mut compare, &mut group)
    }

    /// `made` ends with what came of this group's rules, the first of them last.
    fn fold_one<T>(
        &self,
        made: &mut Vec<T>,
        compare: &mut impl FnMut(&Condition) -> T,
        group: &mut impl FnMut(Combine, Vec<T>) -> T,
    ) -> T {
        match self {
            Self::Compare(condition) => compare(condition),
            Self::Group(combine, inner) => {
                let mut own = made.split_off(made.len().saturating_sub(inner.len()));
                own.reverse();
                group(*combine, own)
            }
        }
    }

    /// The rule without what stands in it.
    fn head(&self) -> Head<'_> {
        match self {
            Self::Compare(condition) => Head::Compare(condition),
            Self::Group(combine, inner) => Head::Group(*combine, inner.len()),
        }
    }

    fn take_inner(&mut self) -> Vec<Self> {
        match self {
            Self::Compare(_) => Vec::new(),
            Self::Group(_, inner) => mem::take(inner),
        }
    }
}

#[derive(PartialEq)]
enum Head<'a> {
    Compare(&'a Condition),
    Group(Combine, usize),
}

impl From<Condition> for Rule {
    fn from(condition: Condition) -> Self {
        Self::Compare(condition)
    }
}

// Derived, these four would go as deep as the tree does.

impl Clone for Rule {
    fn clone(&self) -> Self {
        self.fold(|condition| Self::Compare(condition.clone()), Self::Group)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.parts()
            .map(Self::head)
            .eq(other.parts().map(Self::head))
    }
}

impl Eq for Rule {}

impl Drop for Rule {
    fn drop(&mut self) {
        let mut rest = self.take_inner();
        while let Some(mut rule) = rest.pop() {
            rest.append(&mut rule.take_inner());
        }
    }
}
