//! Deals, and what is kept beside them: customers, claims, files, notices.

use domain::{
    Currency, Date, DealId, MembershipId, Money, ProgramId, Rank, Timestamp, UserId,
    customer::BusinessKey,
    deals::{Deal, Lost, Registration, RegistrationStatus, Win, WinStatus},
    people::MembershipStatus,
    views::{CardOrder, CustomerChoice, DealFilter, DealSort},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    StoreError, claims, customers,
    deals::{self, ColumnTotal, Cursor, NewPlace, Scope},
    files, known_customers,
    memberships::{self, Membership},
    notices,
    partners::{self, Partner},
};
use testkit::{TestDb, World, both_engines, in_write};
use uuid::Uuid;

const CLEAN: DealFilter = DealFilter {
    mine: false,
    search: String::new(),
    stage: None,
    registration: None,
    stage_kind: None,
    partner: String::new(),
    min_value: None,
    expiring: false,
    stuck: false,
    closing: false,
    sort: DealSort::Changed,
    orders: BTreeMap::new(),
    pipeline: None,
    lanes: None,
    lane: None,
};

fn scopes(world: &World) -> [Scope; 2] {
    [
        Scope::Membership(world.membership.id),
        Scope::Program(world.company.id, world.program.id),
    ]
}

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR".parse().unwrap())
}

async fn keep(db: &TestDb, deal: &Deal) {
    let (deal, key) = (deal.clone(), deal.id.to_string());
    assert!(in_write!(db, |tx| [deal, key] deals::insert(tx, &deal, &key).await).unwrap());
}

async fn save(db: &TestDb, deal: &Deal) -> Result<i64, StoreError> {
    let deal = deal.clone();
    in_write!(db, |tx| [deal] deals::save(tx, &deal).await)
}

async fn totals(
    db: &TestDb,
    scope: Scope,
    filter: &DealFilter,
) -> BTreeSet<(String, Option<String>, i64, i64)> {
    let mut conn = db.read().await.unwrap();
    let rows = deals::column_totals(&mut conn, scope, filter, UserId(Uuid::nil()), db.now())
        .await
        .unwrap();
    let plain = |row: ColumnTotal| {
        (
            row.stage_id.to_string(),
            row.currency.map(|currency| currency.to_string()),
            row.deals,
            row.minor,
        )
    };
    rows.into_iter().map(plain).collect()
}

/// What the triggers keep is what adding up gives. A least value of any number makes the statement add up.
async fn totals_agree(db: &TestDb, world: &World) {
    for scope in scopes(world) {
        let kept = totals(db, scope, &CLEAN).await;
        let valued: BTreeSet<_> = kept.into_iter().filter(|total| total.1.is_some()).collect();
        let added = totals(
            db,
            scope,
            &DealFilter {
                min_value: Some(i64::MIN),
                ..CLEAN
            },
        )
        .await;
        assert_eq!(valued, added);
    }
}

async fn listed(
    db: &TestDb,
    scope: Scope,
    filter: &DealFilter,
    after: Option<&Cursor>,
    limit: i64,
) -> Vec<deals::RowRow> {
    let mut conn = db.read().await.unwrap();
    deals::list(
        &mut conn,
        scope,
        filter,
        UserId(Uuid::nil()),
        db.now(),
        after,
        limit,
    )
    .await
    .unwrap()
}

