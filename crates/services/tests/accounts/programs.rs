use domain::commands::{ChangeMembership, CreateProgram, SaveProgramSettings, SwitchSubmissions};
use domain::people::MembershipStatus;
use services::ServiceError;
use testkit::{World, both_engines};

use crate::house::{House, inputs};

fn settings(version: i64) -> SaveProgramSettings {
    SaveProgramSettings {
        name: "Cloud resellers".into(),
        summary: "One\r\nparagraph.\0".into(),
        number_prefix: "cl1".into(),
        currency: "usd".into(),
        decision_hours: 24,
        protection_days: 30,
        extension_days: 15,
        version,
    }
}

both_engines! {
    async fn settings_are_saved_once_per_version(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let access = house.services.company(world.admin.id, world.program.id).await.unwrap();
        let version = access.save_settings(settings(1)).await.unwrap();
        assert_eq!(version, 2);
        let now = house.services.company(world.admin.id, world.program.id).await.unwrap();
        let program = now.program();
        assert_eq!((program.name.as_str(), program.number_prefix.as_str()), ("Cloud resellers", "CL1"));
        assert_eq!((program.summary.as_str(), program.currency.to_string().as_str()), ("One\nparagraph.", "USD"));
        assert!(program.submissions_open);
        let Err(ServiceError::Conflict(conflict)) = access.save_settings(settings(1)).await else {
            panic!("an old version was saved");
        };
        assert_eq!((conflict.current_version, conflict.who.as_str()), (2, "admin of alta"));
        assert_eq!(house.facts(world.program.id.uuid()).await, ["settings_changed"]);
    }

    async fn settings_name_every_fault_at_its_input(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let access = house.services.company(world.admin.id, world.program.id).await.unwrap();
        let bad = SaveProgramSettings {
            name: String::new(),
            summary: "x".repeat(2_001),
            number_prefix: "A-1".into(),
            currency: "??".into(),
            decision_hours: 0,
            protection_days: -1,
            extension_days: i64::MAX,
            version: 1,
        };
        assert_eq!(
            inputs(access.save_settings(bad).await),
            ["name", "summary", "number_prefix", "currency", "decision_hours", "protection_days", "extension_days"]
        );
    }

    async fn the_switch_is_told_to_those_who_look(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let mut heard = db.announcer().subscribe();
        let access = house.services.company(world.admin.id, world.program.id).await.unwrap();
        access.switch_submissions(SwitchSubmissions { open: false }).await.unwrap();
        // Said twice, done once.
        access.switch_submissions(SwitchSubmissions { open: false }).await.unwrap();
        let topic = format!("program:{}", world.program.id);
        assert_eq!(heard.recv().await.unwrap().topic, topic);
        let partner = house.services.partner(world.owner.id, world.membership.id).await.unwrap();
        assert!(!partner.head().may_register);
        access.switch_submissions(SwitchSubmissions { open: true }).await.unwrap();
        let facts = house.facts(world.program.id.uuid()).await;
        assert_eq!(facts, ["submissions_closed", "submissions_opened"]);
    }

    async fn a_company_adds_programs_of_the_same_name(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let team = house.services.company_team(world.admin.id, world.company.id).await.unwrap();
        let cmd = CreateProgram {
            company: world.company.id,
            name: "Referrals".into(),
            currency: "EUR".into(),
        };
        let one = team.create_program(cmd.clone()).await.unwrap();
        let two = team.create_program(cmd.clone()).await.unwrap();
        assert_ne!(one, two);
        assert_eq!(team.list_programs().await.unwrap().len(), 3);
        let foreign = World::build_named(db, "borea").await;
        let elsewhere = CreateProgram { company: foreign.company.id, ..cmd };
        assert!(matches!(team.create_program(elsewhere).await, Err(ServiceError::NotFound)));
    }

    async fn a_membership_changes_at_the_version_that_was_seen(db: &TestDb) {
        let world = World::build(db).await;
        let foreign = World::build_named(db, "borea").await;
        let house = House::empty(db);
        let access = house.services.company(world.admin.id, world.program.id).await.unwrap();
        let suspend = |membership, version| ChangeMembership {
            membership,
            status: MembershipStatus::Suspended,
            tier: Some(world.tier.id),
            version,
        };
        let change = async |cmd| access.change_membership(cmd).await;
        assert!(matches!(change(suspend(foreign.membership.id, 1)).await, Err(ServiceError::NotFound)));
        change(suspend(world.membership.id, 1)).await.unwrap();
        assert!(matches!(change(suspend(world.membership.id, 1)).await, Err(ServiceError::Stale)));
        let foreign_tier = ChangeMembership {
            tier: Some(foreign.tier.id),
            ..suspend(world.membership.id, 2)
        };
        assert_eq!(inputs(change(foreign_tier).await), ["tier"]);
        let back_to_invited = ChangeMembership {
            status: MembershipStatus::Invited,
            ..suspend(world.membership.id, 2)
        };
        assert_eq!(inputs(change(back_to_invited).await), ["status"]);
        assert_eq!(house.facts(world.program.id.uuid()).await, ["membership_changed"]);
    }

    async fn tiers_are_named_once_and_kept_while_in_use(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let access = house.services.company(world.admin.id, world.program.id).await.unwrap();
        access.save_tier(None, "Silver").await.unwrap();
        assert_eq!(inputs(access.save_tier(None, "Silver").await), ["tier_name"]);
        access.save_tier(Some(world.tier.id), "Platinum").await.unwrap();
        let tiers = access.list_tiers().await.unwrap();
        let names: Vec<&str> = tiers.iter().map(|tier| tier.name.as_str()).collect();
        assert_eq!(names, ["Platinum", "Silver"]);
        assert_eq!(inputs(access.delete_tier(world.tier.id).await), ["tier_name"]);
        access.delete_tier(tiers[1].id).await.unwrap();
        assert!(matches!(access.delete_tier(tiers[1].id).await, Err(ServiceError::NotFound)));
    }
}
