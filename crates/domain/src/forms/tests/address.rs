//! Addresses: in five inputs, in one text, and pasted in one piece.

use super::{field, form, key, post, today};
use crate::forms::{
    Address, AddressPart, Answer, Condition, Field, FieldError, FieldKind, FieldProblem,
    FormDefinition, KindName, Operator, RawAnswers, answer_text, check_publishable,
    interchange::{read_file, write_file},
    part_texts, problem_at, problem_text, spread, validate,
};

fn office() -> Field {
    Field::new(key("office"), FieldKind::Address, "Head office")
}

fn read(pairs: &[(&str, &str)]) -> Result<Option<Answer>, FieldProblem> {
    let (form, raw) = (form(vec![office()]), post(pairs));
    match validate(&form, &raw, &today()) {
        Ok(valid) => Ok(valid.answers().get(&key("office")).cloned()),
        Err(_) => Err(problem_at(&form, &raw, &key("office"), &today()).unwrap()),
    }
}

fn address(parts: [&str; 5]) -> Address {
    let [street, postcode, city, region, country] = parts.map(str::to_owned);
    Address {
        street,
        postcode,
        city,
        region,
        country,
    }
}

#[test]
fn five_inputs_are_one_answer() {
    let pairs = [
        ("office.street", " Hauptstr. 5\r\n2. Stock "),
        ("office.postcode", "10115"),
        ("office.city", "Berlin"),
        ("office.region", ""),
        ("office.country", "de"),
    ];
    let wanted = address(["Hauptstr. 5\n2. Stock", "10115", "Berlin", "", "DE"]);
    let wanted = Answer::Address(wanted);
    assert_eq!(read(&pairs), Ok(Some(wanted.clone())));
    assert_eq!(
        answer_text(&office(), &wanted),
        "Hauptstr. 5\n2. Stock\n10115 Berlin\nGermany"
    );
    assert_eq!(
        read(&[("office.street", " "), ("office.city", "")]),
        Ok(None)
    );
    let json = serde_json::to_value(&wanted).unwrap();
    assert_eq!(json["address"].as_object().unwrap().len(), 4);
    assert_eq!(serde_json::from_value::<Answer>(json).unwrap(), wanted);
}

#[test]
fn each_fault_is_said_at_its_input() {
    let problem =
        read(&[("office.postcode", "10115"), ("office.country", "Atlantis")]).unwrap_err();
    let texts = part_texts(Some(&office()), &problem);
    assert_eq!(
        texts,
        [
            (
                AddressPart::Street,
                "Enter the street of “Head office”".to_owned()
            ),
            (
                AddressPart::City,
                "Enter the city of “Head office”".to_owned()
            ),
            (
                AddressPart::Country,
                "Select the country of “Head office” from the list".to_owned()
            ),
        ]
    );
    assert!(problem_text(Some(&office()), &problem).contains("; "));
    let each = FieldError::each(&key("office"), problem);
    let told: Vec<(&str, String)> = each
        .iter()
        .map(|error| {
            let text = problem_text(Some(&office()), &error.problem);
            (error.field.as_str(), text)
        })
        .collect();
    let names: Vec<&str> = told.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["office.street", "office.city", "office.country"]);
    let texts = texts.into_iter().map(|(_, text)| text);
    assert!(told.into_iter().map(|(_, text)| text).eq(texts));
    let long = "x".repeat(21);
    let problem = read(&[("office.postcode", long.as_str()), ("office.street", "\0")]).unwrap_err();
    let texts: Vec<String> = part_texts(None, &problem)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    assert!(texts[0].contains("cannot be stored"), "{texts:?}");
    assert!(texts[1].contains("20 characters or fewer"), "{texts:?}");
    let missing = validate(&form(vec![office().required()]), &post(&[]), &today());
    let missing = missing.unwrap_err();
    assert_eq!(
        missing.of(&key("office")),
        Some(&FieldProblem::Missing),
        "an address of which nothing is said is missing as a whole"
    );
    let raw = post(&[("office.floor", "2")]);
    let unknown = validate(&form(vec![office()]), &raw, &today()).unwrap_err();
    assert_eq!(unknown.0[0].field, "office.floor");
}

#[test]
fn one_text_is_told_apart_as_imports_and_exports_write_it() {
    for whole in [
        address(["1 Main Road", "", "Berlin", "", "DE"]),
        address(["A | B \\ C\nFloor 2", "10115", "Berlin", "Mitte", "DE"]),
    ] {
        let cell = whole.to_cell();
        assert_eq!(
            read(&[("office", cell.as_str())]),
            Ok(Some(Answer::Address(whole))),
            "{cell}"
        );
    }
    let written = read(&[("office", "Hauptstr. 5\n10115 Berlin\nGermany")]).unwrap();
    let wanted = address(["Hauptstr. 5", "10115", "Berlin", "", "DE"]);
    assert_eq!(written, Some(Answer::Address(wanted)));
    // What cannot be told apart is not lost, and what it lacks is said.
    let problem = read(&[("office", "Berlin")]).unwrap_err();
    let parts = part_texts(None, &problem).into_iter().map(|(part, _)| part);
    assert_eq!(
        parts.collect::<Vec<_>>(),
        [AddressPart::City, AddressPart::Country]
    );
    let raw: RawAnswers = [("office", "Berlin")].into_iter().collect();
    assert_eq!(raw.address(&key("office")).street, "Berlin");
}

