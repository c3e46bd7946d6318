//! Offers, commissions, transactions, and the books.

use domain::{
    CommissionId, Currency, DealId, EventId, Money, TransactionId,
    commissions::{
        Account, Cause, Commission, CommissionStatus, NewCommission, PaidWith, Step, calculate,
    },
    deals::Deal,
    offers::{Offer, OfferDraft, OfferVersion},
    views::CommissionFilter,
};
use sqlx::Connection;
use store::{
    DbUrl, StoreError,
    commissions::{self, Cursor},
    customers::{self, NewCustomer},
    deals::{self, Scope},
    ledger, maintenance, offers,
    payouts::{self, NewPayout},
    transactions::{self, Transaction},
};
use testkit::{TestDb, World, both_engines, in_write};
use uuid::Uuid;

/// A world with an offer of 10% and a deal.
struct Till {
    world: World,
    offer: Offer,
    deal: Deal,
}

impl Till {
    async fn open(db: &TestDb) -> Self {
        Self::open_named(db, "alta").await
    }

    async fn open_named(db: &TestDb, name: &str) -> Self {
        let world = World::build_named(db, name).await;
        let deal = world.placed(db, "Tern Labs", 1, 0, "V");
        let offer = imagine(db, &world, "Referral fee");
        let (kept, promised, at) = (deal.clone(), offer.clone(), db.now());
        in_write!(db, |tx| [kept, promised] {
            deals::insert(tx, &kept, "key").await?;
            offers::insert(tx, &promised, at).await?;
            assert!(offers::insert_version(tx, promised.company, &promised.versions[0]).await?);
            Ok(())
        })
        .unwrap();
        Self { world, offer, deal }
    }

    fn scopes(&self) -> [Scope; 2] {
        [
            Scope::Membership(self.world.membership.id),
            Scope::Program(self.world.company.id, self.world.program.id),
        ]
    }

    /// What a cause earns, not kept yet.
    fn step(&self, db: &TestDb, cause: Cause, minor: i64) -> Step {
        let none = Money::new(0, Currency::EUR);
        let base = Money::new(minor * 10, Currency::EUR);
        let new = NewCommission {
            id: db.id(),
            cause,
            calculation: calculate(self.offer.current().unwrap(), base, none),
        };
        Commission::accrue(&self.deal, new, db.now()).unwrap()
    }

    fn win(&self, version: i64) -> Cause {
        Cause::Win {
            deal: self.deal.id,
            version,
        }
    }
}

fn imagine(db: &TestDb, world: &World, name: &str) -> Offer {
    let draft = OfferDraft {
        name: name.into(),
        percent: "10".into(),
        ..OfferDraft::empty(Currency::EUR)
    };
    let id = db.id();
    Offer {
        id,
        company: world.company.id,
        program: world.program.id,
        versions: vec![OfferVersion {
            id: db.id(),
            offer: id,
            number: 1,
            terms: draft.check().unwrap(),
            published_by: world.admin.id,
            published_at: db.now(),
        }],
        ended_at: None,
    }
}

async fn keep(db: &TestDb, step: &Step) -> bool {
    let (step, event, at) = (step.clone(), db.id::<EventId>(), db.now());
    in_write!(db, |tx| [step] {
        let new = commissions::insert(tx, &step.commission).await?;
        if new {
            ledger::insert(tx, event, &step.commission, step.transfer, at).await?;
        }
        Ok(new)
    })
    .unwrap()
}

async fn save(db: &TestDb, step: &Step) -> Result<i64, StoreError> {
    let (step, event, at) = (step.clone(), db.id::<EventId>(), db.now());
    in_write!(db, |tx| [step] {
        let version = commissions::save(tx, &step.commission).await?;
        ledger::insert(tx, event, &step.commission, step.transfer, at).await?;
        Ok(version)
    })
}

/// A statement that the database must refuse.
async fn refused(db: &TestDb, statement: &'static str) -> String {
    let outcome = match &db.url {
        DbUrl::Sqlite(path) => {
            let mut conn = sqlx::SqliteConnection::connect(path.to_str().unwrap())
                .await
                .unwrap();
            sqlx::raw_sql(statement)
                .execute(&mut conn)
                .await
                .map(|_| ())
        }
        DbUrl::Postgres(url) => {
            let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
            sqlx::raw_sql(statement)
                .execute(&mut conn)
                .await
                .map(|_| ())
        }
    };
    outcome.unwrap_err().to_string()
}

