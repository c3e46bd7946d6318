//! Which customers may be chosen in a form, by whom, and what a choice means for the deal.

use domain::commands::{PublishForm, ResubmitDeal, SaveCompanyAnswers, SaveFormDraft, SubmitDeal};
use domain::customer::BusinessKey;
use domain::deals::{Decision, MoveDetails};
use domain::forms::{
    Answer, EditedBy, Field, FieldErrors, FieldKey, FieldKind, FieldProblem, RawAnswers, SeenBy,
    SystemField, Traits,
};
use domain::pipeline::StageRules;
use domain::{CustomerId, DealId, FormVersionId};
use services::ServiceError;
use store::customers::{self, NewCustomer};
use testkit::{TestDb, World, both_engines, in_write};

use crate::desk::{Desk, answers};
use crate::entry::rule;
use crate::money::won;

fn key(name: &str) -> FieldKey {
    FieldKey::parse(name).unwrap()
}

/// Publishes the program's form with the deal's customer to be chosen, and a field of the company's own that asks for one.
async fn publish(desk: &Desk) -> FormVersionId {
    let company = desk.company().await;
    let before = company.form_editor().await.unwrap();
    let mut definition = before.draft;
    for field in &mut definition.fields {
        if field.system == Some(SystemField::Customer) {
            field.kind = FieldKind::Customer;
        }
    }
    let own = Traits {
        seen_by: SeenBy::Company,
        ..Traits::default()
    };
    let sold_by = Field::new(key("sold_by"), FieldKind::Customer, "Sold by").traits(own);
    definition.fields.push(sold_by);
    let version = before.version;
    let save = SaveFormDraft {
        definition,
        version,
    };
    let version = company.save_form_draft(save).await.unwrap().version;
    let after = company.publish_form(PublishForm { version }).await.unwrap();
    after.published.id
}

fn chosen(name: &str, id: CustomerId) -> RawAnswers {
    let mut raw = answers(name);
    raw.set_customer(&key("customer"), &id.to_string(), name);
    raw
}

async fn submit(
    desk: &Desk,
    form: FormVersionId,
    answers: RawAnswers,
) -> Result<DealId, ServiceError> {
    let command = SubmitDeal {
        submit_key: "chosen".into(),
        form_version: form,
        answers,
    };
    Ok(desk.partner().await.submit_deal(command).await?.deal())
}

fn is_unknown<T>(outcome: &Result<T, ServiceError>, field: &str) -> bool {
    let unknown = FieldProblem::UnknownCustomer;
    matches!(outcome, Err(ServiceError::Fields(FieldErrors(errors)))
        if errors.len() == 1 && errors[0].field == field && errors[0].problem == unknown)
}

async fn names(desk: &Desk, search: &str) -> Vec<String> {
    let found = desk.partner().await.known_customers(search).await.unwrap();
    found.into_iter().map(|choice| choice.name).collect()
}

/// Publishes a form with a customer that both sides may choose besides the deal's own.
async fn publish_broker(desk: &Desk) -> FormVersionId {
    let both = Traits {
        edited_by: EditedBy::Both,
        ..Traits::default()
    };
    let broker = Field::new(key("broker"), FieldKind::Customer, "Broker").traits(both);
    crate::answer_rules::publish(desk, vec![broker]).await
}

const STRANGER: &str = "Hale and Moss";

/// A customer of the company's that the partner did not win.
async fn stranger(db: &TestDb, desk: &Desk, deal: DealId) -> CustomerId {
    let (id, company, at): (CustomerId, _, _) = (db.id(), desk.world.company.id, db.now());
    let business = BusinessKey::new(STRANGER, None);
    in_write!(db, |tx| [business] {
        let new = NewCustomer {
            id,
            company,
            name: STRANGER,
            business: &business,
            deal,
            at,
        };
        customers::find_or_insert(tx, &new).await
    })
    .unwrap();
    id
}

fn broker(id: CustomerId, name: &str) -> RawAnswers {
    let mut raw = RawAnswers::default();
    raw.set_customer(&key("broker"), &id.to_string(), name);
    raw
}

async fn broker_of(desk: &Desk, deal: DealId) -> Option<Answer> {
    let record = desk.partner().await.deal_record(deal).await.unwrap();
    record.deal.answers.get(&key("broker")).cloned()
}

