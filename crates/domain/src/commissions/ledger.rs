//! The books: every move of a commission is booked on two accounts, and the two lines add up to nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::state::CommissionStatus;
use crate::Money;
use crate::people::words;

words! {
    /// Where a company's money for its partners stands.
    Account {
        /// What commissions have cost.
        Expense = "expense", "Commission expense";
        /// Earned by wins that are not confirmed.
        Accrued = "accrued", "Accrued";
        /// Owed to partners.
        Payable = "payable", "Payable";
        /// Owed, and kept back.
        Held = "held", "On hold";
        /// Paid out.
        Cash = "cash", "Cash";
    }
}

/// One line: an amount on an account. What a partner may claim is negative, what it cost is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub account: Account,
    pub amount: Money,
}

/// An amount that goes from one account to another: two lines that add up to zero, because they cannot be made apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    from: Account,
    to: Account,
    amount: Money,
}

impl Transfer {
    /// Books `amount` on `to` (adds) and on `from` (takes).
    pub(super) fn new(from: Account, to: Account, amount: Money) -> Self {
        Self { from, to, amount }
    }

    pub fn entries(self) -> [Entry; 2] {
        let taken = Money::new(self.amount.minor.saturating_neg(), self.amount.currency);
        [
            Entry {
                account: self.to,
                amount: self.amount,
            },
            Entry {
                account: self.from,
                amount: taken,
            },
        ]
    }
}

/// What the books must say of a commission in that status: the accounts that are not at zero, in minor units.
pub fn balances(status: CommissionStatus, amount: Money) -> BTreeMap<Account, i64> {
    let stands_on = match status {
        CommissionStatus::Pending => Account::Accrued,
        CommissionStatus::Approved => Account::Payable,
        CommissionStatus::Held => Account::Held,
        CommissionStatus::Paid => Account::Cash,
        CommissionStatus::Declined | CommissionStatus::Voided => return BTreeMap::new(),
    };
    BTreeMap::from([
        (Account::Expense, amount.minor),
        (stands_on, amount.minor.saturating_neg()),
    ])
}
