//! The lanes of a board: each holds what the list with its part of the filter holds, and nobody else's deals.

use domain::commands::{DecideDeal, SubmitDeal};
use domain::deals::Decision;
use domain::forms::RawAnswers;
use domain::money::Totals;
use domain::people::{MembershipStatus, PartnerRole};
use domain::views::{DealFilter, LaneKind, LaneLine};
use services::PartnerAccess;
use store::memberships::{self, Membership};
use testkit::{TestDb, World, both_engines, in_write};

use crate::desk::Desk;

fn answers(customer: &str, value: &str, currency: &str, close_date: &str) -> RawAnswers {
    [
        ("customer", customer),
        ("country", "DE"),
        ("contact_name", "Ada Quist"),
        ("contact_email", "ada@quist.example"),
        ("value", value),
        ("value.currency", currency),
        ("close_date", close_date),
    ]
    .into_iter()
    .collect()
}

/// Registers a deal as that person, and has it approved.
async fn approved(
    desk: &Desk,
    access: &PartnerAccess,
    customer: &str,
    value: &str,
    currency: &str,
    close_date: &str,
) {
    let command = SubmitDeal {
        submit_key: customer.to_lowercase().replace(' ', "-"),
        form_version: desk.world.form.id,
        answers: answers(customer, value, currency, close_date),
    };
    let deal = access.submit_deal(command).await.unwrap().deal();
    let version = desk.version(deal).await;
    let decision = Decision::Approve {
        message: String::new(),
    };
    let command = DecideDeal {
        deal,
        decision,
        version,
    };
    desk.company().await.decide(command).await.unwrap();
}

async fn colleague(db: &TestDb, desk: &Desk) -> PartnerAccess {
    let user = World::build_named(db, "boreal").await.owner.id;
    let (partner, now) = (desk.world.partner.id, db.now());
    let role = PartnerRole::Member;
    in_write!(db, |tx| [] store::partners::insert_member(tx, partner, user, role, now).await)
        .unwrap();
    let access = desk.services.partner(user, desk.world.membership.id);
    access.await.unwrap()
}

/// Another partner in the same program.
async fn rival(db: &TestDb, desk: &Desk) -> PartnerAccess {
    let other = World::build_named(db, "cinder").await;
    let membership = Membership {
        id: db.id(),
        partner_id: other.partner.id,
        status: MembershipStatus::Active,
        ..desk.world.membership.clone()
    };
    in_write!(db, |tx| [membership] memberships::insert(tx, &membership).await).unwrap();
    let access = desk.services.partner(other.owner.id, membership.id);
    access.await.unwrap()
}

fn seen(lanes: &[LaneLine]) -> Vec<(&str, i64)> {
    let lines = lanes.iter();
    lines.map(|line| (line.name.as_str(), line.count)).collect()
}

async fn three_sides(db: &TestDb) -> (Desk, PartnerAccess, PartnerAccess) {
    let desk = Desk::open(db).await;
    let (own, second) = (desk.partner().await, colleague(db, &desk).await);
    let other = rival(db, &desk).await;
    approved(&desk, &own, "Tern Labs", "100", "EUR", "2027-03-31").await;
    approved(&desk, &own, "Tern Works", "200", "EUR", "2027-04-01").await;
    approved(&desk, &second, "Quill Press", "40", "EUR", "2027-03-01").await;
    approved(&desk, &other, "Ebb Dairy", "5000", "EUR", "2027-03-15").await;
    (desk, own, other)
}

both_engines! {
    async fn a_lane_holds_what_the_list_of_it_holds(db: &TestDb) {
        let (desk, own, _) = three_sides(db).await;
        let company = desk.company().await;
        let words = DealFilter { search: "tern".to_owned(), ..DealFilter::default() };
        for filter in [DealFilter::default(), words] {
            for kind in LaneKind::ALL.iter().copied() {
                let lanes = company.lanes(kind, &filter).await.unwrap();
                assert!(lanes.more == 0 && !lanes.lanes.is_empty());
                let all: i64 = lanes.lanes.iter().map(|line| line.count).sum();
                let list = company.deals(&filter, None).await.unwrap();
                assert_eq!(usize::try_from(all), Ok(list.rows.len()), "{kind:?}");
                for line in lanes.lanes {
                    let narrowed = DealFilter { lane: Some(line.lane), ..filter.clone() };
                    let rows = company.deals(&narrowed, None).await.unwrap().rows;
                    let mut totals = Totals::default();
                    rows.iter().filter_map(|row| row.value).for_each(|value| totals.add(value));
                    assert_eq!(usize::try_from(line.count), Ok(rows.len()), "{}", line.name);
                    assert_eq!(line.totals, totals, "{}", line.name);
                    let board = company.board(&narrowed).await.unwrap().board;
                    let cards: usize = board.columns.iter().map(|column| column.cards.len()).sum();
                    assert_eq!(cards, rows.len());
                }
            }
        }
        let months = own.lanes(LaneKind::Month, &DealFilter::default()).await.unwrap();
        assert_eq!(seen(&months.lanes), [("Mar 2027", 2), ("Apr 2027", 1)]);
        let owners = own.lanes(LaneKind::Owner, &DealFilter::default()).await.unwrap();
        assert_eq!(seen(&owners.lanes), [("owner of alta", 2), ("owner of boreal", 1)]);
    }

    async fn a_board_in_lanes_leaves_its_cards_to_them(db: &TestDb) {
        let (_, own, _) = three_sides(db).await;
        let filter = DealFilter { lanes: Some(LaneKind::Month), ..DealFilter::default() };
        let board = own.board(&filter).await.unwrap();
        let first = &board.columns[0];
        assert!(first.count == 3 && first.cards.is_empty());
        let months = own.lanes(LaneKind::Month, &filter).await.unwrap();
        let narrowed = DealFilter { lane: Some(months.lanes[0].lane), ..filter };
        let board = own.board(&narrowed).await.unwrap();
        assert_eq!((board.columns[0].count, board.columns[0].cards.len()), (2, 2));
    }

    async fn another_partners_lane_is_empty(db: &TestDb) {
        let (desk, own, other) = three_sides(db).await;
        let none = DealFilter::default();
        let partners = desk.company().await.lanes(LaneKind::Partner, &none).await.unwrap();
        assert_eq!(seen(&partners.lanes), [("alta partner", 3), ("cinder partner", 1)]);
        for (access, name) in [(&own, "alta partner"), (&other, "cinder partner")] {
            let lanes = access.lanes(LaneKind::Partner, &none).await.unwrap().lanes;
            let names: Vec<_> = lanes.iter().map(|line| line.name.as_str()).collect();
            assert_eq!(names, [name]);
        }
        // Whose id is known all the same.
        let rivals = DealFilter { lane: Some(partners.lanes[1].lane), ..none };
        let board = own.board(&rivals).await.unwrap();
        assert!(board.columns.iter().all(|column| column.count == 0 && column.cards.is_empty()));
        assert!(own.lanes(LaneKind::Owner, &rivals).await.unwrap().lanes.is_empty());
        assert!(own.deals(&rivals, None).await.unwrap().rows.is_empty());
    }
}
