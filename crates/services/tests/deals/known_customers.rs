//! Which customers may be chosen in a form, by whom, and what a choice means for the deal.

use domain::commands::{PublishForm, SaveCompanyAnswers, SaveFormDraft, SubmitDeal};
use domain::deals::Decision;
use domain::forms::{
    Answer, Field, FieldErrors, FieldKey, FieldKind, FieldProblem, RawAnswers, SeenBy, SystemField,
    Traits,
};
use domain::{CustomerId, DealId, FormVersionId};
use services::ServiceError;
use testkit::{World, both_engines};

use crate::desk::{Desk, answers};
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
}
