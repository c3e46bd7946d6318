//! Companies, partners, programs, tiers, memberships and who may open what.

use domain::{
    CompanyId, TierId,
    forms::FieldKey,
    people::{CompanyRole, MembershipStatus, PartnerRole, Team},
    program::{Program, Tier},
};
use store::{
    StoreError, access,
    companies::{self, Company},
    memberships::{self, Membership},
    partners::{self, Partner},
    programs,
};
use testkit::{World, both_engines, in_write};
use uuid::Uuid;

both_engines! {
    async fn a_company_is_saved_by_version(db: &TestDb) {
        let world = World::build(db).await;
        let renamed = Company { name: "Alta Ltd".to_owned(), ..world.company.clone() };
        assert_eq!(in_write!(db, |tx| [renamed] companies::save(tx, &renamed).await).unwrap(), 2);
        let stale = in_write!(db, |tx| [renamed] companies::save(tx, &renamed).await);
        assert!(matches!(stale, Err(StoreError::Conflict)));
        let twin = Company { id: db.id(), ..world.company.clone() };
        assert!(!in_write!(db, |tx| [twin] companies::insert(tx, &twin).await).unwrap());
        let mut conn = db.read().await.unwrap();
        let found = companies::find(&mut conn, world.company.id).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.version), ("Alta Ltd", 2));
        assert_eq!(companies::find_by_slug(&mut conn, "alta").await.unwrap(), Some(found.clone()));
        assert_eq!(companies::list(&mut conn).await.unwrap(), [found]);
    }

    async fn card_fields_are_saved_by_the_programs_version(db: &TestDb) {
        let world = World::build(db).await;
        let (program, fields) = (world.program.clone(), vec![FieldKey::parse("country").unwrap()]);
        let saved = in_write!(db, |tx| [program, fields] programs::save_card_fields(tx, &program, &fields).await);
        assert_eq!(saved.unwrap(), program.version + 1);
        let stale = in_write!(db, |tx| [program, fields] programs::save_card_fields(tx, &program, &fields).await);
        assert!(matches!(stale, Err(StoreError::Conflict)));
        let mut conn = db.read().await.unwrap();
        assert_eq!(programs::list_card_fields(&mut conn, program.id).await.unwrap(), fields);
    }

    async fn a_team_has_each_person_once(db: &TestDb) {
        let world = World::build(db).await;
        let (company, owner, now) = (world.company.id, world.owner.id, db.now());
        assert!(in_write!(db, |tx| [] companies::insert_member(tx, company, owner, CompanyRole::Seller, now).await).unwrap());
        assert!(!in_write!(db, |tx| [] companies::insert_member(tx, company, owner, CompanyRole::Admin, now).await).unwrap());
        assert!(in_write!(db, |tx| [] companies::save_role(tx, company, owner, CompanyRole::Reviewer).await).unwrap());
        let mut conn = db.read().await.unwrap();
        assert_eq!(companies::find_role(&mut conn, company, owner).await.unwrap(), Some(CompanyRole::Reviewer));
        assert_eq!(companies::count_role(&mut conn, company, CompanyRole::Admin).await.unwrap(), 1);
        let members = companies::list_members(&mut conn, company).await.unwrap();
        assert_eq!(members.iter().map(|m| m.role).collect::<Vec<_>>(), [CompanyRole::Admin, CompanyRole::Reviewer]);
        drop(conn);
        assert!(in_write!(db, |tx| [] companies::delete_member(tx, company, owner).await).unwrap());
        assert!(!in_write!(db, |tx| [] companies::delete_member(tx, company, owner).await).unwrap());
        assert_eq!(companies::find_role(&mut db.read().await.unwrap(), company, owner).await.unwrap(), None);
    }

    async fn a_partner_and_its_team(db: &TestDb) {
        let world = World::build(db).await;
        let (partner, admin, now) = (world.partner.id, world.admin.id, db.now());
        let moved = Partner { country: "FR".to_owned(), ..world.partner.clone() };
        assert_eq!(in_write!(db, |tx| [moved] partners::save(tx, &moved).await).unwrap(), 2);
        let stale = in_write!(db, |tx| [moved] partners::save(tx, &moved).await);
        assert!(matches!(stale, Err(StoreError::Conflict)));
        assert!(in_write!(db, |tx| [] partners::insert_member(tx, partner, admin, PartnerRole::Member, now).await).unwrap());
        assert!(in_write!(db, |tx| [] partners::save_role(tx, partner, admin, PartnerRole::Owner).await).unwrap());
        let mut conn = db.read().await.unwrap();
        assert_eq!(partners::find(&mut conn, partner).await.unwrap().unwrap().country, "FR");
        assert_eq!(partners::count_role(&mut conn, partner, PartnerRole::Owner).await.unwrap(), 2);
        assert_eq!(partners::list_members(&mut conn, partner).await.unwrap().len(), 2);
        drop(conn);
        assert!(in_write!(db, |tx| [] partners::delete_member(tx, partner, admin).await).unwrap());
        assert_eq!(partners::find_role(&mut db.read().await.unwrap(), partner, admin).await.unwrap(), None);
    }

    async fn a_program_is_saved_by_version(db: &TestDb) {
        let world = World::build(db).await;
        let closed = Program { submissions_open: false, name: "Closed".to_owned(), ..world.program.clone() };
        assert_eq!(in_write!(db, |tx| [closed] programs::save(tx, &closed).await).unwrap(), 2);
        let stale = in_write!(db, |tx| [closed] programs::save(tx, &closed).await);
        assert!(matches!(stale, Err(StoreError::Conflict)));
        let foreign = Program { company: CompanyId(Uuid::from_u128(1)), version: 2, ..closed.clone() };
        assert!(matches!(in_write!(db, |tx| [foreign] programs::save(tx, &foreign).await), Err(StoreError::Conflict)));
        let now = db.now();
        let twin = Program { id: db.id(), ..closed.clone() };
        assert!(!in_write!(db, |tx| [twin] programs::insert(tx, &twin, now).await).unwrap());
        let mut conn = db.read().await.unwrap();
        let found = programs::find(&mut conn, world.program.id).await.unwrap().unwrap();
        assert_eq!(found, Program { version: 2, ..closed });
        assert_eq!(programs::list_by_company(&mut conn, world.company.id).await.unwrap(), [found]);
    }

    async fn a_tier_in_use_stays(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program, used) = (world.company.id, world.program.id, world.tier.id);
        let silver = Tier { id: db.id(), name: "Silver".to_owned(), position: 0 };
        in_write!(db, |tx| [silver] programs::insert_tier(tx, company, program, &silver).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let tiers = programs::list_tiers(&mut conn, company, program).await.unwrap();
        assert_eq!(tiers, [silver.clone(), world.tier.clone()]);
        drop(conn);
        let renamed = Tier { name: "Base".to_owned(), ..silver.clone() };
        assert!(in_write!(db, |tx| [renamed] programs::save_tier(tx, company, program, &renamed).await).unwrap());
        let none = Tier { id: TierId(Uuid::from_u128(1)), ..silver.clone() };
        assert!(!in_write!(db, |tx| [none] programs::save_tier(tx, company, program, &none).await).unwrap());
        assert!(!in_write!(db, |tx| [] programs::delete_tier(tx, company, program, used).await).unwrap());
        assert!(in_write!(db, |tx| [silver] programs::delete_tier(tx, company, program, silver.id).await).unwrap());
    }

    async fn a_partner_joins_a_program_once(db: &TestDb) {
        let world = World::build(db).await;
        let twin = Membership { id: db.id(), ..world.membership.clone() };
        assert!(!in_write!(db, |tx| [twin] memberships::insert(tx, &twin).await).unwrap());
        let suspended = Membership { status: MembershipStatus::Suspended, tier_id: None, ..world.membership.clone() };
        assert_eq!(in_write!(db, |tx| [suspended] memberships::save(tx, &suspended).await).unwrap(), 2);
        let stale = in_write!(db, |tx| [suspended] memberships::save(tx, &suspended).await);
        assert!(matches!(stale, Err(StoreError::Conflict)));
        let mut conn = db.read().await.unwrap();
        let found = memberships::find(&mut conn, world.membership.id).await.unwrap().unwrap();
        assert_eq!(found, Membership { version: 2, ..suspended });
        let same = memberships::find_by_partner(&mut conn, world.program.id, world.partner.id).await.unwrap();
        assert_eq!(same, Some(found.clone()));
        let list = memberships::list_by_program(&mut conn, world.company.id, world.program.id).await.unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].membership.clone(), list[0].deals), (found, 0));
        assert_eq!((list[0].partner_name.as_str(), list[0].partner_country.as_str()), ("alta partner", "DE"));
    }

    async fn only_the_own_teams_open_a_program(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let mut conn = db.read().await.unwrap();
        let conn = &mut conn;
        let (owner, admin) = (world.owner.id, world.admin.id);
        let mine = access::find_for_partner(conn, owner, world.membership.id).await.unwrap().unwrap();
        assert_eq!(mine.membership, world.membership);
        assert_eq!(mine.program, world.program);
        assert_eq!((mine.role, mine.tier_name.as_deref()), (PartnerRole::Owner, Some("Gold")));
        assert_eq!((mine.company_name.as_str(), mine.partner_name.as_str()), ("alta", "alta partner"));
        assert_eq!(access::find_for_partner(conn, owner, other.membership.id).await.unwrap(), None);
        assert_eq!(access::find_for_partner(conn, admin, world.membership.id).await.unwrap(), None);
        assert_eq!(access::list_for_partner(conn, owner).await.unwrap(), [mine]);
        let ours = access::find_for_company(conn, admin, world.program.id).await.unwrap().unwrap();
        assert_eq!((ours.role, ours.program.clone()), (CompanyRole::Admin, world.program.clone()));
        assert_eq!(access::find_for_company(conn, admin, other.program.id).await.unwrap(), None);
        assert_eq!(access::find_for_company(conn, owner, world.program.id).await.unwrap(), None);
        assert_eq!(access::list_for_company(conn, admin).await.unwrap(), [ours]);
        let teams = access::list_teams(conn, owner).await.unwrap();
        let name = world.partner.name.clone();
        assert_eq!(teams, [Team::Partner { id: world.partner.id, name, role: PartnerRole::Owner }]);
        assert!(matches!(access::list_teams(conn, admin).await.unwrap()[..], [Team::Company { .. }]));
    }
}
