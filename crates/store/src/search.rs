//! What people type into a search box, as conditions that cost no more than they should.

use domain::text::fold;

use crate::Statement;

/// Characters of a search text that count.
const MAX_TEXT: usize = 200;
/// Words of a search text that count: each is a pass over the rows.
const MAX_WORDS: usize = 10;

/// The folded words of a search text; what is beyond measure is not looked for.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(MAX_TEXT).collect();
    let folded = fold(&text);
    let words = folded.split_whitespace().take(MAX_WORDS);
    words.map(str::to_owned).collect()
}

/// Every word stands somewhere in the folded column: ` AND column LIKE ...`.
pub(crate) fn push_words(statement: &mut Statement, column: &'static str, text: &str) {
    for word in words(text) {
        statement
            .push(" AND ")
            .push(column)
            .push(" LIKE ")
            .bind(format!("%{}%", escaped(&word)))
            .push(" ESCAPE '!'");
    }
}

/// What would stand for anything stands for itself. Folding leaves letters and digits only; this does not rely on it.
fn escaped(word: &str) -> String {
    word.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_beyond_measure_is_cut() {
        assert_eq!(words(&"a ".repeat(500)).len(), MAX_WORDS);
        assert_eq!(words(&"a".repeat(500)), ["a".repeat(MAX_TEXT)]);
        assert_eq!(words(" M\u{fc}ller  & Co "), ["mueller", "co"]);
    }

    #[test]
    fn nothing_stands_for_anything() {
        assert_eq!(escaped("50%_!"), "50!%!_!!");
    }
}
