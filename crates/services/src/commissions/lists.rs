//! Commissions as both sides read them: lists, files, and what one deal earned.

use domain::Timestamp;
use domain::commissions::{Calculation, Earned, earnings};
use domain::deals::{Deal, RegistrationStatus};
use domain::offers::Trigger;
use domain::people::{CompanyRight, PartnerRight};
use domain::pipeline::StageKind;
use domain::program::Program;
use domain::views::{
    CommissionFilter, CommissionList, CommissionTotal, CommissionView, TransactionView,
};
use store::Conn;
use store::commissions::{CommissionRow, Cursor};
use store::deals::Scope;

use super::csv;
use crate::deals::number_text;
use crate::{CompanyAccess, PartnerAccess, ServiceError, Services};

/// Lines of one page.
const PAGE: usize = 50;
/// Lines that a file is read by.
const FILE_PAGE: usize = 1_000;
/// Lines on a deal's page.
pub(super) const DEAL_LINES: i64 = 500;

/// Whether that text can be where a page ended.
pub fn is_cursor(text: &str) -> bool {
    Cursor::read(text).is_some()
}

impl CompanyAccess {
    /// The program's commissions, newest first.
    pub async fn commissions(
        &self,
        filter: &CommissionFilter,
        after: Option<&str>,
    ) -> Result<CommissionList, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        let mut list = reader.list(filter, after).await?;
        let mut conn = self.services.read().await?;
        let members =
            store::memberships::list_by_program(&mut conn, self.company, self.program.id).await?;
        list.partners = members
            .into_iter()
            .map(|member| (member.membership.partner_id, member.partner_name))
            .collect();
        list.may_pay = self.require(CompanyRight::PayCommissions).is_ok();
        Ok(list)
    }

    /// The whole list as a file of comma-separated values.
    pub async fn commissions_csv(&self, filter: &CommissionFilter) -> Result<String, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        reader.file(filter, csv::Columns::Company).await
    }
}

impl PartnerAccess {
    /// The team's commissions in the program, newest first.
    pub async fn commissions(
        &self,
        filter: &CommissionFilter,
        after: Option<&str>,
    ) -> Result<CommissionList, ServiceError> {
        self.require(PartnerRight::ViewCommissions)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        let mut list = reader.list(&own(filter), after).await?;
        for row in &mut list.rows {
            row.partner.clear();
        }
        Ok(list)
    }

    /// The whole list as a file of comma-separated values.
    pub async fn commissions_csv(&self, filter: &CommissionFilter) -> Result<String, ServiceError> {
        self.require(PartnerRight::ViewCommissions)?;
        let reader = Reader::new(&self.services, self.scope(), &self.program);
        reader.file(&own(filter), csv::Columns::Partner).await
    }

    /// What the team's commissions come to.
    pub async fn commission_totals(&self) -> Result<Vec<CommissionTotal>, ServiceError> {
        self.require(PartnerRight::ViewCommissions)?;
        let mut conn = self.services.read().await?;
        Ok(store::commissions::totals(&mut conn, self.scope(), None).await?)
    }
}

/// A partner narrows to nobody else.
fn own(filter: &CommissionFilter) -> CommissionFilter {
    CommissionFilter {
        partner: None,
        ..filter.clone()
    }
}

pub(super) struct Reader<'a> {
    pub services: &'a Services,
    pub scope: Scope,
    pub program: &'a Program,
}

impl<'a> Reader<'a> {
    pub fn new(services: &'a Services, scope: Scope, program: &'a Program) -> Self {
        Self {
            services,
            scope,
            program,
        }
    }

    async fn list(
        &self,
        filter: &CommissionFilter,
        after: Option<&str>,
    ) -> Result<CommissionList, ServiceError> {
        let mut conn = self.services.read().await?;
        let after = after.and_then(Cursor::read);
        let (rows, next) = self.page(&mut conn, filter, after, PAGE).await?;
        let prefix = &self.program.number_prefix;
        Ok(CommissionList {
            rows: rows.into_iter().map(|row| view(row, prefix)).collect(),
            next: next.map(Cursor::write),
            totals: store::commissions::totals(&mut conn, self.scope, filter.partner).await?,
            partners: Vec::new(),
            may_pay: false,
            now: self.services.now(),
        })
    }

