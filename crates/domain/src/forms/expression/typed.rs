//! Whether an expression makes sense among the fields above it, and what it comes to.

use super::{
    ExpressionFault, ExpressionProblem, ResultKind,
    parse::{Step, steps},
    token::Placed,
};
use crate::forms::{FieldKey, FieldKind, FormDefinition};

/// As what an expression takes the answers of that kind, if it takes them.
pub fn operand_kind(kind: &FieldKind) -> Option<ResultKind> {
    match kind {
        FieldKind::Number { .. } | FieldKind::Percent { .. } => Some(ResultKind::Number),
        FieldKind::Money { .. } => Some(ResultKind::Money),
        FieldKind::Computed { gives, .. } => Some(*gives),
        _ => None,
    }
}

/// What the expression of the field at `position` comes to, or the first thing that is wrong with it.
pub fn check_expression(
    text: &str,
    form: &FormDefinition,
    position: usize,
) -> Result<ResultKind, ExpressionFault> {
    let mut stack = Vec::new();
    for placed in steps(text)? {
        let kind = of_step(&placed, &mut stack, form, position)
            .map_err(|problem| ExpressionFault::new(placed.at, problem))?;
        stack.push(kind);
    }
    stack
        .pop()
        .ok_or_else(|| ExpressionFault::new(1, ExpressionProblem::Empty))
}

type Stack = Vec<ResultKind>;

fn of_step(
    placed: &Placed<Step>,
    stack: &mut Stack,
    form: &FormDefinition,
    position: usize,
) -> Result<ResultKind, ExpressionProblem> {
    match &placed.what {
        Step::Number(_) => Ok(ResultKind::Number),
        Step::Field(key) => of_field(key, form, position),
        Step::Negate | Step::Round(_) => top(stack),
        Step::Add | Step::Subtract => alike(stack, 2),
        Step::Smallest(count) | Step::Largest(count) => alike(stack, *count),
        Step::Multiply => match (top(stack)?, top(stack)?) {
            (ResultKind::Money, ResultKind::Money) => Err(ExpressionProblem::AmountsMultiplied),
            (ResultKind::Number, ResultKind::Number) => Ok(ResultKind::Number),
            _ => Ok(ResultKind::Money),
        },
        Step::Divide => match (top(stack)?, top(stack)?) {
            (ResultKind::Money, ResultKind::Number) => Err(ExpressionProblem::DividedByAmount),
            (ResultKind::Number, ResultKind::Money) => Ok(ResultKind::Money),
            _ => Ok(ResultKind::Number),
        },
    }
}

/// The value that the last step left.
fn top(stack: &mut Stack) -> Result<ResultKind, ExpressionProblem> {
    stack.pop().ok_or(ExpressionProblem::Unfinished)
}

fn alike(stack: &mut Stack, count: usize) -> Result<ResultKind, ExpressionProblem> {
    let first = top(stack)?;
    for _ in 1..count {
        if top(stack)? != first {
            return Err(ExpressionProblem::Mixed);
        }
    }
    Ok(first)
}

fn of_field(
    key: &FieldKey,
    form: &FormDefinition,
    position: usize,
) -> Result<ResultKind, ExpressionProblem> {
    let found = form.fields.iter().position(|field| field.key == *key);
    let Some((at, field)) = found.and_then(|at| Some((at, form.fields.get(at)?))) else {
        let name = key.to_string();
        return Err(ExpressionProblem::UnknownField { name });
    };
    let label = field.label.clone();
    if at == position {
        return Err(ExpressionProblem::ItsOwnField);
    }
    if at > position {
        return Err(ExpressionProblem::LaterField { label });
    }
    if field.is_company_only() {
        return Err(ExpressionProblem::CompanyField { label });
    }
    operand_kind(&field.kind).ok_or(ExpressionProblem::NotANumber { label })
}
