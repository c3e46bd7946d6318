//! What is judged again while somebody types is what a walk over the whole form says, and no more than needed.

use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;

use super::{
    field, key,
    properties::{forms, posts},
    today,
};
use crate::forms::{
    Condition, Context, Field, FieldKind, Followed, FormDefinition, Operator, RawAnswers, Rule,
    Standings, pages_shown, problem_at, states,
};

fn abroad() -> Context {
    Context {
        partner_country: Some("DE".to_owned()),
        ..today()
    }
}

/// The two say the same of every field.
fn same(standings: &Standings, form: &FormDefinition, raw: &RawAnswers, context: &Context) {
    let walked = states(form, raw, context);
    let followed: Vec<_> = standings.states().collect();
    assert_eq!(followed.len(), walked.len());
    for (followed, walked) in followed.iter().zip(&walked) {
        let key = &walked.field.key;
        assert_eq!(
            (followed.visible, followed.required, &followed.answer),
            (walked.visible, walked.required, &walked.answer),
            "{key}"
        );
        assert_eq!(
            standings.problem(key),
            problem_at(form, raw, key, context),
            "{key}"
        );
        let last = walked_last(&walked_standings(form, raw, context), key.as_str());
        assert_eq!(standings.get(key).map(|s| (s.visible, s.required)), last);
    }
    assert_eq!(standings.pages_shown(), pages_shown(form, raw, context));
}

fn walked_standings(
    form: &FormDefinition,
    raw: &RawAnswers,
    context: &Context,
) -> Vec<(String, (bool, bool))> {
    let states = states(form, raw, context).into_iter();
    states
        .map(|state| (state.field.key.to_string(), (state.visible, state.required)))
        .collect()
}

fn walked_last(walked: &[(String, (bool, bool))], key: &str) -> Option<(bool, bool)> {
    let found = walked.iter().rev().find(|(own, _)| own == key);
    found.map(|(_, standing)| *standing)
}

proptest! {
    #[test]
    fn following_says_what_a_walk_says(
        form in forms(),
        first in posts(),
        then in prop::collection::vec((posts(), any::<bool>()), 1..8),
    ) {
        let mut standings = Standings::new(Arc::new(form.clone()), &first, &today());
        same(&standings, &form, &first, &today());
        for (raw, at_home) in then {
            let context = if at_home { today() } else { abroad() };
            let before = standings.by_key();
            let followed = standings.follow(&raw, &context);
            same(&standings, &form, &raw, &context);
            prop_assert!(followed.judged <= form.fields.len());
            prop_assert!(followed.moved || before == standings.by_key());
            let again = standings.follow(&raw, &context);
            prop_assert_eq!(again, Followed::default());
        }
    }

    #[test]
    fn one_answer_costs_its_dependants_at_most(form in forms(), raw in posts(), name in 0_usize..6, said in "[a-z0-9]{0,4}") {
        let key = key(&format!("f{name}"));
        let mut standings = Standings::new(Arc::new(form.clone()), &raw, &today());
        let mut typed = raw.clone();
        typed.set(&key, vec![said]);
        let own = form.fields.iter().filter(|f| f.key == key).count();
        let dependants: BTreeSet<String> = standings.dependants(&key).iter().map(ToString::to_string).collect();
        let depending = form.fields.iter().filter(|f| dependants.contains(f.key.as_str())).count();
        let followed = standings.follow(&typed, &today());
        prop_assert!(followed.judged <= own + depending);
        same(&standings, &form, &typed, &today());
    }
}

/// 200 questions. Every twentieth is shown once the twentieth before it is answered, a chain of ten; ten more must be answered
/// when the first is.
fn long_form() -> FormDefinition {
    let fields = (0..200).map(|number| {
        let asked = field(&format!("q{number}"), FieldKind::Text);
        match number {
            0 => asked,
            number if number % 20 == 0 => asked.shown_when(filled(&format!("q{}", number - 20))),
            number if number % 20 == 10 => asked.required_when(filled("q0")),
            _ => asked,
        }
    });
    FormDefinition {
        fields: fields.collect(),
    }
}

