//! Forms and pipelines.

use domain::{
    CompanyId, DealId, FormVersionId, ProgramId,
    deals::Deal,
    forms::{Answer, Answers, FieldKey, FormVersion, RawAnswers},
    pipeline::{EntryRule, LostReason, Movers, Pipeline, PipelineHead, StageRules},
};
use store::{
    Announce, StoreError,
    forms::{self, FormDraft, FormVersionRow, answers, schedules, schedules::FormSchedule},
    open_windows::{self, Hearers, OpenWindow},
    pipelines,
};
use testkit::{World, both_engines, in_write};
use uuid::Uuid;

both_engines! {
    async fn versions_of_a_form_never_change(db: &TestDb) {
        let world = World::build(db).await;
        let second = FormVersionRow { id: db.id(), number: 2, ..world.form.clone() };
        in_write!(db, |tx| [second] forms::insert_version(tx, &second).await).unwrap();
        let twin = FormVersionRow { id: db.id(), ..second.clone() };
        let late = in_write!(db, |tx| [twin] forms::insert_version(tx, &twin).await);
        assert!(matches!(late, Err(StoreError::Conflict)));
        let mut conn = db.read().await.unwrap();
        let conn = &mut conn;
        assert_eq!(forms::find_current(conn, world.program.id).await.unwrap(), Some(second.clone()));
        let replaced = forms::find_replaced_at(conn, world.program.id, 1).await.unwrap();
        assert_eq!(replaced, Some(second.published_at));
        assert_eq!(forms::find_replaced_at(conn, world.program.id, 2).await.unwrap(), None);
        let old = forms::find_version(conn, world.form.id).await.unwrap().unwrap();
        assert_eq!(old, world.form);
        assert_eq!(FormVersion::from(old).definition, world.form.definition.0);
        assert_eq!(forms::find_version(conn, FormVersionId(Uuid::from_u128(1))).await.unwrap(), None);
        let list = forms::list_versions(conn, world.company.id, world.program.id).await.unwrap();
        assert_eq!(list, [second, world.form.clone()]);
        let foreign = forms::list_versions(conn, CompanyId(Uuid::from_u128(1)), world.program.id).await;
        assert!(foreign.unwrap().is_empty());
    }

    async fn two_designers_never_overwrite_each_other(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program) = (world.company.id, world.program.id);
        let draft = FormDraft {
            program_id: program,
            company_id: company,
            definition: world.form.definition.clone(),
            changed_by: Some(world.admin.id),
            changed_at: db.now(),
            version: 0,
        };
        assert_eq!(in_write!(db, |tx| [draft] forms::save_draft(tx, &draft).await).unwrap(), 1);
        assert!(matches!(in_write!(db, |tx| [draft] forms::save_draft(tx, &draft).await), Err(StoreError::Conflict)));
        let next = FormDraft { version: 1, ..draft.clone() };
        assert_eq!(in_write!(db, |tx| [next] forms::save_draft(tx, &next).await).unwrap(), 2);
        assert!(matches!(in_write!(db, |tx| [next] forms::save_draft(tx, &next).await), Err(StoreError::Conflict)));
        let found = forms::find_draft(&mut db.read().await.unwrap(), company, program).await.unwrap();
        assert_eq!(found, Some(FormDraft { version: 2, ..draft }));
        let stale = in_write!(db, |tx| [] forms::delete_draft(tx, company, program, 1).await);
        assert!(matches!(stale, Err(StoreError::Conflict)));
        in_write!(db, |tx| [] forms::delete_draft(tx, company, program, 2).await).unwrap();
        assert_eq!(forms::find_draft(&mut db.read().await.unwrap(), company, program).await.unwrap(), None);
    }

    async fn one_form_waits_and_is_taken_once(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program, now) = (world.company.id, world.program.id, db.now());
        let schedule = FormSchedule {
            program_id: program,
            company_id: company,
            definition: world.form.definition.clone(),
            effective_at: now.plus_hours(1),
            scheduled_by: Some(world.admin.id),
            scheduled_at: now,
            held_at: None,
        };
        in_write!(db, |tx| [schedule] schedules::save(tx, &schedule).await).unwrap();
        let later = FormSchedule { effective_at: now.plus_hours(2), ..schedule };
        in_write!(db, |tx| [later] schedules::save(tx, &later).await).unwrap();
        let find = async || schedules::find(&mut db.read().await.unwrap(), company, program).await.unwrap();
        assert_eq!(find().await.as_ref(), Some(&later));
        let foreign = CompanyId(Uuid::from_u128(1));
        assert_eq!(schedules::find(&mut db.read().await.unwrap(), foreign, program).await.unwrap(), None);
        assert_eq!(in_write!(db, |tx| [] schedules::take(tx, foreign, program).await).unwrap(), None);

        let (early, due) = (now.plus_hours(1), now.plus_hours(2));
        let list = async |at| schedules::due(&mut db.read().await.unwrap(), at, 9).await.unwrap();
        assert!(list(early).await.is_empty());
        assert_eq!(list(due).await, [(company, program)]);
        assert_eq!(in_write!(db, |tx| [] schedules::take_due(tx, program, early).await).unwrap(), None);
        assert_eq!(in_write!(db, |tx| [] schedules::take_due(tx, program, due).await).unwrap(), Some(later.clone()));
        assert_eq!(in_write!(db, |tx| [] schedules::take_due(tx, program, due).await).unwrap(), None);
        // What is held waits for somebody.
        let held = FormSchedule { held_at: Some(due), ..later.clone() };
        in_write!(db, |tx| [held] schedules::save(tx, &held).await).unwrap();
        assert_eq!(find().await, Some(held));
        assert!(list(due).await.is_empty());
        assert_eq!(in_write!(db, |tx| [] schedules::take_due(tx, program, due).await).unwrap(), None);
        in_write!(db, |tx| [later] schedules::save(tx, &later).await).unwrap();
        assert_eq!(in_write!(db, |tx| [] schedules::take(tx, company, program).await).unwrap(), Some(later));
        assert_eq!(find().await, None);
    }

    async fn answers_are_found_by_the_key_that_they_name(db: &TestDb) {
        let world = World::build(db).await;
        let of = (world.company.id, world.program.id);
        let key = |text: &str| FieldKey::parse(text).unwrap();
        let said = |name: &str| Answers([(key(name), Answer::Text("North".into()))].into());
        let deals = [("sales_region", 1), ("salesXregion", 2), ("need", 3)].map(|(name, number)| {
            let answers = said(&name.to_lowercase());
            Deal { answers, ..world.submitted(db, name, number) }
        });
        let draft = world.draft(db, "Draft");
        let raw: RawAnswers = [("need", "Storage")].into_iter().collect();
        in_write!(db, |tx| [deals, draft, raw] {
            for (at, deal) in deals.iter().enumerate() {
                store::deals::insert(tx, deal, &format!("key-{at}")).await?;
            }
            store::deals::insert(tx, &draft, "key-9").await?;
            store::deals::save_raw(tx, draft.id, Some(&raw)).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        let (conn, first) = (&mut conn, DealId(Uuid::nil()));
        let found = answers::list_naming(conn, of, &key("sales_region"), 0, 9).await.unwrap();
        let found: Vec<_> = found.into_iter().map(|(number, answers)| (number, answers.0)).collect();
        assert_eq!(found, [(1, deals[0].answers.clone())]);
        let after = answers::list_naming(conn, of, &key("sales_region"), 1, 9).await;
        assert!(after.unwrap().is_empty());
        let drafted = answers::list_drafted(conn, of, first, 9).await.unwrap();
        let drafted: Vec<_> = drafted.into_iter().map(|(id, raw)| (id, raw.0)).collect();
        assert_eq!(drafted, [(draft.id, raw)]);
        assert_eq!(answers::count_open_deals(conn, of).await.unwrap(), 3);
        assert_eq!(answers::count_open_deals(conn, (CompanyId(Uuid::nil()), of.1)).await.unwrap(), 0);
    }

    async fn who_edits_a_form_is_forgotten_when_they_no_longer_say_so(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let (company, program) = (world.company.id, world.program.id);
        let hearers = Hearers::Company(company, program);
        let row = |window: &str, field: &str, seconds: i64| OpenWindow {
            program_id: program,
            window_key: window.to_owned(),
            company_id: company,
            deal_id: None,
            user_id: world.admin.id,
            field: field.to_owned(),
            seen_at: db.now().plus_seconds(seconds),
        };
        let mut heard = db.announcer().subscribe();
        // How often since it was last asked: what was told stands before a last word of one's own.
        let mut told = async || {
            let last = Announce { seq: 0, topic: "here".to_owned(), subject: "last".to_owned(), id: company.0, version: 0 };
            in_write!(db, |tx| [last] { tx.announce(last); Ok(()) }).unwrap();
            let mut count = 0;
            loop {
                let announce = heard.recv().await.unwrap();
                if announce.subject == "last" {
                    return count;
                }
                count += usize::from(announce.subject == "form" && announce.topic == format!("company:{company}"));
            }
        };
        let see = async |row: OpenWindow| {
            let lease = row.seen_at.plus_seconds(-30);
            in_write!(db, |tx| [row] open_windows::see(tx, hearers, &row, lease).await).unwrap();
        };
        let there = async |seconds: i64| {
            let since = db.now().plus_seconds(seconds - 30);
            let mut conn = db.read().await.unwrap();
            let rows = open_windows::list_of_form(&mut conn, company, program, since).await.unwrap();
            rows.into_iter().map(|row| (row.window_key, row.field)).collect::<Vec<_>>()
        };
        see(row("one", "", 0)).await;
        see(row("two", "customer", 0)).await;
        assert_eq!(told().await, 2);
        // Still there, at the same field: nothing to tell.
        see(row("one", "", 10)).await;
        assert_eq!(told().await, 0);
        see(row("one", "country", 20)).await;
        assert_eq!(told().await, 1);
        let at = |window: &str, field: &str| (window.to_owned(), field.to_owned());
        assert_eq!(there(20).await, [at("one", "country"), at("two", "customer")]);
        assert_eq!(there(40).await, [at("one", "country")]);
        // A window of somebody else's name is not taken over, and nobody else closes it.
        see(OpenWindow { user_id: other.admin.id, ..row("one", "need", 21) }).await;
        let foreign = other.admin.id;
        in_write!(db, |tx| [] open_windows::leave(tx, hearers, (company, program), foreign, "one").await).unwrap();
        assert_eq!(there(21).await, [at("one", "country"), at("two", "customer")]);
        assert_eq!(told().await, 0);
        let own = world.admin.id;
        in_write!(db, |tx| [] open_windows::leave(tx, hearers, (company, program), own, "one").await).unwrap();
        assert_eq!((told().await, there(21).await), (1, vec![at("two", "customer")]));
    }

    async fn no_more_windows_are_listed_than_anybody_reads(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program, partner) = (world.company.id, world.program.id, world.partner.id);
        let draft = world.draft(db, "One");
        in_write!(db, |tx| [draft] store::deals::insert(tx, &draft, "key-1").await).unwrap();
        let (deal, user_id, seen_at) = (draft.id, world.owner.id, db.now());
        in_write!(db, |tx| [] {
            for number in 0..=open_windows::MOST {
                let form = ("form", None, Hearers::Company(company, program));
                let draft = ("draft", Some(deal), Hearers::Partner(partner, deal));
                for (place, deal_id, hearers) in [form, draft] {
                    let row = OpenWindow {
                        program_id: program,
                        window_key: format!("{place}-{number:03}"),
                        company_id: company,
                        deal_id,
                        user_id,
                        field: String::new(),
                        seen_at,
                    };
                    open_windows::see(tx, hearers, &row, seen_at).await?;
                }
            }
            Ok(())
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        let of_form = open_windows::list_of_form(&mut conn, company, program, seen_at).await.unwrap();
        let of_draft = open_windows::list_of_deals(&mut conn, company, &[deal], seen_at).await.unwrap();
        let most = usize::try_from(open_windows::MOST).unwrap();
        assert_eq!((of_form.len(), of_draft.len()), (most, most));
        assert_eq!((of_form[0].window_key.as_str(), of_draft[0].window_key.as_str()), ("form-000", "draft-000"));
    }

    async fn windows_of_a_draft_are_apart_from_those_of_the_form(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program, partner) = (world.company.id, world.program.id, world.partner.id);
        let (draft, other) = (world.draft(db, "One"), world.draft(db, "Two"));
        in_write!(db, |tx| [draft, other] {
            store::deals::insert(tx, &draft, "key-1").await?;
            store::deals::insert(tx, &other, "key-2").await
        }).unwrap();
        let row = |window: &str, deal_id: Option<DealId>| OpenWindow {
            program_id: program,
            window_key: window.to_owned(),
            company_id: company,
            deal_id,
            user_id: world.owner.id,
            field: "customer".to_owned(),
            seen_at: db.now(),
        };
        let mut heard = db.announcer().subscribe();
        let see = async |row: OpenWindow| {
            let lease = row.seen_at.plus_seconds(-30);
            let hearers = match row.deal_id {
                Some(deal) => Hearers::Partner(partner, deal),
                None => Hearers::Company(company, program),
            };
            in_write!(db, |tx| [row] open_windows::see(tx, hearers, &row, lease).await).unwrap();
        };
        let of_deals = async |deals: &[DealId]| {
            let mut conn = db.read().await.unwrap();
            let rows = open_windows::list_of_deals(&mut conn, company, deals, db.now()).await.unwrap();
            rows.into_iter().map(|row| row.window_key).collect::<Vec<_>>()
        };
        see(row("form", None)).await;
        see(row("one", Some(draft.id))).await;
        see(row("two", Some(other.id))).await;
        let mut subjects = Vec::new();
        for _ in 0..3 {
            let announce = heard.recv().await.unwrap();
            subjects.push((announce.topic.clone(), announce.subject.clone()));
        }
        let team = (format!("partner:{partner}"), "draft".to_owned());
        assert_eq!(subjects, [(format!("company:{company}"), "form".to_owned()), team.clone(), team]);
        assert_eq!(of_deals(&[draft.id]).await, ["one"]);
        assert_eq!(of_deals(&[draft.id, other.id]).await, ["one", "two"]);
        assert!(of_deals(&[]).await.is_empty());
        let form = open_windows::list_of_form(&mut db.read().await.unwrap(), company, program, db.now()).await.unwrap();
        assert_eq!(form, [row("form", None)]);
        // A window that goes on to another draft is told of there.
        see(row("one", Some(other.id))).await;
        assert_eq!(heard.recv().await.unwrap().id, other.id.0);
        assert!(of_deals(&[draft.id]).await.is_empty());
        let gone = other.id;
        in_write!(db, |tx| [] open_windows::forget_deal(tx, gone).await).unwrap();
        assert!(of_deals(&[other.id]).await.is_empty());
        let membership = world.membership.id;
        assert!(in_write!(db, |tx| [] store::deals::delete_draft(tx, membership, gone).await).unwrap());
    }

    async fn a_pipeline_is_replaced_and_remembers_what_it_retired(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program, now) = (world.company.id, world.program.id, db.now());
        let get = async || pipelines::get(&mut db.read().await.unwrap(), company, program).await.unwrap();
        assert_eq!(get().await, world.pipeline);
        for stage in &world.pipeline.stages {
            let mut conn = db.read().await.unwrap();
            let asked = pipelines::get_for_move(&mut conn, company, program, stage.id).await.unwrap();
            assert_eq!(asked.stages, world.pipeline.stages);
            let lost = stage.kind == domain::pipeline::StageKind::Lost;
            assert_eq!(asked.lost_reasons.len(), if lost { 2 } else { 0 });
        }
        let mut new: Pipeline = world.pipeline.clone();
        let gone = new.stages.remove(1);
        new.stages[0].name = String::from("Found");
        new.stages[0].stuck_days = None;
        new.stages[0].description = "The customer has a need".into();
        new.stages[0].wip_hint = Some(12);
        new.stages[0].rules = StageRules {
            moves_in: Movers::Company,
            moves_out: Movers::Partner,
            fields: vec![domain::forms::FieldKey::parse("budget").unwrap()],
            note: true,
            file: true,
        };
        let other = db.id();
        let entry = EntryRule { tiers: vec![world.tier.id], answer: None };
        new.heads.first = "Standard".into();
        new.heads.others.push(PipelineHead { id: other, name: "Large".into(), entry });
        new.stages[1].pipeline = other;
        let gone_reason = new.lost_reasons.remove(0);
        new.lost_reasons.push(LostReason { id: db.id(), label: "Went silent".to_owned(), group: "Silence".to_owned() });
        in_write!(db, |tx| [new] pipelines::save(tx, company, program, &new, now).await).unwrap();
        assert_eq!(get().await, new);
        let mut conn = db.read().await.unwrap();
        let conn = &mut conn;
        assert_eq!(pipelines::find_stage(conn, company, gone.id).await.unwrap(), Some(gone.clone()));
        assert_eq!(pipelines::find_stage(conn, CompanyId(Uuid::from_u128(1)), gone.id).await.unwrap(), None);
        let reason = pipelines::find_lost_reason(conn, company, gone_reason.id).await.unwrap();
        assert_eq!(reason, Some(gone_reason));
        // A retired stage may come back under its id.
        in_write!(db, |tx| [world] pipelines::save(tx, company, program, &world.pipeline, now).await).unwrap();
        assert_eq!(get().await, world.pipeline);
    }

    async fn a_foreign_stage_is_a_conflict(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let (company, program, now) = (world.company.id, world.program.id, db.now());
        let stolen = in_write!(db, |tx| [other] pipelines::save(tx, company, program, &other.pipeline, now).await);
        assert!(matches!(stolen, Err(StoreError::Conflict)));
        let mut conn = db.read().await.unwrap();
        let theirs = pipelines::get(&mut conn, other.company.id, other.program.id).await.unwrap();
        assert_eq!(theirs, other.pipeline);
        let none = pipelines::get(&mut conn, company, ProgramId(Uuid::from_u128(1))).await.unwrap();
        assert_eq!(none, Pipeline::default());
    }
}
