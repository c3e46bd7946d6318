//! The board between two days, rebuilt from what happened: nothing is kept for it.

use domain::deals::{MAX_REPLAY_DEALS, MAX_REPLAY_STEPS, Replay, ReplayDeal, ReplaySpan};
use domain::people::{CompanyRight, PartnerRight};
use domain::program::Program;
use domain::views::{ReplayOutcome, ReplayView};
use domain::{Locale, Timestamp};
use store::deals::{ReplayRow, Scope};
use store::{Conn, Moment};

use super::record::number_text;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Who reads which part of which program.
struct Reader<'a> {
    scope: Scope,
    program: &'a Program,
    locale: Locale,
    now: Timestamp,
}

impl PartnerAccess {
    /// The team's board between two days, which come as they were typed; empty ones are the last 30 days.
    pub async fn replay(&self, from: &str, to: &str) -> Result<ReplayView, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let reader = Reader {
            scope: self.scope(),
            program: &self.program,
            locale: self.locale,
            now: self.services.now(),
        };
        reader.read(self.services.read().await?, from, to).await
    }
}

impl CompanyAccess {
    /// The same of all partners of the program.
    pub async fn replay(&self, from: &str, to: &str) -> Result<ReplayView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let reader = Reader {
            scope: self.scope(),
            program: &self.program,
            locale: self.locale,
            now: self.services.now(),
        };
        reader.read(self.services.read().await?, from, to).await
    }
}

impl Reader<'_> {
    async fn read(&self, conn: Conn, from: &str, to: &str) -> Result<ReplayView, ServiceError> {
        let mut moment = Moment::begin(conn).await?;
        let began = store::programs::created_at(&mut moment, self.program.id).await?;
        let began = began.ok_or(ServiceError::NotFound)?.date();
        let span = ReplaySpan::read(from, to, self.now.date(), began, self.locale);
        let outcome = match span {
            Ok(span) => self
                .tell(&mut moment, span)
                .await
                .map(|outcome| (span, outcome)),
            Err(faults) => Err(ServiceError::Invalid(faults)),
        };
        // Also after a refusal: a connection inside a moment is closed.
        moment.end().await?;
        let (span, outcome) = outcome?;
        Ok(ReplayView { span, outcome })
    }

    async fn tell(&self, conn: &mut Conn, span: ReplaySpan) -> Result<ReplayOutcome, ServiceError> {
        let (from, until) = span.bounds();
        let deals =
            store::deals::replayed_deals(conn, self.scope, until, beyond(MAX_REPLAY_DEALS)).await?;
        if deals.len() > MAX_REPLAY_DEALS {
            return Ok(ReplayOutcome::TooManyDeals);
        }
        let limit = beyond(MAX_REPLAY_STEPS);
        let since = store::deals::steps_between(conn, self.scope, from, until, limit).await?;
        if since.len() > MAX_REPLAY_STEPS {
            return Ok(ReplayOutcome::TooManySteps);
        }
        let before = store::deals::last_places(conn, self.scope, from).await?;
        let program = self.program;
        let pipeline = store::pipelines::get(conn, program.company, program.id).await?;
        let known: Vec<ReplayDeal> = deals.into_iter().map(|row| self.deal(row)).collect();
        Ok(ReplayOutcome::Told(Replay::told(
            &pipeline, known, &before, &since,
        )))
    }

    fn deal(&self, row: ReplayRow) -> ReplayDeal {
        ReplayDeal {
            id: row.id,
            number: number_text(&self.program.number_prefix, row.number),
            value: row.value(),
            customer: row.customer_name,
        }
    }
}

/// One more than that, to see whether there are more.
fn beyond(most: usize) -> i64 {
    i64::try_from(most).map_or(i64::MAX, |most| most.saturating_add(1))
}
