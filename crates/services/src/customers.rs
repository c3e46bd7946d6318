//! A customer with all that belongs to it in one program.

use domain::people::CompanyRight;
use domain::views::{CommissionView, CustomerPageView, TransactionView};
use domain::{CustomerId, DealId};

use crate::deals::row_view;
use crate::{CompanyAccess, ServiceError};

/// Deals of one customer that are shown.
const DEALS: i64 = 100;

impl CompanyAccess {
    /// The customer, with the deals of this program that won it, what they earned and what it bought since; the newest
    /// first.
    pub async fn customer(&self, id: CustomerId) -> Result<CustomerPageView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let customer = store::customers::find(&mut conn, self.company, id).await?;
        let customer = customer.ok_or(ServiceError::NotFound)?;
        let rows = store::deals::list_by_customer(&mut conn, self.scope(), id, DEALS).await?;
        let prefix = &self.program.number_prefix;
        let deals: Vec<_> = rows.into_iter().map(|row| row_view(row, prefix)).collect();
        drop(conn);
        let ids = deals.iter().map(|deal| deal.id).collect();
        let (commissions, transactions) = self.money_of(ids).await?;
        Ok(CustomerPageView {
            customer,
            deals,
            commissions,
            transactions,
            may_enter: self.require(CompanyRight::PayCommissions).is_ok(),
            currency: self.program.currency,
            today: self.services.now().date(),
        })
    }

    async fn money_of(
        &self,
        deals: Vec<DealId>,
    ) -> Result<(Vec<CommissionView>, Vec<TransactionView>), ServiceError> {
        let now = self.services.now();
        let mut conn = self.services.read().await?;
        let (mut commissions, mut transactions) = (Vec::new(), Vec::new());
        for id in deals {
            let deal = self.recorder().load(&mut conn, id).await?;
            let money = crate::commissions::of_deal(&mut conn, &deal, &self.program, now).await?;
            commissions.extend(money.commissions);
            transactions.extend(money.transactions);
        }
        commissions.sort_by_key(|line| std::cmp::Reverse((line.accrued_at, line.id)));
        transactions.sort_by_key(|bought| std::cmp::Reverse((bought.on, bought.id)));
        Ok((commissions, transactions))
    }
}
