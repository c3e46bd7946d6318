//! The sheet as plain values: what it shows, which card is next, what the address says.

use domain::deals::{Fixed, RegistrationStatus, WinStatus};
use domain::forms::{Field, FieldKind, RawAnswers, to_plain};
use domain::views::{CompanyQuickView, InPlace, PartnerQuickView, QuickDeal};
use domain::{DealId, Locale};
use leptos_router::params::ParamsMap;

use crate::boards::model::BoardModel;
use crate::lasting::duration;

/// The name under which the address holds the deal.
pub const NAME: &str = "deal";

/// A deal as the sheet shows it, whichever side looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    pub deal: QuickDeal,
    /// Whose it is, for the company.
    pub partner: Option<String>,
    pub value: InPlace,
    pub close_date: InPlace,
}

impl From<PartnerQuickView> for Glance {
    fn from(view: PartnerQuickView) -> Self {
        Self {
            deal: view.deal,
            partner: None,
            value: view.value,
            close_date: view.close_date,
        }
    }
}

impl From<CompanyQuickView> for Glance {
    fn from(view: CompanyQuickView) -> Self {
        Self {
            deal: view.deal,
            partner: Some(view.partner),
            value: view.value,
            close_date: view.close_date,
        }
    }
}

/// An answer that may be put otherwise in the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Value,
    CloseDate,
}

impl Part {
    pub fn label(self) -> &'static str {
        match self {
            Self::Value => "Value",
            Self::CloseDate => "Expected close",
        }
    }

    /// The id of its input.
    pub fn input_id(self) -> &'static str {
        match self {
            Self::Value => "quick-value",
            Self::CloseDate => "quick-close",
        }
    }

    /// The id of the button that opens it.
    pub fn button_id(self) -> &'static str {
        match self {
            Self::Value => "quick-value-change",
            Self::CloseDate => "quick-close-change",
        }
    }

    pub fn of(self, glance: &Glance) -> &InPlace {
        match self {
            Self::Value => &glance.value,
            Self::CloseDate => &glance.close_date,
        }
    }

    /// What it is now, as people read it.
    pub fn text(self, deal: &QuickDeal, locale: Locale) -> String {
        let text = match self {
            Self::Value => deal.value.map(|amount| locale.money(amount)),
            Self::CloseDate => deal.close_date.map(|day| locale.date(day)),
        };
        text.unwrap_or_else(|| "Not answered".to_owned())
    }

    /// The same, kept plainly: another text is another answer. Without it there is nothing to compare.
    pub fn raw(self, glance: &Glance) -> Option<RawAnswers> {
        match self.of(glance) {
            InPlace::Open(open) => Some(open.raw.clone()),
            InPlace::Fixed(_) => None,
        }
    }
}

/// What was typed, as the command takes it.
pub fn typed(field: &Field, text: &str, currency: &str, locale: Locale) -> RawAnswers {
    let plain = to_plain(field, text, locale);
    let mut raw = RawAnswers::default();
    if matches!(field.kind, FieldKind::Money { .. }) {
        raw.set_money(&field.key, &plain, currency);
    } else {
        raw.set(&field.key, vec![plain]);
    }
    raw
}

/// The codes that an amount may have.
pub fn currencies(field: &Field) -> Vec<String> {
    match &field.kind {
        FieldKind::Money { currencies } => currencies.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// Why what is only read is only read: one sentence where both have one reason.
pub fn reasons(glance: &Glance) -> Vec<String> {
    let fixed = |part: Part| match part.of(glance) {
        InPlace::Fixed(fixed) => Some(fixed),
        InPlace::Open(_) => None,
    };
    let said = |part: Part, why: &Fixed| format!("{}: {}", part.label(), why.text());
    match (fixed(Part::Value), fixed(Part::CloseDate)) {
        (Some(one), Some(other)) if one == other => {
            vec![format!("Value and expected close: {}", one.text())]
        }
        (value, close) => {
            let value = value.map(|why| said(Part::Value, why));
            let close = close.map(|why| said(Part::CloseDate, why));
            value.into_iter().chain(close).collect()
        }
    }
}

/// The words for where registration and win stand; an approved deal without a win is told by its stage.
pub fn states(deal: &QuickDeal) -> Vec<&'static str> {
    let registration = (deal.registration != RegistrationStatus::Approved || deal.stage.is_none())
        .then(|| deal.registration.label());
    let win = (deal.win != WinStatus::None).then(|| deal.win.label());
    registration.into_iter().chain(win).collect()
}

/// `Qualified 3 days`.
pub fn step_words(name: &str, seconds: i64) -> String {
    format!("{name} {}", duration(seconds))
}

/// `2 unread messages`.
pub fn unread_words(unread: i64) -> String {
    match unread {
        0 => "No unread messages".to_owned(),
        1 => "1 unread message".to_owned(),
        many => format!("{many} unread messages"),
    }
}

/// Which way from one card of a column to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Back,
    Forth,
}

impl Way {
    /// What the key means to the sheet.
    pub fn of(key: &str) -> Option<Self> {
        match key {
            "ArrowUp" | "k" | "K" => Some(Self::Back),
            "ArrowDown" | "j" | "J" => Some(Self::Forth),
            _ => None,
        }
    }
}

/// The card before or behind that one, in its column or among the registrations that wait for the same.
pub fn neighbour(board: &BoardModel, deal: DealId, way: Way) -> Option<DealId> {
    let ids = lane(board, deal);
    let at = ids.iter().position(|id| *id == deal)?;
    let next = match way {
        Way::Back => at.checked_sub(1)?,
        Way::Forth => at + 1,
    };
    ids.get(next).copied()
}

