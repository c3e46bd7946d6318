use uuid::Uuid;

use super::*;
use crate::deals::RegistrationStatus;
use crate::forms::{
    Choice, Condition, Context, Field, FieldError, FieldErrors, FieldKey, FieldKind, FieldProblem,
    FormDefinition, Operator, RawAnswers, Subject, starter_form, validate,
};
use crate::people::MembershipStatus;
use crate::pipeline::{LostReason, Pipeline, Stage, StageKind, StageRules};
use crate::{Currency, LostReasonId, MembershipId, StageId};

fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

fn stage(number: u128, name: &str, kind: StageKind) -> Stage {
    Stage {
        id: StageId(Uuid::from_u128(number)),
        name: name.into(),
        kind,
        hue: "blue".into(),
        position: 0,
        stuck_days: None,
        probability: 50,
        description: String::new(),
        wip_hint: None,
        rules: StageRules::default(),
        pipeline: crate::PipelineId::FIRST,
    }
}

fn pipeline() -> Pipeline {
    Pipeline {
        stages: vec![
            stage(1, "Qualified", StageKind::Open),
            stage(2, "Closed won", StageKind::Won),
            stage(3, "Closed lost", StageKind::Lost),
        ],
        lost_reasons: vec![LostReason {
            id: LostReasonId(Uuid::from_u128(9)),
            label: "Price".into(),
            group: String::new(),
        }],
        heads: crate::pipeline::Heads::default(),
    }
}

fn member(number: u128, name: &str, status: MembershipStatus) -> Member {
    Member {
        membership: MembershipId(Uuid::from_u128(number)),
        partner: format!("part_{number}"),
        name: name.into(),
        status,
        has_owner: number != 4,
    }
}

fn members() -> Vec<Member> {
    vec![
        member(1, "Brightwater", MembershipStatus::Active),
        member(2, "Hale & Moss", MembershipStatus::Suspended),
        member(3, "Tern", MembershipStatus::Active),
        member(4, "Empty", MembershipStatus::Active),
        member(5, "Tern", MembershipStatus::Active),
    ]
}

const HEADINGS: [&str; 9] = [
    "Partner",
    "Account",
    "Country",
    "Amount",
    "Currency",
    "Close date",
    "Stage",
    "Status",
    "Lost reason",
];

fn read(cells: [&str; 9]) -> Result<ReadRow, Vec<RowFault>> {
    read_row(cells).whole()
}

fn read_row(cells: [&str; 9]) -> Reading {
    let (form, pipeline) = (starter_form(Currency::EUR), pipeline());
    let names = Names::new(&form, members());
    let headings = HEADINGS.map(str::to_owned);
    let mapping = Mapping {
        targets: guess(&headings, &form),
        ..Mapping::default()
    };
    let reader = Reader {
        form: &form,
        pipeline: &pipeline,
        names: &names,
        mapping: &mapping,
        headings: &headings,
        currency: Currency::EUR,
    };
    reader.read(&cells.map(Cell::from))
}

const GOOD: [&str; 9] = [
    "Brightwater",
    "Quist",
    "Germany",
    "12,000.50",
    "",
    "2031-01-31",
    "",
    "",
    "",
];

fn with(place: usize, text: &'static str) -> [&'static str; 9] {
    let mut cells = GOOD;
    cells[place] = text;
    cells
}

#[test]
fn headings_are_guessed_by_the_companys_words_first_and_each_once() {
    let form = starter_form(Currency::EUR);
    let headings = [
        "Partner",
        "Company",
        "customer",
        "value",
        "value.currency",
        "???",
        "Deal stage",
    ];
    let guessed = guess(&headings.map(str::to_owned), &form);
    let words: Vec<String> = guessed.iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "partner",
            "ignore",
            "field:customer",
            "field:value",
            "currency:value",
            "ignore",
            "stage"
        ]
    );
    for word in words {
        assert_eq!(word.parse::<Target>().unwrap().to_string(), word);
    }
}