    /// So many lines, and where the next ones begin.
    async fn page(
        &self,
        conn: &mut Conn,
        filter: &CommissionFilter,
        after: Option<Cursor>,
        lines: usize,
    ) -> Result<(Vec<CommissionRow>, Option<Cursor>), ServiceError> {
        // One line more than is shown says whether there is a next page.
        let limit = i64::try_from(lines + 1).unwrap_or(i64::MAX);
        let mut rows =
            store::commissions::list(conn, self.scope, filter, None, after, limit).await?;
        let more = rows.len() > lines;
        rows.truncate(lines);
        let next = rows.last().filter(|_| more).map(Cursor::of);
        Ok((rows, next))
    }

    async fn file(
        &self,
        filter: &CommissionFilter,
        columns: csv::Columns,
    ) -> Result<String, ServiceError> {
        let mut conn = self.services.read().await?;
        let mut file = csv::File::new(columns);
        let mut after = None;
        loop {
            let (rows, next) = self.page(&mut conn, filter, after, FILE_PAGE).await?;
            for row in rows {
                file.add(&view(row, &self.program.number_prefix));
            }
            if next.is_none() {
                return Ok(file.text());
            }
            after = next;
        }
    }
}

pub(super) fn view(row: CommissionRow, prefix: &str) -> CommissionView {
    let commission = row.commission;
    CommissionView {
        id: commission.id,
        deal: commission.deal,
        deal_number: number_text(prefix, row.number),
        customer: row.customer,
        partner: row.partner,
        cause: commission.cause.kind(),
        transaction: row.transaction,
        corrects: commission.cause.corrects(),
        calculation: commission.calculation,
        state: commission.state,
        accrued_at: commission.accrued_at,
        changed_at: commission.changed_at,
        version: commission.version,
    }
}

/// What one deal earned, would earn, and what its customer bought.
pub(crate) struct DealMoney {
    pub commissions: Vec<CommissionView>,
    pub projected: Vec<Calculation>,
    pub transactions: Vec<TransactionView>,
}

pub(crate) async fn of_deal(
    conn: &mut Conn,
    deal: &Deal,
    program: &Program,
    now: Timestamp,
) -> Result<DealMoney, ServiceError> {
    let scope = Scope::Program(deal.company, deal.program);
    let all = CommissionFilter::default();
    let rows = store::commissions::list(conn, scope, &all, Some(deal.id), None, DEAL_LINES).await?;
    let mut transactions = Vec::new();
    for bought in store::transactions::list_by_deal(conn, deal.company, deal.id, DEAL_LINES).await?
    {
        let earned = rows
            .iter()
            .filter(|row| row.commission.cause.transaction() == Some(bought.id));
        let won_on = won_at(deal).map(Timestamp::date);
        transactions.push(TransactionView {
            id: bought.id,
            deal: bought.deal,
            customer: bought.customer,
            amount: bought.amount,
            earned: earned.map(|row| row.commission.amount()).collect(),
            before_win: won_on.is_some_and(|day| bought.on < day),
            on: bought.on,
            reference: bought.reference,
            entered_at: bought.at,
        });
    }
    Ok(DealMoney {
        projected: projected(conn, deal, now).await?,
        commissions: rows
            .into_iter()
            .rev()
            .map(|row| view(row, &program.number_prefix))
            .collect(),
        transactions,
    })
}

/// When a confirmed win was marked.
pub(crate) fn won_at(deal: &Deal) -> Option<Timestamp> {
    match deal.win {
        domain::deals::Win::Confirmed { marked_at, .. } => Some(marked_at),
        _ => None,
    }
}

/// What a deal that may still be won would earn today.
async fn projected(
    conn: &mut Conn,
    deal: &Deal,
    now: Timestamp,
) -> Result<Vec<Calculation>, ServiceError> {
    let in_play = matches!(
        deal.status(),
        RegistrationStatus::Submitted
            | RegistrationStatus::NeedsInfo
            | RegistrationStatus::Approved
    );
    let Some(base) = deal.summary.value.filter(|_| in_play && !deal.win.locks()) else {
        return Ok(Vec::new());
    };
    if let Some(placement) = &deal.placement {
        let stage = store::pipelines::find_stage(conn, deal.company, placement.stage).await?;
        if stage.is_some_and(|stage| stage.kind == StageKind::Lost) {
            return Ok(Vec::new());
        }
    }
    let offers = store::offers::list(conn, deal.company, deal.program).await?;
    let membership = store::memberships::find(conn, deal.membership).await?;
    let tier = membership.and_then(|membership| membership.tier_id);
    let earned = store::commissions::earned(conn, deal.company, deal.id, base.currency).await?;
    let earned: Earned = earned.into_iter().collect();
    let (trigger, today) = (Trigger::ClosedWon, now.date());
    Ok(earnings(&offers, trigger, tier, base, today, &earned))
}
