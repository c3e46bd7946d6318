//! Deals as comma-separated values (RFC 4180), safe to open in a spreadsheet, and fit to be imported again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use domain::deals::Deal;
use domain::forms::{Answer, Answers, FieldKey, FieldKind, RawAnswers, ResultKind};
use domain::pipeline::{LostReason, Pipeline};
use domain::{DealId, PartnerId, Timestamp};
use store::Conn;

use super::{Spool, broken};
use crate::commissions::csv::{amount, cell, quoted};
use crate::deals::number_text;
use crate::{CompanyAccess, ServiceError};

/// Deals read at once.
const PAGE: i64 = 500;

const HEADINGS: [&str; 11] = [
    "Number",
    "Partner",
    "Status",
    "Stage",
    "Lost reason",
    "Win",
    "Owner",
    "Registered on",
    "Decided on",
    "Protected until",
    "Changed on",
];

/// Columns of one key: an amount has two.
struct Keys(Vec<(FieldKey, bool)>);

/// What the lines of a program's deals name.
struct Names {
    partners: BTreeMap<PartnerId, String>,
    pipeline: Pipeline,
    prefix: String,
}

impl CompanyAccess {
    pub(super) async fn write_deals(
        &self,
        conn: &mut Conn,
        spool: &mut Spool,
    ) -> Result<(), ServiceError> {
        let (company, program) = (self.company, self.program.id);
        let keys = Keys::of(conn, self).await?;
        let members = store::memberships::list_by_program(conn, company, program).await?;
        let names = Names {
            partners: members
                .into_iter()
                .map(|line| (line.membership.partner_id, line.partner_name))
                .collect(),
            pipeline: store::pipelines::get(conn, company, program).await?,
            prefix: self.program.number_prefix.clone(),
        };
        line(spool, keys.headings())?;
        let mut after = 0;
        loop {
            let page = store::deals::list_for_export(conn, company, program, after, PAGE).await?;
            let Some(last) = page.last().and_then(|(deal, _)| deal.number) else {
                return Ok(());
            };
            after = last;
            let ids: Vec<DealId> = page.iter().map(|(deal, _)| deal.id).collect();
            let mut said = store::company_answers::list_by_deals(conn, company, &ids).await?;
            for (mut deal, owner) in page {
                let company = said.remove(&deal.id).unwrap_or_default();
                deal.answers.0.extend(company.0);
                let own = names.cells(&deal, &owner);
                line(spool, own.into_iter().chain(keys.cells(&deal)))?;
            }
        }
    }
}

impl Keys {
    /// One for each key that any version asked for, under the key, which never changes: first what is asked now, then what
    /// is archived, both in the order in which they were asked for first.
    async fn of(conn: &mut Conn, access: &CompanyAccess) -> Result<Self, ServiceError> {
        let versions = store::forms::list_versions(conn, access.company, access.program.id).await?;
        let asked: BTreeSet<FieldKey> = versions
            .first()
            .map(|now| {
                now.definition
                    .0
                    .fields
                    .iter()
                    .map(|field| field.key.clone())
            })
            .into_iter()
            .flatten()
            .collect();
        let mut keys: Vec<(FieldKey, bool)> = Vec::new();
        for version in versions.into_iter().rev() {
            for field in version.definition.0.fields {
                let is_money = matches!(
                    field.kind,
                    FieldKind::Money { .. }
                        | FieldKind::Computed {
                            gives: ResultKind::Money,
                            ..
                        }
                );
                if !field.kind.has_answer() {
                    continue;
                }
                match keys.iter_mut().find(|(key, _)| *key == field.key) {
                    Some((_, money)) => *money |= is_money,
                    None => keys.push((field.key, is_money)),
                }
            }
        }
        // A stable sort: among themselves they stay as they are.
        keys.sort_by_key(|(key, _)| !asked.contains(key));
        Ok(Self(keys))
    }

    fn headings(&self) -> Vec<String> {
        let mut headings: Vec<String> = HEADINGS.iter().map(ToString::to_string).collect();
        for (key, is_money) in &self.0 {
            headings.push(key.to_string());
            if *is_money {
                headings.push(RawAnswers::currency_name(key));
            }
        }
        headings
    }

    fn cells(&self, deal: &Deal) -> Vec<String> {
        let mut cells = Vec::new();
        for (key, is_money) in &self.0 {
            let answer = deal.answers.get(key);
            cells.push(answer.map(written).unwrap_or_default());
            if *is_money {
                cells.push(match answer {
                    Some(Answer::Money(money)) => money.currency.to_string(),
                    _ => String::new(),
                });
            }
        }
        cells
    }
}

/// An answer as the import reads it again, where it does.
fn written(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) | Answer::Choice(text) | Answer::Customer { name: text, .. } => {
            cell(text)
        }
        Answer::Number(number) => number.to_string(),
        Answer::Money(money) => amount(*money),
        Answer::Date(date) => date.to_string(),
        Answer::Days { from, until } => format!("{from}/{until}"),
        Answer::Choices(values) => cell(&values.join("; ")),
        Answer::Address(address) => cell(&address.to_cell()),
        Answer::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Answer::Files(files) => {
            let ids: Vec<String> = files.iter().map(ToString::to_string).collect();
            ids.join("; ")
        }
        Answer::Rows(rows) => cell(&rows.iter().map(row).collect::<Vec<_>>().join("\n")),
    }
}

/// One row of a repeating group: `product: Ledger; seats: 12`. The import reads no rows, so it is for people.
fn row(row: &Answers) -> String {
    let cell = |(key, answer): (&FieldKey, &Answer)| match answer {
        Answer::Money(money) => format!("{key}: {} {}", amount(*money), money.currency),
        answer => format!("{key}: {}", written(answer)),
    };
    row.0.iter().map(cell).collect::<Vec<_>>().join("; ")
}

impl Names {
    fn cells(&self, deal: &Deal, owner: &str) -> Vec<String> {
        let placement = deal.placement.as_ref();
        let stage = placement.and_then(|placement| self.pipeline.find(placement.stage));
        let lost = placement.and_then(|placement| placement.lost.as_ref());
        let reason = lost.and_then(|lost| {
            let mut reasons = self.pipeline.lost_reasons.iter();
            reasons.find(|reason| reason.id == lost.reason)
        });
        let registration = &deal.registration;
        let submitted = registration.submission().map(|submission| submission.at);
        let partner = self.partners.get(&deal.partner);
        vec![
            number_text(&self.prefix, deal.number),
            cell(partner.map_or("", String::as_str)),
            registration.status().label().to_owned(),
            cell(stage.map_or("", |stage| stage.name.as_str())),
            cell(&reason.map(LostReason::full).unwrap_or_default()),
            deal.win.status().label().to_owned(),
            cell(owner),
            day(submitted),
            day(registration.decided_at()),
            day(registration.protected_until()),
            day(Some(deal.changed_at)),
        ]
    }
}

fn day(at: Option<Timestamp>) -> String {
    at.map(|at| at.date().to_string()).unwrap_or_default()
}

pub(super) fn line(
    out: &mut impl Write,
    cells: impl IntoIterator<Item = String>,
) -> Result<(), ServiceError> {
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(&cell)).collect();
    let text = cells.join(",") + "\r\n";
    out.write_all(text.as_bytes()).map_err(broken)
}
