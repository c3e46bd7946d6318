//! One deal as it is, without the page's history: what another program reads.

use domain::DealId;
use domain::FormVersionId;
use domain::deals::Deal;
use domain::forms::FormVersion;
use domain::people::{CompanyRight, PartnerRight};
use domain::pipeline::Pipeline;
use domain::views::{CommissionView, TransactionView};
use store::Conn;

use super::company_part::with_own_answers;
use super::record::{Recorder, number_text};
use super::registering::for_partner;
use super::registrar::form_of;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// A deal, with the names that its ids stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealRecord {
    pub deal: Deal,
    /// Empty while it is a draft.
    pub number: String,
    pub owner: String,
    /// For the company; `None` for the partner itself.
    pub partner: Option<String>,
}

/// What a deal earned, oldest first, and what its customer bought since, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealMoneyView {
    pub commissions: Vec<CommissionView>,
    pub transactions: Vec<TransactionView>,
}

impl PartnerAccess {
    /// The deal as it is.
    pub async fn deal_record(&self, id: DealId) -> Result<DealRecord, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        self.recorder().deal_record(&mut conn, id).await
    }

    /// What it earned and what its customer bought.
    pub async fn deal_money(&self, id: DealId) -> Result<DealMoneyView, ServiceError> {
        self.require(PartnerRight::ViewCommissions)?;
        let mut conn = self.services.read().await?;
        let mut money = self.recorder().deal_money(&mut conn, id).await?;
        for line in &mut money.commissions {
            line.partner.clear();
        }
        Ok(money)
    }

    /// The program's stages and lost reasons.
    pub async fn stages(&self) -> Result<Pipeline, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let pipeline = store::pipelines::get(&mut conn, self.company, self.program.id).await?;
        Ok(pipeline.for_partner())
    }

    /// The form that new registrations are made with.
    pub async fn current_form(&self) -> Result<FormVersion, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let form = self.recorder().current_form(&mut conn).await?;
        Ok(for_partner(form))
    }

    /// One published version of the program's form.
    pub async fn form(&self, id: FormVersionId) -> Result<FormVersion, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let form = self.recorder().form(&mut conn, id).await?;
        Ok(for_partner(form))
    }
}

impl CompanyAccess {
    /// The deal as it is, and whose.
    pub async fn deal_record(&self, id: DealId) -> Result<DealRecord, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let mut record = self.recorder().deal_record(&mut conn, id).await?;
        let partner = store::partners::find(&mut conn, record.deal.partner).await?;
        record.partner = Some(partner.map(|partner| partner.name).unwrap_or_default());
        with_own_answers(&mut conn, &mut record.deal).await?;
        Ok(record)
    }

    /// What it earned and what its customer bought.
    pub async fn deal_money(&self, id: DealId) -> Result<DealMoneyView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        self.recorder().deal_money(&mut conn, id).await
    }

    /// The program's stages and lost reasons.
    pub async fn stages(&self) -> Result<Pipeline, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        Ok(store::pipelines::get(&mut conn, self.company, self.program.id).await?)
    }

    /// The form that new registrations are made with.
    pub async fn current_form(&self) -> Result<FormVersion, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        self.recorder().current_form(&mut conn).await
    }

    /// One published version of the program's form.
    pub async fn form(&self, id: FormVersionId) -> Result<FormVersion, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        self.recorder().form(&mut conn, id).await
    }
}

impl Recorder {
    async fn deal_record(&self, conn: &mut Conn, id: DealId) -> Result<DealRecord, ServiceError> {
        let deal = self.load(conn, id).await?;
        let owner = store::accounts::users::find(conn, deal.owner).await?;
        Ok(DealRecord {
            number: number_text(&self.program.number_prefix, deal.number),
            owner: owner.map(|owner| owner.name).unwrap_or_default(),
            partner: None,
            deal,
        })
    }

    async fn deal_money(&self, conn: &mut Conn, id: DealId) -> Result<DealMoneyView, ServiceError> {
        let deal = self.load(conn, id).await?;
        let money = crate::commissions::of_deal(conn, &deal, &self.program, self.now).await?;
        Ok(DealMoneyView {
            commissions: money.commissions,
            transactions: money.transactions,
        })
    }

    async fn current_form(&self, conn: &mut Conn) -> Result<FormVersion, ServiceError> {
        let row = store::forms::find_current(conn, self.program.id).await?;
        row.map(super::registering::version)
            .ok_or(ServiceError::NotFound)
    }

    async fn form(&self, conn: &mut Conn, id: FormVersionId) -> Result<FormVersion, ServiceError> {
        let row = form_of(conn, id).await?;
        if row.program_id != self.program.id {
            return Err(ServiceError::NotFound);
        }
        Ok(super::registering::version(row))
    }
}
