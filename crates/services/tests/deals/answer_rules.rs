//! What fields ask besides an answer: that no other deal gives it, that the form fills it in, that only the company sees it.

use std::io::Read as _;

use domain::commands::{
    AppealDeal, PublishForm, SaveCompanyAnswers, SaveDraft, SaveFormDraft, SubmitDeal, WithdrawDeal,
};
use domain::deals::Decision;
use domain::forms::{
    Answer, Condition, DefaultRule, Field, FieldErrors, FieldKey, FieldKind, FieldProblem,
    Operator, Prefill, RawAnswers, SeenBy, Traits,
};
use domain::imports::ImportState;
use domain::people::CompanyRole;
use domain::views::RegistrationPage;
use domain::{DealId, FormVersionId};
use services::ServiceError;
use testkit::both_engines;

use crate::desk::{Desk, answers};
use crate::imports::{checked, start, view, work};

fn key(name: &str) -> FieldKey {
    FieldKey::parse(name).unwrap()
}

fn text(name: &str, traits: Traits) -> Field {
    Field::new(key(name), FieldKind::Text, name).traits(traits)
}

fn reference() -> Field {
    let unique = Traits {
        unique: true,
        ..Traits::default()
    };
    text("reference", unique)
}

fn verdict() -> Field {
    let own = Traits {
        seen_by: SeenBy::Company,
        ..Traits::default()
    };
    text("our_verdict", own)
}

/// Publishes the program's form with these fields behind its own.
pub async fn publish(desk: &Desk, fields: Vec<Field>) -> FormVersionId {
    let company = desk.company().await;
    let before = company.form_editor().await.unwrap();
    let mut definition = before.draft;
    definition.fields.extend(fields);
    let version = before.version;
    let save = SaveFormDraft {
        definition,
        version,
    };
    let version = company.save_form_draft(save).await.unwrap().version;
    let after = company.publish_form(PublishForm { version }).await.unwrap();
    after.published.id
}

fn with(customer: &str, pairs: &[(&str, &str)]) -> RawAnswers {
    let mut raw = answers(customer);
    for (name, value) in pairs {
        raw.set(&key(name), vec![(*value).to_owned()]);
    }
    raw
}

async fn submit(
    desk: &Desk,
    form: FormVersionId,
    submit_key: &str,
    pairs: &[(&str, &str)],
) -> Result<DealId, ServiceError> {
    let command = SubmitDeal {
        submit_key: submit_key.into(),
        form_version: form,
        answers: with(submit_key, pairs),
    };
    let submitted = desk.partner().await.submit_deal(command).await?;
    Ok(submitted.deal())
}

fn is_taken(outcome: &Result<DealId, ServiceError>) -> bool {
    let taken = FieldProblem::Taken;
    matches!(outcome, Err(ServiceError::Fields(FieldErrors(errors)))
        if errors.len() == 1 && errors[0].field == "reference" && errors[0].problem == taken)
}

async fn save_own(
    desk: &Desk,
    deal: DealId,
    text: &str,
    version: i64,
) -> Result<i64, ServiceError> {
    let answers = [("our_verdict", text)].into_iter().collect();
    let command = SaveCompanyAnswers {
        deal,
        answers,
        version,
        deal_version: 0,
    };
    desk.company().await.save_company_answers(command).await
}

/// All that a partner can ask for about a deal and its form, as one text.
async fn all_that_the_partner_sees(desk: &Desk, deal: DealId) -> String {
    let partner = desk.partner().await;
    let record = partner.deal_record(deal).await.unwrap();
    let form = partner.form(record.deal.form_version).await.unwrap();
    let mut conn = desk.services.read().await.unwrap();
    let team = desk.world.partner.id;
    let events = store::events::list_by_partner(&mut conn, team, 0, 1_000).await;
    let latest = store::events::list_latest_by_partner(&mut conn, team, 1_000).await;
    drop(conn);
    let page = partner.registration_page(None).await.unwrap();
    let view = partner.deal(deal).await.unwrap();
    let current = partner.current_form().await.unwrap();
    let history = desk.history(deal).await;
    let (events, latest) = (events.unwrap(), latest.unwrap());
    format!("{record:?}{form:?}{page:?}{view:?}{current:?}{history:?}{events:?}{latest:?}")
}

