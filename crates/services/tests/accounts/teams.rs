use domain::people::{CompanyRole, PartnerRole};
use services::ServiceError;
use testkit::{World, both_engines};

use crate::house::{House, inputs};

both_engines! {
    async fn the_last_admin_stays(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let (company, admin) = (world.company.id, world.admin.id);
        let team = house.services.company_team(admin, company).await.unwrap();
        assert_eq!(inputs(team.change_role(admin, CompanyRole::Seller).await), ["role"]);
        assert_eq!(inputs(team.remove(admin).await), ["role"]);
        assert_eq!(team.view().await.unwrap().members.len(), 1);
    }

    async fn two_admins_who_leave_at_once_do_not_both_go(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let (company, admin) = (world.company.id, world.admin.id);
        let team = house.services.company_team(admin, company).await.unwrap();
        let link = team.invite("rita@alta.test", CompanyRole::Admin).await.unwrap();
        let rita = house.join(&link, "Rita").await.unwrap();
        let other = house.services.company_team(rita.id, company).await.unwrap();
        let (one, two) = tokio::join!(team.remove(rita.id), other.remove(admin));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    }

    async fn the_last_owner_stays(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let (partner, owner) = (world.partner.id, world.owner.id);
        let team = house.services.partner_team(owner, partner).await.unwrap();
        assert_eq!(inputs(team.change_role(owner, PartnerRole::Member).await), ["role"]);
        assert_eq!(inputs(team.remove(owner).await), ["role"]);
        let link = team.invite("mia@hale.test", PartnerRole::Member).await.unwrap();
        let mia = house.join(&link, "Mia").await.unwrap();
        team.change_role(mia.id, PartnerRole::Owner).await.unwrap();
        team.remove(owner).await.unwrap();
        let left = house.services.partner_team(owner, partner).await;
        assert!(matches!(left, Err(ServiceError::NotFound)));
        let facts = house.facts(partner.uuid()).await;
        assert_eq!(facts, ["person_invited", "person_joined", "role_changed", "person_removed"]);
    }

    async fn nobody_mails_strangers_without_end(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let (partner, owner) = (world.partner.id, world.owner.id);
        let team = house.services.partner_team(owner, partner).await.unwrap();
        let invite = async |number: usize| team.invite(&format!("p{number}@hale.test"), PartnerRole::Member).await;
        for number in 0..200 {
            invite(number).await.unwrap();
        }
        // Taking one back does not give it back.
        let open = team.view().await.unwrap().invitations.remove(0);
        team.withdraw_invitation(open.id).await.unwrap();
        assert_eq!(inputs(invite(200).await), ["email"]);
        house.clock.advance_seconds(86_400);
        invite(200).await.unwrap();
    }

    async fn who_left_does_not_come_back_by_an_own_invitation(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let (partner, owner) = (world.partner.id, world.owner.id);
        let team = house.services.partner_team(owner, partner).await.unwrap();
        let mia = house.join(&team.invite("mia@hale.test", PartnerRole::Owner).await.unwrap(), "Mia").await.unwrap();
        let hers = house.services.partner_team(mia.id, partner).await.unwrap();
        let back = hers.invite("back@hale.test", PartnerRole::Owner).await.unwrap();
        let kept = team.invite("kept@hale.test", PartnerRole::Member).await.unwrap();
        team.change_role(mia.id, PartnerRole::Member).await.unwrap();
        assert!(matches!(house.join(&back, "Back").await, Err(ServiceError::NotFound)));
        assert!(matches!(hers.invite("b@hale.test", PartnerRole::Owner).await, Err(ServiceError::Forbidden)));
        team.change_role(mia.id, PartnerRole::Owner).await.unwrap();
        let back = hers.invite("back@hale.test", PartnerRole::Owner).await.unwrap();
        team.remove(mia.id).await.unwrap();
        assert!(matches!(house.join(&back, "Back").await, Err(ServiceError::NotFound)));
        assert!(matches!(hers.remove(owner).await, Err(ServiceError::NotFound)));
        house.join(&kept, "Kept").await.unwrap();

        let (company, admin) = (world.company.id, world.admin.id);
        let team = house.services.company_team(admin, company).await.unwrap();
        let rita = house.join(&team.invite("rita@alta.test", CompanyRole::Admin).await.unwrap(), "Rita").await.unwrap();
        let hers = house.services.company_team(rita.id, company).await.unwrap();
        let back = hers.invite("back@alta.test", CompanyRole::Admin).await.unwrap();
        team.change_role(rita.id, CompanyRole::Seller).await.unwrap();
        assert!(matches!(house.join(&back, "Back").await, Err(ServiceError::NotFound)));
        assert!(matches!(hers.change_role(admin, CompanyRole::Seller).await, Err(ServiceError::Forbidden)));
        assert!(matches!(hers.remove(admin).await, Err(ServiceError::Forbidden)));
    }

    async fn two_owners_who_demote_each_other_at_once_do_not_both_fall(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let (partner, owner) = (world.partner.id, world.owner.id);
        let team = house.services.partner_team(owner, partner).await.unwrap();
        // A third owner, so that none of the two is the last one.
        house.join(&team.invite("zoe@hale.test", PartnerRole::Owner).await.unwrap(), "Zoe").await.unwrap();
        let mia = house.join(&team.invite("mia@hale.test", PartnerRole::Owner).await.unwrap(), "Mia").await.unwrap();
        let other = house.services.partner_team(mia.id, partner).await.unwrap();
        let (one, two) = tokio::join!(
            team.change_role(mia.id, PartnerRole::Member),
            other.change_role(owner, PartnerRole::Member),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    }

    async fn a_foreign_team_does_not_exist(db: &TestDb) {
        let world = World::build(db).await;
        let foreign = World::build_named(db, "borea").await;
        let house = House::empty(db);
        let company = house.services.company_team(foreign.admin.id, world.company.id).await;
        assert!(matches!(company, Err(ServiceError::NotFound)));
        let partner = house.services.partner_team(foreign.owner.id, world.partner.id).await;
        assert!(matches!(partner, Err(ServiceError::NotFound)));
        // Nor does a foreign invitation, to one who may take own ones back.
        let team = house.services.company_team(world.admin.id, world.company.id).await.unwrap();
        team.invite("rita@alta.test", CompanyRole::Seller).await.unwrap();
        let open = team.view().await.unwrap().invitations;
        let other = house.services.company_team(foreign.admin.id, foreign.company.id).await.unwrap();
        let taken = other.withdraw_invitation(open[0].id).await;
        assert!(matches!(taken, Err(ServiceError::NotFound)));
    }
}
