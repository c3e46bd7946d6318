//! A draft that several people of a partner team have open.

use domain::commands::{ChangeMembership, KeepDraft, ResubmitDeal, SayFilling, SubmitDeal};
use domain::deals::{Decision, Refusal};
use domain::forms::{Answer, FieldKey, RawAnswers};
use domain::people::{MembershipStatus, PartnerRole};
use domain::views::KeptDraft;
use services::{PartnerAccess, ServiceError};
use testkit::{TestDb, World, both_engines, in_write};

use crate::desk::{Desk, answers};

const KEY: &str = "key-shared";

fn key(name: &str) -> FieldKey {
    FieldKey::parse(name).unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> RawAnswers {
    pairs.iter().copied().collect()
}

fn keep(base: (&[(&str, &str)], i64), answers: &[(&str, &str)]) -> KeepDraft {
    KeepDraft {
        submit_key: KEY.into(),
        answers: typed(answers),
        base: typed(base.0),
        version: base.1,
        plain: false,
    }
}

/// The owner and a colleague.
async fn team(db: &TestDb, desk: &Desk) -> (PartnerAccess, PartnerAccess) {
    let colleague = World::build_named(db, "boreal").await.owner.id;
    let (partner, now) = (desk.world.partner.id, db.now());
    let role = PartnerRole::Member;
    in_write!(db, |tx| [] store::partners::insert_member(tx, partner, colleague, role, now).await)
        .unwrap();
    let membership = desk.world.membership.id;
    let second = desk.services.partner(colleague, membership).await.unwrap();
    (desk.partner().await, second)
}

async fn kept_now(access: &PartnerAccess) -> (RawAnswers, i64) {
    let page = access.registration_page(Some(KEY)).await.unwrap();
    (page.answers, page.version)
}

fn news(kept: &KeptDraft) -> Option<(Vec<&str>, &str)> {
    let merged = kept.merged.as_ref()?;
    let both = merged.both.iter().map(FieldKey::as_str).collect();
    Some((both, merged.who.as_str()))
}

both_engines! {
    async fn what_each_of_them_typed_is_kept(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        let begun = first.keep_draft(keep((&[], 0), &[("customer", "Tern")])).await.unwrap();
        assert_eq!(news(&begun), None);
        let (base, version) = kept_now(&second).await;
        assert_eq!((base.first(&key("customer")), version), ("Tern", begun.version));

        let seen: &[(&str, &str)] = &[("customer", "Tern")];
        let hers = second.keep_draft(keep((seen, version), &[("customer", "Tern"), ("need", "Storage")])).await.unwrap();
        assert_eq!((hers.merged.clone(), hers.version), (None, version + 1));
        // He has not seen it, and loses nothing of hers.
        let his = first.keep_draft(keep((seen, version), &[("customer", "Tern Labs")])).await.unwrap();
        let owner_name = desk.world.owner.name.as_str();
        let (both, who) = news(&his).unwrap();
        assert!(both.is_empty());
        assert_ne!(who, owner_name);
        let whole = typed(&[("customer", "Tern Labs"), ("need", "Storage")]);
        assert_eq!(his.merged.as_ref().unwrap().answers, whole);
        assert_eq!(kept_now(&second).await, (whole.clone(), version + 2));

        // Whoever only looks writes nothing.
        let looks = second.keep_draft(keep((&[("customer", "Tern"), ("need", "Storage")], version + 1), &[("customer", "Tern"), ("need", "Storage")])).await.unwrap();
        assert_eq!((looks.version, news(&looks)), (version + 2, Some((vec![], owner_name))));
        assert_eq!(kept_now(&first).await.1, version + 2);
    }

    async fn what_both_typed_is_not_overwritten(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        let begun = first.keep_draft(keep((&[], 0), &[("customer", "Tern")])).await.unwrap();
        let seen: &[(&str, &str)] = &[("customer", "Tern")];
        let hers = second.keep_draft(keep((seen, begun.version), &[("customer", "Tern Labs")])).await.unwrap();
        let his = [("customer", "Tern & Sons"), ("need", "Storage")];
        let asked = first.keep_draft(keep((seen, begun.version), &his)).await.unwrap();
        assert_eq!(news(&asked).unwrap().0, ["customer"]);
        let whole = typed(&[("customer", "Tern Labs"), ("need", "Storage")]);
        assert_eq!(asked.merged.as_ref().unwrap().answers, whole);
        assert_eq!((kept_now(&second).await.0, asked.version), (whole, hers.version + 1));
        // He has decided: it is a change like any other.
        let base: &[(&str, &str)] = &[("customer", "Tern Labs"), ("need", "Storage")];
        let decided = first.keep_draft(keep((base, asked.version), &his)).await.unwrap();
        assert_eq!(decided.merged, None);
        assert_eq!(kept_now(&second).await.0, typed(&his));
        // Who does not know what there was is asked about everything.
        let blind = second.keep_draft(keep((&[], 0), &[("customer", "Another"), ("need", "Storage")])).await.unwrap();
        assert_eq!(news(&blind).unwrap().0, ["customer"]);
    }

    async fn a_page_that_is_gone_back_to_counts_over_ones_own_saves_only(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        first.keep_draft(keep((&[], 0), &[("customer", "Tern"), ("need", "Storage")])).await.unwrap();
        let back = KeepDraft { plain: true, ..keep((&[], 0), &[("customer", "Tern Labs")]) };
        let kept = first.keep_draft(back.clone()).await.unwrap();
        assert_eq!(news(&kept).unwrap().0, Vec::<&str>::new());
        assert_eq!(kept_now(&first).await.0, typed(&[("customer", "Tern Labs"), ("need", "Storage")]));
        let hers = KeepDraft { plain: true, ..keep((&[], 0), &[("customer", "Another")]) };
        let late = second.keep_draft(hers).await.unwrap();
        assert_eq!(news(&late).unwrap().0, ["customer"]);
    }

    async fn many_windows_at_once_lose_nothing(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, _) = team(db, &desk).await;
        let begun = first.keep_draft(keep((&[], 0), &[("customer", "Tern")])).await.unwrap();
        let seen: &[(&str, &str)] = &[("customer", "Tern")];
        let fields = ["contact_name", "contact_email", "website", "need", "value", "country"];
        let saves = fields.map(|field| {
            let (access, version) = (first.clone(), begun.version);
            let command = keep((seen, version), &[("customer", "Tern"), (field, "typed")]);
            tokio::spawn(async move { access.keep_draft(command).await })
        });
        for save in saves {
            save.await.unwrap().unwrap();
        }
        let (answers, version) = kept_now(&first).await;
        for field in fields {
            assert_eq!(answers.first(&key(field)), "typed", "{field}");
        }
        assert_eq!(version, begun.version + 6);
    }

    async fn a_draft_becomes_one_deal_and_as_it_was_seen(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        let whole = answers("Tern Labs");
        let begin = KeepDraft { submit_key: KEY.into(), answers: whole.clone(), base: RawAnswers::default(), version: 0, plain: false };
        let begun = first.keep_draft(begin).await.unwrap();
        let mut more = whole.clone();
        more.set(&key("need"), vec!["Storage".to_owned()]);
        let save = KeepDraft { submit_key: KEY.into(), answers: more.clone(), base: whole.clone(), version: begun.version, plain: false };
        let hers = second.keep_draft(save.clone()).await.unwrap();
        let submit = |answers: &RawAnswers| SubmitDeal { submit_key: KEY.into(), form_version: desk.world.form.id, answers: answers.clone() };
        match first.submit_draft(submit(&whole), Some(begun.version)).await {
            Err(ServiceError::Conflict(conflict)) => {
                assert_eq!((conflict.current_version, conflict.what.as_str()), (hers.version, "changed this draft"));
                assert_ne!(conflict.who, desk.world.owner.name);
            }
            other => panic!("not a conflict: {other:?}"),
        }
        let deal = first.submit_draft(submit(&more), Some(hers.version)).await.unwrap();
        // However many windows send it, and whatever they saw.
        assert_eq!(second.submit_draft(submit(&whole), Some(begun.version)).await.unwrap(), deal);
        let late = second.keep_draft(KeepDraft { version: hers.version, ..save }).await;
        assert!(matches!(late, Err(ServiceError::Rule(Refusal::AlreadySubmitted))), "{late:?}");
        let said = SayFilling { submit_key: KEY.into(), window: "late".into(), field: None };
        let heard = second.say_filling(said).await.unwrap();
        assert_eq!((heard.registered, heard.others.len()), (Some(deal), 0));
        assert_eq!(desk.history(deal).await, ["deal_drafted", "deal_submitted"]);
    }

    async fn an_answer_to_questions_is_shared_too(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        let deal = desk.submit(KEY, "Tern Labs").await;
        desk.decide(deal, Decision::AskInfo { message: "When?".into(), fields: Vec::new() }).await.unwrap();
        let page = first.answer_page(deal).await.unwrap();
        let base = page.answers.clone();
        let said = |field: &str, text: &str| {
            let mut answers = base.clone();
            answers.set(&key(field), vec![text.to_owned()]);
            KeepDraft { submit_key: KEY.into(), answers, base: base.clone(), version: page.version, plain: false }
        };
        first.keep_draft(said("need", "Storage")).await.unwrap();
        let hers = second.keep_draft(said("contact_name", "Bo Quist")).await.unwrap();
        assert_eq!(news(&hers), Some((vec![], "")));
        let now = first.answer_page(deal).await.unwrap().answers;
        assert_eq!((now.first(&key("need")), now.first(&key("contact_name"))), ("Storage", "Bo Quist"));
        let both = second.keep_draft(said("need", "Backup")).await.unwrap();
        assert_eq!(news(&both).unwrap().0, ["need"]);
    }

    async fn an_answer_that_is_sent_loses_nothing_that_a_colleague_saved(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        let deal = desk.submit(KEY, "Tern Labs").await;
        desk.decide(deal, Decision::AskInfo { message: "When?".into(), fields: vec![key("need"), key("close_date")] }).await.unwrap();
        let page = first.answer_page(deal).await.unwrap();
        let said = |pairs: &[(&str, &str)]| {
            let mut answers = page.answers.clone();
            for (field, text) in pairs {
                answers.set(&key(field), vec![(*text).to_owned()]);
            }
            answers
        };
        let save = |answers| KeepDraft { submit_key: KEY.into(), answers, base: said(&[]), version: page.version, plain: false };
        let send = |answers| ResubmitDeal { deal, answers, note: String::new(), version: page.version };
        let date = ("close_date", "2027-02-28");
        second.keep_draft(save(said(&[("need", "Storage")]))).await.unwrap();
        match first.resubmit_shared(send(said(&[date])), Some(said(&[]))).await {
            Err(ServiceError::Conflict(conflict)) => assert_eq!(conflict.current_version, page.version),
            other => panic!("not a conflict: {other:?}"),
        }
        assert_eq!(desk.version(deal).await, page.version);
        // Once he knows it.
        let known = said(&[("need", "Storage")]);
        let whole = said(&[("need", "Storage"), date]);
        first.resubmit_shared(send(whole), Some(known)).await.unwrap();
        let record = desk.partner().await.deal_record(deal).await.unwrap();
        let need = Answer::Text("Storage".to_owned());
        assert_eq!(record.deal.answers.get(&key("need")), Some(&need));
        assert_eq!(record.deal.summary.close_date.unwrap().to_string(), "2027-02-28");
    }

    async fn what_a_colleague_saved_in_a_closed_field_stops_no_answer(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        let deal = desk.submit(KEY, "Tern Labs").await;
        desk.decide(deal, Decision::AskInfo { message: "When?".into(), fields: vec![key("close_date")] }).await.unwrap();
        let page = first.answer_page(deal).await.unwrap();
        let (base, version) = (page.answers, page.version);
        let mut hers = base.clone();
        hers.set(&key("country"), vec!["AT".to_owned()]);
        second.keep_draft(KeepDraft { submit_key: KEY.into(), answers: hers, base: base.clone(), version, plain: false }).await.unwrap();
        let send = ResubmitDeal { deal, answers: base.clone(), note: String::new(), version };
        first.resubmit_shared(send, Some(base)).await.unwrap();
    }

    async fn the_team_sees_who_has_a_draft_open(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        let say = |window: &str, field: &str| SayFilling { submit_key: KEY.into(), window: window.into(), field: FieldKey::parse(field).ok() };
        // What is not saved is nobody else's.
        let alone = first.say_filling(say("one", "customer")).await.unwrap();
        assert_eq!((alone.version, alone.others.len()), (0, 0));
        let begun = first.keep_draft(keep((&[], 0), &[("customer", "Tern")])).await.unwrap();
        assert!(second.drafts().await.unwrap()[0].editors.is_empty());
        first.say_filling(say("one", "customer")).await.unwrap();
        first.say_filling(say("two", "")).await.unwrap();
        let lines = second.drafts().await.unwrap();
        assert_eq!((lines[0].customer.as_str(), lines[0].editors.as_slice()), ("Tern", std::slice::from_ref(&desk.world.owner.name)));
        let heard = second.say_filling(say("three", "need")).await.unwrap();
        assert_eq!(heard.version, begun.version);
        let others: Vec<_> = heard.others.iter().map(|o| (o.who.as_str(), o.own, o.field.clone())).collect();
        let owner = desk.world.owner.name.as_str();
        assert_eq!(others, [(owner, false, Some(key("customer"))), (owner, false, None)]);
        first.stop_filling(KEY, "two").await.unwrap();
        desk.clock.advance_seconds(20);
        second.say_filling(say("three", "need")).await.unwrap();
        desk.clock.advance_seconds(11);
        let later = second.say_filling(say("three", "need")).await.unwrap();
        assert!(later.others.is_empty());
        assert!(matches!(first.say_filling(say("a b", "")).await, Err(ServiceError::Invalid(_))));
        // Thrown away while it is open.
        first.delete_draft(begun.deal).await.unwrap();
        assert_eq!(second.say_filling(say("three", "need")).await.unwrap().version, 0);
    }

    async fn a_draft_is_its_own_teams_only(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (first, second) = team(db, &desk).await;
        first.keep_draft(keep((&[], 0), &[("customer", "Tern")])).await.unwrap();
        let say = || SayFilling { submit_key: KEY.into(), window: "one".into(), field: None };
        first.say_filling(say()).await.unwrap();
        let rival = Desk::beside(&desk, World::build_named(db, "cinder").await);
        let theirs = rival.partner().await;
        assert_eq!(theirs.say_filling(say()).await.unwrap(), domain::views::DraftWindows::default());
        assert!(theirs.drafts().await.unwrap().is_empty());
        // The same key is another draft there.
        let own = theirs.keep_draft(keep((&[], 0), &[("customer", "Moss")])).await.unwrap();
        assert_eq!(own.merged, None);
        assert_eq!(kept_now(&first).await.0, typed(&[("customer", "Tern")]));

        let (membership, status, tier) = (desk.world.membership.id, MembershipStatus::Suspended, None);
        let suspend = ChangeMembership { membership, status, tier, version: 1 };
        desk.company().await.change_membership(suspend).await.unwrap();
        let late = second.keep_draft(keep((&[], 0), &[("customer", "Late")])).await;
        assert!(matches!(late, Err(ServiceError::Forbidden)), "{late:?}");
        assert!(matches!(second.say_filling(say()).await, Err(ServiceError::Forbidden)));
    }
}
