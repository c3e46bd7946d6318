//! What can be out of order, in words.

use domain::{
    CommissionId, Currency, CustomerId, DealId, EventId, InternalNoteId, MessageId, ThreadId,
    TransactionId,
};
use store::events::ChainFault;

/// The first thing that is not in order, by name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("{}", chain_text(.0))]
    Chain(ChainFault),
    #[error("the lines booked for the event {event} are off by {minor} minor units of {currency}")]
    UnbalancedTransfer {
        event: EventId,
        currency: Currency,
        minor: i64,
    },
    #[error("all lines in {currency} together are off by {minor} minor units")]
    UnbalancedCurrency { currency: Currency, minor: i64 },
    #[error(
        "the lines booked for the event {event} are not founded: there is no such event of the commission {commission}"
    )]
    UnfoundedTransfer {
        event: EventId,
        commission: CommissionId,
    },
    #[error("the event {event} ({kind}) was never booked")]
    UnbookedFact { event: EventId, kind: String },
    #[error("the commission {commission} names a {what} that is gone, or is another\u{2019}s")]
    Astray {
        commission: CommissionId,
        what: String,
    },
    #[error("the commission {commission} stands otherwise than the win of its deal")]
    Contradicted { commission: CommissionId },
    #[error("the commission {commission} is {status}, and the books say otherwise")]
    OffTheBooks {
        commission: CommissionId,
        status: &'static str,
    },
    #[error("the corrections of the commission {commission} take more than it has, or outlived it")]
    Overcorrected { commission: CommissionId },
    #[error(
        "the commission {commission} does not follow from its offer: {owed} was kept, {computed} is computed"
    )]
    Miscalculated {
        commission: CommissionId,
        owed: String,
        computed: String,
    },
    #[error("the columns of the commission {commission} do not say what its own text says")]
    Copied { commission: CommissionId },
    #[error("the history tells of the commission {commission} with another amount")]
    ToldOtherwise { commission: CommissionId },
    #[error("the payout \u{201c}{reference}\u{201d} is not the sum of its commissions")]
    UnequalPayout { reference: String },
    #[error(
        "the win of the deal {deal} names the customer {customer}, who is gone, or is another\u{2019}s, or not final"
    )]
    CustomerMissing { deal: DealId, customer: CustomerId },
    #[error("the transaction {transaction} is not one of the customer that its deal won")]
    AstrayTransaction { transaction: TransactionId },
    #[error("the message {message} stands in a thread that is gone, or is another\u{2019}s")]
    AstrayMessage { message: MessageId },
    #[error("the internal note {note} stands in a thread that is gone, or is another\u{2019}s")]
    AstrayNote { note: InternalNoteId },
    #[error("the thread {thread} names a partner or a deal that is gone, or is another\u{2019}s")]
    AstrayThread { thread: ThreadId },
    #[error("the thread {thread} does not say of its newest entries what those say")]
    Outdated { thread: ThreadId },
    #[error("the thread {thread} counts as unread what nobody wrote in it")]
    Miscounted { thread: ThreadId },
}

fn chain_text(fault: &ChainFault) -> String {
    match fault {
        ChainFault::Gap {
            subject_id,
            expected,
        } if subject_id.is_nil() => format!("the order of all events has a gap near {expected}"),
        ChainFault::Gap {
            subject_id,
            expected,
        } => format!("the history of {subject_id} lacks its event {expected}"),
        ChainFault::Broken {
            subject_id,
            subject_seq,
        } => format!("the history of {subject_id} is broken before its event {subject_seq}"),
        ChainFault::Altered {
            subject_id,
            subject_seq,
        } => format!("the event {subject_seq} in the history of {subject_id} was altered"),
    }
}
