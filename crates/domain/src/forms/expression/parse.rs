//! From text to steps in the order in which they are worked out.

use super::{
    ExpressionFault, ExpressionProblem, MAX_DEPTH, MAX_EXPRESSION,
    token::{Placed, Token, tokens},
};
use crate::forms::{
    FieldKey,
    decimal::{Decimal, MAX_SCALE},
};

/// Each takes what it needs from the top of what the steps before it left there, and leaves one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Number(Decimal),
    Field(FieldKey),
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    /// Of so many values.
    Smallest(usize),
    Largest(usize),
    /// To so many places.
    Round(u8),
}

pub(super) type Steps = Vec<Placed<Step>>;

/// Each level of brackets is one level of recursion, and there are [`MAX_DEPTH`] at most.
pub(super) fn steps(text: &str) -> Result<Steps, ExpressionFault> {
    if text.chars().nth(MAX_EXPRESSION).is_some() {
        return Err(ExpressionFault::new(1, ExpressionProblem::TooLong));
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(ExpressionFault::new(1, ExpressionProblem::Empty));
    }
    let mut parser = Parser {
        tokens: &tokens,
        end: text.chars().count() + 1,
        steps: Vec::new(),
    };
    parser.sum(0)?;
    match parser.tokens.first() {
        None => Ok(parser.steps),
        Some(token) => Err(unexpected(token)),
    }
}

struct Parser<'a> {
    /// What is still to be read.
    tokens: &'a [Placed<Token>],
    /// The place behind the last character.
    end: usize,
    steps: Steps,
}

fn unexpected(token: &Placed<Token>) -> ExpressionFault {
    let found = token.what.written();
    ExpressionFault::new(token.at, ExpressionProblem::Unexpected { found })
}

impl<'a> Parser<'a> {
    fn advance(&mut self) -> Option<&'a Placed<Token>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    /// The next token, if it is one of these signs.
    fn take(&mut self, signs: &[char]) -> Option<(char, usize)> {
        match self.tokens.first()? {
            Placed {
                at,
                what: Token::Sign(sign),
            } if signs.contains(sign) => {
                self.advance();
                Some((*sign, *at))
            }
            _ => None,
        }
    }

    fn expect(&mut self, sign: char) -> Result<(), ExpressionFault> {
        match self.take(&[sign]) {
            Some(_) => Ok(()),
            None => Err(self.stuck()),
        }
    }

    /// What is wrong where nothing fits.
    fn stuck(&self) -> ExpressionFault {
        match self.tokens.first() {
            Some(token) => unexpected(token),
            None => ExpressionFault::new(self.end, ExpressionProblem::Unfinished),
        }
    }

    fn push(&mut self, at: usize, what: Step) {
        self.steps.push(Placed { at, what });
    }

    fn sum(&mut self, depth: usize) -> Result<(), ExpressionFault> {
        if depth > MAX_DEPTH {
            let at = self.tokens.first().map_or(self.end, |token| token.at);
            return Err(ExpressionFault::new(at, ExpressionProblem::TooDeep));
        }
        self.product(depth)?;
        while let Some((sign, at)) = self.take(&['+', '-']) {
            self.product(depth)?;
            let step = if sign == '+' {
                Step::Add
            } else {
                Step::Subtract
            };
            self.push(at, step);
        }
        Ok(())
    }

    fn product(&mut self, depth: usize) -> Result<(), ExpressionFault> {
        self.signed(depth)?;
        while let Some((sign, at)) = self.take(&['*', '/']) {
            self.signed(depth)?;
            let step = if sign == '*' {
                Step::Multiply
            } else {
                Step::Divide
            };
            self.push(at, step);
        }
        Ok(())
    }

    fn signed(&mut self, depth: usize) -> Result<(), ExpressionFault> {
        let mut negated = None;
        while let Some((_, at)) = self.take(&['-']) {
            negated = if negated.is_some() { None } else { Some(at) };
        }
        self.single(depth)?;
        if let Some(at) = negated {
            self.push(at, Step::Negate);
        }
        Ok(())
    }

    fn single(&mut self, depth: usize) -> Result<(), ExpressionFault> {
        let Some(token) = self.advance() else {
            return Err(self.stuck());
        };
        match &token.what {
            Token::Number(number) => self.push(token.at, Step::Number(*number)),
            Token::Sign('(') => {
                self.sum(depth + 1)?;
                self.expect(')')?;
            }
            Token::Sign(_) => return Err(unexpected(token)),
            Token::Word(name) if self.take(&['(']).is_some() => {
                self.function(name, token.at, depth + 1)?;
            }
            Token::Word(name) => {
                let key = FieldKey::parse(name).map_err(|_| {
                    let name = name.clone();
                    ExpressionFault::new(token.at, ExpressionProblem::UnknownField { name })
                })?;
                self.push(token.at, Step::Field(key));
            }
        }
        Ok(())
    }

    /// Behind its opening bracket.
    fn function(&mut self, name: &str, at: usize, depth: usize) -> Result<(), ExpressionFault> {
        match name {
            "min" | "max" => {
                self.sum(depth)?;
                let mut count = 1;
                while self.take(&[',']).is_some() {
                    self.sum(depth)?;
                    count += 1;
                }
                self.expect(')')?;
                let least = name == "min";
                self.push(
                    at,
                    if least {
                        Step::Smallest(count)
                    } else {
                        Step::Largest(count)
                    },
                );
            }
            "round" => {
                self.sum(depth)?;
                let places = self.places(at)?;
                self.expect(')')?;
                self.push(at, Step::Round(places));
            }
            _ => {
                let name = name.to_owned();
                return Err(ExpressionFault::new(
                    at,
                    ExpressionProblem::UnknownFunction { name },
                ));
            }
        }
        Ok(())
    }

    fn places(&mut self, at: usize) -> Result<u8, ExpressionFault> {
        if self.take(&[',']).is_none() {
            return Err(ExpressionFault::new(at, ExpressionProblem::Places));
        }
        let token = self.advance();
        let at = token.map_or(self.end, |token| token.at);
        let places = match token.map(|token| &token.what) {
            Some(Token::Number(number)) => number.whole(),
            _ => None,
        };
        places
            .and_then(|places| u8::try_from(places).ok())
            .filter(|places| *places <= MAX_SCALE)
            .ok_or_else(|| ExpressionFault::new(at, ExpressionProblem::Places))
    }
}
