//! The answers on the cards of a board, in the reader's locale: of the cards that are sent, and only where the company chose some.

use domain::forms::{Field, answer_text_in};
use domain::views::Card;
use domain::{CompanyId, Locale, ProgramId};
use store::Conn;

use crate::ServiceError;

/// The fields that the company chose, as the form has them now.
pub(super) async fn fields(
    conn: &mut Conn,
    program: ProgramId,
) -> Result<Vec<Field>, ServiceError> {
    let chosen = store::programs::list_card_fields(conn, program).await?;
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let form = store::forms::find_current(conn, program).await?;
    Ok(form.map_or_else(Vec::new, |form| {
        let fields = form.definition.0.card_fields(&chosen);
        fields.into_iter().cloned().collect()
    }))
}

/// Writes the answers onto the cards.
pub(super) async fn fill(
    conn: &mut Conn,
    company: CompanyId,
    fields: &[Field],
    locale: Locale,
    cards: Vec<&mut Card>,
) -> Result<(), ServiceError> {
    if fields.is_empty() {
        return Ok(());
    }
    let deals: Vec<_> = cards.iter().map(|card| card.id).collect();
    let answers = store::deals::list_answers(conn, company, &deals).await?;
    for card in cards {
        let given = answers.get(&card.id);
        let texts = fields.iter().map(|field| {
            let answer = given.and_then(|given| given.get(&field.key));
            answer.map_or_else(String::new, |answer| answer_text_in(field, answer, locale))
        });
        card.facts = texts.collect();
    }
    Ok(())
}
