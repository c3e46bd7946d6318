//! Where a draft starts from: templates, the company's other programs, files.

use domain::commands::{CreateProgram, PublishForm, SaveFormDraft};
use domain::forms::{
    Condition, Field, FieldKey, FieldKind, FormDefinition, Operator, Subject, check_publishable,
    templates::Template,
};
use domain::people::CompanyRole;
use domain::program::Tier;
use domain::views::FormSource;
use services::{CompanyAccess, ServiceError};
use testkit::{World, both_engines};

use crate::desk::Desk;

/// One more program of the same company.
async fn second(desk: &Desk) -> CompanyAccess {
    let (admin, company) = (desk.world.admin.id, desk.world.company.id);
    let team = desk.services.company_team(admin, company).await.unwrap();
    let command = CreateProgram {
        company,
        name: "Renewals".into(),
        currency: "USD".into(),
    };
    let program = team.create_program(command).await.unwrap();
    desk.services.company(admin, program).await.unwrap()
}

async fn tier(access: &CompanyAccess, name: &str) -> Tier {
    access.save_tier(None, name).await.unwrap();
    let tiers = access.list_tiers().await.unwrap();
    tiers.into_iter().find(|tier| tier.name == name).unwrap()
}

fn on_tier(key: &str, tier: &Tier) -> Field {
    let condition = Condition {
        subject: Subject::Tier,
        operator: Operator::Is(tier.id.to_string()),
    };
    Field::new(FieldKey::parse(key).unwrap(), FieldKind::Text, key).shown_when(condition)
}

async fn publish(access: &CompanyAccess, definition: &FormDefinition) {
    let command = SaveFormDraft {
        definition: definition.clone(),
        version: 0,
    };
    let version = access.save_form_draft(command).await.unwrap().version;
    access.publish_form(PublishForm { version }).await.unwrap();
}

both_engines! {
    async fn a_template_comes_in_the_programs_currency(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = second(&desk).await;
        let sources = company.form_sources().await.unwrap();
        assert_eq!(sources.templates.len(), Template::ALL.len());
        for line in sources.templates {
            let start = company.open_form_source(FormSource::Template(line.template)).await.unwrap();
            assert_eq!(start.definition, line.template.form(company.program().currency));
            assert!(start.left_out.is_empty());
        }
        // Nothing was saved by looking.
        assert_eq!(company.form_editor().await.unwrap().version, 0);
    }

    async fn the_form_of_another_program_looks_at_this_ones_tiers(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, other) = (desk.company().await, second(&desk).await);
        let (gold, bronze) = (tier(&other, "Gold").await, tier(&other, "Bronze").await);
        let mut definition = other.form_editor().await.unwrap().draft;
        definition.fields.extend([on_tier("of_gold", &gold), on_tier("of_bronze", &bronze)]);
        publish(&other, &definition).await;

        let sources = company.form_sources().await.unwrap();
        let listed: Vec<_> = sources.programs.iter().map(|p| (p.id, p.name.as_str())).collect();
        assert_eq!(listed, [(other.program().id, "Renewals")]);
        let start = company.open_form_source(FormSource::Program(other.program().id)).await.unwrap();
        let field = |key: &str| {
            let key = FieldKey::parse(key).unwrap();
            start.definition.field(&key).unwrap().clone()
        };
        assert_eq!(field("of_gold"), on_tier("of_gold", &desk.world.tier));
        assert_eq!(field("of_bronze"), on_tier("of_bronze", &bronze));
        assert_eq!(start.left_out.len(), 1);
        assert!(start.left_out[0].contains("Bronze"), "{:?}", start.left_out);
        assert_eq!(check_publishable(&start.definition), Ok(()));
    }

    async fn what_is_not_ones_own_does_not_exist(db: &TestDb) {
        let desk = Desk::open(db).await;
        let foreign = World::build_named(db, "Other").await;
        let company = desk.company().await;
        for program in [foreign.program.id, company.program().id] {
            let opened = company.open_form_source(FormSource::Program(program)).await;
            assert!(matches!(opened, Err(ServiceError::NotFound)));
        }
        assert!(matches!(company.form_file(Some(foreign.form.id)).await, Err(ServiceError::NotFound)));
        assert!(company.form_sources().await.unwrap().programs.is_empty());
    }

    async fn only_who_designs_forms_may(db: &TestDb) {
        let desk = Desk::open(db).await;
        let seller = desk.company_as(CompanyRole::Seller).await;
        let template = FormSource::Template(Template::Referral);
        assert!(matches!(seller.form_sources().await, Err(ServiceError::Forbidden)));
        assert!(matches!(seller.open_form_source(template).await, Err(ServiceError::Forbidden)));
        assert!(matches!(seller.form_file(None).await, Err(ServiceError::Forbidden)));
    }

    async fn a_file_of_one_program_is_the_form_of_another(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, other) = (desk.company().await, second(&desk).await);
        let published = company.form_file(None).await.unwrap();
        assert_eq!(published.name, "referrals-form-draft.json");
        let definition = Template::Marketplace.form(company.program().currency);
        let command = SaveFormDraft { definition: definition.clone(), version: 0 };
        company.save_form_draft(command).await.unwrap();
        let draft = company.form_file(None).await.unwrap();
        assert_ne!(draft.text, published.text);
        let start = other.open_form_source(FormSource::File(draft.text)).await.unwrap();
        assert_eq!((start.definition, start.left_out.len()), (definition, 0));

        let version = company.form_file(Some(desk.world.form.id)).await.unwrap();
        assert_eq!((version.name.as_str(), version.text), ("referrals-form-version-1.json", published.text));
    }

    async fn a_file_that_is_none_is_refused_at_the_input(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        for text in ["", "{}", "{\"properties\": {\"a\": 1, \"a\": 2}}"] {
            match company.open_form_source(FormSource::File(text.to_owned())).await {
                Err(ServiceError::Invalid(faults)) => assert_eq!(faults[0].input, "file"),
                other => panic!("opened: {other:?}"),
            }
        }
    }
}
