//! One commission, and the lines that the company added to it.

use domain::CommissionId;
use domain::people::{CompanyRight, PartnerRight};
use domain::views::{CommissionFilter, CommissionView};

use super::lists::{DEAL_LINES, Reader, view};
use crate::{CompanyAccess, PartnerAccess, ServiceError};

impl CompanyAccess {
    /// One commission.
    pub async fn commission(&self, id: CommissionId) -> Result<CommissionView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        reader.find(id).await
    }

    /// One commission, and the lines that were added to it, the oldest first.
    pub async fn commission_with_lines(
        &self,
        id: CommissionId,
    ) -> Result<(CommissionView, Vec<CommissionView>), ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        reader.find_with_lines(id).await
    }
}

impl PartnerAccess {
    /// One commission.
    pub async fn commission(&self, id: CommissionId) -> Result<CommissionView, ServiceError> {
        self.require(PartnerRight::ViewCommissions)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        let mut view = reader.find(id).await?;
        view.partner.clear();
        Ok(view)
    }

    /// One commission, and the lines that were added to it, the oldest first.
    pub async fn commission_with_lines(
        &self,
        id: CommissionId,
    ) -> Result<(CommissionView, Vec<CommissionView>), ServiceError> {
        self.require(PartnerRight::ViewCommissions)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        let (mut view, mut lines) = reader.find_with_lines(id).await?;
        view.partner.clear();
        for line in &mut lines {
            line.partner.clear();
        }
        Ok((view, lines))
    }
}

impl Reader<'_> {
    async fn find(&self, id: CommissionId) -> Result<CommissionView, ServiceError> {
        Ok(self.find_with_lines(id).await?.0)
    }

    async fn find_with_lines(
        &self,
        id: CommissionId,
    ) -> Result<(CommissionView, Vec<CommissionView>), ServiceError> {
        let mut conn = self.services.read().await?;
        let found = store::commissions::find(&mut conn, self.scope, id).await?;
        let deal = found.ok_or(ServiceError::NotFound)?.deal;
        let all = CommissionFilter::default();
        let rows =
            store::commissions::list(&mut conn, self.scope, &all, Some(deal), None, DEAL_LINES)
                .await?;
        let views = rows
            .into_iter()
            .rev()
            .map(|row| view(row, &self.program.number_prefix));
        let (mut found, mut lines) = (None, Vec::new());
        for view in views {
            if view.id == id {
                found = Some(view);
            } else if view.corrects == Some(id) {
                lines.push(view);
            }
        }
        Ok((found.ok_or(ServiceError::NotFound)?, lines))
    }
}
