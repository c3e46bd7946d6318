//! Boards: the program's columns with the window of cards that the page shows first.

use std::collections::BTreeMap;

use domain::deals::RegistrationStatus;
use domain::people::{CompanyRight, PartnerRight};
use domain::pipeline::Pipeline;
use domain::views::{BoardView, Card, Column, CompanyBoardView, DealFilter, WaitingCard};
use domain::{CompanyId, DealId, Locale, Money, ProgramId, Rank, StageId, Timestamp, UserId};
use store::deals::{CardRow, ColumnTotal, Scope, WaitingRow};
use store::{Conn, Moment};

use super::card_facts;
use super::record::number_text;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Cards of each column in the first page: two tall screens full. The rest comes as the column is scrolled.
const WINDOW: i64 = 40;
/// Registrations shown beside the columns; the list shows them all.
const WAITING_LINES: i64 = 60;

/// Who reads which part of which program.
struct Reader<'a> {
    scope: Scope,
    company: CompanyId,
    program: ProgramId,
    prefix: &'a str,
    locale: Locale,
    filter: &'a DealFilter,
    me: UserId,
    now: Timestamp,
}

impl PartnerAccess {
    /// The team's board, all of it as it was at one moment.
    pub async fn board(&self, filter: &DealFilter) -> Result<BoardView, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let pipeline = store::pipelines::get(&mut moment, self.company, self.program.id).await?;
        let pipeline = pipeline.for_partner();
        let (mut board, _) = self.reader(filter).board(&mut moment, pipeline).await?;
        moment.end().await?;
        board.may_work = self.require(PartnerRight::WorkDeals).is_ok();
        board.submissions_open = self.program.submissions_open;
        Ok(board)
    }

    /// A column's next cards.
    pub async fn board_column(
        &self,
        stage: StageId,
        filter: &DealFilter,
        after: Option<(Rank, DealId)>,
    ) -> Result<Vec<Card>, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let (mut conn, reader) = (self.services.read().await?, self.reader(filter));
        let rows = reader.cards(&mut conn, stage, after).await?;
        let prefix = &self.program.number_prefix;
        let mut cards: Vec<Card> = rows.into_iter().map(|row| card(row, prefix)).collect();
        reader.fill(&mut conn, cards.iter_mut().collect()).await?;
        Ok(cards)
    }

    fn reader<'a>(&'a self, filter: &'a DealFilter) -> Reader<'a> {
        Reader {
            scope: self.scope(),
            company: self.company,
            program: self.program.id,
            prefix: &self.program.number_prefix,
            locale: self.locale,
            filter,
            me: self.person.id,
            now: self.services.now(),
        }
    }
}

impl CompanyAccess {
    /// The board of all partners of the program, as it was at one moment; only to look at.
    pub async fn board(&self, filter: &DealFilter) -> Result<CompanyBoardView, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut moment = Moment::begin(self.services.read().await?).await?;
        let pipeline = store::pipelines::get(&mut moment, self.company, self.program.id).await?;
        let (mut board, partners) = self.reader(filter).board(&mut moment, pipeline).await?;
        moment.end().await?;
        board.submissions_open = self.program.submissions_open;
        Ok(CompanyBoardView {
            board,
            partners,
            may_override: self.require(CompanyRight::OverrideStage).is_ok(),
        })
    }

    /// A column's next cards, with their partners.
    pub async fn board_column(
        &self,
        stage: StageId,
        filter: &DealFilter,
        after: Option<(Rank, DealId)>,
    ) -> Result<Vec<(Card, String)>, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let (mut conn, reader) = (self.services.read().await?, self.reader(filter));
        let rows = reader.cards(&mut conn, stage, after).await?;
        let prefix = &self.program.number_prefix;
        let with_partner = rows.into_iter().map(|row| {
            let partner = row.partner.clone();
            (card(row, prefix), partner)
        });
        let mut cards: Vec<(Card, String)> = with_partner.collect();
        let bare = cards.iter_mut().map(|(card, _)| card);
        reader.fill(&mut conn, bare.collect()).await?;
        Ok(cards)
    }

    fn reader<'a>(&'a self, filter: &'a DealFilter) -> Reader<'a> {
        Reader {
            scope: self.scope(),
            company: self.company,
            program: self.program.id,
            prefix: &self.program.number_prefix,
            locale: self.locale,
            filter,
            me: self.person.id,
            now: self.services.now(),
        }
    }
}