both_engines! {
    async fn of_two_at_once_one_deal_has_the_answer(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = publish(&desk, vec![reference()]).await;
        let (one, two) = tokio::join!(
            submit(&desk, form, "one", &[("reference", "PO  17")]),
            submit(&desk, form, "two", &[("reference", " po 17 ")]),
        );
        let (kept, refused) = if one.is_ok() { (one, two) } else { (two, one) };
        assert!(is_taken(&refused), "{refused:?}");
        // Without an answer there is nothing to be the same.
        submit(&desk, form, "three", &[]).await.unwrap();
        submit(&desk, form, "four", &[("reference", "")]).await.unwrap();

        let deal = kept.unwrap();
        let version = desk.version(deal).await;
        desk.partner().await.withdraw_deal(WithdrawDeal { deal, version }).await.unwrap();
        submit(&desk, form, "five", &[("reference", "po 17")]).await.unwrap();
        desk.services.verify().await.unwrap().unwrap();
    }

    async fn a_deal_that_stands_again_finds_its_answer_taken(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = publish(&desk, vec![reference()]).await;
        let deal = submit(&desk, form, "one", &[("reference", "17")]).await.unwrap();
        let reason = "Not ours".to_owned();
        desk.decide(deal, Decision::Decline { reason }).await.unwrap();
        let other = submit(&desk, form, "two", &[("reference", "17")]).await.unwrap();
        let appeal = |version| AppealDeal { deal, note: "It is".into(), version };
        let partner = desk.partner().await;
        let refused = partner.appeal_deal(appeal(desk.version(deal).await)).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
        let version = desk.version(other).await;
        partner.withdraw_deal(WithdrawDeal { deal: other, version }).await.unwrap();
        partner.appeal_deal(appeal(desk.version(deal).await)).await.unwrap();
        assert!(is_taken(&submit(&desk, form, "three", &[("reference", "17")]).await));
    }

    async fn a_draft_is_told_at_its_field_and_not_whose_it_is(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = publish(&desk, vec![reference()]).await;
        submit(&desk, form, "Secret-customer", &[("reference", "17")]).await.unwrap();
        let partner = desk.partner().await;
        let save = SaveDraft { submit_key: "two".into(), answers: with("Two", &[("reference", "17")]) };
        partner.save_draft(save).await.unwrap();
        let page = partner.registration_page(Some("two")).await.unwrap();
        assert_eq!(page.taken.of(&key("reference")), Some(&FieldProblem::Taken));
        assert!(!format!("{page:?}").contains("Secret-customer"));
    }

    async fn imports_obey_unique_fields_and_take_the_companys_own(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, vec![reference(), verdict()]).await;
        let partner = &desk.world.partner.name;
        let row = |customer: &str, reference: &str, verdict: &str| {
            format!("\"{partner}\",{customer},Germany,\"12,000\",2031-01-31,{reference},{verdict}\n")
        };
        let heads = "Partner,Customer name,Country,Expected value,Expected close date,reference,our_verdict\n";
        let file = format!("{heads}{}{}", row("One Ltd", "17", "Large"), row("Two Ltd", "17", ""));
        let import = checked(&desk, &file, |_| ()).await;
        start(&desk, import).await.unwrap();
        work(&desk).await;
        let shown = view(&desk.company().await, import).await;
        let counts = shown.line.counts;
        assert_eq!((shown.line.state, counts.made, counts.faults), (ImportState::Done, 1, 1), "{shown:?}");
        let said = format!("{:?}", shown.faulty);
        assert!(said.contains("is registered already"), "{said}");
        let mut csv = String::new();
        desk.company().await.export_deals().await.unwrap().file.read_to_string(&mut csv).unwrap();
        assert!(csv.contains("Large"), "{csv}");
    }

    async fn a_read_only_field_is_what_the_form_says(db: &TestDb) {
        let desk = Desk::open(db).await;
        let fixed = Traits { prefill: Some(Prefill::PartnerName), read_only: true, ..Traits::default() };
        let again = Traits { prefill: Some(Prefill::LastDeal), ..Traits::default() };
        let form = publish(&desk, vec![text("reseller", fixed), text("project", again)]).await;
        let partner = desk.partner().await;
        let page = partner.registration_page(None).await.unwrap();
        assert_eq!(page.answers.first(&key("reseller")), desk.world.partner.name);
        assert_eq!(page.answers.first(&key("project")), "");
        let deal = submit(&desk, form, "one", &[("reseller", "Somebody else"), ("project", "Harbour")]).await.unwrap();
        let record = partner.deal_record(deal).await.unwrap();
        let own = Answer::Text(desk.world.partner.name.clone());
        assert_eq!(record.deal.answers.get(&key("reseller")), Some(&own));
        let page = partner.registration_page(None).await.unwrap();
        assert_eq!(page.answers.first(&key("project")), "Harbour");
        // It says from which deal, also in the draft; what comes from no deal says nothing.
        let number = partner.deal(deal).await.unwrap().deal.number;
        let from = |page: &RegistrationPage| {
            let found = page.prefilled.iter().map(|(key, earlier)| (key.to_string(), earlier.deal, earlier.number.clone()));
            found.collect::<Vec<_>>()
        };
        assert_eq!(from(&page), [("project".to_owned(), deal, number.clone())]);
        let save = SaveDraft { submit_key: "two".into(), answers: with("Two", &[("project", "Quay")]) };
        partner.save_draft(save).await.unwrap();
        let page = partner.registration_page(Some("two")).await.unwrap();
        assert_eq!(from(&page), [("project".to_owned(), deal, number)]);
        // A newer deal without an answer is passed over.
        submit(&desk, form, "three", &[]).await.unwrap();
        let page = partner.registration_page(None).await.unwrap();
        assert_eq!(page.prefilled.get(&key("project")).map(|earlier| earlier.deal), Some(deal));
    }

    async fn without_scripts_a_default_follows_on_update(db: &TestDb) {
        let desk = Desk::open(db).await;
        let german = Condition::on(&key("country"), Operator::Is("DE".into()));
        let rule = DefaultRule { when: german.into(), value: vec!["Berlin".into()] };
        let office = Field { defaults: vec![rule], ..text("office", Traits::default()) };
        publish(&desk, vec![office]).await;
        let partner = desk.partner().await;
        let posted = with("One", &[("office", "")]);
        let followed = partner.follow_defaults("new", posted).await.unwrap();
        assert_eq!(followed.first(&key("office")), "Berlin");
        let posted = with("One", &[("office", "Munich")]);
        let kept = partner.follow_defaults("new", posted).await.unwrap();
        assert_eq!(kept.first(&key("office")), "Munich");
    }

    async fn a_draft_follows_the_defaults_of_the_form_as_it_is_now(db: &TestDb) {
        let desk = Desk::open(db).await;
        let typed = [("customer", "One")].into_iter().collect();
        let save = SaveDraft { submit_key: "one".into(), answers: typed };
        desk.partner().await.save_draft(save).await.unwrap();
        let german = Condition::on(&key("country"), Operator::Is("DE".into()));
        let rule = DefaultRule { when: german.into(), value: vec!["Berlin".into()] };
        publish(&desk, vec![Field { defaults: vec![rule], ..text("office", Traits::default()) }]).await;
        let posted = with("One", &[("office", "")]);
        let followed = desk.partner().await.follow_defaults("one", posted).await.unwrap();
        assert_eq!(followed.first(&key("office")), "Berlin");
    }

    async fn no_way_leads_a_partner_to_the_companys_own_fields(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = publish(&desk, vec![verdict()]).await;
        let refused = submit(&desk, form, "one", &[("our_verdict", "x")]).await.unwrap_err();
        assert!(matches!(refused, ServiceError::Fields(_)));
        let deal = submit(&desk, form, "one", &[]).await.unwrap();
        let mut heard = db.announcer().subscribe();
        let version = desk.version(deal).await;
        let before = desk.services.last_seq().await.unwrap();
        assert_eq!(save_own(&desk, deal, "Long shot", 0).await.unwrap(), 1);
        let company = format!("company:{}", desk.world.company.id);
        // What was told of the registration may still be on its way.
        let mut told = heard.recv().await.unwrap();
        while told.seq <= before {
            told = heard.recv().await.unwrap();
        }
        assert_eq!(told.topic, company);
        let more = std::iter::from_fn(|| heard.try_recv().ok());
        assert_eq!(more.filter(|told| told.seq > before).count(), 0, "somebody else is told");
        assert_eq!(desk.version(deal).await, version, "the deal is as it was");

        let seen = all_that_the_partner_sees(&desk, deal).await;
        assert!(!seen.contains("Long shot") && !seen.contains("our_verdict"), "{seen}");
        assert!(!seen.contains("CompanyAnswersChanged") && !seen.contains("company_answers_changed"), "{seen}");

        let access = desk.company().await;
        let page = access.deal(deal).await.unwrap();
        assert_eq!(page.own.unwrap().raw().first(&key("our_verdict")), "Long shot");
        let facts: Vec<_> = page.deal.timeline.iter().map(|entry| entry.fact.name()).collect();
        assert!(facts.contains(&"company_answers_changed"), "{facts:?}");
        let record = access.deal_record(deal).await.unwrap();
        assert!(record.deal.answers.get(&key("our_verdict")).is_some());
        let mut csv = String::new();
        access.export_deals().await.unwrap().file.read_to_string(&mut csv).unwrap();
        assert!(csv.contains("our_verdict") && csv.contains("Long shot"));
        desk.services.verify().await.unwrap().unwrap();
    }

    async fn two_reviewers_never_overwrite_each_others_answers(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = publish(&desk, vec![verdict()]).await;
        let deal = submit(&desk, form, "one", &[]).await.unwrap();
        assert_eq!(save_own(&desk, deal, "Large", 0).await.unwrap(), 1);
        match save_own(&desk, deal, "Small", 0).await {
            Err(ServiceError::Conflict(conflict)) => {
                assert_eq!((conflict.current_version, conflict.who), (1, desk.world.admin.name.clone()));
            }
            other => panic!("not a conflict: {other:?}"),
        }
        // Nothing changed is nothing to tell.
        assert_eq!(save_own(&desk, deal, "Large", 1).await.unwrap(), 1);
        assert_eq!(save_own(&desk, deal, "Small", 1).await.unwrap(), 2);
        let asked = Decision::AskInfo { message: "What?".into(), fields: vec![key("our_verdict")] };
        assert!(desk.decide(deal, asked).await.is_err(), "partners are not asked for it");
        desk.company_as(CompanyRole::Seller).await;
        assert!(matches!(save_own(&desk, deal, "Tiny", 2).await, Err(ServiceError::Forbidden)));
    }
}
