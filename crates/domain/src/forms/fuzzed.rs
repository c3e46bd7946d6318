//! What must hold of any bytes that somebody sends as a form, or as answers to one. The targets of the fuzzer in `fuzz/` are
//! these functions, and the tests run them too, on as many inputs as a test may take.

use std::sync::Arc;

use super::{
    Context, DefinitionFault, Field, FieldKey, FormDefinition, RawAnswers, Standings,
    check_publishable, check_sizes, hints, initial,
    interchange::{MAX_FILE_BYTES, json_schema, read_file, write_file},
    problem_text, sentence, starter_form, states,
    templates::Template,
    validate, validate_only, visible,
};
use crate::{Currency, Timestamp};

/// Between the file of a form and the answers to it, in one input; no text in UTF-8 has it.
pub const BREAK: u8 = 0xff;
/// In bytes: a place of 60 steps with 60 letters each, and what is wrong there.
const MAX_TOLD: usize = 40_000;

/// Reads a form, and judges what stands behind [`BREAK`] as answers to it.
///
/// # Panics
/// When something does not hold.
pub fn definition(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == BREAK);
    let (file, answers) = input.split_at(end.unwrap_or(input.len()));
    let answers = answers.get(1..).unwrap_or_default();
    let text = String::from_utf8_lossy(file);
    // As the editor sends it.
    if let Ok(form) = serde_json::from_str::<FormDefinition>(&text)
        && check_sizes(&form).is_ok()
    {
        holds_for(&form, answers);
    }
    match read_file(&text) {
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a fault");
            for fault in faults {
                let told = fault.text();
                assert!((1..MAX_TOLD).contains(&told.len()), "{told}");
            }
        }
        Ok(read) => {
            assert!(read.notes.iter().all(|note| !note.text().is_empty()));
            comes_back(&read.form);
            holds_for(&read.form, answers);
        }
    }
}

/// Judges answers, a line for each with its name and its value, as if they were posted to a form.
///
/// # Panics
/// When something does not hold.
pub fn post(input: &[u8]) {
    let Ok(raw) = RawAnswers::from_pairs(pairs(input)) else {
        return;
    };
    let given = [
        ("customer", "Acme"),
        ("country", "DE"),
        ("value", "1"),
        ("value.currency", "EUR"),
        ("close_date", "2027-01-01"),
    ];
    let mut whole: RawAnswers = given.into_iter().collect();
    for (name, value) in raw.pairs() {
        whole.replace(&name, vec![value]);
    }
    // One of the templates, by whatever the input is.
    let mut templates = Template::ALL.iter().cycle().skip(input.len() % 100);
    let template = templates.next().map(|one| one.form(Currency::EUR));
    for form in template.into_iter().chain([starter_form(Currency::EUR)]) {
        answered(&form, &raw);
        answered(&form, &whole);
        reopened(&form, &raw, &whole);
    }
}

fn pairs(input: &[u8]) -> impl Iterator<Item = (String, String)> {
    let lines = input.split(|byte| *byte == b'\n');
    lines.filter(|line| !line.is_empty()).map(|line| {
        let line = String::from_utf8_lossy(line);
        let (name, value) = line.split_once('=').unwrap_or((&*line, ""));
        (name.to_owned(), value.to_owned())
    })
}

fn context() -> Context {
    Context::on(Timestamp::from_seconds(1_795_341_600).date())
}

/// What was read is written and read again as it was.
fn comes_back(form: &FormDefinition) {
    assert!(check_sizes(form).is_ok(), "too large to be kept");
    let file = write_file(form, "A form", &[]);
    if u32::try_from(file.len()).is_ok_and(|bytes| bytes <= MAX_FILE_BYTES) {
        let again = read_file(&file).map(|read| (read.form, read.notes));
        assert_eq!(again, Ok((form.clone(), Vec::new())));
    }
}

fn holds_for(form: &FormDefinition, answers: &[u8]) {
    let faults = check_publishable(form).err().unwrap_or_default();
    assert!(
        faults
            .iter()
            .map(DefinitionFault::text)
            .all(|t| !t.is_empty())
    );
    assert!(hints(form).iter().all(|hint| !hint.text().is_empty()));
    let mut rules = form.fields.iter().flat_map(Field::rules);
    assert!(rules.all(|rule| !sentence(rule, form).is_empty()));
    assert!(json_schema(form).is_object());
    judged(form, &initial(form, &context()));
    if let Ok(raw) = RawAnswers::from_pairs(pairs(answers)) {
        judged(form, &raw);
    }
}

/// The same verdict twice, in words; nothing hidden is stored; what is followed is what a walk says.
fn judged(form: &FormDefinition, raw: &RawAnswers) {
    let context = context();
    let verdict = validate(form, raw, &context);
    assert_eq!(verdict, validate(form, raw, &context));
    match verdict {
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without an error");
            for error in errors.iter() {
                let field = form.fields.iter().find(|f| f.key.as_str() == error.field);
                assert!(!problem_text(field, &error.problem).is_empty());
            }
        }
        Ok(valid) => {
            let shown = visible(form, raw, &context);
            assert!(valid.answers().0.keys().all(|key| shown.contains(key)));
        }
    }
    let nothing = RawAnswers::default();
    let mut standings = Standings::new(Arc::new(form.clone()), &nothing, &context);
    standings.follow(raw, &context);
    for (followed, walked) in standings.states().zip(states(form, raw, &context)) {
        assert_eq!(followed.visible, walked.visible, "{}", walked.field.key);
        assert_eq!(followed.required, walked.required, "{}", walked.field.key);
        assert_eq!(followed.answer, walked.answer, "{}", walked.field.key);
    }
}

/// What is accepted is accepted again, as it was.
fn answered(form: &FormDefinition, raw: &RawAnswers) {
    judged(form, raw);
    if let Ok(valid) = validate(form, raw, &context()) {
        let again = validate(form, &valid.answers().to_raw(), &context());
        assert_eq!(again, Ok(valid));
    }
}

/// A closed field keeps its answer, whatever is posted.
fn reopened(form: &FormDefinition, raw: &RawAnswers, whole: &RawAnswers) {
    let Ok(before) = validate(form, whole, &context()) else {
        return;
    };
    let every_second = form.fields.iter().step_by(2);
    let open = form.opened(every_second.map(|field| &field.key));
    let kept = before.answers();
    let asked = |key: &FieldKey| form.field(key).is_some_and(|f| f.kind.is_asked());
    if let Ok(after) = validate_only(form, &open, kept, raw, &context()) {
        for (key, answer) in &after.answers().0 {
            let closed = kept.get(key).filter(|_| asked(key) && !open.contains(key));
            assert!(closed.is_none_or(|kept| kept == answer), "{key}");
        }
    }
}