#[test]
fn a_row_is_what_a_partner_would_have_posted() {
    let row = read(GOOD).unwrap();
    assert_eq!(row.landing, Landing::Submitted);
    assert_eq!(row.answers.first(&key("country")), "DE");
    assert_eq!(row.answers.currency(&key("value")), Some("EUR"));
    let form = starter_form(Currency::EUR);
    let today = "2030-01-01".parse().unwrap();
    validate(&form, &row.answers, &Context::on(today)).unwrap();
    let row = read(with(3, "USD 5")).unwrap();
    assert_eq!(row.answers.first(&key("value")), "5");
    assert_eq!(row.answers.currency(&key("value")), Some("USD"));
}

#[test]
fn required_fields_without_a_column_are_named() {
    let form = starter_form(Currency::EUR);
    let mut mapping = Mapping {
        targets: vec![
            Target::Field(key("customer")),
            Target::Field(key("value")),
            Target::Field(key("close_date")),
        ],
        ..Mapping::default()
    };
    assert_eq!(mapping.unanswered(&form), ["Country"]);
    mapping.targets.push(Target::Field(key("country")));
    assert!(mapping.unanswered(&form).is_empty());
}

#[test]
fn where_a_deal_lands_follows_from_stage_and_status() {
    let won = Landing::Stage {
        stage: StageId(Uuid::from_u128(2)),
        lost_reason: None,
    };
    assert_eq!(read(with(6, "closed WON")).unwrap().landing, won);
    assert_eq!(
        read(with(7, "Approved")).unwrap().landing,
        Landing::Approved
    );
    let declined = read(with(7, "declined")).unwrap().landing;
    assert!(matches!(declined, Landing::Declined { reason } if !reason.is_empty()));
    let mut lost = with(6, "Closed lost");
    assert_eq!(read(lost).unwrap_err()[0].column, "Lost reason");
    lost[8] = "price";
    assert!(read(lost).is_ok());
    let mut unfit = with(6, "Qualified");
    unfit[7] = RegistrationStatus::Submitted.label();
    assert_eq!(read(unfit).unwrap_err()[0].column, "Stage");
}

#[test]
fn every_fault_of_a_row_is_told_at_its_column() {
    let told = |cells| {
        let faults = read(cells).unwrap_err();
        faults
            .iter()
            .map(|fault| fault.sentence(7))
            .collect::<Vec<_>>()
    };
    for (cells, start) in [
        (with(0, "Nobody"), "line 7, column Partner: No partner"),
        (with(0, "Tern"), "line 7, column Partner: Two partners"),
        (
            with(0, "Hale & Moss"),
            "line 7, column Partner: \u{201c}Hale & Moss\u{201d} is not active",
        ),
        (
            with(0, "Empty"),
            "line 7, column Partner: \u{201c}Empty\u{201d} has no owner",
        ),
        (with(0, ""), "line 7, column Partner: Name the partner"),
        (with(1, "=A1&B1"), "line 7, column Account: holds a formula"),
        (
            with(6, "Elsewhere"),
            "line 7, column Stage: This program has no stage",
        ),
        (
            with(7, "expired"),
            "line 7, column Status: \u{201c}expired\u{201d} is no status",
        ),
    ] {
        let told = told(cells);
        assert!(told.len() == 1 && told[0].starts_with(start), "{told:?}");
    }
    // An id tells namesakes apart.
    assert_eq!(
        read(with(0, "part_3")).unwrap().membership,
        MembershipId(Uuid::from_u128(3))
    );
}

#[test]
fn bytes_that_are_no_text_are_said_where_they_stand() {
    let (form, pipeline) = (starter_form(Currency::EUR), pipeline());
    let names = Names::new(&form, members());
    let headings = HEADINGS.map(str::to_owned);
    let mapping = Mapping {
        targets: guess(&headings, &form),
        ..Mapping::default()
    };
    let reader = Reader {
        form: &form,
        pipeline: &pipeline,
        names: &names,
        mapping: &mapping,
        headings: &headings,
        currency: Currency::EUR,
    };
    let mut cells = GOOD.map(Cell::from).to_vec();
    cells[1] = Cell::NotText;
    cells[2] = Cell::TooLong;
    cells.push(Cell::from("beyond"));
    let reading = reader.read(&cells);
    let columns: Vec<&str> = reading
        .faults
        .iter()
        .map(|fault| fault.column.as_str())
        .collect();
    assert_eq!(columns, ["", "Account", "Country"]);
    let error = FieldError::at(&key("value"), FieldProblem::NotAnAmount);
    assert_eq!(reader.field_fault(&error).column, "Amount");
    // What cannot be read is said once, and what may depend on it is not said.
    let at = |name: &str, problem| FieldError::at(&key(name), problem);
    let errors = FieldErrors(vec![
        at("customer", FieldProblem::Missing),
        at("country", FieldProblem::Missing),
        at("value", FieldProblem::NotAnAmount),
    ]);
    let faults = reader.answer_faults(&reading, &errors);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].column, "Amount");
}