impl Reader<'_> {
    async fn board(
        &self,
        conn: &mut Conn,
        pipeline: Pipeline,
    ) -> Result<(BoardView, BTreeMap<DealId, String>), ServiceError> {
        // Of the same moment as the cards: what happens after it is announced, never missed, and no card is counted where
        // it does not lie.
        let seq = store::events::last_seq(conn).await?;
        let pipeline = pipeline.only(self.filter.pipeline.unwrap_or_default());
        let totals =
            store::deals::column_totals(conn, self.scope, self.filter, self.me, self.now).await?;
        let in_lanes = self.filter.lanes.is_some() && self.filter.lane.is_none();
        let mut partners = BTreeMap::new();
        let mut columns = Vec::with_capacity(pipeline.stages.len());
        for stage in &pipeline.stages {
            let mut column = column_of(stage.id, &totals);
            // In lanes the cards are those of each lane.
            if column.count > 0 && !in_lanes {
                for row in self.cards(conn, stage.id, None).await? {
                    partners.insert(row.id, row.partner.clone());
                    column.cards.push(card(row, self.prefix));
                }
            }
            columns.push(column);
        }
        let cards = columns
            .iter_mut()
            .flat_map(|column| column.cards.iter_mut());
        let fact_labels = self.fill(conn, cards.collect()).await?;
        let mut waiting = Vec::new();
        let rows = store::deals::waiting(
            conn,
            self.scope,
            self.filter,
            self.me,
            self.now,
            WAITING_LINES,
        )
        .await?;
        for row in rows {
            partners.insert(row.id, row.partner.clone());
            waiting.push(waiting_card(row, self.prefix));
        }
        let board = BoardView {
            pipeline,
            columns,
            waiting,
            fact_labels,
            seq,
            now: self.now,
            may_work: false,
            submissions_open: false,
        };
        Ok((board, partners))
    }

    /// Writes onto the cards what the company chose for them; gives what it calls those fields.
    async fn fill(
        &self,
        conn: &mut Conn,
        cards: Vec<&mut Card>,
    ) -> Result<Vec<String>, ServiceError> {
        let fields = card_facts::fields(conn, self.program).await?;
        card_facts::fill(conn, self.company, &fields, self.locale, cards).await?;
        Ok(fields.into_iter().map(|field| field.label).collect())
    }

    async fn cards(
        &self,
        conn: &mut Conn,
        stage: StageId,
        after: Option<(Rank, DealId)>,
    ) -> Result<Vec<CardRow>, ServiceError> {
        Ok(store::deals::cards(
            conn,
            self.scope,
            stage,
            self.filter,
            self.me,
            self.now,
            after,
            WINDOW,
        )
        .await?)
    }
}

fn column_of(stage: StageId, totals: &[ColumnTotal]) -> Column {
    let own = totals.iter().filter(|total| total.stage_id == stage);
    Column {
        stage,
        count: own.clone().map(|total| total.deals).sum(),
        totals: own
            .filter_map(|total| {
                total
                    .currency
                    .map(|currency| Money::new(total.minor, currency))
            })
            .collect(),
        cards: Vec::new(),
    }
}

fn card(row: CardRow, prefix: &str) -> Card {
    Card {
        id: row.id,
        number: number_text(prefix, row.number),
        value: row.value(),
        customer: row.customer_name,
        close_date: row.close_date,
        stage: row.stage_id,
        rank: row.rank,
        entered_at: row.stage_entered_at,
        owner: row.owner,
        registration: row.registration,
        protected_until: row.protected_until,
        win: row.win,
        facts: Vec::new(),
        version: row.version,
    }
}

fn waiting_card(row: WaitingRow, prefix: &str) -> WaitingCard {
    WaitingCard {
        id: row.id,
        number: number_text(prefix, row.number),
        value: row.value(),
        customer: row.customer_name,
        close_date: row.close_date,
        owner: row.owner,
        registration: row.registration,
        since: row.changed_at,
        submit_key: row
            .submit_key
            .filter(|_| row.registration == RegistrationStatus::Draft),
        version: row.version,
    }
}
