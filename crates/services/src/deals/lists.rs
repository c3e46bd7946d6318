//! The list of deals, page by page.

use domain::people::{CompanyRight, PartnerRight};
use domain::views::{DealFilter, DealList, DealRow};
use domain::{CompanyId, UserId};
use store::deals::{Cursor, RowRow, Scope};

use super::record::number_text;
use crate::{CompanyAccess, PartnerAccess, ServiceError, Services};

/// Lines of one page.
const PAGE: usize = 50;

/// Whether that text can be where a page ended. Pages forgive another one and begin at the top; programs are told.
pub fn is_cursor(text: &str) -> bool {
    Cursor::read(text).is_some()
}

impl PartnerAccess {
    pub async fn deals(
        &self,
        filter: &DealFilter,
        after: Option<&str>,
    ) -> Result<DealList, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut list = page(
            &self.services,
            self.scope(),
            &self.program,
            self.person.id,
            filter,
            after,
        )
        .await?;
        for row in &mut list.rows {
            row.partner.clear();
        }
        list.may_work = self.require(PartnerRight::WorkDeals).is_ok();
        Ok(list)
    }
}

impl CompanyAccess {
    pub async fn deals(
        &self,
        filter: &DealFilter,
        after: Option<&str>,
    ) -> Result<DealList, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        page(
            &self.services,
            self.scope(),
            &self.program,
            self.person.id,
            filter,
            after,
        )
        .await
    }
}

async fn page(
    services: &Services,
    scope: Scope,
    program: &domain::program::Program,
    me: UserId,
    filter: &DealFilter,
    after: Option<&str>,
) -> Result<DealList, ServiceError> {
    let now = services.now();
    let mut conn = services.read().await?;
    let company: CompanyId = program.company;
    let pipeline = store::pipelines::get(&mut conn, company, program.id).await?;
    let cursor = after.and_then(Cursor::read);
    // One line more than is shown says whether there is a next page.
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows =
        store::deals::list(&mut conn, scope, filter, me, now, cursor.as_ref(), limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| Cursor::of(row, filter.sort).write());
    Ok(DealList {
        rows: rows
            .into_iter()
            .map(|row| row_view(row, &program.number_prefix))
            .collect(),
        next,
        pipeline,
        may_work: false,
        submissions_open: program.submissions_open,
        now,
    })
}

/// A line of a list of deals.
pub(crate) fn row_view(row: RowRow, prefix: &str) -> DealRow {
    DealRow {
        id: row.id,
        number: number_text(prefix, row.number),
        value: row.value(),
        customer: row.customer_name,
        close_date: row.close_date,
        registration: row.registration,
        win: row.win,
        stage: row.stage_id,
        stage_name: row.stage_name.unwrap_or_default(),
        stage_hue: row.stage_hue.unwrap_or_default(),
        stage_kind: row.stage_kind,
        entered_at: row.stage_entered_at,
        protected_until: row.protected_until,
        owner: row.owner,
        partner: row.partner,
        changed_at: row.changed_at,
        version: row.version,
    }
}