#[test]
fn what_a_form_may_ask_of_some_partners_only_is_not_told_without_one() {
    let mut form = starter_form(Currency::EUR);
    let tier = Condition {
        subject: Subject::Tier,
        operator: Operator::Empty,
    };
    let field = Field::new(key("why"), FieldKind::Text, "Why");
    form.fields.push(field.required().shown_when(tier));
    let (names, pipeline) = (Names::new(&form, members()), pipeline());
    let headings = HEADINGS.map(str::to_owned);
    let mapping = Mapping {
        targets: guess(&headings, &form),
        ..Mapping::default()
    };
    let reader = Reader {
        form: &form,
        pipeline: &pipeline,
        names: &names,
        mapping: &mapping,
        headings: &headings,
        currency: Currency::EUR,
    };
    let columns = |partner| {
        let reading = reader.read(&with(0, partner).map(Cell::from));
        let context = Context::on("2030-01-01".parse().unwrap());
        let errors = validate(&form, &reading.answers, &context).unwrap_err();
        let faults = reader.answer_faults(&reading, &errors);
        let columns = faults.into_iter().map(|fault| fault.column);
        columns.collect::<Vec<_>>()
    };
    assert_eq!(columns("Brightwater"), ["Why"]);
    assert!(columns("Nobody").is_empty());
}

#[test]
fn faults_of_one_row_are_told_together_up_to_a_bound() {
    let mut cells = with(0, "Nobody");
    (cells[3], cells[6], cells[7]) = ("a lot", "Elsewhere", "expired");
    let reading = read_row(cells);
    let columns: Vec<&str> = reading
        .faults
        .iter()
        .map(|one| one.column.as_str())
        .collect();
    assert_eq!(columns, ["Partner", "Status", "Stage"]);
    assert_eq!(reading.answers.first(&key("value")), "a lot");
    let fault = RowFault::at("Value", &RowProblem::Formula);
    assert_eq!(bounded(vec![fault.clone(); MAX_FAULTS]).len(), MAX_FAULTS);
    let faults = bounded(vec![fault; MAX_FAULTS + 7]);
    assert_eq!(faults.len(), MAX_FAULTS + 1);
    assert_eq!(faults[MAX_FAULTS].text, "The row has 7 more errors");
    let name = "x".repeat(MAX_CELL);
    assert!(RowProblem::StageUnknown { name }.text().len() < 200);
}

#[test]
fn faults_that_are_alike_are_one_group_and_many_of_one_column_leave_room_for_others() {
    let unknown =
        |name: &str| RowFault::at("Stage", &RowProblem::StageUnknown { name: name.into() });
    let mut findings = Findings::default();
    findings.add(
        2,
        &[unknown("Lost"), RowFault::at("Value", &RowProblem::Formula)],
    );
    for line in 3..40 {
        findings.add(line, &[unknown("Qualifed")]);
    }
    for number in 0..30 {
        findings.add(50, &[unknown(&format!("Stage {number}"))]);
    }
    findings.add(51, &[RowFault::of_row(&RowProblem::PartnerMissing)]);
    assert_eq!(findings.ungrouped, 12);
    let groups = findings.by_rows();
    assert_eq!(groups.len(), 22);
    assert_eq!((groups[0].rows, groups[0].lines.len()), (37, 20));
    assert_eq!(groups[0].lines[..3], [3, 4, 5]);
    assert_eq!(
        groups[0].fault.title(),
        "Stage: This program has no stage called \u{201c}Qualifed\u{201d}"
    );
    assert_eq!(groups[21].fault.title(), "Name the partner");
}

