//! The signs, numbers and words of an expression.

use super::{ExpressionFault, ExpressionProblem};
use crate::forms::{
    FieldKey,
    decimal::{Decimal, MAX_SCALE},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Decimal),
    /// A field's key, or a function's name.
    Word(String),
    /// One of `+ - * / ( ) ,`.
    Sign(char),
}

impl Token {
    pub(super) fn written(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Word(word) => word.clone(),
            Self::Sign(sign) => sign.to_string(),
        }
    }
}

/// Something of the expression, and the character at which it begins, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed<T> {
    pub(super) at: usize,
    pub(super) what: T,
}

pub(super) fn tokens(text: &str) -> Result<Vec<Placed<Token>>, ExpressionFault> {
    let mut found = Vec::new();
    let mut chars = text.chars().zip(1_usize..).peekable();
    while let Some((first, at)) = chars.next() {
        let mut run = |goes_on: fn(char) -> bool| {
            let mut word = first.to_string();
            while let Some((next, _)) = chars.next_if(|(next, _)| goes_on(*next)) {
                word.push(next);
            }
            word
        };
        let what = match first {
            space if space.is_whitespace() => continue,
            '+' | '-' | '*' | '/' | '(' | ')' | ',' => Token::Sign(first),
            '0'..='9' | '.' => number(run(|next| next.is_ascii_digit() || next == '.'), at)?,
            'a'..='z' => Token::Word(run(in_word)),
            _ => {
                let found = first.to_string();
                return Err(ExpressionFault::new(
                    at,
                    ExpressionProblem::Unexpected { found },
                ));
            }
        };
        found.push(Placed { at, what });
    }
    Ok(found)
}

fn in_word(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
}

/// A point is the only sign in a number: commas part the arguments of functions.
fn number(found: String, at: usize) -> Result<Token, ExpressionFault> {
    let one_point = found.matches('.').count() <= 1;
    let read = Decimal::read(&found, MAX_SCALE).filter(|_| one_point);
    read.map(Token::Number).ok_or_else(|| {
        let problem = ExpressionProblem::NumberUnreadable { found };
        ExpressionFault::new(at, problem)
    })
}

/// The fields that the expression names, whether it can be read as a whole or not.
pub(crate) fn names(text: &str) -> Vec<FieldKey> {
    let mut keys = Vec::new();
    for (word, is_field) in words(text) {
        if let Some(key) = FieldKey::parse(word).ok().filter(|_| is_field) {
            keys.push(key);
        }
    }
    keys
}

/// The same expression with another name for one of its fields.
pub(crate) fn renamed(text: &str, from: &FieldKey, to: &FieldKey) -> String {
    words(text)
        .into_iter()
        .map(|(word, is_field)| {
            if is_field && word == from.as_str() {
                to.as_str()
            } else {
                word
            }
        })
        .collect()
}

/// The text in pieces: words, and what stands between them; and whether the piece can name a field.
fn words(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
        let word = is_word(first);
        let end = rest
            .find(|letter: char| is_word(letter) != word)
            .unwrap_or(rest.len());
        let Some((piece, after)) = rest.split_at_checked(end) else {
            break;
        };
        let is_function = after.trim_start().starts_with('(');
        pieces.push((piece, word && !is_function));
        rest = after;
    }
    pieces
}
