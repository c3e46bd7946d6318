use domain::{DealId, ProgramId, TransactionId};
use services::keys::Entry;

use super::{
    answer::{Answer, Page, created, ok},
    request::{At, Caller, Command},
    wire::{NewTransaction, Transaction, TransactionReceipt},
};

/// What the customer of a deal bought after the win, newest first
#[utoipa::path(get, path = "/programs/{program}/deals/{deal}/transactions", tag = "Transactions", responses((status = 200, body = Page<Transaction>)))]
pub async fn list_transactions(
    Caller(caller): Caller,
    At((program, deal)): At<(ProgramId, DealId)>,
) -> Answer {
    let money = match caller.enter(program).await? {
        Entry::Company(access) => access.deal_money(deal).await?,
        Entry::Partner(access) => access.deal_money(deal).await?,
    };
    let items = money
        .transactions
        .into_iter()
        .map(Transaction::from)
        .collect();
    Ok(ok(Page::whole(items)))
}

/// Enter what the customer of a confirmed win bought
///
/// For a company's key with the scope `pay`. It earns what the offers of its day promise.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/transactions", tag = "Transactions", request_body = NewTransaction, responses((status = 201, body = TransactionReceipt, headers(("Location" = String)))))]
pub async fn enter_transaction(
    At((program, deal)): At<(ProgramId, DealId)>,
    command: Command<NewTransaction>,
) -> Answer {
    let (caller, body) = command.once::<TransactionId>();
    let access = caller.enter_company(program).await?;
    let id = access.enter_transaction(body.command(deal)).await?;
    let location = format!("/api/v1/programs/{program}/deals/{deal}/transactions");
    Ok(created(TransactionReceipt { id }, &location))
}