#[test]
fn where_a_deal_will_lie_is_shown_as_its_stage_or_its_registration() {
    let shown = |cells| read(cells).unwrap().landing.shown(&pipeline());
    let blue = |name: &str| (name.to_owned(), "blue".to_owned());
    assert_eq!(shown(with(6, "closed won")), blue("Closed won"));
    assert_eq!(shown(with(7, "approved")), blue("Qualified"));
    assert_eq!(
        shown(GOOD),
        ("Waiting for review".to_owned(), String::new())
    );
    assert_eq!(shown(with(7, "declined")).0, "Declined");
}

#[test]
fn a_mapping_that_makes_no_deal_is_refused_at_the_column_that_mends_it() {
    let form = starter_form(Currency::EUR);
    let headings = ["Customer", "Account", "Old field", "Notes", "Close date"].map(str::to_owned);
    let customer = Target::Field(key("customer"));
    let mapping = Mapping {
        targets: vec![
            customer.clone(),
            customer,
            Target::Field(key("gone")),
            Target::Ignore,
            Target::Ignore,
        ],
        ..Mapping::default()
    };
    let faults = mapping.check(&form, &headings).unwrap_err();
    let inputs: Vec<String> = faults.iter().map(MappingFault::input).collect();
    // Twice, gone, no partner; the value at the first column that is left out, the day where its heading is.
    assert_eq!(
        inputs,
        ["column-1", "column-2", "partner", "column-3", "column-4"]
    );
    assert!(
        matches!(faults[0], MappingFault::Twice { .. }),
        "{faults:?}"
    );
    assert_eq!(faults[1], MappingFault::Unknown { place: 2 });
    assert!(
        matches!(faults[4], MappingFault::Needed { .. }),
        "{faults:?}"
    );
}

#[test]
fn what_our_own_files_guard_against_is_read_back() {
    for text in ["=1+1", "+49 30 1", "-5", "@handle", " =1"] {
        assert_eq!(shown_cell(&format!("'{text}")), text);
    }
    assert_eq!(shown_cell("'quoted'"), "'quoted'");
}

/// The answer to one list of 5,000 options, from a cell.
fn listed(cell: &str) -> RawAnswers {
    let options = (0..5_000).map(|number| {
        let label = format!("Option {number}, in \u{c4}rger");
        Choice::new(format!("o{number}"), label)
    });
    let options = options.collect();
    let kind = FieldKind::MultiSelect { options };
    let form = FormDefinition {
        fields: vec![Field::new(key("wants"), kind, "Wants")],
    };
    let (names, pipeline) = (Names::new(&form, members()), pipeline());
    let mapping = Mapping {
        targets: vec![Target::Partner, Target::Field(key("wants"))],
        ..Mapping::default()
    };
    let headings = ["Partner", "Wants"].map(str::to_owned);
    let reader = Reader {
        form: &form,
        pipeline: &pipeline,
        names: &names,
        mapping: &mapping,
        headings: &headings,
        currency: Currency::EUR,
    };
    let cells = ["Brightwater", cell].map(Cell::from);
    reader.read(&cells).whole().unwrap().answers
}

#[test]
fn many_parts_of_a_cell_meet_many_options_and_no_more_of_them_go_on_than_there_are() {
    let values = |cell: &str| listed(cell).values(&key("wants")).to_vec();
    // Values and labels, each once; a label may hold the sign between parts.
    assert_eq!(
        values("o7; option 12 in aerger;o7; ;Option 3, in \u{c4}rger"),
        ["o12", "o3", "o7"]
    );
    assert_eq!(values("Option 4999, in \u{c4}rger"), ["o4999"]);
    let mut cell = "o1;".repeat(MAX_CELL / 3);
    assert_eq!(values(&cell), ["o1"]);
    // 20,000 parts, none of which is listed: the first one says it all.
    cell = "x,".repeat(MAX_CELL / 2);
    assert_eq!(values(&cell), ["x"]);
    cell = format!("{}nothing", "o1;".repeat(10_000));
    assert_eq!(values(&cell), ["nothing"]);
}

#[test]
fn an_id_is_that_partner_s_whatever_others_are_called() {
    let mut known = members();
    known[1].name = "part_1".to_owned();
    let names = Names::new(&starter_form(Currency::EUR), known);
    let found = names.partners("part_1");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name, "Brightwater");
    assert_eq!(names.partners("tern").len(), 2);
    assert!(names.partners("").is_empty());
}
