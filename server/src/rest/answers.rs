//! Answers as JSON, in both directions. Read, they become what a form would post, and the same rules judge them.

use domain::forms::{Address, AddressPart, Answer, Answers, FieldKey, RawAnswers};
use serde_json::{Map, Number, Value, json};

use super::problem::{ApiProblem, FaultAt, escaped};
use super::wire::Money;

const AMOUNT: &str = "Send an amount as {\"amount\": \"12000.50\", \"currency\": \"EUR\"}";
const OBJECT: &str = "Send an amount as {\"amount\": \"12000.50\", \"currency\": \"EUR\"}, an address as {\"street\": \"1 Main Road\", \"city\": \"Berlin\", \"country\": \"DE\"}, a customer as {\"id\": \"cust_...\", \"name\": \"Acme\"}";

/// What the deal's answers are.
pub fn written(answers: &Answers) -> Map<String, Value> {
    let line = |(key, answer): (&FieldKey, &Answer)| (key.as_str().to_owned(), value(answer));
    answers.0.iter().map(line).collect()
}

fn value(answer: &Answer) -> Value {
    match answer {
        Answer::Text(text) | Answer::Choice(text) => Value::from(text.as_str()),
        Answer::Number(number) => exact(&number.to_string()),
        Answer::Money(money) => serde_json::to_value(Money::from(*money)).unwrap_or_default(),
        Answer::Date(date) => Value::from(date.to_string()),
        Answer::Days { from, until } => Value::from(format!("{from}/{until}")),
        Answer::Choices(choices) => Value::from(choices.clone()),
        Answer::Flag(flag) => Value::from(*flag),
        Answer::Address(address) => serde_json::to_value(address).unwrap_or_default(),
        Answer::Customer { id, name } => json!({"id": id.to_string(), "name": name}),
        Answer::Files(files) => files.iter().map(ToString::to_string).collect(),
        Answer::Rows(rows) => rows.iter().map(|row| Value::Object(written(row))).collect(),
    }
}

/// A number where that says the same, else its digits as text.
fn exact(digits: &str) -> Value {
    match digits.parse::<Number>() {
        Ok(number) if number.to_string() == digits => Value::Number(number),
        _ => Value::from(digits),
    }
}

/// What a form would have posted.
pub fn read(answers: &Map<String, Value>) -> Result<RawAnswers, ApiProblem> {
    over(RawAnswers::default(), answers)
}

/// These answers over those that were given; null takes one out.
pub fn over(given: RawAnswers, answers: &Map<String, Value>) -> Result<RawAnswers, ApiProblem> {
    let mut raw = given;
    let mut faults = Vec::new();
    for (name, value) in answers {
        let set = FieldKey::parse(name)
            .map_err(|_| "This form has no such field")
            .and_then(|key| set(&mut raw, &key, value));
        if let Err(text) = set {
            faults.push(FaultAt::body(&format!("/answers/{}", escaped(name)), text));
        }
    }
    if faults.is_empty() {
        Ok(raw)
    } else {
        Err(ApiProblem::new("invalid", "Some answers need your attention.").with(faults))
    }
}

fn set(raw: &mut RawAnswers, key: &FieldKey, value: &Value) -> Result<(), &'static str> {
    raw.remove(key);
    match value {
        Value::Null => {}
        Value::Bool(flag) => raw.set(key, vec![if *flag { "yes" } else { "no" }.to_owned()]),
        Value::Number(number) => raw.set(key, vec![number.to_string()]),
        Value::String(text) => raw.set(key, vec![text.clone()]),
        Value::Array(values) if values.iter().any(Value::is_object) => set_rows(raw, key, values)?,
        Value::Array(values) => {
            let texts: Option<Vec<String>> = values
                .iter()
                .map(|value| value.as_str().map(ToOwned::to_owned))
                .collect();
            raw.set(key, texts.ok_or("Send a list of texts")?);
        }
        Value::Object(parts) if parts.contains_key("amount") || parts.contains_key("currency") => {
            let money: Result<Money, _> = serde_json::from_value(value.clone());
            let money = money.map_err(|_| AMOUNT)?;
            raw.set_money(key, &money.amount, &money.currency);
        }
        Value::Object(parts) if parts.contains_key("name") || parts.contains_key("id") => {
            let (id, name) = customer(parts).ok_or(OBJECT)?;
            raw.set_customer(key, id, name);
        }
        Value::Object(parts) => {
            let names = AddressPart::NAMES;
            let known = parts.keys().all(|name| names.contains(&name.as_str()));
            let address: Option<Address> = serde_json::from_value(value.clone()).ok();
            let address = address.filter(|_| known).ok_or(OBJECT)?;
            raw.set_address(key, &address);
        }
    }
    Ok(())
}

/// A customer: its name, and its id where it is one that is known.
fn customer(parts: &Map<String, Value>) -> Option<(&str, &str)> {
    let name = parts.get("name")?.as_str()?;
    let id = parts.get("id").map_or(Some(""), Value::as_str)?;
    let known = parts.keys().all(|part| part == "id" || part == "name");
    known.then_some((id, name))
}

