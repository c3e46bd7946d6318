//! Regions of the country that is answered above.

use super::{field, form, is, key, post, today};
use crate::forms::{
    Answer, Answers, Condition, Fault, Field, FieldKind, FieldProblem, FormDefinition, Operator,
    ValidAnswers, answer_text, check_publishable, diff, problem_text, sentence, validate,
    validate_only, visible,
};

fn region() -> Field {
    let kind = FieldKind::Region {
        country: Some(key("country")),
    };
    Field::new(key("region"), kind, "Region")
}

fn answer(country: &str, said: &str) -> Result<Option<Answer>, FieldProblem> {
    let raw = post(&[("country", country), ("region", said)]);
    match validate(&form(vec![region()]), &raw, &today()) {
        Ok(valid) => Ok(valid.answers().get(&key("region")).cloned()),
        Err(errors) => Err(errors.of(&key("region")).cloned().unwrap()),
    }
}

fn code(text: &str) -> Answer {
    Answer::Choice(text.to_owned())
}

#[test]
fn a_region_is_one_of_its_country() {
    assert_eq!(answer("DE", "DE-BY"), Ok(Some(code("DE-BY"))));
    assert_eq!(answer("DE", " bavaria "), Ok(Some(code("DE-BY"))));
    assert_eq!(answer("US", "ny"), Ok(Some(code("US-NY"))));
    assert_eq!(answer("DE", ""), Ok(None));
    let text = |problem| problem_text(Some(&region()), &problem);
    assert_eq!(
        answer("DE", "US-CA").map_err(text),
        Err("California is not in Germany; select another region, or another country".to_owned())
    );
    assert_eq!(
        answer("DE", "Atlantis").map_err(text),
        Err("Select region from the regions of Germany".to_owned())
    );
}

#[test]
fn where_no_regions_are_listed_any_text_is_taken_but_one_of_elsewhere() {
    let text = Answer::Text("Mazovia".to_owned());
    assert_eq!(answer("PL", "Mazovia"), Ok(Some(text)));
    assert!(matches!(
        answer("PL", "de-by"),
        Err(FieldProblem::RegionElsewhere { .. })
    ));
    // Without a country nothing is known to be wrong.
    let open = form(vec![
        field("land", FieldKind::Country),
        Field::new(
            key("region"),
            FieldKind::Region {
                country: Some(key("land")),
            },
            "Region",
        ),
    ]);
    let valid = validate(&open, &post(&[("region", "DE-BY")]), &today()).unwrap();
    assert_eq!(valid.answers().get(&key("region")), Some(&code("DE-BY")));
}

#[test]
fn a_region_is_read_by_its_name_and_looked_at_by_conditions() {
    assert_eq!(answer_text(&region(), &code("DE-BY")), "Bavaria");
    let not = Condition::on(&key("region"), Operator::IsNot("DE-BY".to_owned()));
    let form = form(vec![
        region(),
        field("here", FieldKind::Text).shown_when(is("region", "DE-BY")),
        field("there", FieldKind::Text).shown_when(not.clone()),
    ]);
    assert_eq!(check_publishable(&form), Ok(()));
    assert_eq!(sentence(&not.into(), &form), "Region is not Bavaria");
    let shown = |said: &str| visible(&form, &post(&[("region", said)]), &today());
    assert!(shown("Bavaria").contains(&key("here")));
    assert!(shown("Hesse").contains(&key("there")));
    assert!(!shown("").contains(&key("there")));
}

#[test]
fn a_country_that_is_opened_again_opens_its_regions() {
    let form = form(vec![region()]);
    let raw = post(&[("region", "DE-BY")]);
    let kept = validate(&form, &raw, &today()).unwrap().into_answers();
    let again = |pairs: &[(&str, &str)]| {
        let open = [key("country")].into();
        let raw = pairs.iter().copied().collect();
        validate_only(&form, &open, &kept, &raw, &today()).map(ValidAnswers::into_answers)
    };
    let moved: Answers = again(&[("country", "AT"), ("region", "AT-9")]).unwrap();
    assert_eq!(moved.get(&key("region")), Some(&code("AT-9")));
    let errors = again(&[("country", "AT"), ("region", "DE-BY")]).unwrap_err();
    assert!(matches!(
        errors.of(&key("region")),
        Some(FieldProblem::RegionElsewhere { .. })
    ));
}

#[test]
fn its_country_stands_above_it() {
    let faults = |form: &FormDefinition| {
        let faults = check_publishable(form).err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| fault.fault)
            .collect::<Vec<_>>()
    };
    let of = |country: Option<&str>| {
        let mut region = region();
        region.kind = FieldKind::Region {
            country: country.map(key),
        };
        form(vec![region])
    };
    assert_eq!(faults(&of(Some("country"))), []);
    assert_eq!(faults(&of(None)), [Fault::RegionOfNothing]);
    for other in ["customer", "region", "nowhere"] {
        let key = key(other);
        assert_eq!(faults(&of(Some(other))), [Fault::RegionOfOther { key }]);
    }
    let mut kind = region().kind;
    assert_eq!(kind.looks_at(), [key("country")]);
    kind.rename_field(&key("country"), &key("land"));
    assert_eq!(kind.looks_at(), [key("land")]);
    let texts: Vec<String> = diff(&of(Some("country")), &of(None))
        .iter()
        .flat_map(crate::forms::Change::texts)
        .collect();
    assert_eq!(
        texts,
        ["“Region”: details changes from “regions of country” to none"]
    );
}
