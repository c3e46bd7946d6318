//! What an admin sees of imports, and the file of what is wrong with their rows.

use std::io::Write as _;

use domain::ImportId;
use domain::forms::FormDefinition;
use domain::imports::targets;
use domain::people::CompanyRight;
use domain::views::{FaultyRow, ImportLine, ImportView, ImportsView};
use store::imports::{ListedImport, rows};

use crate::commissions::csv::{cell, quoted};
use crate::exports::{Exported, broken};
use crate::{CompanyAccess, ServiceError};

/// Imports in the list.
const LINES: i64 = 50;
/// Faulty rows on one page, and read at once for the file.
const PAGE: usize = 25;
const FILE_PAGE: usize = 1_000;

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
        let findings = listed.import.findings.0.clone();
        Ok(ImportView {
            line: line(&listed),
            unanswered: listed.import.mapping.0.unanswered(&form.definition.0),
            samples: findings.samples.clone(),
            ungrouped: findings.ungrouped,
            groups: findings.by_rows(),
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