/// A list of objects is a repeating group: each a row, by the keys of its columns.
fn set_rows(raw: &mut RawAnswers, key: &FieldKey, rows: &[Value]) -> Result<(), &'static str> {
    const ROWS: &str = "Send a list of rows, each an object with at least one of its columns";
    for (place, row) in rows.iter().enumerate() {
        let number = u16::try_from(place).map_err(|_| ROWS)?;
        let cells = row.as_object().ok_or(ROWS)?;
        if cells.is_empty() {
            return Err(ROWS);
        }
        for (name, value) in cells {
            let column = FieldKey::parse(name).map_err(|_| "A row has no such column")?;
            let name = RawAnswers::cell_name(key, number, &column);
            raw.replace(&name, cell(value)?.into_iter().collect());
        }
    }
    Ok(())
}

fn cell(value: &Value) -> Result<Option<String>, &'static str> {
    Ok(match value {
        Value::Null => None,
        Value::Bool(flag) => Some(if *flag { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) => return Err("Send one value for each column of a row"),
        Value::Object(_) => {
            let money: Result<Money, _> = serde_json::from_value(value.clone());
            let money = money.map_err(|_| AMOUNT)?;
            Some(format!("{} {}", money.amount, money.currency))
        }
    })
}

#[cfg(test)]
mod tests {

    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    #[test]
    fn every_kind_of_answer_comes_back_as_it_went() {
        let answers: Answers = serde_json::from_value(json!({
            "agreed": {"flag": true},
            "customer": {"text": "Hale & Moss"},
            "office": {"address": {"street": "1 Main Road", "city": "Berlin", "country": "DE"}},
            "products": {"choices": ["a", "b"]},
            "buyer": {"customer": {"id": "cust_01hx0000000000000000000000", "name": "Acme"}},
            "seats": {"number": "250"},
            "share": {"number": "12.5"},
            "value": {"money": {"minor": -1_205, "currency": "EUR"}},
            "when": {"date": "2026-12-31"},
            "lines": {"rows": [
                {"product": {"choice": "a"}, "seats": {"number": "3"}},
                {"price": {"money": {"minor": 1_250, "currency": "EUR"}}},
            ]},
        }))
        .unwrap();
        let written = written(&answers);
        assert_eq!(written["seats"], json!(250));
        assert_eq!(written["share"], json!(12.5));
        assert_eq!(
            written["value"],
            json!({"amount": "-12.05", "currency": "EUR"})
        );
        let raw = read(&written).unwrap();
        assert_eq!(raw.values(&key("products")), ["a", "b"]);
        assert_eq!(raw.first(&key("seats")), "250");
        assert_eq!(raw.currency(&key("value")), Some("EUR"));
        assert_eq!(raw.first(&key("agreed")), "yes");
        assert_eq!(
            written["office"],
            json!({"street": "1 Main Road", "city": "Berlin", "country": "DE"})
        );
        assert_eq!(raw.address(&key("office")).city, "Berlin");
        assert_eq!(written["buyer"]["name"], "Acme");
        assert_eq!(raw.first(&key("buyer")), "Acme");
        let chosen = raw.customer_id(&key("buyer"));
        assert_eq!(chosen, Some("cust_01hx0000000000000000000000"));
        assert_eq!(written["lines"][0], json!({"product": "a", "seats": 3}));
        assert_eq!(raw.cell(&key("lines"), 0, &key("seats")), ["3"]);
        assert_eq!(raw.cell(&key("lines"), 1, &key("price")), ["12.50 EUR"]);
    }

    #[test]
    fn long_digits_stay_digits() {
        assert_eq!(
            exact("0.1234567890123456789"),
            json!("0.1234567890123456789")
        );
        assert_eq!(exact("9007199254740993"), json!(9_007_199_254_740_993_i64));
    }

    #[test]
    fn what_is_no_answer_is_pointed_to() {
        let refused = read(
            json!({
                "a": [1],
                "B": "x",
                "c": {"amount": 1},
                "d": [{}],
                "e": [{"x": []}],
                "f": {"street": "A", "floor": "2"},
                "g": {"id": "cust_01hx0000000000000000000000"},
            })
            .as_object()
            .unwrap(),
        );
        let problem = serde_json::to_value(refused.unwrap_err()).unwrap();
        let pointers: Vec<&str> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault["pointer"].as_str().unwrap())
            .collect();
        assert_eq!(
            pointers,
            [
                "#/answers/B",
                "#/answers/a",
                "#/answers/c",
                "#/answers/d",
                "#/answers/e",
                "#/answers/f",
                "#/answers/g"
            ]
        );
    }

    #[test]
    fn null_takes_an_answer_out() {
        let raw = read(json!({"a": "1", "b": "2"}).as_object().unwrap()).unwrap();
        let raw = over(raw, json!({"a": null}).as_object().unwrap()).unwrap();
        assert!(!raw.mentions(&key("a")));
        assert_eq!(raw.first(&key("b")), "2");
    }
}