#[test]
fn a_pasted_address_is_spread() {
    for (text, parts) in [
        (
            "Hauptstr. 5\n10115 Berlin\nDeutschland",
            ["Hauptstr. 5", "10115", "Berlin", "", "DE"],
        ),
        (
            "Acme GmbH\r\nHauptstr. 5\r\nD-10115 Berlin",
            ["Acme GmbH\nHauptstr. 5", "10115", "Berlin", "", ""],
        ),
        (
            "Hauptstr. 5, 10115 Berlin, Germany",
            ["Hauptstr. 5", "10115", "Berlin", "", "DE"],
        ),
        (
            "500 Howard St\nSan Francisco, CA 94105\nUSA",
            ["500 Howard St", "94105", "San Francisco", "CA", "US"],
        ),
        (
            "500 Howard St, Suite 300, San Francisco, CA 94105-1234",
            [
                "500 Howard St\nSuite 300",
                "94105-1234",
                "San Francisco",
                "CA",
                "US",
            ],
        ),
        (
            "10 Downing Street\nLondon\nSW1A 2AA\nUnited Kingdom",
            ["10 Downing Street", "SW1A 2AA", "London", "", "GB"],
        ),
        (
            "10 Downing Street, London SW1A 2AA",
            ["10 Downing Street", "SW1A 2AA", "London", "", "GB"],
        ),
        (
            "111 Wellington St\nOttawa ON K1A 0A9\nCanada",
            ["111 Wellington St", "K1A 0A9", "Ottawa", "ON", "CA"],
        ),
        (
            "Damrak 1\n1012 LG Amsterdam\nNederland",
            ["Damrak 1", "1012 LG", "Amsterdam", "", "NL"],
        ),
        (
            "Bahnhofstrasse 1\nCH-8001 Zürich\nSchweiz",
            ["Bahnhofstrasse 1", "8001", "Zürich", "", "CH"],
        ),
        (
            "1 Macquarie St\nSydney NSW 2000\nAustralia",
            ["1 Macquarie St", "2000", "Sydney", "NSW", "AU"],
        ),
        (
            "1-1 Chiyoda\nTokyo 100-8111\nJapan",
            ["1-1 Chiyoda", "100-8111", "Tokyo", "", "JP"],
        ),
        (
            "12 Mill Road\nLeeds\nLS1 4AP\nWest Yorkshire\nEngland",
            ["12 Mill Road", "LS1 4AP", "Leeds", "West Yorkshire", "GB"],
        ),
        (
            "5 Merrion Square\nDublin\nIreland",
            ["5 Merrion Square", "", "Dublin", "", "IE"],
        ),
    ] {
        assert_eq!(spread(text), Some(address(parts)), "{text}");
    }
}

#[test]
fn what_cannot_be_told_is_left_as_it_was_pasted() {
    let long = "a\n".repeat(600);
    for text in [
        "",
        "Hauptstr. 5",
        "Hauptstr. 5\nBerlin",
        "10115 Berlin\nGermany",
        "Hauptstr. 5\nBerlin\nGermany",
        "Suite 100\n12345 Oak Lane",
        "Acme Inc\n1234 NE Broadway",
        "1600 Pennsylvania Ave, Washington",
        "Los Angeles, CA",
        "a,b,c,d,e,f,g,h,i,j,k,l,m,n",
        long.as_str(),
    ] {
        assert_eq!(spread(text), None, "{text}");
    }
}

#[test]
fn an_address_goes_through_files_and_is_only_asked_for_by_conditions() {
    let shown = |operator: Operator| {
        let condition = Condition::on(&key("office"), operator);
        form(vec![
            office(),
            field("more", FieldKind::Text).shown_when(condition),
        ])
    };
    assert_eq!(check_publishable(&shown(Operator::Filled)), Ok(()));
    assert!(check_publishable(&shown(Operator::Is("Berlin".to_owned()))).is_err());
    let mut file: serde_json::Value =
        serde_json::from_str(&write_file(&shown(Operator::Filled), "A form", &[])).unwrap();
    file.as_object_mut().unwrap().remove("x-dealboard");
    // Without our own mark, too, it is an address again.
    let read: FormDefinition = read_file(&file.to_string()).unwrap().form;
    let kind = read.field(&key("office")).map(|field| field.kind.name());
    assert_eq!(kind, Some(KindName::Address));
    let mut filled = office();
    filled.default = vec!["1 Main Road | | Berlin | | DE".to_owned()];
    assert!(check_publishable(&form(vec![filled])).is_err());
}