both_engines! {
    async fn a_deal_reads_back_as_it_was_kept(db: &TestDb) {
        let world = World::build(db).await;
        let mut deal = world.placed(db, "Hale & Moss Ltd", 7, 4, "V");
        deal.summary.domain = Some("halemoss.test".to_owned());
        deal.summary.contact_name = Some("Ann".to_owned());
        deal.summary.value = Some(euro(120_000));
        deal.summary.close_date = Some(Date::new(2026, 12, 24).unwrap());
        if let Some(placement) = &mut deal.placement {
            placement.lost = Some(Lost { reason: world.pipeline.lost_reasons[0].id, note: "Too dear".to_owned() });
        }
        let draft = world.draft(db, "");
        for deal in [&deal, &draft] {
            keep(db, deal).await;
            for scope in scopes(&world) {
                let found = deals::find(&mut db.read().await.unwrap(), scope, deal.id).await.unwrap();
                assert_eq!(found.as_ref(), Some(deal));
            }
        }
    }

    async fn what_lies_outside_does_not_exist(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let deal = world.submitted(db, "Acme", 1);
        keep(db, &deal).await;
        let mut conn = db.read().await.unwrap();
        let crossed = Scope::Program(other.company.id, world.program.id);
        for scope in scopes(&other).into_iter().chain([crossed, Scope::Membership(MembershipId(Uuid::nil()))]) {
            assert_eq!(deals::find(&mut conn, scope, deal.id).await.unwrap(), None);
        }
        for scope in scopes(&other) {
            assert!(listed(db, scope, &CLEAN, None, 10).await.is_empty());
            assert!(totals(db, scope, &CLEAN).await.is_empty());
        }
    }

    async fn one_form_sent_twice_is_one_deal(db: &TestDb) {
        let world = World::build(db).await;
        let first = world.draft(db, "Acme");
        let second = world.draft(db, "Acme");
        assert!(in_write!(db, |tx| [first] deals::insert(tx, &first, "key").await).unwrap());
        assert!(!in_write!(db, |tx| [second] deals::insert(tx, &second, "key").await).unwrap());
        let mut conn = db.read().await.unwrap();
        let found = deals::find_by_key(&mut conn, world.membership.id, "key").await.unwrap();
        assert_eq!(found.map(|deal| deal.id), Some(first.id));
        let key = deals::submit_key(&mut conn, world.membership.id, first.id).await.unwrap();
        assert_eq!(key.as_deref(), Some("key"));
        drop(conn);
        let (membership, id, none) = (world.membership.id, first.id, second.id);
        assert!(!in_write!(db, |tx| [] deals::delete_draft(tx, membership, none).await).unwrap());
        assert!(in_write!(db, |tx| [] deals::delete_draft(tx, membership, id).await).unwrap());
        let submitted = world.submitted(db, "Acme", 1);
        keep(db, &submitted).await;
        let id = submitted.id;
        assert!(!in_write!(db, |tx| [] deals::delete_draft(tx, membership, id).await).unwrap());
    }

    async fn a_late_save_is_a_conflict_and_says_by_whom(db: &TestDb) {
        let world = World::build(db).await;
        let deal = world.submitted(db, "Acme", 1);
        keep(db, &deal).await;
        let later = Timestamp(db.now().0 + 5);
        let changed = Deal { changed_by: world.admin.id, changed_at: later, ..deal.clone() };
        assert_eq!(save(db, &changed).await.unwrap(), 2);
        assert!(matches!(save(db, &changed).await, Err(StoreError::Conflict)));
        let last = deals::last_change(&mut db.read().await.unwrap(), deal.id).await.unwrap();
        assert_eq!(last, Some((2, world.admin.id, world.admin.name.clone(), later)));
    }

    async fn numbers_count_up_without_gaps(db: &TestDb) {
        let world = World::build(db).await;
        let program = world.program.id;
        let mut takers = tokio::task::JoinSet::new();
        for taker in 0..12 {
            let db = db.db.clone();
            takers.spawn(async move {
                in_write!(db, |tx| [] {
                    let number = deals::take_number(tx, program).await?;
                    if taker % 3 == 0 { Err(StoreError::Conflict) } else { Ok(number) }
                })
            });
        }
        let mut numbers: Vec<i64> = takers.join_all().await.into_iter().filter_map(Result::ok).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    }

    async fn kept_totals_follow_every_change(db: &TestDb) {
        let world = World::build(db).await;
        let mut moved = world.placed(db, "Acme", 1, 0, "V");
        moved.summary.value = Some(euro(100));
        let mut other = world.placed(db, "Beta", 2, 1, "V");
        other.summary.value = Some(Money::new(7, "USD".parse().unwrap()));
        let unvalued = world.placed(db, "Gamma", 3, 0, "W");
        let draft = world.draft(db, "Delta");
        for deal in [&moved, &other, &unvalued, &draft] {
            keep(db, deal).await;
        }
        totals_agree(db, &world).await;
        let program = scopes(&world)[1];
        let stage = |place: usize| world.pipeline.stages[place].id.to_string();
        let eur = Some("EUR".to_owned());
        let first = totals(db, program, &CLEAN).await;
        let expected = [
            (stage(0), None, 1, 0),
            (stage(0), eur.clone(), 1, 100),
            (stage(1), Some("USD".to_owned()), 1, 7),
        ];
        assert_eq!(first, expected.into());

        // To another stage, to another value and currency, out of the board.
        if let Some(placement) = &mut moved.placement { placement.stage = world.pipeline.stages[1].id; }
        moved.version = save(db, &moved).await.unwrap();
        totals_agree(db, &world).await;
        other.summary.value = Some(euro(11));
        other.version = save(db, &other).await.unwrap();
        totals_agree(db, &world).await;
        assert!(totals(db, program, &CLEAN).await.contains(&(stage(1), eur, 2, 111)));
        moved.placement = None;
        save(db, &moved).await.unwrap();
        totals_agree(db, &world).await;
        let mut conn = db.read().await.unwrap();
        let used = deals::stages_in_use(&mut conn, world.company.id, world.program.id).await.unwrap();
        assert_eq!(used.len(), 2);
    }

    async fn a_place_is_saved_and_nothing_else(db: &TestDb) {
        let world = World::build(db).await;
        let mut deal = world.placed(db, "Acme", 1, 0, "V");
        deal.summary.value = Some(euro(100));
        keep(db, &deal).await;
        let mut moved = world.placed(db, "Not saved", 9, 4, "a");
        (moved.id, moved.changed_by, moved.changed_at) = (deal.id, world.admin.id, db.now().plus_hours(1));
        if let Some(placement) = &mut moved.placement {
            placement.lost = Some(Lost { reason: world.pipeline.lost_reasons[0].id, note: "Too dear".to_owned() });
        }
        let save_place = async |deal: &Deal| {
            let deal = deal.clone();
            in_write!(db, |tx| [deal] deals::save_place(tx, &deal).await)
        };
        assert_eq!(save_place(&moved).await.unwrap(), 2);
        assert!(matches!(save_place(&moved).await, Err(StoreError::Conflict)));
        let found = deals::find(&mut db.read().await.unwrap(), scopes(&world)[0], deal.id).await.unwrap().unwrap();
        let (changed_by, changed_at) = (moved.changed_by, moved.changed_at);
        let expected = Deal { placement: moved.placement.clone(), changed_by, changed_at, version: 2, ..deal };
        assert_eq!(found, expected);
        totals_agree(db, &world).await;
    }

    async fn followers_of_a_stage_are_laid_together(db: &TestDb) {
        let world = World::build(db).await;
        let mut followers = Vec::new();
        for number in 1..=3 {
            let deal = world.placed(db, "Acme", number, 0, "V");
            keep(db, &deal).await;
            followers.push(deals::Follower { deal: deal.id, version: 1, rank: Rank(format!("K{number}")) });
        }
        let (company, program, by, at) = (world.company.id, world.program.id, world.admin.id, db.now());
        let (from, to) = (world.pipeline.stages[0].id, world.pipeline.stages[1].id);
        let mut late = followers.clone();
        late[1].version = 7;
        let refused = in_write!(db, |tx| [late] deals::follow_stage(tx, to, &late, by, at).await);
        assert!(matches!(refused, Err(StoreError::Conflict)));
        totals_agree(db, &world).await;
        in_write!(db, |tx| [followers] {
            deals::lock_stage(tx, company, program, from).await?;
            deals::follow_stage(tx, to, &followers, by, at).await
        }).unwrap();
        totals_agree(db, &world).await;
        let mut conn = db.read().await.unwrap();
        assert!(deals::list_in_stage(&mut conn, company, program, from, 10).await.unwrap().is_empty());
        let laid = deals::list_in_stage(&mut conn, company, program, to, 10).await.unwrap();
        let places: Vec<_> = laid.iter().map(|deal| (deal.version, deal.placement.clone().unwrap().rank.0)).collect();
        assert_eq!(places, [(2, "K1".to_owned()), (2, "K2".to_owned()), (2, "K3".to_owned())]);
    }

    async fn moves_in_opposite_directions_do_not_deadlock(db: &TestDb) {
        let world = World::build(db).await;
        let mut movers = tokio::task::JoinSet::new();
        for (number, mover) in (1..).zip(0..6_usize) {
            let mut deal = world.placed(db, "Acme", number, mover % 2, "V");
            deal.summary.value = Some(euro(1));
            keep(db, &deal).await;
            let (db, stages) = (db.db.clone(), world.pipeline.stages.clone());
            movers.spawn(async move {
                for step in 1..=20 {
                    if let Some(placement) = &mut deal.placement { placement.stage = stages[(mover + step) % 2].id; }
                    deal.version = in_write!(db, |tx| [deal] deals::save(tx, &deal).await).unwrap();
                }
            });
        }
        let began = std::time::Instant::now();
        movers.join_all().await;
        // Postgres looks for deadlocks after a second.
        assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
        totals_agree(db, &world).await;
    }

    async fn a_column_shows_its_cards_by_rank(db: &TestDb) {
        let world = World::build(db).await;
        // Bytes decide: capitals before small letters, whatever the server's language says.
        let ranks = ["a", "B", "Zz", "V"];
        for (number, rank) in (1..).zip(ranks) {
            keep(db, &world.placed(db, "Acme", number, 0, rank)).await;
        }
        keep(db, &world.placed(db, "Elsewhere", 9, 1, "A")).await;
        let (me, now, stage) = (world.owner.id, db.now(), world.pipeline.stages[0].id);
        for scope in scopes(&world) {
            let mut conn = db.read().await.unwrap();
            let all = deals::cards(&mut conn, scope, stage, &CLEAN, me, now, None, 10).await.unwrap();
            let order: Vec<&str> = all.iter().map(|card| card.rank.0.as_str()).collect();
            assert_eq!(order, ["B", "V", "Zz", "a"]);
            let after = Some((all[1].rank.clone(), all[1].id));
            let rest = deals::cards(&mut conn, scope, stage, &CLEAN, me, now, after, 1).await.unwrap();
            assert_eq!(rest.iter().map(|card| card.id).collect::<Vec<_>>(), [all[2].id]);
            assert_eq!((all[0].owner.as_str(), all[0].partner.as_str()), ("owner of alta", "alta partner"));
        }
    }

    async fn a_column_shows_its_cards_in_its_order(db: &TestDb) {
        let world = World::build(db).await;
        let stage = world.pipeline.stages[0].id;
        let facts = [(Some(500), Some("2027-03-01"), 3), (None, None, 1), (Some(900), Some("2027-01-31"), 2), (Some(500), Some("2027-03-01"), 3)];
        let mut ids = Vec::new();
        for (number, (minor, close, day)) in (1..).zip(facts) {
            let mut deal = world.placed(db, "Acme", number, 0, &format!("a{}", 9 - number));
            deal.summary.value = minor.map(|minor| Money::new(minor, Currency::EUR));
            deal.summary.close_date = close.map(|date| date.parse().unwrap());
            deal.placement.as_mut().unwrap().entered_at = db.now().plus_days(day);
            keep(db, &deal).await;
            ids.push(deal.id);
        }
        let foreign = World::build_named(db, "boreal").await;
        let mut theirs = foreign.placed(db, "Acme", 1, 0, "a");
        theirs.summary.value = Some(Money::new(700, Currency::EUR));
        keep(db, &theirs).await;
        let (me, now) = (world.owner.id, db.now());
        for scope in scopes(&world) {
            for (order, expected) in [
                (CardOrder::Placed, [3, 2, 1, 0]),
                (CardOrder::Value, [2, 3, 0, 1]),
                (CardOrder::CloseDate, [2, 0, 3, 1]),
                (CardOrder::DaysInStage, [1, 2, 0, 3]),
                (CardOrder::Newest, [3, 2, 1, 0]),
            ] {
                let filter = CLEAN.with_order(stage, order);
                let expected = expected.map(|at: usize| ids[at]);
                let mut conn = db.read().await.unwrap();
                let mut shown = Vec::new();
                let mut after = None;
                // Card by card, as pages come.
                while shown.len() < expected.len() {
                    let page = deals::cards(&mut conn, scope, stage, &filter, me, now, after.take(), 1).await.unwrap();
                    let Some(card) = page.into_iter().next() else { break };
                    after = Some((card.rank, card.id));
                    shown.push(card.id);
                }
                assert_eq!(shown, expected, "{order:?}");
                let end = deals::cards(&mut conn, scope, stage, &filter, me, now, after, 1).await.unwrap();
                assert!(end.is_empty(), "{order:?}");
            }
            // Of another tenant's deal nobody hears where it would stand.
            let filter = CLEAN.with_order(stage, CardOrder::Value);
            let mut conn = db.read().await.unwrap();
            let after = Some((Rank("a".to_owned()), theirs.id));
            let none = deals::cards(&mut conn, scope, stage, &filter, me, now, after, 10).await.unwrap();
            assert!(none.is_empty());
            // What the column adds up to is the same.
            let totals = deals::column_totals(&mut conn, scope, &filter, me, now).await.unwrap();
            assert_eq!(totals, deals::column_totals(&mut conn, scope, &CLEAN, me, now).await.unwrap());
        }
    }

    async fn a_card_finds_room_anywhere(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program, stage) = (world.company.id, world.program.id, world.pipeline.stages[0].id);
        let place = async |moved: DealId, place: NewPlace| -> Rank {
            let mut conn = db.read().await.unwrap();
            deals::rank_for(&mut conn, company, program, stage, moved, place).await.unwrap()
        };
        let nobody = DealId(Uuid::nil());
        assert_eq!(place(nobody, NewPlace::Top).await, Rank::middle());
        let (low, high) = (world.placed(db, "Low", 1, 0, "C"), world.placed(db, "High", 2, 0, "K"));
        keep(db, &low).await;
        keep(db, &high).await;
        assert!(place(nobody, NewPlace::Top).await.0.as_str() < "C");
        assert!(place(nobody, NewPlace::Bottom).await.0.as_str() > "K");
        let between = place(nobody, NewPlace::After(low.id)).await.0;
        assert!("C" < between.as_str() && between.as_str() < "K", "{between}");
        assert!(place(nobody, NewPlace::After(high.id)).await.0.as_str() > "K");
        // Its own old place does not count, and a neighbour that left is the bottom.
        assert!(place(high.id, NewPlace::After(low.id)).await.0.as_str() > "C");
        assert!(place(nobody, NewPlace::After(nobody)).await.0.as_str() > "K");
    }

    async fn every_order_of_the_list_pages_through_all(db: &TestDb) {
        let world = World::build(db).await;
        for (number, place) in (1..=7).zip(1_usize..) {
            let mut deal = world.placed(db, ["Mu", "Alpha", "Zeta", "Alpha"][place % 4], number, 0, "V");
            deal.changed_at = Timestamp(db.now().0 + (number % 3));
            deal.summary.value = if number % 3 == 0 { None } else { Some(euro(number % 2 * 100)) };
            deal.summary.close_date = (number % 2 == 0).then(|| format!("2026-12-0{number}").parse().unwrap());
            keep(db, &deal).await;
        }
        for scope in scopes(&world) {
            for sort in [DealSort::Changed, DealSort::Customer, DealSort::Value, DealSort::CloseDate] {
                let filter = DealFilter { sort, ..CLEAN };
                let all: Vec<DealId> = listed(db, scope, &filter, None, 10).await.iter().map(|row| row.id).collect();
                assert_eq!(all.len(), 7);
                let (mut paged, mut after) = (Vec::new(), None);
                loop {
                    let page = listed(db, scope, &filter, after.as_ref(), 2).await;
                    let Some(last) = page.last() else { break };
                    let cursor = Cursor::of(last, sort);
                    after = Cursor::read(&cursor.write());
                    assert_eq!(after.as_ref(), Some(&cursor));
                    paged.extend(page.iter().map(|row| row.id));
                }
                assert_eq!(paged, all, "{sort:?}");
            }
        }
    }

    async fn filters_narrow_lists_and_boards(db: &TestDb) {
        let world = World::build(db).await;
        let mut found = world.placed(db, "Müller & Söhne", 12, 0, "V");
        found.summary.value = Some(euro(500));
        found.summary.close_date = Some(db.now().date());
        keep(db, &found).await;
        keep(db, &world.placed(db, "Other", 13, 4, "V")).await;
        keep(db, &world.submitted(db, "Waiting", 14)).await;
        let search = |text: &str| DealFilter { search: text.to_owned(), ..CLEAN };
        let stage = Some(world.pipeline.stages[0].id);
        let narrow = [
            search("MÜLLER"),
            search("söhne mü"),
            search("12"),
            DealFilter { stage, ..CLEAN },
            DealFilter { stage_kind: Some(domain::pipeline::StageKind::Open), ..CLEAN },
            DealFilter { min_value: Some(500), ..CLEAN },
            DealFilter { closing: true, ..CLEAN },
        ];
        for filter in narrow {
            for scope in scopes(&world) {
                let rows = listed(db, scope, &filter, None, 10).await;
                assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [found.id], "{filter:?}");
                let sums = totals(db, scope, &filter).await;
                assert_eq!(sums.iter().map(|total| (total.2, total.3)).collect::<Vec<_>>(), [(1, 500)], "{filter:?}");
            }
        }
        let status = DealFilter { registration: Some(RegistrationStatus::Submitted), ..CLEAN };
        assert_eq!(listed(db, scopes(&world)[1], &status, None, 10).await.len(), 1);
        let partner = DealFilter { partner: "ALTA".to_owned(), ..CLEAN };
        assert_eq!(listed(db, scopes(&world)[1], &partner, None, 10).await.len(), 3);
        assert_eq!(listed(db, scopes(&world)[0], &DealFilter { stuck: true, ..CLEAN }, None, 10).await.len(), 0);
        db.clock.advance_seconds(15 * 86_400 - 1);
        assert_eq!(listed(db, scopes(&world)[0], &DealFilter { stuck: true, ..CLEAN }, None, 10).await.len(), 0);
        db.clock.advance_seconds(1);
        let stuck = listed(db, scopes(&world)[0], &DealFilter { stuck: true, ..CLEAN }, None, 10).await;
        assert_eq!(stuck.iter().map(|row| row.id).collect::<Vec<_>>(), [found.id]);
        db.clock.advance_seconds(70 * 86_400);
        // The lost one has nothing to protect, for the list, for the board and for the Summary.
        let expiring = DealFilter { expiring: true, ..CLEAN };
        for scope in scopes(&world) {
            let rows = listed(db, scope, &expiring, None, 10).await;
            assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [found.id]);
            let sums = totals(db, scope, &expiring).await;
            assert_eq!(sums.iter().map(|total| total.2).sum::<i64>(), 1);
        }
        let (now, soon) = (db.now(), db.now().plus_days(14));
        let mut conn = db.read().await.unwrap();
        let counted = deals::count_expiring(&mut conn, world.membership.id, now, soon).await.unwrap();
        assert_eq!(counted, 1);
    }

    async fn the_queue_has_what_waits_for_the_company(db: &TestDb) {
        let world = World::build(db).await;
        let early = world.submitted(db, "Early", 1);
        let mut late = world.submitted(db, "Late", 2);
        if let Registration::Submitted(submission) = &mut late.registration {
            submission.due_at = submission.due_at.plus_hours(1);
        }
        let mut won = world.placed(db, "Won", 3, 3, "V");
        won.win = Win::Pending { by: world.owner.id, at: db.now(), customer: db.id() };
        for deal in [&late, &won, &early, &world.draft(db, "Draft"), &world.placed(db, "Fine", 4, 0, "V")] {
            keep(db, deal).await;
        }
        let mut conn = db.read().await.unwrap();
        let conn = &mut conn;
        let (company, program) = (world.company.id, world.program.id);
        let queue = deals::queue(conn, company, program, 10).await.unwrap();
        assert_eq!(queue.iter().map(|row| row.id).collect::<Vec<_>>(), [early.id, late.id, won.id]);
        assert_eq!(queue[2].win, WinStatus::Pending);
        assert_eq!(deals::waiting_for_company(conn, company, program).await.unwrap(), 3);
        let waiting = deals::waiting(conn, scopes(&world)[0], &CLEAN, world.owner.id, db.now(), 10).await.unwrap();
        assert_eq!(waiting.len(), 3);
        let seen = deals::waiting(conn, scopes(&world)[1], &CLEAN, world.owner.id, db.now(), 10).await.unwrap();
        assert_eq!(seen.len(), 2, "a draft is its team's own");
        // Ninety days on, the protection of the one that is not won has ended.
        let due = deals::due_expiries(conn, db.now().plus_days(90), 10).await.unwrap();
        assert_eq!(due.len(), 1);
        let record = deals::partner_record(conn, company, program, world.partner.id).await.unwrap();
        assert_eq!(record, (4, 2, 0, 1));
        let counts = deals::by_membership(conn, world.membership.id).await.unwrap();
        assert_eq!(counts.iter().map(|count| count.deals).sum::<i64>(), 5);
    }

    async fn the_same_business_is_found_by_name_or_site(db: &TestDb) {
        let world = World::build(db).await;
        let named = world.submitted(db, "Hale & Moss Ltd", 1);
        let mut sited = world.placed(db, "HM Group", 2, 0, "V");
        sited.summary.domain = Some("halemoss.test".to_owned());
        let draft = world.draft(db, "Hale & Moss");
        let nameless = world.submitted(db, "", 3);
        for deal in [&named, &sited, &draft, &nameless] {
            keep(db, deal).await;
        }
        let business = BusinessKey::new("hale & moss", Some("https://www.halemoss.test/about"));
        let company = world.company.id;
        let find = async |business: &BusinessKey, except| {
            let mut conn = db.read().await.unwrap();
            let rows = deals::matching_deals(&mut conn, company, business, except).await.unwrap();
            rows.into_iter().map(|row| row.id).collect::<BTreeSet<_>>()
        };
        assert_eq!(find(&business, None).await, [named.id, sited.id].into());
        assert_eq!(find(&business, Some(named.id)).await, [sited.id].into());
        assert!(find(&BusinessKey::new("", None), None).await.is_empty());

        let (who, at) = (world.admin.id, db.now());
        let claim = db.id();
        in_write!(db, |tx| [business] {
            let new = claims::NewClaim { id: claim, company, customer: "Hale & Moss", business: &business, note: "", by: who, at };
            claims::insert(tx, &new).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(claims::matching(&mut conn, company, &business).await.unwrap().len(), 1);
        assert_eq!(claims::list(&mut conn, company, 10).await.unwrap()[0].by, world.admin.name);
        drop(conn);
        let gone = in_write!(db, |tx| [] claims::delete(tx, company, claim).await).unwrap();
        assert_eq!(gone.as_deref(), Some("Hale & Moss"));
        assert_eq!(in_write!(db, |tx| [] claims::delete(tx, company, claim).await).unwrap(), None);
    }

    async fn two_wins_of_one_business_make_one_customer(db: &TestDb) {
        let world = World::build(db).await;
        let (first, second) = (world.placed(db, "Acme", 1, 3, "V"), world.placed(db, "Acme Ltd", 2, 3, "W"));
        keep(db, &first).await;
        keep(db, &second).await;
        let (company, at) = (world.company.id, db.now());
        let business = BusinessKey::new("Acme", None);
        let mut ids = Vec::new();
        for deal in [first.id, second.id] {
            let id = db.id();
            let kept = in_write!(db, |tx| [business] {
                let new = customers::NewCustomer { id, company, name: "Acme", business: &business, deal, at };
                customers::find_or_insert(tx, &new).await
            }).unwrap();
            ids.push(kept);
        }
        assert_eq!((ids[0].0, ids[0].1, ids[1].1), (ids[1].0, true, false));
        let id = ids[0].0;
        in_write!(db, |tx| [] customers::confirm(tx, company, id).await).unwrap();
        let deal = first.id;
        in_write!(db, |tx| [] customers::delete_provisional(tx, company, id, deal).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let list = customers::list(&mut conn, company, "acm", 10).await.unwrap();
        assert_eq!(list.len(), 1);
        assert!(list[0].confirmed);
        assert_eq!(list[0].deal_number, "ALT-1");
        let known = customers::matching(&mut conn, company, &business, None).await.unwrap();
        assert_eq!(known.len(), 1);
        let others = customers::matching(&mut conn, company, &business, Some(deal)).await.unwrap();
        assert!(others.is_empty(), "a win is no conflict with itself");
        assert!(customers::list(&mut conn, company, "zzz", 10).await.unwrap().is_empty());
    }

    async fn a_customers_deals_are_those_whose_win_carries_it(db: &TestDb) {
        let world = World::build(db).await;
        let (company, at, by) = (world.company.id, db.now(), world.owner.id);
        let mut first = world.placed(db, "Acme", 1, 3, "V");
        keep(db, &first).await;
        let other = world.placed(db, "Acme", 2, 3, "W");
        keep(db, &other).await;
        let business = BusinessKey::new("Acme", None);
        let (id, deal) = (db.id(), first.id);
        in_write!(db, |tx| [business] {
            let new = customers::NewCustomer { id, company, name: "Acme", business: &business, deal, at };
            customers::find_or_insert(tx, &new).await
        }).unwrap();
        first.win = Win::Pending { by, at, customer: id };
        in_write!(db, |tx| [first] deals::save(tx, &first).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let scope = Scope::Program(company, world.program.id);
        let found = deals::list_by_customer(&mut conn, scope, id, 10).await.unwrap();
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [first.id]);
        let nobody: domain::CustomerId = db.id();
        assert!(deals::list_by_customer(&mut conn, scope, nobody, 10).await.unwrap().is_empty());
        let known = customers::find(&mut conn, company, id).await.unwrap().unwrap();
        assert_eq!((known.name.as_str(), known.deal), ("Acme", first.id));
        assert!(customers::find(&mut conn, company, nobody).await.unwrap().is_none());
        let elsewhere: domain::CompanyId = db.id();
        assert!(customers::find(&mut conn, elsewhere, id).await.unwrap().is_none());
    }

    async fn a_partner_knows_the_customers_of_its_own_deals(db: &TestDb) {
        let world = World::build(db).await;
        let (company, at, by) = (world.company.id, db.now(), world.owner.id);
        let mut won = world.placed(db, "Acme", 1, 3, "V");
        keep(db, &won).await;
        keep(db, &world.placed(db, "Acme Ltd", 2, 3, "W")).await;
        keep(db, &world.submitted(db, "Zenith", 3)).await;
        keep(db, &world.draft(db, "Half Typed")).await;
        let business = BusinessKey::new("Acme", None);
        let (id, deal) = (db.id(), won.id);
        in_write!(db, |tx| [business] {
            let new = customers::NewCustomer { id, company, name: "Acme", business: &business, deal, at };
            customers::find_or_insert(tx, &new).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        let mine = world.membership.id;
        let names = |found: Vec<CustomerChoice>| -> Vec<(String, Option<domain::CustomerId>)> {
            found.into_iter().map(|choice| (choice.name, choice.id)).collect()
        };
        // Until a deal of its own is won, the partner does not learn that somebody bought.
        let found = known_customers::list_of_membership(&mut conn, mine, "", 20).await.unwrap();
        assert_eq!(names(found), [("Acme Ltd".to_owned(), None), ("Zenith".to_owned(), None)]);
        assert!(known_customers::find_of_membership(&mut conn, mine, id).await.unwrap().is_empty());
        drop(conn);
        won.win = Win::Pending { by, at, customer: id };
        in_write!(db, |tx| [won] deals::save(tx, &won).await).unwrap();

        let mut conn = db.read().await.unwrap();
        let found = known_customers::list_of_membership(&mut conn, mine, "ACME gmbh", 20).await.unwrap();
        assert_eq!(names(found), [("Acme Ltd".to_owned(), Some(id))]);
        let one = known_customers::list_of_membership(&mut conn, mine, "", 1).await.unwrap();
        assert_eq!(one.len(), 1);
        let known = known_customers::find_of_membership(&mut conn, mine, id).await.unwrap();
        assert_eq!(known.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Acme"]);
        let stranger: MembershipId = db.id();
        assert!(known_customers::list_of_membership(&mut conn, stranger, "", 20).await.unwrap().is_empty());
        assert!(known_customers::find_of_membership(&mut conn, stranger, id).await.unwrap().is_empty());

        let found = known_customers::list_of_company(&mut conn, company, "acm", 20).await.unwrap();
        assert_eq!(names(found), [("Acme".to_owned(), Some(id))]);
        assert_eq!(known_customers::find_of_company(&mut conn, company, id).await.unwrap().len(), 1);
        let elsewhere: domain::CompanyId = db.id();
        assert!(known_customers::list_of_company(&mut conn, elsewhere, "", 20).await.unwrap().is_empty());
        assert!(known_customers::find_of_company(&mut conn, elsewhere, id).await.unwrap().is_empty());
    }

    async fn files_belong_to_their_deal(db: &TestDb) {
        let world = World::build(db).await;
        let deal = world.draft(db, "Acme");
        keep(db, &deal).await;
        let file = files::NewFile {
            id: db.id(),
            company: world.company.id,
            deal: deal.id,
            field_key: "plan".to_owned(),
            name: "plan.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            size_bytes: 5,
            sha256: vec![7; 32],
            by: world.owner.id,
            at: db.now(),
        };
        let (id, in_deal, elsewhere) = (file.id, deal.id, DealId(Uuid::nil()));
        in_write!(db, |tx| [file] files::insert(tx, &file).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let found = files::find(&mut conn, id).await.unwrap().unwrap();
        assert_eq!((found.membership_id, found.size_bytes), (world.membership.id, 5));
        let list = files::list_by_deal(&mut conn, world.company.id, in_deal).await.unwrap();
        assert_eq!((list[0].0.as_str(), list[0].1.id), ("plan", id));
        assert_eq!(files::ids_by_deal(&mut conn, in_deal).await.unwrap(), [id]);
        drop(conn);
        assert_eq!(in_write!(db, |tx| [] files::delete(tx, elsewhere, id).await).unwrap(), None);
        let gone = in_write!(db, |tx| [] files::delete(tx, in_deal, id).await).unwrap();
        assert_eq!(gone.as_deref(), Some("plan.pdf"));
    }

    async fn the_bell_counts_and_is_read(db: &TestDb) {
        let world = World::build(db).await;
        let deal = world.submitted(db, "Acme", 1);
        keep(db, &deal).await;
        let mut heard = db.announcer().subscribe();
        let (user, now, of) = (world.admin.id, db.now(), deal.id);
        for seq in 1..=3 {
            let notice = notices::NewNotice {
                thread: None,
                id: db.id(),
                user,
                company: world.company.id,
                program: Some(world.program.id),
                deal: (seq < 3).then_some(deal.id),
                event_seq: seq,
                kind: "deal_submitted",
                payload: "{}".to_owned(),
                at: Timestamp(now.0 + seq),
            };
            in_write!(db, |tx| [notice] notices::insert(tx, &notice).await).unwrap();
        }
        assert_eq!(heard.recv().await.unwrap().topic, format!("user:{user}"));
        let unread = async || notices::unread(&mut db.read().await.unwrap(), user).await.unwrap();
        assert_eq!(unread().await, 3);
        assert_eq!(in_write!(db, |tx| [] notices::read_deal(tx, user, of, now).await).unwrap(), 2);
        assert_eq!(unread().await, 1);
        assert_eq!(in_write!(db, |tx| [] notices::read_all(tx, user, now).await).unwrap(), 1);
        let mut conn = db.read().await.unwrap();
        let list = notices::list(&mut conn, user, 2).await.unwrap();
        assert_eq!(list.iter().map(|row| row.created_at.0 - now.0).collect::<Vec<_>>(), [3, 2]);
        let of_program = notices::list_by_program(&mut conn, user, world.program.id, 10).await.unwrap();
        assert_eq!(of_program.len(), 3);
        let none = notices::list_by_program(&mut conn, user, ProgramId(Uuid::nil()), 10).await.unwrap();
        assert!(none.is_empty());
        assert_eq!(notices::company_audience(&mut conn, world.company.id).await.unwrap(), [user]);
        assert_eq!(notices::partner_audience(&mut conn, world.membership.id).await.unwrap(), [world.owner.id]);
        drop(conn);
        let ended = Membership { status: MembershipStatus::Ended, ..world.membership.clone() };
        in_write!(db, |tx| [ended] memberships::save(tx, &ended).await).unwrap();
        let mut conn = db.read().await.unwrap();
        assert!(notices::partner_audience(&mut conn, world.membership.id).await.unwrap().is_empty(), "who left hears nothing");
    }

    async fn a_partner_is_found_by_a_folded_part_of_its_name(db: &TestDb) {
        let world = World::build(db).await;
        let renamed = Partner { name: "\u{d6}sterreich 100% S\u{f6}hne".to_owned(), ..world.partner.clone() };
        in_write!(db, |tx| [renamed] partners::save(tx, &renamed).await).unwrap();
        let deal = world.placed(db, "Tern Labs", 1, 0, "V");
        keep(db, &deal).await;
        for (asked, found) in [
            ("\u{f6}STERREICH", 1), ("oesterreich s\u{d6}hne", 1), ("100", 1), ("Tern", 0), ("100%x", 0),
        ] {
            for scope in scopes(&world) {
                let filter = DealFilter { partner: asked.to_owned(), ..CLEAN };
                assert_eq!(listed(db, scope, &filter, None, 10).await.len(), found, "{asked}");
                assert_eq!(totals(db, scope, &filter).await.len(), found, "{asked}");
            }
        }
        let filter = DealFilter { search: "tern ".repeat(40_000), ..CLEAN };
        assert_eq!(listed(db, scopes(&world)[1], &filter, None, 10).await.len(), 1);
    }
}
