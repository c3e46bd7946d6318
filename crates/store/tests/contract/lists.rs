//! Lists that are led to what they look for hold what going through all deals holds, in the same order; and what the index
//! of texts knows is what the deals say, whatever happens to them.

use domain::{
    DealId, UserId,
    deals::{Deal, Registration, RegistrationStatus, Win},
    pipeline::StageKind,
    text::fold,
    views::{DealFilter, DealSort},
};
use store::{
    Dialect, Statement, StoreError,
    deals::{self, Cursor, RowRow, Scope},
    maintenance,
    memberships::{self, Membership},
    partners::{self, Partner},
};
use testkit::{TestDb, World, both_engines, in_write};
use uuid::Uuid;

/// Names with all that a pattern, a full-text query or a folding could trip over.
const CUSTOMERS: [&str; 22] = [
    "M\u{fc}ller & S\u{f6}hne",
    "MUELLER",
    "A",
    "Ab",
    "50%_off! Ltd",
    "O'Hale \"Quoted\" Moss",
    "\u{65e5}\u{672c}\u{96fb}\u{6c17}\u{682a}\u{5f0f}\u{4f1a}\u{793e}",
    "Stra\u{df}e 7",
    "Great \u{1f389} party",
    "\u{130}stanbul",
    "\u{3a3}\u{38a}\u{3a3}\u{3a5}\u{3a6}\u{39f}\u{3a3}",
    "\u{1d49c}\u{1d49e}\u{1d4a9} fonts",
    "hale-moss",
    "halemoss",
    "abcabcabc",
    "cabcab",
    "bca abc",
    "Acme",
    "Acme and Acme",
    "Near OR not",
    "e\u{301}clair",
    "123 456",
];

const TEXTS: [&str; 52] = [
    "a",
    "ab",
    "b",
    "e",
    "ue",
    "mue",
    "m\u{fc}ller",
    "M\u{dc}LLER so",
    "50%",
    "%",
    "_",
    "!",
    "\"",
    "'",
    "o'hale",
    "\"quoted\"",
    "\"quo",
    "\u{65e5}",
    "\u{65e5}\u{672c}",
    "\u{65e5}\u{672c}\u{96fb}",
    "\u{672c}\u{96fb}\u{6c17}\u{682a}",
    "\u{672c}\u{6c17}\u{96fb}",
    "strasse",
    "stra\u{df}e 7",
    "\u{1f389}",
    "\u{1f389}party",
    "istanbul",
    "\u{130}st",
    "\u{3c3}\u{3af}\u{3c3}",
    "\u{3a3}\u{38a}\u{3a3}\u{3a5}",
    "\u{1d49c}\u{1d49e}\u{1d4a9}",
    "\u{1d49e}\u{1d4a9}",
    "hale",
    "halemoss",
    "hale moss",
    "moss hale",
    "le-mo",
    "abcab",
    "bcabca",
    "cabcabc",
    "cabcabcabcab",
    "abc bca",
    "acme acme",
    "acme x",
    "acme*",
    "^acme",
    "acme AND nowhere",
    "NEAR(acme moss)",
    "searched:acme",
    "\u{e9}cl",
    "23 45",
    "nowhere",
];

fn filter(search: &str) -> DealFilter {
    DealFilter {
        search: search.to_owned(),
        ..DealFilter::default()
    }
}

async fn keep(db: &TestDb, deal: &Deal) {
    let (deal, key) = (deal.clone(), deal.id.to_string());
    assert!(in_write!(db, |tx| [deal, key] deals::insert(tx, &deal, &key).await).unwrap());
}

/// Another partner's membership in the world's program.
async fn second_partner(db: &TestDb, world: &World) -> Membership {
    let partner = Partner {
        id: db.id(),
        name: "Second".to_owned(),
        ..world.partner.clone()
    };
    let membership = Membership {
        id: db.id(),
        partner_id: partner.id,
        ..world.membership.clone()
    };
    in_write!(db, |tx| [partner, membership] {
        partners::insert(tx, &partner).await?;
        memberships::insert(tx, &membership).await
    })
    .unwrap();
    membership
}

