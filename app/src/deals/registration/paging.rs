//! A form of several pages, one at a time, and at the end all answers once more.

use std::collections::BTreeSet;

use domain::forms::{FieldErrors, FieldKey, FormDefinition, RawAnswers, Standings, pages};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::filling::Filling;
use crate::deals::paths;
use crate::fields::use_standings;
use crate::place::use_query;
use crate::ui::focus_by_id;

/// The word for the last page in the address.
const REVIEW: &str = "review";
/// The id of the title, which takes the focus when the page changes.
pub const TITLE: &str = "form-page-title";

/// Where somebody is in the form.
#[derive(Clone, Copy)]
pub struct Paging {
    pub filling: Filling,
    pub at: Memo<usize>,
    pub shown: Memo<Vec<usize>>,
}

impl Paging {
    /// Nothing for a form of one page, and for questions, which are few.
    pub fn of(filling: Filling) -> Option<Self> {
        let form = filling.form();
        let all = pages(&form).len();
        if all < 2 || filling.page.with_value(|page| page.needs_info.is_some()) {
            return None;
        }
        let (asked, check) = (use_query("page"), use_query("check"));
        let context = Signal::derive(move || filling.context());
        let standings = use_standings(form, context, filling.answers);
        let shown = Memo::new(move |_| standings.with(Standings::pages_shown));
        if check.get_untracked().is_some() {
            let before = place(asked.get_untracked().as_deref(), all).unwrap_or(all);
            let form = filling.form();
            filling
                .errors
                .update(|errors| *errors = up_to(&form, errors, before));
        }
        let at = Memo::new(move |_| {
            let checked = check.with(Option::is_some);
            let wanted = asked.with(|asked| place(asked.as_deref(), all));
            let wanted = wanted.unwrap_or(if checked { all } else { 0 });
            let faulty = if checked {
                first_fault(&filling.form(), &filling.errors.get_untracked())
            } else {
                None
            };
            let at = faulty.map_or(wanted, |faulty| faulty.min(wanted));
            let shown = shown.get();
            shown.into_iter().find(|page| *page >= at).unwrap_or(all)
        });
        Some(Self { filling, at, shown })
    }

    /// How many pages the form has, shown or not. The review stands behind the last.
    pub fn all(self) -> usize {
        pages(&self.filling.form()).len()
    }

    pub fn on_review(self) -> bool {
        self.at.get() == self.all()
    }

    /// The fields of the page that is shown.
    pub fn fields(self) -> BTreeSet<FieldKey> {
        let form = self.filling.form();
        let pages = pages(&form);
        let here = pages.get(self.at.get());
        here.map(|page| page.fields.iter().map(|f| f.key.clone()).collect())
            .unwrap_or_default()
    }

    /// This page: its word for the address.
    pub fn here(self) -> String {
        self.word(self.at.get())
    }

    /// The page behind this one.
    pub fn next(self) -> usize {
        let at = self.at.get();
        let next = self.shown.get().into_iter().find(|page| *page > at);
        next.unwrap_or(self.all())
    }

    /// The address of the page before this one.
    pub fn back(self) -> Option<String> {
        let at = self.at.get();
        let before = self.shown.get().into_iter().rfind(|page| *page < at)?;
        Some(self.path(before))
    }

    pub fn path(self, page: usize) -> String {
        let word = self.word(page);
        self.filling
            .page
            .with_value(|page| paths::draft_page(self.filling.membership, &page.submit_key, &word))
    }

    /// What the address calls that page.
    pub fn word(self, page: usize) -> String {
        if page < self.all() {
            (page + 1).to_string()
        } else {
            REVIEW.to_owned()
        }
    }

    /// The errors that are said on this page: its own, and on the review those of no page.
    pub fn errors_here(self, errors: &FieldErrors) -> FieldErrors {
        let (form, at) = (self.filling.form(), self.at.get());
        let here = errors
            .iter()
            .filter(|error| page_of(&form, &error.field).unwrap_or(self.all()) == at);
        FieldErrors(here.cloned().collect())
    }
}

/// What is done when the form is sent from a page: on with it, or to what is wrong before it.
pub fn use_turning(paging: Paging) -> impl Fn() -> bool + Clone {
    let navigate = use_navigate();
    // Once the new page has been drawn.
    Effect::new(move |before: Option<usize>| {
        let at = paging.at.get();
        if before.is_some_and(|before| before != at)
            && paging.filling.errors.with_untracked(FieldErrors::is_empty)
        {
            request_animation_frame(|| focus_by_id(TITLE));
        }
        at
    });
    move || {
        let at = paging.at.get_untracked();
        let form = paging.filling.form();
        let errors = if at < paging.all() {
            // Files may go on while the next page is filled in.
            let errors = paging.filling.check().err().unwrap_or_default();
            up_to(&form, &errors, at + 1)
        } else {
            paging.filling.check_to_send().err().unwrap_or_default()
        };
        let to = match first_fault(&form, &errors) {
            Some(page) => paging.path(page),
            None if at < paging.all() => untrack(|| paging.path(paging.next())),
            None => return errors.is_empty(),
        };
        paging.filling.errors.set(errors);
        navigate(&to, leptos_router::NavigateOptions::default());
        false
    }
}

/// The page that a word of the address names.
fn place(word: Option<&str>, all: usize) -> Option<usize> {
    match word {
        Some(REVIEW) => Some(all),
        Some(number) => number
            .parse::<usize>()
            .ok()?
            .checked_sub(1)
            .map(|at| at.min(all)),
        None => None,
    }
}

/// `name` is a field's key, or the name of a cell of it.
fn page_of(form: &FormDefinition, name: &str) -> Option<usize> {
    let key = RawAnswers::key_of(name)?;
    pages(form).iter().position(|page| page.has(&key))
}

/// The first page with an error.
pub fn first_fault(form: &FormDefinition, errors: &FieldErrors) -> Option<usize> {
    errors
        .iter()
        .filter_map(|error| page_of(form, &error.field))
        .min()
}

/// The errors of the pages before `end`: what comes later was not asked yet.
fn up_to(form: &FormDefinition, errors: &FieldErrors, end: usize) -> FieldErrors {
    let known = errors
        .iter()
        .filter(|error| page_of(form, &error.field).is_none_or(|page| page < end));
    FieldErrors(known.cloned().collect())
}
