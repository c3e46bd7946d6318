//! Cases for the rules, each made from its number, and what the rules say to it. The product does not know this crate:
//! `cargo xtask test domain` runs it natively, and as WebAssembly in Node and in a browser: all must say the same, letter by letter.

mod dice;
mod forms;
mod rows;
mod words;

use serde_json::json;

use crate::dice::Dice;

/// What the rules say to the cases of these numbers, `to` not among them: a line for each, which begins with `valid` or `refused`.
pub fn verdicts(from: u32, to: u32) -> String {
    (from..to).map(|number| verdict(number) + "\n").collect()
}

fn verdict(number: u32) -> String {
    let mut dice = Dice::thrown(number);
    let (form, valid) = forms::verdict(&mut dice);
    let word = if valid { "valid" } else { "refused" };
    let said = json!({ "form": form, "words": words::verdict(&mut dice) });
    format!("{word} {said}")
}

#[cfg(target_family = "wasm")]
mod browser {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    pub fn verdicts(from: u32, to: u32) -> String {
        super::verdicts(from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_cases_are_valid_and_most_are_refused() {
        let said = verdicts(0, 500);
        let valid = said
            .lines()
            .filter(|line| line.starts_with("valid "))
            .count();
        assert!((20..250).contains(&valid), "{valid}");
    }

    #[test]
    fn conditions_stand_in_groups_of_every_kind() {
        let said = verdicts(0, 1_000);
        for part in [
            r#"{"all":["#,
            r#"{"any":["#,
            r#"{"none":["#,
            "has nothing in it",
            " and (",
            "not (",
        ] {
            assert!(said.contains(part), "{part}");
        }
    }

    #[test]
    fn problems_of_many_kinds_occur() {
        let said = verdicts(0, 1_000);
        for problem in [
            "missing",
            "too_short",
            "too_long",
            "too_early",
            "not_a_number",
            "unknown_choice",
            "unknown_field",
        ] {
            assert!(said.contains(problem), "{problem}");
        }
    }
}
