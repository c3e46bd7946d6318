//! Repeating groups: rows of columns as one answer.

use super::{field, form, key, post, today};
use crate::{
    Currency,
    forms::{
        Answer, Answers, Bound, Change, Choice, ColumnFault, Condition, Context, Decimal,
        DefinitionFault, Fault, Field, FieldErrors, FieldKind, FormDefinition, Hint, Known, Limits,
        Operator, Prefill, RawAnswers, Rows, RowsFault, SeenBy, Traits, answer_text,
        check_publishable, check_sizes, diff, hints, initial, known_answers, problem_text,
        row_table, sentence, validate, validate_company, validate_only,
    },
};

fn lines() -> Rows {
    let options = vec![
        Choice::new("ledger", "Ledger"),
        Choice::new("pay", "Payroll"),
    ];
    let least_one = Limits {
        min: Some(Bound::Number(Decimal::new(1, 0))),
        ..Limits::default()
    };
    let number = FieldKind::Number {
        decimals: 0,
        unit: "seats".to_owned(),
    };
    let money = FieldKind::Money {
        currencies: vec![Currency::EUR],
    };
    Rows {
        columns: vec![
            Field::new(key("product"), FieldKind::Select { options }, "Product").required(),
            Field::new(key("quantity"), number, "Quantity")
                .required()
                .limits(least_one),
            Field::new(key("price"), money, "Price"),
        ],
        sums: vec![key("quantity"), key("price")],
        least: 2,
        most: 3,
        name: "product line".to_owned(),
        plural: String::new(),
    }
}

fn group(rows: Rows) -> Field {
    Field::new(key("lines"), FieldKind::Rows(rows), "Product lines")
}

fn texts(form: &FormDefinition, errors: &FieldErrors) -> Vec<(String, String)> {
    let text = |e: &crate::forms::FieldError| {
        let text = problem_text(e.field_of(form), &e.problem);
        (e.field.clone(), text)
    };
    errors.iter().map(text).collect()
}