both_engines! {
    async fn a_chosen_customer_is_the_one_that_the_deal_wins(db: &TestDb) {
        let desk = Desk::open(db).await;
        won(&desk, "key-1", "Tern Labs").await;
        desk.submit("key-2", "Hale and Moss").await;
        assert_eq!(names(&desk, "").await, ["Hale and Moss", "Tern Labs"]);
        assert_eq!(names(&desk, "TERN").await, ["Tern Labs"]);
        let form = publish(&desk).await;
        let page = desk.partner().await.registration_page(None).await.unwrap();
        assert_eq!(page.customers.len(), 2);
        let id = desk.partner().await.known_customers("tern").await.unwrap()[0].id.unwrap();
        let deal = submit(&desk, form, chosen("tern labs", id)).await.unwrap();
        let view = desk.partner().await.deal(deal).await.unwrap().deal;
        // Under the name by which it is known.
        assert_eq!(view.summary.customer, "Tern Labs");
        let record = desk.partner().await.deal_record(deal).await.unwrap();
        let expected = Answer::Customer { id, name: "Tern Labs".to_owned() };
        assert_eq!(record.deal.answers.get(&key("customer")), Some(&expected));
        desk.decide(deal, Decision::Approve { message: String::new() }).await.unwrap();
        desk.win(deal).await;
        let company = desk.company().await;
        assert_eq!(company.customers("").await.unwrap().len(), 1);
        assert_eq!(company.customer(id).await.unwrap().deals.len(), 2);
    }

    async fn another_name_over_a_choice_is_another_business(db: &TestDb) {
        let desk = Desk::open(db).await;
        won(&desk, "key-1", "Tern Labs").await;
        let form = publish(&desk).await;
        let id = desk.partner().await.known_customers("tern").await.unwrap()[0].id.unwrap();
        let deal = submit(&desk, form, chosen("Zenith", id)).await.unwrap();
        let record = desk.partner().await.deal_record(deal).await.unwrap();
        let typed = Answer::Text("Zenith".to_owned());
        assert_eq!(record.deal.answers.get(&key("customer")), Some(&typed));
    }

    async fn whom_others_won_is_neither_listed_nor_accepted(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = publish(&desk).await;
        let there = Desk::beside(&desk, World::build_named(db, "borealis").await);
        won(&there, "key-1", "Tern Labs").await;
        assert!(names(&desk, "").await.is_empty());
        let foreign = there.company().await.customers("").await.unwrap()[0].id;
        let nobody: CustomerId = db.id();
        // What one may not see does not exist.
        for id in [foreign, nobody] {
            let refused = submit(&desk, form, chosen("Tern Labs", id)).await;
            assert!(is_unknown(&refused, "customer"), "{refused:?}");
        }
        let deal = submit(&desk, form, answers("Tern Labs")).await.unwrap();
        // The company's own field takes the company's customers, and no other company's.
        let save = |id: CustomerId| {
            let mut answers = RawAnswers::default();
            answers.set_customer(&key("sold_by"), &id.to_string(), "Tern Labs");
            SaveCompanyAnswers { deal, answers, version: 0, deal_version: 0 }
        };
        let company = desk.company().await;
        for id in [foreign, nobody] {
            let refused = company.save_company_answers(save(id)).await;
            assert!(is_unknown(&refused, "sold_by"), "{refused:?}");
        }
        desk.decide(deal, Decision::Approve { message: String::new() }).await.unwrap();
        desk.win(deal).await;
        let found = company.known_customers("tern").await.unwrap();
        let id = found[0].id.unwrap();
        assert_eq!(company.save_company_answers(save(id)).await.unwrap(), 1);
    }

    async fn a_move_brings_only_customers_that_the_partner_may_know(db: &TestDb) {
        let desk = Desk::open(db).await;
        won(&desk, "key-1", "Tern Labs").await;
        let own = desk.partner().await.known_customers("tern").await.unwrap()[0].id.unwrap();
        let form = publish_broker(&desk).await;
        let deal = submit(&desk, form, answers("Zenith")).await.unwrap();
        desk.decide(deal, Decision::Approve { message: String::new() }).await.unwrap();
        rule(&desk, "Proposal", StageRules { fields: vec![key("broker")], ..StageRules::default() }).await;
        let bring = |answers| MoveDetails { answers, ..MoveDetails::default() };
        for foreign in [stranger(db, &desk, deal).await, db.id()] {
            let refused = desk.move_to(deal, "Proposal", bring(broker(foreign, STRANGER))).await;
            let Err(ServiceError::Entry(fault)) = refused else { panic!("{refused:?}") };
            assert_eq!(fault.fields.of(&key("broker")), Some(&FieldProblem::UnknownCustomer));
        }
        assert_eq!(broker_of(&desk, deal).await, None);
        desk.move_to(deal, "Proposal", bring(broker(own, "Tern Labs"))).await.unwrap();
        let chosen = Answer::Customer { id: own, name: "Tern Labs".to_owned() };
        assert_eq!(broker_of(&desk, deal).await, Some(chosen));
    }

    async fn a_customer_that_the_company_chose_may_be_sent_back(db: &TestDb) {
        let desk = Desk::open(db).await;
        let form = publish_broker(&desk).await;
        let deal = submit(&desk, form, answers("Zenith")).await.unwrap();
        let chosen = stranger(db, &desk, deal).await;
        let deal_version = desk.version(deal).await;
        let save = SaveCompanyAnswers { deal, answers: broker(chosen, STRANGER), version: 0, deal_version };
        desk.company().await.save_company_answers(save).await.unwrap();
        desk.decide(deal, Decision::AskInfo { message: "When?".into(), fields: Vec::new() }).await.unwrap();
        let partner = desk.partner().await;
        let shown = partner.answer_page(deal).await.unwrap().answers;
        let version = desk.version(deal).await;
        let resubmit = |answers| ResubmitDeal { deal, answers, note: String::new(), version };
        let mut other = shown.clone();
        other.set_customer(&key("broker"), &db.id::<CustomerId>().to_string(), STRANGER);
        let refused = partner.resubmit_deal(resubmit(other)).await;
        assert!(is_unknown(&refused, "broker"), "{refused:?}");
        partner.resubmit_deal(resubmit(shown)).await.unwrap();
        let kept = Answer::Customer { id: chosen, name: STRANGER.to_owned() };
        assert_eq!(broker_of(&desk, deal).await, Some(kept));
    }
}
