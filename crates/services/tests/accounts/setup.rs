use domain::people::{CompanyRole, Person};
use domain::pipeline::StageKind;
use services::ServiceError;
use testkit::both_engines;

use crate::house::{House, inputs, set_up, token};

both_engines! {
    async fn a_set_up_link_makes_all_that_a_first_deal_needs(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let home = house.services.home(&admin).await.unwrap();
        assert_eq!(home.companies.len(), 1);
        assert_eq!(home.companies[0].2, CompanyRole::Admin);
        let head = &home.company_programs[0];
        assert_eq!(head.program.name, "Resellers");
        assert_eq!(head.program.number_prefix, "RES");
        assert!(!head.program.submissions_open);
        assert_eq!(head.program.settings.decision_hours, 48);

        let (company, program) = (head.program.company, head.program.id);
        let mut conn = house.services.read().await.unwrap();
        let pipeline = store::pipelines::get(&mut conn, company, program).await.unwrap();
        let names: Vec<&str> = pipeline.stages.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!(names, ["Qualified", "Proposal", "Negotiation", "Closed won", "Closed lost"]);
        assert!(pipeline.first_of(StageKind::Won).is_some());
        assert!(!pipeline.lost_reasons.is_empty());
        let form = store::forms::find_current(&mut conn, program).await.unwrap().unwrap();
        assert_eq!((form.number, form.definition.0.fields.len()), (1, 8));
        drop(conn);
        assert_eq!(house.facts(company.uuid()).await, ["company_created", "person_joined"]);
        assert_eq!(house.facts(program.uuid()).await, ["program_created"]);
    }

    async fn only_the_first_set_up_counts(db: &TestDb) {
        let house = House::empty(db);
        let one = house.services.create_setup_link().await.unwrap().unwrap();
        // Another process that starts shows its own.
        let two = house.services.create_setup_link().await.unwrap().unwrap();
        house.services.check_setup_link(&token(&two)).await.unwrap();
        house.services.set_up(set_up(&token(&one))).await.unwrap();
        for link in [&one, &two] {
            let again = house.services.set_up(set_up(&token(link))).await;
            assert!(matches!(again, Err(ServiceError::NotFound)));
        }
        assert!(house.services.create_setup_link().await.unwrap().is_none());
    }

    async fn two_set_ups_at_once_make_one_company(db: &TestDb) {
        let house = House::empty(db);
        let one = house.services.create_setup_link().await.unwrap().unwrap();
        let two = house.services.create_setup_link().await.unwrap().unwrap();
        let mut other = set_up(&token(&two));
        other.person.email = "bob@alta.test".into();
        let (one, two) = tokio::join!(
            house.services.set_up(set_up(&token(&one))),
            house.services.set_up(other),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    }

    async fn a_set_up_names_every_fault_at_its_input(db: &TestDb) {
        let house = House::empty(db);
        let link = house.services.create_setup_link().await.unwrap().unwrap();
        let mut cmd = set_up(&token(&link));
        cmd.person.name = " \u{200b} ".into();
        cmd.person.email = "nobody".into();
        cmd.person.password = "short".into();
        cmd.company = "x".repeat(101);
        cmd.program = String::new();
        cmd.currency = "EURO".into();
        let faults = inputs(house.services.set_up(cmd).await);
        assert_eq!(faults, ["name", "email", "password", "company", "program", "currency"]);
        // And the link still works.
        house.services.set_up(set_up(&token(&link))).await.unwrap();
    }

    async fn a_link_does_not_outlive_its_time(db: &TestDb) {
        let house = House::empty(db);
        let link = house.services.create_setup_link().await.unwrap().unwrap();
        house.clock.advance_seconds(8 * 86_400);
        let late = house.services.set_up(set_up(&token(&link))).await;
        assert!(matches!(late, Err(ServiceError::NotFound)));
    }

    async fn the_operator_makes_accounts(db: &TestDb) {
        let (house, _) = House::set_up(db).await;
        let new = crate::house::person("Olga", "olga@alta.test");
        let id = house.services.create_user(new.clone(), None).await.unwrap();
        let again = inputs(house.services.create_user(new, None).await);
        assert_eq!(again, ["email"]);
        let session = house.sign_in("OLGA@alta.test", crate::house::PASSWORD).await.unwrap();
        assert_eq!(session.person, Person { id, name: "Olga".into(), email: "olga@alta.test".into() });
    }
}