fn lane(board: &BoardModel, deal: DealId) -> Vec<DealId> {
    if let Some(card) = board.card(deal) {
        let column = board.column(card.stage);
        return column.map(|column| column.ids.clone()).unwrap_or_default();
    }
    let Some(waits) = board.waiting_card(deal) else {
        return Vec::new();
    };
    // A draft is gone on with in its form.
    let beside = board
        .waiting
        .iter()
        .filter(|card| card.registration == waits.registration && card.submit_key.is_none());
    beside.map(|card| card.id).collect()
}

/// The deal that the address names.
pub fn named(query: &ParamsMap) -> Option<DealId> {
    query.get(NAME)?.parse().ok()
}

/// The address's query with that deal in it, or without one; everything else stays.
pub fn naming(query: &ParamsMap, deal: Option<DealId>) -> String {
    let mut query = query.clone();
    query.remove(NAME);
    if let Some(deal) = deal {
        query.insert(NAME, deal.to_string());
    }
    query.to_query_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::forms::FieldKey;
    use domain::pipeline::Pipeline;
    use domain::views::{BoardView, WaitingCard};
    use domain::{Currency, Money, Timestamp};
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn id(number: u128) -> DealId {
        DealId(Uuid::from_u128(number))
    }

    fn waits(number: u128, registration: RegistrationStatus, key: Option<&str>) -> WaitingCard {
        WaitingCard {
            id: id(number),
            number: String::new(),
            customer: "Ebb".into(),
            value: None,
            close_date: None,
            owner: String::new(),
            registration,
            since: Timestamp(0),
            submit_key: key.map(str::to_owned),
            version: 1,
        }
    }

    fn glance() -> Glance {
        Glance {
            deal: QuickDeal {
                id: id(1),
                number: "ALT-1".into(),
                customer: "Ebb".into(),
                value: Some(Money::new(1_250_000, Currency::EUR)),
                close_date: None,
                registration: RegistrationStatus::Submitted,
                win: WinStatus::None,
                said: String::new(),
                protected_until: None,
                stage: None,
                owner: String::new(),
                path: Vec::new(),
                answers: Vec::new(),
                more_answers: 0,
                unread: 0,
                version: 3,
                now: Timestamp(0),
            },
            partner: None,
            value: InPlace::Fixed(Fixed::Registered),
            close_date: InPlace::Fixed(Fixed::Registered),
        }
    }

    #[test]
    fn the_next_card_waits_for_the_same_and_is_no_draft() {
        use RegistrationStatus::{Declined, Draft, Submitted};
        let board = BoardView {
            pipeline: Pipeline {
                stages: Vec::new(),
                lost_reasons: Vec::new(),
                heads: domain::pipeline::Heads::default(),
            },
            columns: Vec::new(),
            waiting: vec![
                waits(1, Submitted, None),
                waits(2, Declined, None),
                waits(3, Draft, Some("key")),
                waits(4, Submitted, None),
            ],
            fact_labels: Vec::new(),
            seq: 1,
            now: Timestamp(0),
            may_work: true,
            submissions_open: true,
        };
        let board = BoardModel::new(board, domain::deals::Mover::Partner, BTreeMap::new());
        assert_eq!(neighbour(&board, id(1), Way::Forth), Some(id(4)));
        assert_eq!(neighbour(&board, id(4), Way::Back), Some(id(1)));
        for (deal, way) in [
            (1, Way::Back),
            (4, Way::Forth),
            (2, Way::Forth),
            (9, Way::Forth),
        ] {
            assert_eq!(neighbour(&board, id(deal), way), None);
        }
    }

    #[test]
    fn the_address_keeps_what_else_it_says() {
        let mut query = ParamsMap::new();
        query.insert("mine", "1".to_owned());
        assert_eq!(naming(&query, None), "?mine=1");
        let with = naming(&query, Some(id(1)));
        assert!(with.starts_with("?mine=1&deal="), "{with}");
        query.insert("deal", id(2).to_string());
        assert_eq!(named(&query), Some(id(2)));
        assert_eq!(naming(&query, Some(id(1))), with);
        query.replace("deal", "nonsense".to_owned());
        assert_eq!(named(&query), None);
        assert_eq!(naming(&ParamsMap::new(), None), "");
    }

    #[test]
    fn one_reason_is_said_once() {
        let mut glance = glance();
        assert_eq!(
            reasons(&glance),
            [format!(
                "Value and expected close: {}",
                Fixed::Registered.text()
            )]
        );
        glance.close_date = InPlace::Fixed(Fixed::NotAsked);
        let said = reasons(&glance);
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("Value: ") && said[1].starts_with("Expected close: "));
    }

    #[test]
    fn what_is_typed_is_kept_plainly_whatever_the_locale() {
        let german = Locale::of_tag("de-DE").unwrap();
        let key = FieldKey::parse("value").unwrap();
        let currencies = vec![Currency::EUR];
        let field = Field::new(key.clone(), FieldKind::Money { currencies }, "Value");
        let raw = typed(&field, "12.500,50", "EUR", german);
        assert_eq!(
            (raw.first(&key), raw.currency(&key)),
            ("12500.50", Some("EUR"))
        );
        let text = Part::Value.text(&glance().deal, german);
        assert_eq!(text, german.money(Money::new(1_250_000, Currency::EUR)));
        assert_eq!(Part::CloseDate.text(&glance().deal, german), "Not answered");
    }

    #[test]
    fn a_registration_that_waits_says_so() {
        let mut deal = glance().deal;
        assert_eq!(states(&deal), ["Waiting for review"]);
        deal.win = WinStatus::Rejected;
        assert_eq!(states(&deal).len(), 2);
        assert_eq!(step_words("Proposal", 12 * 86_400), "Proposal 12 days");
        assert_eq!(unread_words(1), "1 unread message");
    }
}