fn at(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

const TWO: [(&str, &str); 9] = [
    ("lines.0.product", ""),
    ("lines.0.quantity", " "),
    ("lines.0.price", ""),
    ("lines.4.product", "ledger"),
    ("lines.4.quantity", "12"),
    ("lines.4.price", "1,200.50 EUR"),
    ("lines.7.product", "pay"),
    ("lines.7.quantity", "3"),
    ("lines.7.price", ""),
];

fn two() -> Answer {
    let form = form(vec![group(lines())]);
    let valid = validate(&form, &post(&TWO), &today()).unwrap();
    valid.answers().get(&key("lines")).unwrap().clone()
}

#[test]
fn rows_in_which_nothing_is_said_are_none() {
    let stored = serde_json::to_string(&two()).unwrap();
    assert_eq!(
        stored,
        r#"{"rows":[{"price":{"money":{"minor":120050,"currency":"EUR"}},"product":{"choice":"ledger"},"quantity":{"number":"12"}},{"product":{"choice":"pay"},"quantity":{"number":"3"}}]}"#
    );
    assert_eq!(serde_json::from_str::<Answer>(&stored).unwrap(), two());
}

#[test]
fn the_companys_own_rows_are_kept() {
    let own = Traits {
        seen_by: SeenBy::Company,
        ..Traits::default()
    };
    let form = form(vec![group(lines()).traits(own)]);
    assert!(check_publishable(&form).is_ok());
    let given = validate(&form, &post(&[]), &today()).unwrap();
    let raw: RawAnswers = TWO.into_iter().collect();
    let said = validate_company(&form, given.answers(), &raw, &today()).unwrap();
    assert_eq!(said.get(&key("lines")), Some(&two()));
}

#[test]
fn rows_are_filled_in_from_the_last_deal() {
    let fixed = Traits {
        prefill: Some(Prefill::LastDeal),
        read_only: true,
        ..Traits::default()
    };
    let form = form(vec![group(lines()).traits(fixed)]);
    assert!(check_publishable(&form).is_ok());
    let known = Known {
        earlier: vec![Answers([(key("lines"), two())].into())],
        ..Known::default()
    };
    let context = Context {
        known: known_answers(&form, &known, &Answers::default(), &today()),
        ..today()
    };
    let shown = initial(&form, &context);
    assert_eq!(shown.cell(&key("lines"), 0, &key("quantity")), ["12"]);
    // What is posted for a field that is only shown is not looked at.
    let raw = post(&[("lines.0.quantity", "many")]);
    let valid = validate(&form, &raw, &context).unwrap();
    assert_eq!(valid.answers().get(&key("lines")), Some(&two()));
}

#[test]
fn rows_are_read_with_their_totals() {
    let group = group(lines());
    assert_eq!(
        answer_text(&group, &two()),
        "Product: Ledger; Quantity: 12 seats; Price: EUR 1,200.50\n\
         Product: Payroll; Quantity: 3 seats\n\
         Total: Quantity: 15 seats; Price: EUR 1,200.50"
    );
    let table = row_table(&group, &two()).unwrap();
    assert_eq!(table.rows[1], ["Payroll", "3 seats", ""]);
    assert_eq!(table.totals, ["", "15 seats", "EUR 1,200.50"]);
    // What cannot be read yet is left out of what stands under the inputs.
    let typed: RawAnswers = [("lines.0.quantity", "7"), ("lines.1.quantity", "many")]
        .into_iter()
        .collect();
    let totals = lines().totals_of(&key("lines"), &typed);
    assert_eq!(totals[0], (key("quantity"), "7 seats".to_owned()));
    assert_eq!(totals[1], (key("price"), "EUR 0.00".to_owned()));
}

#[test]
fn every_cell_is_judged_at_its_place() {
    let form = form(vec![group(lines())]);
    let raw = post(&[
        ("lines.2.product", "ledger"),
        ("lines.2.price", "12 USD"),
        ("lines.5.product", "boat"),
        ("lines.5.quantity", "0"),
        ("lines.5.colour", "red"),
    ]);
    let errors = validate(&form, &raw, &today()).unwrap_err();
    assert_eq!(
        texts(&form, &errors),
        [
            at("lines.2.quantity", "Row 1: enter quantity"),
            at(
                "lines.2.price",
                "Row 1: select one of the listed currencies for price"
            ),
            at(
                "lines.5.product",
                "Row 2: select one of the listed answers for product"
            ),
            at("lines.5.quantity", "Row 2: quantity must be 1 or more"),
            at("lines.5.colour", "This form does not ask for this answer"),
        ]
    );
}

#[test]
fn the_number_of_rows_is_bounded() {
    let one = post(&[("lines.0.product", "pay"), ("lines.0.quantity", "1")]);
    let optional = form(vec![group(lines())]);
    let errors = validate(&optional, &one, &today()).unwrap_err();
    assert_eq!(
        texts(&optional, &errors),
        [at("lines", "Enter at least 2 product lines")]
    );
    let four = post(&[
        ("lines.0.product", "pay"),
        ("lines.1.product", "pay"),
        ("lines.2.product", "pay"),
        ("lines.3.product", ""),
    ]);
    let errors = validate(&optional, &four, &today()).unwrap_err();
    assert_eq!(
        texts(&optional, &errors),
        [at("lines", "Enter 3 product lines at most")]
    );
    assert!(validate(&optional, &post(&[]), &today()).is_ok());
    let needed = form(vec![group(lines()).required()]);
    let errors = validate(&needed, &post(&[("lines.0.product", "")]), &today()).unwrap_err();
    assert_eq!(
        texts(&needed, &errors),
        [at("lines", "Enter product lines")]
    );
    let errors = validate(&needed, &post(&[("lines", "a; b")]), &today()).unwrap_err();
    assert_eq!(
        texts(&needed, &errors),
        [at("lines", "Send product lines as a list of rows")]
    );
}

#[test]
fn rows_that_are_not_open_stay() {
    let form = form(vec![group(lines()), field("note", FieldKind::Text)]);
    let valid = validate(&form, &post(&TWO), &today()).unwrap();
    let open = [key("note")].into();
    let raw: RawAnswers = [("note", "Soon")].into_iter().collect();
    let again = validate_only(&form, &open, valid.answers(), &raw, &today()).unwrap();
    assert_eq!(again.answers().get(&key("lines")), Some(&two()));
    let raw: RawAnswers = [("lines.0.product", "pay")].into_iter().collect();
    let errors = validate_only(&form, &open, valid.answers(), &raw, &today()).unwrap_err();
    assert_eq!(
        texts(&form, &errors),
        [at("lines", "Product lines cannot be changed now")]
    );
}

#[test]
fn conditions_count_rows() {
    let on = |operator| Condition::on(&key("lines"), operator);
    let three = Operator::AtLeast(Bound::Number(Decimal::new(3, 0)));
    let form = form(vec![
        group(lines()),
        field("why", FieldKind::Text).shown_when(on(Operator::Empty)),
        field("many", FieldKind::Text).shown_when(on(three)),
    ]);
    assert_eq!(check_publishable(&form), Ok(()));
    let rule = form.fields[10].visible_when.as_ref().unwrap();
    assert_eq!(sentence(rule, &form), "Product lines is at least 3 rows");
    let mut more = TWO.to_vec();
    let seen = |posted: &[(&str, &str)]| {
        let shown = crate::forms::visible(&form, &post(posted), &today());
        (shown.contains(&key("why")), shown.contains(&key("many")))
    };
    assert_eq!(seen(&[]), (true, false));
    assert_eq!(seen(&more), (false, false));
    more[0] = ("lines.0.product", "pay");
    assert_eq!(seen(&more), (false, true));
}

#[test]
fn what_keeps_a_group_from_being_published_is_named_by_its_column() {
    let mut rows = lines();
    rows.most = 1;
    rows.sums.push(key("product"));
    rows.columns[1].key = key("product");
    rows.columns[2].label = String::new();
    rows.columns.push(field("file", FieldKind::Heading));
    let found = check_publishable(&form(vec![group(rows)])).unwrap_err();
    let found: Vec<String> = found.iter().map(DefinitionFault::text).collect();
    assert_eq!(
        found,
        [
            "Product lines: Column \u{201c}file\u{201d}: A column cannot be of kind \u{201c}Heading\u{201d}. Choose another.",
            "Product lines: The most rows must be 1 or more, and not fewer than the least. Change one of them.",
            "Product lines: The column \u{201c}quantity\u{201d} has no total, because only numbers and amounts add up. Take the total away.",
            "Product lines: The column \u{201c}product\u{201d} has no total, because only numbers and amounts add up. Take the total away.",
            "Product lines: Column \u{201c}Quantity\u{201d}: Another column has the same key. Keys must differ.",
            "Product lines: Column 3: The label is missing. Say what you ask for.",
        ]
    );
}

#[test]
fn even_a_draft_has_no_groups_in_groups_and_no_end_of_cells() {
    let mut nested = lines();
    nested.columns[0].kind = FieldKind::Rows(lines());
    nested.columns[1] = nested.columns[1]
        .clone()
        .shown_when(super::is("customer", "Acme"));
    let found = check_sizes(&form(vec![group(nested)])).unwrap_err();
    let faults: Vec<&ColumnFault> = found
        .iter()
        .filter_map(|fault| match &fault.fault {
            Fault::Rows {
                fault: RowsFault::Column { fault, .. },
            } => Some(fault),
            _ => None,
        })
        .collect();
    assert!(matches!(
        faults[..],
        [ColumnFault::Kind { .. }, ColumnFault::NotPlain]
    ));
    let many = (0..8).map(|number| {
        let mut rows = lines();
        rows.most = 50;
        Field::new(key(&format!("g{number}")), FieldKind::Rows(rows), "Group")
    });
    let found = check_sizes(&form(many.collect())).unwrap_err();
    assert_eq!(found[0].fault, Fault::TooManyCells { max: 1_000 });
}

#[test]
fn changes_are_told_by_column() {
    let old = form(vec![group(lines())]);
    let mut rows = lines();
    rows.columns.remove(2);
    rows.columns[1].label = "Seats".to_owned();
    rows.sums.pop();
    rows.most = 9;
    let new = form(vec![group(rows)]);
    let found: Vec<String> = diff(&old, &new).iter().flat_map(Change::texts).collect();
    assert_eq!(
        found,
        [
            "\u{201c}Product lines\u{201d}: details changes from \u{201c}2 to 3 rows; one is a product line; totals of Quantity, Price\u{201d} to \u{201c}2 to 9 rows; one is a product line; totals of Seats\u{201d}",
            "\u{201c}Product lines\u{201d}, column \u{201c}Quantity\u{201d} is now called \u{201c}Seats\u{201d}",
            "\u{201c}Product lines\u{201d}, column \u{201c}Price\u{201d} is removed",
        ]
    );
}

#[test]
fn columns_get_hints_too() {
    let mut rows = lines();
    rows.columns.push(field("mail", FieldKind::Email));
    let texts: Vec<String> = hints(&form(vec![group(rows)]))
        .iter()
        .filter(|hint| hint.field == Some(key("lines")))
        .map(Hint::text)
        .collect();
    assert_eq!(texts.len(), 1);
    assert!(texts[0].contains("person"));
}

#[test]
fn rows_are_added_and_taken_out_by_name() {
    let mut raw: RawAnswers = [("lines.2.product", "pay"), ("lines.20.product", "ledger")]
        .into_iter()
        .collect();
    for name in [
        "lines.21.product",
        "lines.x.product",
        "lines",
        "lines.03.product",
    ] {
        raw.add_row(name);
    }
    assert!(raw.row_numbers(&key("lines")).into_iter().eq([2, 20, 21]));
    raw.add_row("lines.2.product");
    assert_eq!(raw.cell(&key("lines"), 2, &key("product")), ["pay"]);
    for name in ["lines.2", "lines", "lines.", ""] {
        raw.remove_row(name);
    }
    assert!(raw.row_numbers(&key("lines")).into_iter().eq([20, 21]));
}
