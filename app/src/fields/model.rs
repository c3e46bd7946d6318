//! What the renderer decides without a page.

use std::collections::{BTreeMap, BTreeSet};

use domain::Locale;
use domain::forms::{
    AddressPart, Answers, Field, FieldErrors, FieldKey, FieldKind, FieldProblem, FormDefinition,
    PartProblem, RawAnswers, Rows, Standing, SystemField, problem_text_in,
};
use domain::size::size_limit;

use super::address::part_id;
use crate::ui::FieldMessage;

/// Up to here a list is cheap to build one option at a time, and several answers fit on the page as boxes.
pub const FEW_OPTIONS: usize = 12;

/// The id of the control that a message about this field leads to.
pub fn control_id(prefix: &str, key: &str) -> String {
    format!("{prefix}{key}")
}

/// The lines of the error summary, in the order of the form.
pub fn messages(
    form: &FormDefinition,
    errors: &FieldErrors,
    prefix: &str,
    locale: Locale,
) -> Vec<FieldMessage> {
    errors
        .iter()
        .map(|error| {
            let field = error.field_of(form);
            let id = control_id(prefix, &error.field);
            // What is wrong with an address as a whole leads to its first input.
            let in_parts = field
                .is_some_and(|f| f.kind == FieldKind::Address && f.key.as_str() == error.field);
            let first = in_parts.then(|| part_id(&id, AddressPart::Street));
            let text = problem_text_in(field, &error.problem, locale);
            FieldMessage::new(first.unwrap_or(id), text)
        })
        .collect()
}

/// What a reopened registration sends: the open fields, and those that have no answer yet.
pub fn to_send(
    form: &FormDefinition,
    open: &BTreeSet<FieldKey>,
    given: &Answers,
    answers: &RawAnswers,
) -> RawAnswers {
    let mut sent = answers.clone();
    for field in &form.fields {
        if is_closed(&field.key, Some(open), given) {
            sent.remove(&field.key);
        }
    }
    sent
}

/// Whether the field shows the answer it has and takes no other.
pub fn is_closed(key: &FieldKey, open: Option<&BTreeSet<FieldKey>>, given: &Answers) -> bool {
    open.is_some_and(|open| !open.contains(key)) && given.get(key).is_some()
}

/// The field with the options that are offered.
pub fn offered(mut field: Field, withheld: &BTreeSet<String>) -> Field {
    if let Some(options) = field.kind.options_mut() {
        options.retain(|option| !withheld.contains(&option.value));
    }
    field
}

/// The answer without options that are not offered, where it has any.
pub fn without_withheld(
    raw: &RawAnswers,
    key: &FieldKey,
    withheld: &BTreeSet<String>,
) -> Option<Vec<String>> {
    let values = raw.values(key);
    let kept = values.iter().filter(|value| !withheld.contains(*value));
    let kept: Vec<String> = kept.cloned().collect();
    (kept.len() < values.len()).then_some(kept)
}