async fn page(
    db: &TestDb,
    scope: Scope,
    filter: &DealFilter,
    after: Option<&Cursor>,
    limit: i64,
) -> Vec<RowRow> {
    let mut conn = db.read().await.unwrap();
    let me = UserId(Uuid::nil());
    deals::list(&mut conn, scope, filter, me, db.now(), after, limit)
        .await
        .unwrap()
}

fn ids(rows: &[RowRow]) -> Vec<DealId> {
    rows.iter().map(|row| row.id).collect()
}

/// Of the scope's deals those whose texts hold every word, without any index.
async fn holding(db: &TestDb, scope: Scope, text: &str) -> Vec<DealId> {
    let mut statement = Statement::new("SELECT id, search FROM deals WHERE ");
    match scope {
        Scope::Membership(membership) => statement.push("membership_id = ").bind(membership.0),
        Scope::Program(_, program) => statement
            .push("registration <> 'draft' AND program_id = ")
            .bind(program.0),
    };
    statement.push(" ORDER BY changed_at DESC, id DESC");
    let mut conn = db.read().await.unwrap();
    let all: Vec<(DealId, String)> = statement.fetch_all(&mut conn).await.unwrap();
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    all.into_iter()
        .filter(|(_, search)| words.iter().all(|word| search.contains(word)))
        .map(|(id, _)| id)
        .collect()
}

/// What the index of texts knows is what the deals say, no more and no less.
async fn agree(db: &TestDb) {
    let mut conn = db.read().await.unwrap();
    let apart = Statement::new(
        "SELECT d.search, t.searched FROM deals d
         LEFT JOIN deal_texts t ON t.deal_id = d.id AND t.program_id = d.program_id
         WHERE t.searched IS NULL OR t.searched <> d.search",
    );
    let apart: Vec<(String, Option<String>)> = apart.fetch_all(&mut conn).await.unwrap();
    assert!(apart.is_empty(), "{apart:?}");
    let counts =
        Statement::new("SELECT (SELECT count(*) FROM deals), (SELECT count(*) FROM deal_texts)");
    let counts: Option<(i64, i64)> = counts.fetch_optional(&mut conn).await.unwrap();
    assert!(
        counts.is_some_and(|(deals, texts)| deals == texts),
        "{counts:?}"
    );
    drop(conn);
    if db.dialect() == Dialect::Sqlite {
        // Fails when the pieces are not those of the texts.
        in_write!(db, |tx| [] {
            let check = "INSERT INTO deal_grams (deal_grams, rank) VALUES ('integrity-check', 1)";
            Statement::new(check).execute(tx).await
        })
        .unwrap();
    }
}

/// One deal of many kinds, by its number.
fn deal_of_kind(db: &TestDb, world: &World, number: i64) -> Deal {
    let now = db.now();
    let stage = usize::try_from(number).unwrap() % world.pipeline.stages.len();
    let customer = CUSTOMERS[usize::try_from(number).unwrap() % CUSTOMERS.len()];
    let mut deal = world.placed(db, customer, number, stage, "V");
    if let Some(placement) = &mut deal.placement {
        placement.entered_at = now.plus_days(-(number % 29));
    }
    if let Registration::Approved {
        protected_until, ..
    } = &mut deal.registration
    {
        *protected_until = now.plus_days(number % 31 - 6);
    }
    if let Some(submission) = deal.registration.submission().cloned() {
        match number % 7 {
            3 => {
                deal.registration = Registration::Expired {
                    submission,
                    at: now,
                    extended: false,
                };
            }
            4 => {
                deal.registration = Registration::Submitted(submission);
                deal.placement = None;
            }
            5 => {
                deal.registration = Registration::Declined {
                    submission,
                    by: world.admin.id,
                    at: now,
                    reason: "No".to_owned(),
                };
                deal.placement = None;
            }
            6 => {
                deal.win = Win::Pending {
                    by: world.owner.id,
                    at: now,
                    customer: db.id(),
                };
            }
            _ => {}
        }
    }
    deal.summary.value =
        (number % 3 > 0).then(|| domain::Money::new(number * 37 % 500, "EUR".parse().unwrap()));
    deal.changed_at = now.plus_seconds(-(number * 53 % 40));
    deal
}