both_engines! {
    async fn an_offer_comes_back_with_its_versions(db: &TestDb) {
        let till = Till::open(db).await;
        let (company, program) = (till.world.company.id, till.world.program.id);
        let next = OfferVersion { id: db.id(), number: 2, ..till.offer.versions[0].clone() };
        let again = OfferVersion { id: db.id(), ..next.clone() };
        let other = imagine(db, &till.world, "Bonus");
        let at = db.now();
        in_write!(db, |tx| [next, again, other] {
            assert!(offers::insert_version(tx, company, &next).await?);
            assert!(!offers::insert_version(tx, company, &again).await?, "the number is taken");
            offers::insert(tx, &other, at).await?;
            offers::insert_version(tx, company, &other.versions[0]).await
        }).unwrap();
        let mut expected = till.offer.clone();
        expected.versions.push(next.clone());
        let list = async || offers::list(&mut db.read().await.unwrap(), company, program).await.unwrap();
        assert_eq!(list().await, [expected.clone(), other.clone()]);
        let end = async || in_write!(db, |tx| [] offers::end(tx, company, program, other.id, at).await).unwrap();
        assert!(end().await);
        assert!(!end().await, "it had ended");
        assert_eq!(list().await[1].ended_at, Some(at));
        let foreign = World::build_named(db, "boreal").await;
        let mut conn = db.read().await.unwrap();
        assert!(offers::list(&mut conn, foreign.company.id, program).await.unwrap().is_empty());
        assert_eq!(offers::find_version(&mut conn, next.id).await.unwrap(), Some(next));
    }

    async fn a_cause_earns_once(db: &TestDb) {
        let till = Till::open(db).await;
        let first = till.step(db, till.win(3), 1_000);
        assert!(keep(db, &first).await);
        assert!(!keep(db, &till.step(db, till.win(3), 1_000)).await);
        assert!(keep(db, &till.step(db, till.win(5), 2_000)).await, "won again is another cause");
        let (company, deal) = (till.world.company.id, till.deal.id);
        let mut conn = db.read().await.unwrap();
        let all = commissions::list_by_deal(&mut conn, company, deal).await.unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0], first.commission);
        let key = till.win(3).key();
        let found = commissions::find_by_cause(&mut conn, company, till.offer.id, &key).await.unwrap();
        assert_eq!(found.as_ref(), Some(&first.commission));
        let earned = commissions::earned(&mut conn, company, deal, Currency::EUR).await.unwrap();
        assert_eq!(earned, [(till.offer.id, 3_000)]);
        assert!(commissions::earned(&mut conn, company, deal, Currency::USD).await.unwrap().is_empty());
        for scope in till.scopes() {
            assert_eq!(commissions::find(&mut conn, scope, first.commission.id).await.unwrap(), Some(first.commission.clone()));
        }
        let foreign = Scope::Program(DealId(Uuid::nil()).0.into(), till.world.program.id);
        assert_eq!(commissions::find(&mut conn, foreign, first.commission.id).await.unwrap(), None);
        let counted = offers::count_commissions(&mut conn, company, till.world.program.id).await.unwrap();
        assert_eq!(counted, [(till.offer.id, 2)]);
    }

    async fn the_books_follow_the_status(db: &TestDb) {
        let till = Till::open(db).await;
        let step = till.step(db, till.win(3), 1_000);
        keep(db, &step).await;
        let (company, id) = (till.world.company.id, step.commission.id);
        let books = async || ledger::balances(&mut db.read().await.unwrap(), company, id).await.unwrap();
        assert_eq!(books().await, [(Account::Accrued, -1_000), (Account::Expense, 1_000)]);
        let approved = step.commission.approve(db.now()).unwrap();
        assert_eq!(save(db, &approved).await.unwrap(), 2);
        assert!(matches!(save(db, &approved).await, Err(StoreError::Conflict)), "its version moved on");
        assert_eq!(books().await, [(Account::Accrued, 0), (Account::Expense, 1_000), (Account::Payable, -1_000)]);
        let totals = ledger::totals(&mut db.read().await.unwrap(), company).await.unwrap();
        assert_eq!(totals.iter().map(|(_, _, minor)| minor).sum::<i64>(), 0);
    }

    async fn the_database_refuses_to_rewrite_money(db: &TestDb) {
        let till = Till::open(db).await;
        let step = till.step(db, till.win(3), 1_000);
        keep(db, &step).await;
        for (statement, why) in [
            ("UPDATE ledger_entries SET minor = minor + 1", "append-only"),
            ("DELETE FROM ledger_entries", "append-only"),
            ("UPDATE offer_versions SET number = 9", "append-only"),
            ("DELETE FROM offer_versions", "append-only"),
            ("UPDATE commissions SET minor = 1", "keep their amount"),
            ("UPDATE commissions SET calculation = '{}'", "keep their amount"),
            ("DELETE FROM commissions", ""),
        ] {
            let text = refused(db, statement).await;
            assert!(text.contains(why), "{statement}: {text}");
        }
        let approved = step.commission.approve(db.now()).unwrap();
        let version = save(db, &approved).await.unwrap();
        let approved = Commission { version, ..approved.commission };
        let payout = NewPayout {
            id: db.id(),
            company: till.world.company.id,
            program: till.world.program.id,
            partner: till.world.partner.id,
            amount: approved.amount(),
            reference: "SEPA 7",
            paid_on: db.now().date(),
            by: till.world.admin.id,
            at: db.now(),
        };
        let with = PaidWith { payout: payout.id, reference: "SEPA 7".into(), paid_on: payout.paid_on };
        let paid = approved.pay(with, till.world.admin.id, db.now()).unwrap();
        in_write!(db, |tx| [payout] payouts::insert(tx, &payout).await).unwrap();
        save(db, &paid).await.unwrap();
        let text = refused(db, "UPDATE commissions SET changed_at = 0").await;
        assert!(text.contains("paid ones all"), "{text}");
    }

    async fn lists_come_in_pages_newest_first(db: &TestDb) {
        let till = Till::open(db).await;
        let mut kept = Vec::new();
        for version in 0..7 {
            db.clock.advance_seconds(60);
            let step = till.step(db, till.win(version), 1_000 + version);
            keep(db, &step).await;
            kept.push(step.commission);
        }
        let approved = kept[2].approve(db.now()).unwrap();
        save(db, &approved).await.unwrap();
        kept.reverse();
        let all = CommissionFilter::default();
        for scope in till.scopes() {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let mut conn = db.read().await.unwrap();
                let page = commissions::list(&mut conn, scope, &all, None, after, 3).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Cursor::read(&Cursor::of(last).write());
                assert_eq!((last.customer.as_str(), last.number, last.partner.as_str()), ("Tern Labs", Some(1), "alta partner"));
                seen.extend(page.into_iter().map(|row| row.commission.id));
            }
            assert_eq!(seen, kept.iter().map(|commission| commission.id).collect::<Vec<_>>());
            let mut conn = db.read().await.unwrap();
            let filter = CommissionFilter { status: Some(CommissionStatus::Approved), ..all.clone() };
            let some = commissions::list(&mut conn, scope, &filter, Some(till.deal.id), None, 9).await.unwrap();
            assert_eq!(some.iter().map(|row| row.commission.id).collect::<Vec<_>>(), [approved.commission.id]);
            let totals = commissions::totals(&mut conn, scope, None).await.unwrap();
            let totals: Vec<_> = totals.iter().map(|line| (line.status, line.total.minor, line.count)).collect();
            assert_eq!(totals, [(CommissionStatus::Approved, 1_002, 1), (CommissionStatus::Pending, 6_019, 6)]);
            let nobody = CommissionFilter { partner: Some(Uuid::nil().into()), ..all.clone() };
            assert!(commissions::list(&mut conn, scope, &nobody, None, None, 9).await.unwrap().is_empty());
        }
        assert_eq!(Cursor::read("x|y"), None);
    }

    async fn a_reference_is_one_transaction(db: &TestDb) {
        let till = Till::open(db).await;
        let (company, deal, at) = (till.world.company.id, till.deal.id, db.now());
        let business = domain::customer::BusinessKey::new("Tern Labs", None);
        let customer = db.id();
        in_write!(db, |tx| [business] {
            let new = NewCustomer { id: customer, company, name: "Tern Labs", business: &business, deal, at };
            customers::find_or_insert(tx, &new).await
        }).unwrap();
        let bought = Transaction {
            id: db.id(),
            company,
            program: till.world.program.id,
            customer,
            deal,
            amount: Money::new(9_990, Currency::EUR),
            on: db.now().date(),
            reference: "INV-7".into(),
            by: till.world.admin.id,
            at,
        };
        let again = Transaction { id: db.id(), ..bought.clone() };
        in_write!(db, |tx| [bought, again] {
            assert!(transactions::insert(tx, &bought).await?);
            assert!(!transactions::insert(tx, &again).await?);
            Ok(())
        }).unwrap();
        let cause = Cause::Transaction { transaction: bought.id };
        let step = till.step(db, cause, 999);
        keep(db, &step).await;
        let mut conn = db.read().await.unwrap();
        let conn = &mut conn;
        let found = transactions::find_by_reference(conn, company, customer, "INV-7").await.unwrap();
        assert_eq!(found.as_ref(), Some(&bought));
        assert_eq!(transactions::list_by_deal(conn, company, deal, 9).await.unwrap(), [bought]);
        let scope = till.scopes()[1];
        let rows = commissions::list(conn, scope, &CommissionFilter::default(), None, None, 9).await.unwrap();
        assert_eq!(rows[0].transaction.as_ref().unwrap().0, "INV-7");
        assert_ne!(rows[0].commission.cause.transaction(), Some(TransactionId(Uuid::nil())));
    }

    async fn a_tenant_goes_with_its_money(db: &TestDb) {
        let till = Till::open(db).await;
        keep(db, &till.step(db, till.win(3), 1_000)).await;
        let world = till.world.clone();
        in_write!(db, |tx| [world] {
            let people = [world.admin.id, world.owner.id];
            maintenance::erase(tx, &[world.company.id], &[world.partner.id], &people).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        assert!(offers::list(&mut conn, world.company.id, world.program.id).await.unwrap().is_empty());
        drop(conn);
        // And the books are closed again.
        let other = Till::open_named(db, "boreal").await;
        let step = other.step(db, other.win(1), 500);
        keep(db, &step).await;
        assert_ne!(step.commission.id, CommissionId(Uuid::nil()));
        assert!(refused(db, "DELETE FROM ledger_entries").await.contains("append-only"));
        refused(db, "DELETE FROM commissions").await;
    }
}
