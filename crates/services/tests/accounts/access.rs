use domain::commands::ChangeMembership;
use domain::people::{CompanyRight, CompanyRole, MembershipStatus, PartnerRight};
use services::ServiceError;
use testkit::{World, both_engines};

use crate::house::House;

both_engines! {
    async fn a_foreign_program_does_not_exist(db: &TestDb) {
        let world = World::build(db).await;
        let foreign = World::build_named(db, "borea").await;
        let services = House::empty(db).services;
        let not_found = |outcome: Result<(), ServiceError>| matches!(outcome, Err(ServiceError::NotFound));
        assert!(not_found(services.partner(foreign.owner.id, world.membership.id).await.map(drop)));
        assert!(not_found(services.company(foreign.admin.id, world.program.id).await.map(drop)));
        // Neither does one's own side's door open to the other side.
        assert!(not_found(services.company(world.owner.id, world.program.id).await.map(drop)));
        assert!(not_found(services.partner(world.admin.id, world.membership.id).await.map(drop)));
        let nobody = domain::UserId(uuid::Uuid::from_u128(7));
        assert!(not_found(services.company(nobody, world.program.id).await.map(drop)));
    }

    async fn a_membership_s_status_decides(db: &TestDb) {
        let world = World::build(db).await;
        let services = House::empty(db).services;
        let company = services.company(world.admin.id, world.program.id).await.unwrap();
        let mut version = world.membership.version;
        let mut become_status = async |status| {
            let cmd = ChangeMembership {
                membership: world.membership.id,
                status,
                tier: None,
                version,
            };
            version = company.change_membership(cmd).await.unwrap();
        };
        let enter = async || services.partner(world.owner.id, world.membership.id).await;
        let access = enter().await.unwrap();
        access.require(PartnerRight::Register).unwrap();
        assert!(access.head().may_register);

        become_status(MembershipStatus::Suspended).await;
        let access = enter().await.unwrap();
        access.require(PartnerRight::ViewDeals).unwrap();
        assert!(matches!(access.require(PartnerRight::Register), Err(ServiceError::Forbidden)));
        assert!(!access.head().may_register);

        become_status(MembershipStatus::Ended).await;
        assert!(matches!(enter().await, Err(ServiceError::NotFound)));
        become_status(MembershipStatus::Active).await;
        enter().await.unwrap().require(PartnerRight::Register).unwrap();
    }

    async fn a_role_decides_what_a_colleague_may(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let team = house.services.company_team(world.admin.id, world.company.id).await.unwrap();
        let link = team.invite("sid@alta.test", CompanyRole::Seller).await.unwrap();
        let sid = house.join(&link, "Sid").await.unwrap();
        let access = house.services.company(sid.id, world.program.id).await.unwrap();
        access.require(CompanyRight::EditClaims).unwrap();
        assert!(matches!(access.require(CompanyRight::Decide), Err(ServiceError::Forbidden)));
        let refused = access.save_tier(None, "Silver").await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
    }

    async fn the_header_lists_what_may_be_opened_and_no_more(db: &TestDb) {
        let world = World::build(db).await;
        World::build_named(db, "borea").await;
        let services = House::empty(db).services;
        let owner = services.partner(world.owner.id, world.membership.id).await.unwrap();
        let viewer = services.viewer(owner.person().clone()).await.unwrap();
        let hrefs: Vec<String> = viewer.programs.into_iter().map(|item| item.href).collect();
        assert_eq!(hrefs, [format!("/p/{}/summary", world.membership.id)]);
    }
}