/// Whether the filter lets the row through, read off the row alone. The world's stages allow 14 days.
fn lets_through(db: &TestDb, filter: &DealFilter, row: &RowRow) -> bool {
    let now = db.now();
    let ends_soon = row
        .protected_until
        .is_some_and(|until| until > now && until <= now.plus_days(14));
    let is_open = row.stage_kind == Some(StageKind::Open);
    let ending = row.registration == RegistrationStatus::Approved
        && is_open
        && !row.win.locks()
        && ends_soon;
    let stuck = is_open
        && row
            .stage_entered_at
            .is_some_and(|at| at <= now.plus_days(-15));
    (!filter.expiring || ending)
        && (!filter.stuck || stuck)
        && filter
            .registration
            .is_none_or(|registration| registration == row.registration)
        && fold(&row.customer_name).contains(&filter.search)
}

both_engines! {
    async fn words_are_found_as_if_every_deal_were_read(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let second = second_partner(db, &world).await;
        for (number, customer) in (1..).zip(CUSTOMERS) {
            let own = world.submitted(db, customer, number);
            let theirs = Deal {
                membership: second.id,
                partner: second.partner_id,
                ..world.submitted(db, customer, 1_000 + number)
            };
            let drafted = world.draft(db, customer);
            for deal in [own, theirs, drafted, other.submitted(db, customer, number)] {
                keep(db, &deal).await;
            }
        }
        agree(db).await;
        let scopes = [
            Scope::Membership(world.membership.id),
            Scope::Membership(second.id),
            Scope::Membership(other.membership.id),
            Scope::Program(world.company.id, world.program.id),
            Scope::Program(other.company.id, other.program.id),
            // One tenant's program under another's name holds nothing.
            Scope::Program(other.company.id, world.program.id),
        ];
        let mut found = 0;
        for text in TEXTS {
            for (place, scope) in scopes.into_iter().enumerate() {
                let rows = ids(&page(db, scope, &filter(text), None, 500).await);
                let expected = if place == 5 { Vec::new() } else { holding(db, scope, text).await };
                assert_eq!(rows, expected, "{text:?} in {scope:?}");
                found += rows.len();
            }
        }
        assert!(found > 500, "{found}");
    }

    async fn a_list_that_is_led_is_the_list_that_is_gone_through(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        for number in 1..=120 {
            keep(db, &deal_of_kind(db, &world, number)).await;
            keep(db, &deal_of_kind(db, &other, number)).await;
        }
        let none = DealFilter::default();
        let filters = [
            DealFilter { expiring: true, ..none.clone() },
            DealFilter { stuck: true, ..none.clone() },
            DealFilter { expiring: true, stuck: true, ..none.clone() },
            DealFilter { stuck: true, search: "hale".to_owned(), ..none.clone() },
            DealFilter { expiring: true, search: "abc".to_owned(), ..none.clone() },
            DealFilter { registration: Some(RegistrationStatus::Approved), ..none.clone() },
            DealFilter { registration: Some(RegistrationStatus::Declined), ..none.clone() },
            DealFilter { registration: Some(RegistrationStatus::Expired), stuck: true, ..none.clone() },
            DealFilter { registration: Some(RegistrationStatus::Submitted), search: "acme".to_owned(), ..none.clone() },
        ];
        let scopes = [
            Scope::Membership(world.membership.id),
            Scope::Program(world.company.id, world.program.id),
        ];
        for filter in filters {
            for (scope, sort) in scopes.into_iter().flat_map(|scope| {
                [DealSort::Changed, DealSort::Customer, DealSort::Value, DealSort::CloseDate]
                    .map(|sort| (scope, sort))
            }) {
                let all = page(db, scope, &DealFilter { sort, ..none.clone() }, None, 500).await;
                let expected: Vec<RowRow> =
                    all.into_iter().filter(|row| lets_through(db, &filter, row)).collect();
                assert!(!expected.is_empty(), "{filter:?}");
                let filter = DealFilter { sort, ..filter.clone() };
                let mut rows: Vec<RowRow> = Vec::new();
                loop {
                    let after = rows.last().map(|row| Cursor::of(row, sort));
                    let next = page(db, scope, &filter, after.as_ref(), 5).await;
                    if next.is_empty() {
                        break;
                    }
                    rows.extend(next);
                    assert!(rows.len() <= expected.len(), "{filter:?}");
                }
                assert_eq!(ids(&rows), ids(&expected), "{filter:?} in {scope:?}");
            }
        }
    }

    async fn a_board_that_is_led_holds_what_its_list_holds(db: &TestDb) {
        let world = World::build(db).await;
        for number in 1..=120 {
            keep(db, &deal_of_kind(db, &world, number)).await;
        }
        let me = UserId(Uuid::nil());
        let scope = Scope::Program(world.company.id, world.program.id);
        for filter in [
            filter("hale"),
            filter("nowhere"),
            DealFilter { stuck: true, ..DealFilter::default() },
            DealFilter { expiring: true, ..DealFilter::default() },
        ] {
            let listed = page(db, scope, &filter, None, 500).await;
            let mut conn = db.read().await.unwrap();
            let totals = deals::column_totals(&mut conn, scope, &filter, me, db.now()).await.unwrap();
            for stage in &world.pipeline.stages {
                let mut expected: Vec<DealId> =
                    listed.iter().filter(|row| row.stage_id == Some(stage.id)).map(|row| row.id).collect();
                expected.sort();
                let cards = deals::cards(&mut conn, scope, stage.id, &filter, me, db.now(), None, 500)
                    .await
                    .unwrap();
                assert_eq!(cards.iter().map(|card| card.id).collect::<Vec<_>>(), expected, "{filter:?}");
                let counted: i64 =
                    totals.iter().filter(|total| total.stage_id == stage.id).map(|total| total.deals).sum();
                assert_eq!(usize::try_from(counted), Ok(expected.len()), "{filter:?}");
            }
            let mut expected: Vec<DealId> = listed
                .iter()
                .filter(|row| row.stage_id.is_none() && row.registration != RegistrationStatus::Expired)
                .map(|row| row.id)
                .collect();
            let waiting = deals::waiting(&mut conn, scope, &filter, me, db.now(), 500).await.unwrap();
            let mut waiting: Vec<DealId> = waiting.iter().map(|row| row.id).collect();
            waiting.sort();
            expected.sort();
            assert_eq!(waiting, expected, "{filter:?}");
        }
    }

    async fn the_index_of_texts_follows_the_deals(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let scope = Scope::Membership(world.membership.id);
        let found = async |text: &str| ids(&page(db, scope, &filter(text), None, 10).await);
        let mut deal = world.draft(db, "Acme");
        keep(db, &deal).await;
        keep(db, &other.submitted(db, "Acme", 1)).await;
        agree(db).await;
        assert_eq!(found("acme").await, [deal.id]);

        deal.summary.customer = "Halemoss".into();
        deal.summary.contact_name = Some("Ann Leigh".to_owned());
        deal.version = in_write!(db, |tx| [deal] deals::save(tx, &deal).await).unwrap();
        agree(db).await;
        assert!(found("acme").await.is_empty());
        assert_eq!(found("emos leigh").await, [deal.id]);
        // Saved as it is, it stays where it stands.
        deal.version = in_write!(db, |tx| [deal] deals::save(tx, &deal).await).unwrap();
        agree(db).await;
        assert_eq!(found("halemoss").await, [deal.id]);

        let (lost, key) = (world.draft(db, "Lost Ltd"), "lost".to_owned());
        let refused: Result<(), StoreError> = in_write!(db, |tx| [lost, key] {
            deals::insert(tx, &lost, &key).await?;
            Err(StoreError::Conflict)
        });
        assert!(refused.is_err());
        agree(db).await;
        assert!(found("lost").await.is_empty());

        let (id, membership) = (deal.id, world.membership.id);
        assert!(in_write!(db, |tx| [] deals::delete_draft(tx, membership, id).await).unwrap());
        agree(db).await;
        assert!(found("halemoss").await.is_empty());

        keep(db, &world.submitted(db, "Acme", 7)).await;
        in_write!(db, |tx| [world] {
            let people = [world.admin.id, world.owner.id];
            maintenance::erase(tx, &[world.company.id], &[world.partner.id], &people).await
        })
        .unwrap();
        agree(db).await;
        let theirs = Scope::Program(other.company.id, other.program.id);
        assert_eq!(page(db, theirs, &filter("acme"), None, 10).await.len(), 1);
    }
}
