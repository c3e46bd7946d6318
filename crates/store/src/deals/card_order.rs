//! A column's order and its pages, as `CardOrder::compare` orders cards.

use domain::views::CardOrder;
use domain::{DealId, Rank};

use super::Scope;
use super::board::push_scope;
use crate::Statement;

/// Only the cards after that one. By rank its place is known; otherwise it is where that deal of the scope stands now.
pub(super) fn push_after(
    statement: &mut Statement,
    scope: Scope,
    order: CardOrder,
    (rank, id): (Rank, DealId),
) {
    let (place, of) = match order {
        CardOrder::Placed => {
            statement.push(" AND (d.rank, d.id) > (").bind(rank.0);
            statement.push(", ").bind(id.0).push(")");
            return;
        }
        CardOrder::Newest => {
            statement.push(" AND d.id < ").bind(id.0);
            return;
        }
        CardOrder::Value => (
            " AND (coalesce(d.value_minor, -1), d.id) < ",
            "(SELECT coalesce(d.value_minor, -1), d.id",
        ),
        CardOrder::CloseDate => (
            " AND (coalesce(d.close_date, '9999-12-31'), d.id) > ",
            "(SELECT coalesce(d.close_date, '9999-12-31'), d.id",
        ),
        CardOrder::DaysInStage => (
            " AND (d.stage_entered_at, d.id) > ",
            "(SELECT d.stage_entered_at, d.id",
        ),
    };
    // What lies outside of the scope has no place: where it would stand says what it is worth.
    statement.push(place).push(of).push(" FROM deals d WHERE");
    push_scope(statement, scope);
    statement.push(" AND d.id = ").bind(id.0).push(")");
}

pub(super) fn push_order(statement: &mut Statement, order: CardOrder) {
    statement.push(match order {
        CardOrder::Placed => " ORDER BY d.rank, d.id LIMIT ",
        CardOrder::Value => " ORDER BY coalesce(d.value_minor, -1) DESC, d.id DESC LIMIT ",
        CardOrder::CloseDate => " ORDER BY coalesce(d.close_date, '9999-12-31'), d.id LIMIT ",
        // The literal finds the index of a stage's deals by that time.
        CardOrder::DaysInStage => {
            " AND d.stage_entered_at IS NOT NULL ORDER BY d.stage_entered_at, d.id LIMIT "
        }
        CardOrder::Newest => " ORDER BY d.id DESC LIMIT ",
    });
}