/// What a screen reader says when answers bring fields into view or take them away; nothing when nothing changed `here`.
pub fn announcement(
    form: &FormDefinition,
    here: impl Fn(&FieldKey) -> bool,
    before: &BTreeMap<FieldKey, Standing>,
    now: &BTreeMap<FieldKey, Standing>,
) -> Option<String> {
    let visible = |standings: &BTreeMap<FieldKey, Standing>, key| {
        standings.get(key).is_some_and(|s| s.visible)
    };
    let labels = |from: &BTreeMap<FieldKey, Standing>, to: &BTreeMap<FieldKey, Standing>| {
        let changed = form
            .fields
            .iter()
            .filter(|f| f.kind.is_asked() && here(&f.key))
            .filter(|f| !visible(from, &f.key) && visible(to, &f.key));
        changed
            .map(|f| f.label.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (shown, hidden) = (labels(before, now), labels(now, before));
    match (shown.is_empty(), hidden.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("Also asked now: {shown}")),
        (true, false) => Some(format!("No longer asked: {hidden}")),
        (false, false) => Some(format!(
            "Also asked now: {shown}. No longer asked: {hidden}"
        )),
    }
}

/// Whether answers can change what is asked, or shown.
pub fn has_conditions(form: &FormDefinition) -> bool {
    let looks = |f: &Field| f.rules().next().is_some() || !f.kind.looks_at().is_empty();
    form.fields.iter().any(looks)
}

/// The help text, with what the input itself cannot show.
pub fn hint(field: &Field) -> Option<String> {
    let rule = match &field.kind {
        FieldKind::Number { unit, .. } if !unit.is_empty() => Some(format!("In {unit}")),
        FieldKind::Percent { .. } => Some("In percent".to_owned()),
        FieldKind::Rows(rows) => Some(rows_rule(rows)),
        FieldKind::File {
            max_bytes,
            accept,
            most,
        } => Some(file_rule(*max_bytes, accept, *most)),
        FieldKind::MultiSelect { options } if options.len() <= FEW_OPTIONS => {
            Some("Select all that apply".to_owned())
        }
        _ => field
            .limits
            .mask
            .as_ref()
            .map(|mask| format!("Like {}", mask.example())),
    };
    let unique = field
        .traits
        .unique
        .then_some("No other deal may have the same");
    let rules: Vec<String> = rule.into_iter().chain(unique.map(str::to_owned)).collect();
    let rule = (!rules.is_empty()).then(|| rules.join(". "));
    let help = Some(field.help.clone()).filter(|help| !help.is_empty());
    let help = help.map(|help| {
        if field.traits.personal {
            format!("Personal data: {help}")
        } else {
            help
        }
    });
    match (help, rule) {
        (Some(help), Some(rule)) => Some(format!("{help} {rule}.")),
        (help, rule) => help.or(rule),
    }
}

fn rows_rule(rows: &Rows) -> String {
    let most = rows.counted(usize::from(rows.most));
    if rows.least > 1 {
        format!("{} to {most}", rows.least)
    } else {
        format!("Up to {most}")
    }
}

fn file_rule(max_bytes: u64, accept: &[String], most: u8) -> String {
    let size = size_limit(max_bytes);
    let limits = match most {
        1 => format!("one file, up to {size}"),
        most => format!("up to {most} files, {size} each"),
    };
    if accept.is_empty() {
        format!("Any type, {limits}")
    } else {
        format!("{}, {limits}", accept.join(", ").to_uppercase())
    }
}

/// How a one-line input asks the browser for the right keyboard.
pub struct LineInput {
    pub kind: &'static str,
    pub mode: Option<&'static str>,
    pub width: Option<&'static str>,
}

pub fn line_input(field: &Field) -> LineInput {
    let line = |kind, mode, width| LineInput { kind, mode, width };
    if field.system == Some(SystemField::Domain) {
        // Not type=url: a browser would refuse "example.com".
        return line("text", Some("url"), None);
    }
    match &field.kind {
        FieldKind::Number { decimals: 0, .. } | FieldKind::Percent { decimals: 0 } => {
            line("text", Some("numeric"), Some("short"))
        }
        FieldKind::Number { .. } | FieldKind::Percent { .. } | FieldKind::Money { .. } => {
            line("text", Some("decimal"), Some("short"))
        }
        FieldKind::Date => line("date", None, Some("short")),
        FieldKind::Email => line("email", None, None),
        FieldKind::Phone => line("tel", None, Some("medium")),
        FieldKind::Url => line("text", Some("url"), None),
        _ => line(
            "text",
            None,
            field
                .limits
                .max_length
                .filter(|max| *max <= 20)
                .map(|_| "short"),
        ),
    }
}

/// Whether a problem is worth saying while people still type: a missing answer is not.
pub fn worth_saying(problem: &FieldProblem) -> bool {
    match problem {
        FieldProblem::InRow { problem, .. } => worth_saying(problem),
        FieldProblem::AddressParts { faults } => faults
            .iter()
            .any(|fault| fault.what != PartProblem::Missing),
        FieldProblem::Missing
        | FieldProblem::CurrencyMissing
        | FieldProblem::HalfARange
        | FieldProblem::TooFewRows { .. } => false,
        _ => true,
    }
}

/// `<option>`s as text. A country list as elements costs more to take over than the rest of the page.
pub fn options_html<'a>(
    prompt: Option<&str>,
    options: impl Iterator<Item = (&'a str, &'a str)>,
    selected: &[String],
) -> String {
    let mut html = String::new();
    if let Some(prompt) = prompt {
        html.push_str("<option value=\"\">");
        push_escaped(&mut html, prompt);
        html.push_str("</option>");
    }
    for (value, label) in options {
        html.push_str("<option value=\"");
        push_escaped(&mut html, value);
        html.push_str(if selected.iter().any(|s| s == value) {
            "\" selected>"
        } else {
            "\">"
        });
        push_escaped(&mut html, label);
        html.push_str("</option>");
    }
    html
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::forms::{
        Answer, Condition, Context, Operator, Standings, Traits, starter_form, validate,
    };

    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn form() -> FormDefinition {
        let mut form = starter_form(domain::Currency::EUR);
        let vat = Field::new(key("vat"), FieldKind::Text, "VAT number");
        form.fields
            .push(vat.shown_when(Condition::on(&key("country"), Operator::Is("DE".into()))));
        form
    }

    fn context() -> Context {
        Context::on("2026-11-22".parse().unwrap())
    }

    #[test]
    fn summary_lines_lead_to_their_controls() {
        let errors = validate(&form(), &RawAnswers::default(), &context()).unwrap_err();
        let lines = messages(&form(), &errors, "f-", Locale::default());
        assert_eq!(
            lines.first(),
            Some(&FieldMessage::new("f-customer", "Enter customer name"))
        );
        assert_eq!(lines.len(), 4);
    }

    #[test]
    fn says_which_fields_came_and_went() {
        let form = form();
        let empty = RawAnswers::default();
        let mut standings = Standings::new(Arc::new(form.clone()), &empty, &context());
        let before = standings.by_key();
        standings.follow(&[("country", "DE")].into_iter().collect(), &context());
        let now = standings.by_key();
        assert_eq!(
            announcement(&form, |_| true, &before, &now).as_deref(),
            Some("Also asked now: VAT number")
        );
        assert_eq!(
            announcement(&form, |_| true, &now, &before).as_deref(),
            Some("No longer asked: VAT number")
        );
        assert_eq!(announcement(&form, |_| true, &now, &now), None);
        assert_eq!(announcement(&form, |_| false, &before, &now), None);
        assert!(has_conditions(&form));
    }

    #[test]
    fn an_option_that_is_not_offered_is_gone_from_list_and_answer() {
        let withheld = BTreeSet::from(["b".to_owned()]);
        let options = ["a", "b"]
            .map(|v| domain::forms::Choice::new(v, v))
            .to_vec();
        let list = Field::new(key("list"), FieldKind::MultiSelect { options }, "List");
        let left = offered(list, &withheld);
        assert_eq!(left.kind.options().len(), 1);
        let raw: RawAnswers = [("list", "b"), ("list", "a")].into_iter().collect();
        let kept = without_withheld(&raw, &key("list"), &withheld);
        assert_eq!(kept, Some(vec!["a".to_owned()]));
        assert_eq!(without_withheld(&raw, &key("other"), &withheld), None);
    }

    #[test]
    fn only_open_and_unanswered_fields_are_sent() {
        let given = Answers([(key("customer"), Answer::Text("Acme".into()))].into());
        let answers = [("customer", "Acme"), ("need", "More"), ("vat", "1")]
            .into_iter()
            .collect();
        let sent = to_send(&form(), &[key("need")].into(), &given, &answers);
        assert!(!sent.mentions(&key("customer")));
        assert!(sent.mentions(&key("need")) && sent.mentions(&key("vat")));
    }

    #[test]
    fn options_are_escaped() {
        let html = options_html(
            Some("Pick"),
            [("a\"", "<b>"), ("c", "&")].into_iter(),
            &["c".to_owned()],
        );
        assert_eq!(
            html,
            "<option value=\"\">Pick</option><option value=\"a&quot;\">&lt;b&gt;</option><option value=\"c\" selected>&amp;</option>"
        );
    }

    #[test]
    fn hints_say_what_the_input_cannot() {
        let file = FieldKind::File {
            max_bytes: 10_000_000,
            accept: vec!["pdf".into()],
            most: 4,
        };
        assert_eq!(
            hint(&Field::new(key("a"), file, "Plan")).as_deref(),
            Some("PDF, up to 4 files, 10 MB each")
        );
        assert_eq!(
            file_rule(512_000, &[], 1),
            "Any type, one file, up to 512 kB"
        );
        let seats = FieldKind::Number {
            decimals: 0,
            unit: "seats".into(),
        };
        assert_eq!(
            hint(&Field::new(key("a"), seats, "Size").help("Now.")).as_deref(),
            Some("Now. In seats.")
        );
        assert_eq!(hint(&Field::new(key("a"), FieldKind::Text, "Name")), None);
        let unique = Traits {
            unique: true,
            ..Traits::default()
        };
        let mut order = Field::new(key("a"), FieldKind::Text, "Order").traits(unique);
        assert_eq!(
            hint(&order).as_deref(),
            Some("No other deal may have the same")
        );
        order.limits.mask = domain::forms::Mask::parse("AA-999").ok();
        let both = hint(&order.help("On the quote.")).unwrap();
        assert!(both.starts_with("On the quote. Like "), "{both}");
        assert!(
            both.ends_with(". No other deal may have the same."),
            "{both}"
        );
        let personal = Traits {
            personal: true,
            ..Traits::default()
        };
        let name = Field::new(key("a"), FieldKind::Text, "Name").traits(personal);
        assert_eq!(hint(&name), None);
        assert_eq!(
            hint(&name.help("We call them.")).as_deref(),
            Some("Personal data: We call them.")
        );
    }
}
