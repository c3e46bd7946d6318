//! The list of deals, page by page, and the whole of it as a file.

use std::time::Duration;

use domain::people::{CompanyRight, PartnerRight};
use domain::program::Program;
use domain::views::{DealFilter, DealList, DealRow};
use domain::{Timestamp, UserId};
use store::deals::{Cursor, RowRow, Scope};
use store::{Conn, Moment};

use super::list_csv::{Columns, File};
use super::record::number_text;
use crate::{CompanyAccess, PartnerAccess, ServiceError, Services};

/// Lines of one page.
const PAGE: usize = 50;
/// Lines that a file is read by.
const FILE_PAGE: usize = 1_000;
/// For a turn at writing one.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

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
        let mut list = self.lines_of(filter).page(after).await?;
        for row in &mut list.rows {
            row.partner.clear();
        }
        list.pipeline = list.pipeline.for_partner();
        list.may_work = self.require(PartnerRight::WorkDeals).is_ok();
        Ok(list)
    }

    /// The whole list, in its order, as a file of comma-separated values.
    pub async fn deals_csv(&self, filter: &DealFilter) -> Result<String, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let file = File::new(Columns::Partner);
        self.lines_of(filter).file(file).await
    }

    fn lines_of<'a>(&'a self, filter: &'a DealFilter) -> Reader<'a> {
        Reader {
            services: &self.services,
            scope: self.scope(),
            program: &self.program,
            me: self.person.id,
            filter,
        }
    }
}

impl CompanyAccess {
    pub async fn deals(
        &self,
        filter: &DealFilter,
        after: Option<&str>,
    ) -> Result<DealList, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        self.lines_of(filter).page(after).await
    }

    /// The whole list, in its order, as a file of comma-separated values.
    pub async fn deals_csv(&self, filter: &DealFilter) -> Result<String, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let file = File::new(Columns::Company);
        self.lines_of(filter).file(file).await
    }

    fn lines_of<'a>(&'a self, filter: &'a DealFilter) -> Reader<'a> {
        Reader {
            services: &self.services,
            scope: self.scope(),
            program: &self.program,
            me: self.person.id,
            filter,
        }
    }
}

/// One narrowed list, as one person may see it.
struct Reader<'a> {
    services: &'a Services,
    scope: Scope,
    program: &'a Program,
    me: UserId,
    filter: &'a DealFilter,
}

impl Reader<'_> {
    async fn page(&self, after: Option<&str>) -> Result<DealList, ServiceError> {
        let now = self.services.now();
        let mut conn = self.services.read().await?;
        let (company, program) = (self.program.company, self.program.id);
        let pipeline = store::pipelines::get(&mut conn, company, program).await?;
        let after = after.and_then(Cursor::read);
        let (rows, next) = self.lines(&mut conn, now, after.as_ref(), PAGE).await?;
        Ok(DealList {
            rows,
            next: next.map(|next| next.write()),
            pipeline,
            may_work: false,
            submissions_open: self.program.submissions_open,
            now,
        })
    }

    /// All of it as it was at one moment: what changes meanwhile is neither left out nor there twice.
    async fn file(&self, mut file: File) -> Result<String, ServiceError> {
        let turn = self.services.writers().acquire();
        let turn = tokio::time::timeout(LONGEST_WAIT, turn)
            .await
            .map_err(|_| ServiceError::Busy("too many lists are written to files".into()))?
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let now = self.services.now();
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let mut after = None;
        loop {
            let (rows, next) = self
                .lines(&mut moment, now, after.as_ref(), FILE_PAGE)
                .await?;
            for row in &rows {
                file.add(row);
            }
            if next.is_none() {
                break;
            }
            after = next;
        }
        moment.end().await?;
        drop(turn);
        Ok(file.text())
    }

    /// So many lines, and where the next ones begin.
    async fn lines(
        &self,
        conn: &mut Conn,
        now: Timestamp,
        after: Option<&Cursor>,
        lines: usize,
    ) -> Result<(Vec<DealRow>, Option<Cursor>), ServiceError> {
        // One line more than is shown says whether there is a next page.
        let limit = i64::try_from(lines + 1).unwrap_or(i64::MAX);
        let (scope, filter) = (self.scope, self.filter);
        let mut rows = store::deals::list(conn, scope, filter, self.me, now, after, limit).await?;
        let more = rows.len() > lines;
        rows.truncate(lines);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| Cursor::of(row, filter.sort));
        let prefix = &self.program.number_prefix;
        let rows = rows.into_iter().map(|row| row_view(row, prefix));
        Ok((rows.collect(), next))
    }
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