fn filled(name: &str) -> Condition {
    Condition::on(&key(name), Operator::Filled)
}

fn typed(standings: &mut Standings, raw: &mut RawAnswers, name: &str, text: &str) -> Followed {
    raw.set(&key(name), vec![text.to_owned()]);
    standings.follow(raw, &today())
}

#[test]
fn a_keystroke_judges_what_looks_at_it() {
    let form = Arc::new(long_form());
    let mut raw = RawAnswers::default();
    let mut standings = Standings::new(form.clone(), &raw, &today());
    // Nobody looks at this one.
    let alone = typed(&mut standings, &mut raw, "q7", "a");
    assert_eq!((alone.judged, alone.moved), (1, false));
    // Ten need an answer now, and one comes into view.
    let first = typed(&mut standings, &mut raw, "q0", "a");
    assert_eq!((first.judged, first.moved), (12, true));
    // Whatever else is typed there changes nothing for them, but they are asked.
    let more = typed(&mut standings, &mut raw, "q0", "ab");
    assert_eq!((more.judged, more.moved), (12, false));
    assert_eq!(standings.dependants(&key("q0")).len(), 19);
    assert_eq!(
        standings.dependants(&key("q7")),
        BTreeSet::new(),
        "nobody looks at it"
    );
    same(&standings, &form, &raw, &today());
}

#[test]
fn a_change_runs_down_the_chain_and_ends_where_nothing_changes() {
    let form = Arc::new(long_form());
    let mut raw: RawAnswers = (0..10)
        .map(|number| (format!("q{}", number * 20), "a"))
        .collect();
    raw.remove(&key("q100"));
    let mut standings = Standings::new(form.clone(), &raw, &today());
    assert!(standings.get(&key("q100")).unwrap().visible);
    assert!(!standings.get(&key("q120")).unwrap().visible);
    // The first goes, and with it those that hang on it: four further down, and the fifth, which is empty.
    let gone = typed(&mut standings, &mut raw, "q0", "");
    assert_eq!((gone.judged, gone.moved), (16, true));
    assert!(!standings.get(&key("q100")).unwrap().visible);
    same(&standings, &form, &raw, &today());
}

#[test]
fn a_page_goes_and_comes_as_a_whole() {
    let form = Arc::new(FormDefinition {
        fields: vec![
            field("a", FieldKind::YesNo),
            field("page", FieldKind::PageBreak).shown_when(Rule::all(vec![filled("a").into()])),
            field("b", FieldKind::Text),
            field("c", FieldKind::Text).shown_when(filled("b")),
            field("next", FieldKind::PageBreak),
            field("d", FieldKind::Text),
        ],
    });
    let mut raw: RawAnswers = [("b", "x")].into_iter().collect();
    let mut standings = Standings::new(form.clone(), &raw, &today());
    assert_eq!(standings.pages_shown(), [0, 2]);
    let yes = typed(&mut standings, &mut raw, "a", "yes");
    // The answer, the page, and the two fields on it.
    assert_eq!((yes.judged, yes.moved), (4, true));
    assert_eq!(standings.pages_shown(), [0, 1, 2]);
    // Another answer is as good: the page stays, and nobody on it is asked.
    let no = typed(&mut standings, &mut raw, "a", "no");
    assert_eq!((no.judged, no.moved), (2, false));
    same(&standings, &form, &raw, &today());
}

#[test]
fn another_context_is_another_form() {
    let german = Condition {
        subject: crate::forms::Subject::PartnerCountry,
        operator: Operator::Is("DE".to_owned()),
    };
    let form = Arc::new(FormDefinition {
        fields: vec![Field::new(key("vat"), FieldKind::Text, "VAT").shown_when(german)],
    });
    let raw = RawAnswers::default();
    let mut standings = Standings::new(form.clone(), &raw, &today());
    let moved = standings.follow(&raw, &abroad());
    assert_eq!((moved.judged, moved.moved), (1, true));
    same(&standings, &form, &raw, &abroad());
}
