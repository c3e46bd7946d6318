//! Numbers and news: Summary, the dashboard.

use domain::deals::{RegistrationStatus, WinStatus};
use domain::people::PartnerRight;
use domain::pipeline::StageKind;
use domain::views::{DashboardView, SummaryNumbers, SummaryView};
use store::deals::StatusCount;

use crate::{PartnerAccess, ServiceError};

/// Days before its end that a protection counts as expiring.
const EXPIRING_DAYS: i64 = 14;
const NEWS_LINES: i64 = 8;

impl PartnerAccess {
    /// The Summary page's own part; the head is [`PartnerAccess::head`].
    pub async fn summary(&self) -> Result<SummaryView, ServiceError> {
        let numbers = self.numbers().await?;
        let recent = self
            .services
            .program_notices(self.person.id, self.program.id, NEWS_LINES)
            .await?;
        Ok(SummaryView {
            numbers,
            recent,
            offers: self.offers().await?,
            commissions: self.commission_totals().await?,
            now: self.services.now(),
        })
    }

    /// One card of the dashboard.
    pub async fn dashboard(&self) -> Result<DashboardView, ServiceError> {
        Ok(DashboardView {
            head: self.head(),
            numbers: self.numbers().await?,
        })
    }

    async fn numbers(&self) -> Result<SummaryNumbers, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let now = self.services.now();
        let mut conn = self.services.read().await?;
        let soon = now.plus_days(EXPIRING_DAYS);
        let counts = store::deals::by_membership(&mut conn, self.membership).await?;
        Ok(SummaryNumbers {
            expiring: store::deals::count_expiring(&mut conn, self.membership, now, soon).await?,
            ..numbers_of(&counts)
        })
    }
}

fn numbers_of(counts: &[StatusCount]) -> SummaryNumbers {
    let mut numbers = SummaryNumbers::default();
    for count in counts {
        let deals = count.deals;
        match count.registration {
            RegistrationStatus::Draft => numbers.drafts += deals,
            RegistrationStatus::Submitted => numbers.waiting += deals,
            RegistrationStatus::NeedsInfo => numbers.needs_info += deals,
            RegistrationStatus::Approved if count.stage_kind == Some(StageKind::Open) => {
                numbers.open += deals;
            }
            _ => {}
        }
        if matches!(count.win, WinStatus::Pending | WinStatus::Confirmed) {
            numbers.won += deals;
        }
    }
    numbers
}
