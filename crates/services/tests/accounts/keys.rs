use domain::keys::{KeyScope, KeyState};
use domain::people::CompanyRole;
use services::ServiceError;
use services::keys::MakeKey;
use testkit::{World, both_engines};

use crate::house::{House, inputs};

fn wanted(scopes: &[KeyScope]) -> MakeKey {
    MakeKey {
        name: "CRM sync".into(),
        scopes: scopes.to_vec(),
        days: 30,
    }
}

both_engines! {
    async fn a_key_is_shown_once_found_and_taken_back(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let company = world.company.id;
        let team = house.services.company_team(world.admin.id, company).await.unwrap();
        let fresh = team.make_key(wanted(&[KeyScope::Decide])).await.unwrap();
        assert!(fresh.token.starts_with("dbk_"), "{}", fresh.token);
        let caller = house.services.find_key(&fresh.token).await.unwrap().unwrap();
        assert_eq!((caller.company(), caller.partner()), (Some(company), None));
        assert_eq!(caller.person().id, world.admin.id);
        assert_eq!(caller.scopes().text(), "decide");
        let listed = team.keys().await.unwrap().keys;
        assert_eq!((listed.len(), listed[0].state), (1, KeyState::Live));
        assert!(fresh.token.ends_with(&listed[0].hint));
        assert!(listed[0].last_used_at.is_some());
        team.revoke_key(listed[0].id).await.unwrap();
        assert!(house.services.find_key(&fresh.token).await.unwrap().is_none());
        assert!(matches!(team.revoke_key(listed[0].id).await, Err(ServiceError::NotFound)));
        let facts = house.facts(company.uuid()).await;
        assert_eq!(facts, ["key_created", "key_revoked"]);
        for token in ["", "dbk_", "dbk_zz", fresh.token.trim_start_matches("dbk_")] {
            assert!(house.services.find_key(token).await.unwrap().is_none());
        }
    }

    async fn only_who_edits_the_team_makes_keys_and_only_of_its_side(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let partner = house.services.partner_team(world.owner.id, world.partner.id).await.unwrap();
        assert_eq!(inputs(partner.make_key(wanted(&[KeyScope::Pay])).await), ["scopes"]);
        let odd = MakeKey { name: " ".into(), days: 31, ..wanted(&[]) };
        assert_eq!(inputs(partner.make_key(odd).await), ["name", "days"]);
        let team = house.services.company_team(world.admin.id, world.company.id).await.unwrap();
        let link = team.invite("rita@alta.test", CompanyRole::Reviewer).await.unwrap();
        let rita = house.join(&link, "Rita").await.unwrap();
        let hers = house.services.company_team(rita.id, world.company.id).await.unwrap();
        assert!(matches!(hers.make_key(wanted(&[])).await, Err(ServiceError::Forbidden)));
        assert!(matches!(hers.keys().await, Err(ServiceError::Forbidden)));
    }

    async fn a_key_of_another_team_cannot_be_taken_back(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "beta").await;
        let house = House::empty(db);
        let team = house.services.company_team(world.admin.id, world.company.id).await.unwrap();
        team.make_key(wanted(&[])).await.unwrap();
        let key = team.keys().await.unwrap().keys[0].id;
        let foreign = house.services.company_team(other.admin.id, other.company.id).await.unwrap();
        assert!(matches!(foreign.revoke_key(key).await, Err(ServiceError::NotFound)));
        let partner = house.services.partner_team(world.owner.id, world.partner.id).await.unwrap();
        assert!(matches!(partner.revoke_key(key).await, Err(ServiceError::NotFound)));
        assert_eq!(team.keys().await.unwrap().keys[0].state, KeyState::Live);
    }

    async fn a_key_ends_with_its_date_and_when_its_maker_leaves(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let company = world.company.id;
        let team = house.services.company_team(world.admin.id, company).await.unwrap();
        let link = team.invite("rita@alta.test", CompanyRole::Admin).await.unwrap();
        let rita = house.join(&link, "Rita").await.unwrap();
        let hers = house.services.company_team(rita.id, company).await.unwrap();
        let (kept, left) = (team.make_key(wanted(&[])).await.unwrap(), hers.make_key(wanted(&[])).await.unwrap());
        team.remove(rita.id).await.unwrap();
        assert!(house.services.find_key(&left.token).await.unwrap().is_none());
        assert!(house.services.find_key(&kept.token).await.unwrap().is_some());
        house.clock.advance_seconds(31 * 24 * 3_600);
        assert!(house.services.find_key(&kept.token).await.unwrap().is_none());
        let states: Vec<KeyState> = team.keys().await.unwrap().keys.iter().map(|key| key.state).collect();
        assert!(matches!(states[..], [KeyState::Revoked { .. }, KeyState::Expired { .. }]), "{states:?}");
        // Who comes back begins anew.
        let back = team.invite("rita@alta.test", CompanyRole::Admin).await;
        assert!(back.is_ok(), "{back:?}");
    }

    async fn the_last_use_is_not_a_write_on_every_request(db: &TestDb) {
        let world = World::build(db).await;
        let house = House::empty(db);
        let team = house.services.company_team(world.admin.id, world.company.id).await.unwrap();
        let fresh = team.make_key(wanted(&[])).await.unwrap();
        house.services.find_key(&fresh.token).await.unwrap();
        let first = team.keys().await.unwrap().keys[0].last_used_at;
        house.clock.advance_seconds(300);
        house.services.find_key(&fresh.token).await.unwrap();
        assert_eq!(team.keys().await.unwrap().keys[0].last_used_at, first);
        house.clock.advance_seconds(300);
        house.services.find_key(&fresh.token).await.unwrap();
        assert!(team.keys().await.unwrap().keys[0].last_used_at > first);
    }
}
