//! What an admin sees of imports, and the file of what is wrong with their rows.

use std::io::Write as _;

use domain::ImportId;
use domain::forms::FormDefinition;
use domain::imports::{ImportState, targets};
use domain::people::CompanyRight;
use domain::views::{FaultyRow, ImportLine, ImportView, ImportedDeal, ImportsView};
use store::imports::{ListedImport, rows};

use crate::commissions::csv::{cell, quoted};
use crate::deals::number_text;
use crate::exports::{Exported, broken};
use crate::{CompanyAccess, ServiceError};

/// Imports in the list.
const LINES: i64 = 50;
/// Faulty rows on one page, and read at once for the file.
const PAGE: usize = 25;
const FILE_PAGE: usize = 1_000;
/// Deals of a finished import that its page names.
const DEALS: i64 = 5;

impl CompanyAccess {
    /// The program's imports, newest first.
    pub async fn imports(&self) -> Result<ImportsView, ServiceError> {
        self.require(CompanyRight::ImportAndExport)?;
        let mut conn = self.services.read().await?;
        let (company, program) = (self.company, self.program.id);
        let listed = store::imports::list(&mut conn, company, program, LINES).await?;
        Ok(ImportsView {
            imports: listed.iter().map(line).collect(),
        })
    }

    /// One import, with its faulty rows after that one.
    pub async fn import(&self, id: ImportId, after: i64) -> Result<ImportView, ServiceError> {
        self.require(CompanyRight::ImportAndExport)?;
        let mut conn = self.services.read().await?;
        let (company, program) = (self.company, self.program.id);
        let found = store::imports::find(&mut conn, company, program, id).await?;
        let listed = found.ok_or(ServiceError::NotFound)?;
        let form = store::forms::find_current(&mut conn, program).await?;
        let form = form.ok_or(ServiceError::NotFound)?;
        let members = store::memberships::list_by_program(&mut conn, company, program).await?;
        let mut faulty = self.faulty(&mut conn, id, after, PAGE + 1).await?;
        let more = faulty.len() > PAGE;
        faulty.truncate(PAGE);
        let next = faulty.last().filter(|_| more).map(|row| row.number);
        let deals = self.made_deals(&mut conn, &listed).await?;
        let findings = listed.import.findings.0.clone();
        Ok(ImportView {
            line: line(&listed),
            unanswered: listed.import.mapping.0.unanswered(&form.definition.0),
            samples: findings.samples.clone(),
            ungrouped: findings.ungrouped,
            groups: findings.by_rows(),
            deals,
            columns: listed.import.headings.0,
            mapping: listed.import.mapping.0,
            targets: choices(&form.definition.0),
            partners: members
                .into_iter()
                .map(|member| (member.membership.id, member.partner_name))
                .collect(),
            faulty,
            next,
            submissions_open: self.program.submissions_open,
            version: listed.import.version,
        })
    }

    /// Every faulty row as comma-separated values: line, column, what is wrong.
    pub async fn import_faults_csv(&self, id: ImportId) -> Result<Exported, ServiceError> {
        self.require(CompanyRight::ImportAndExport)?;
        let mut conn = self.services.read().await?;
        let (company, program) = (self.company, self.program.id);
        let found = store::imports::find(&mut conn, company, program, id).await?;
        found.ok_or(ServiceError::NotFound)?;
        let (mut spool, mut after) = (self.spool()?, 0);
        spool
            .write_all(b"Line,Column,Problem\r\n")
            .map_err(broken)?;
        loop {
            let page = self.faulty(&mut conn, id, after, FILE_PAGE).await?;
            let Some(last) = page.last() else {
                return spool.finish("faults.csv".to_owned());
            };
            after = last.number;
            for row in &page {
                for fault in &row.faults {
                    let column = quoted(&cell(&fault.column));
                    let problem = quoted(&cell(&fault.text));
                    let written = write!(spool, "{},{column},{problem}\r\n", row.line);
                    written.map_err(broken)?;
                }
            }
        }
    }

    /// The first deals of an import that came to its end.
    async fn made_deals(
        &self,
        conn: &mut store::Conn,
        listed: &ListedImport,
    ) -> Result<Vec<ImportedDeal>, ServiceError> {
        if listed.import.state != ImportState::Done {
            return Ok(Vec::new());
        }
        let found = rows::list_deals(conn, listed.import.id, DEALS).await?;
        let deal = |deal: rows::MadeDeal| ImportedDeal {
            id: deal.id,
            number: number_text(&self.program.number_prefix, deal.number),
            customer: deal.customer_name,
        };
        Ok(found.into_iter().map(deal).collect())
    }

    async fn faulty(
        &self,
        conn: &mut store::Conn,
        id: ImportId,
        after: i64,
        most: usize,
    ) -> Result<Vec<FaultyRow>, ServiceError> {
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let found = rows::list_faulty(conn, id, after, limit).await?;
        let row = |row: rows::FaultyRow| FaultyRow {
            number: row.number,
            line: row.line,
            faults: row.faults.0,
        };
        Ok(found.into_iter().map(row).collect())
    }
}

/// What a column can be: as it is posted, and as people call it.
fn choices(form: &FormDefinition) -> Vec<(String, String)> {
    let known = targets(form).into_iter();
    known
        .map(|(target, label)| (target.to_string(), label))
        .collect()
}

fn line(listed: &ListedImport) -> ImportLine {
    let import = &listed.import;
    let counts = import.progress.counts();
    ImportLine {
        id: import.id,
        file: import.file_name.clone(),
        state: import.state,
        halted: import.halted,
        counts,
        startable: counts.startable(import.mapping.0.skip_doubles),
        by: listed.by_name.clone(),
        at: import.created_at,
    }
}
