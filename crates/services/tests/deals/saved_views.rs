//! Saved views: whose they are, who else uses them, and what their names may be.

use domain::SavedViewId;
use domain::people::{CompanyRole, MembershipStatus, PartnerRole};
use domain::saved_views::{ChangeView, MAX_VIEWS, SaveView, SavedView};
use services::{CompanyAccess, PartnerAccess, ServiceError};
use store::memberships::Membership;
use testkit::{TestDb, World, both_engines, in_write};
use uuid::Uuid;

use crate::desk::Desk;

const STUCK: &str = "?stuck=1&view=list";

fn view(name: &str, shared: bool) -> SaveView {
    SaveView {
        name: name.into(),
        query: STUCK.into(),
        shared,
    }
}

fn change(view: SavedViewId, name: &str, shared: bool) -> ChangeView {
    ChangeView {
        view,
        name: name.into(),
        shared,
    }
}

/// A member of the partner's team beside its owner.
async fn colleague(db: &TestDb, desk: &Desk) -> PartnerAccess {
    let user = World::build_named(db, "boreal").await.owner.id;
    let (partner, now) = (desk.world.partner.id, db.now());
    let role = PartnerRole::Member;
    in_write!(db, |tx| [] store::partners::insert_member(tx, partner, user, role, now).await)
        .unwrap();
    let membership = desk.world.membership.id;
    desk.services.partner(user, membership).await.unwrap()
}

/// Another partner's owner, in the same program; and the other company's admin, in theirs.
async fn strangers(db: &TestDb, desk: &Desk) -> (PartnerAccess, CompanyAccess) {
    let other = World::build_named(db, "cirrus").await;
    let membership = Membership {
        id: db.id(),
        company_id: desk.world.company.id,
        program_id: desk.world.program.id,
        partner_id: other.partner.id,
        tier_id: None,
        status: MembershipStatus::Active,
        ..other.membership.clone()
    };
    in_write!(db, |tx| [membership] store::memberships::insert(tx, &membership).await).unwrap();
    let rival = desk.services.partner(other.owner.id, membership.id).await;
    let company = desk
        .services
        .company(other.admin.id, other.program.id)
        .await;
    (rival.unwrap(), company.unwrap())
}

/// Another person of the company's team, who edits nothing.
async fn seller(db: &TestDb, desk: &Desk) -> CompanyAccess {
    let user = World::build_named(db, "delta").await.admin.id;
    let (company, now) = (desk.world.company.id, db.now());
    let role = CompanyRole::Seller;
    in_write!(db, |tx| [] store::companies::insert_member(tx, company, user, role, now).await)
        .unwrap();
    let program = desk.world.program.id;
    desk.services.company(user, program).await.unwrap()
}

fn names(views: &[SavedView]) -> Vec<&str> {
    views.iter().map(|view| view.name.as_str()).collect()
}

fn fault(outcome: Result<SavedViewId, ServiceError>) -> String {
    match outcome {
        Err(ServiceError::Invalid(faults)) if faults.len() == 1 && faults[0].input == "name" => {
            faults[0].text.clone()
        }
        outcome => panic!("{outcome:?}"),
    }
}

both_engines! {
    async fn a_shared_view_is_the_teams_and_nobody_elses(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (owner, member) = (desk.partner().await, colleague(db, &desk).await);
        let (rival, foreign) = strangers(db, &desk).await;
        let company = desk.company().await;
        let mine = owner.save_view(view("Mine", false)).await.unwrap();
        let teams = owner.save_view(view("Team", true)).await.unwrap();
        let own = owner.saved_views().await.unwrap();
        assert_eq!(names(&own), ["Mine", "Team"]);
        assert!(own.iter().all(|view| view.owner.is_none() && view.may_delete && view.query == STUCK));

        let seen = member.saved_views().await.unwrap();
        assert_eq!(names(&seen), ["Team"]);
        assert_eq!(seen[0].owner.as_deref(), Some(desk.world.owner.name.as_str()));
        assert!(!seen[0].may_delete);
        // It is used, and not changed.
        assert!(matches!(member.change_view(change(teams, "Ours", true)).await, Err(ServiceError::Forbidden)));
        assert!(matches!(member.delete_view(teams).await, Err(ServiceError::Forbidden)));
        assert!(matches!(member.change_view(change(mine, "Ours", true)).await, Err(ServiceError::NotFound)));
        assert!(matches!(member.delete_view(mine).await, Err(ServiceError::NotFound)));

        // Another team of the same program, the company, another company: for them neither is there.
        for id in [mine, teams] {
            assert!(matches!(rival.change_view(change(id, "X", true)).await, Err(ServiceError::NotFound)));
            assert!(matches!(rival.delete_view(id).await, Err(ServiceError::NotFound)));
            for other in [&company, &foreign] {
                assert!(matches!(other.change_view(change(id, "X", true)).await, Err(ServiceError::NotFound)));
                assert!(matches!(other.delete_view(id).await, Err(ServiceError::NotFound)));
            }
        }
        assert!(rival.saved_views().await.unwrap().is_empty());
        assert!(company.saved_views().await.unwrap().is_empty());
        let companys = company.save_view(view("Desk", true)).await.unwrap();
        assert!(foreign.saved_views().await.unwrap().is_empty());
        assert!(matches!(foreign.delete_view(companys).await, Err(ServiceError::NotFound)));
        assert!(matches!(owner.delete_view(companys).await, Err(ServiceError::NotFound)));
        assert_eq!(names(&owner.saved_views().await.unwrap()), ["Mine", "Team"]);
        assert_eq!(names(&seller(db, &desk).await.saved_views().await.unwrap()), ["Desk"]);

        // Taken back, it is the owner's alone again.
        owner.change_view(change(teams, "Team", false)).await.unwrap();
        assert!(member.saved_views().await.unwrap().is_empty());
    }

    async fn one_in_two_teams_of_a_program_keeps_them_apart(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (rival, _) = strangers(db, &desk).await;
        let (user, now) = (desk.world.owner.id, db.now());
        let second = rival.membership();
        let mut conn = db.read().await.unwrap();
        let partner = store::memberships::find(&mut conn, second).await.unwrap().unwrap().partner_id;
        drop(conn);
        let role = PartnerRole::Member;
        in_write!(db, |tx| [] store::partners::insert_member(tx, partner, user, role, now).await).unwrap();
        let first = desk.partner().await;
        let there = desk.services.partner(user, second).await.unwrap();
        let id = first.save_view(view("Here", true)).await.unwrap();
        assert!(there.saved_views().await.unwrap().is_empty());
        assert!(matches!(there.delete_view(id).await, Err(ServiceError::NotFound)));
        // The same name is free on the other side.
        there.save_view(view("Here", true)).await.unwrap();
        assert_eq!(names(&rival.saved_views().await.unwrap()), ["Here"]);
    }

    async fn a_name_is_ones_own_once(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (owner, member) = (desk.partner().await, colleague(db, &desk).await);
        let first = owner.save_view(view("  This \t quarter ", true)).await.unwrap();
        assert_eq!(names(&owner.saved_views().await.unwrap()), ["This quarter"]);
        assert_eq!(fault(owner.save_view(view("THIS QUARTER", false)).await), "You have a view of that name. Choose another name");
        assert_eq!(fault(owner.save_view(view(" ", false)).await), "Enter a name");
        assert_eq!(fault(owner.save_view(view(&"x".repeat(61), false)).await), "Shorten the name to 60 characters or fewer");
        let long = SaveView { query: format!("?search={}", "x".repeat(3_000)), ..view("Long", false) };
        assert!(fault(owner.save_view(long).await).starts_with("These filters are too long"));
        // A colleague's names are theirs.
        member.save_view(view("this quarter", false)).await.unwrap();
        let second = owner.save_view(view("Next", false)).await.unwrap();
        let renamed = owner.change_view(change(second, "this Quarter", false)).await;
        assert_eq!(fault(renamed.map(|()| second)), "You have a view of that name. Choose another name");
        assert_eq!(fault(owner.change_view(change(second, "", false)).await.map(|()| second)), "Enter a name");
        // Its own it may keep, in other letters.
        owner.change_view(change(first, "This QUARTER", true)).await.unwrap();
        assert_eq!(names(&owner.saved_views().await.unwrap()), ["Next", "This QUARTER"]);
        let nothing = SavedViewId(Uuid::from_u128(7));
        assert!(matches!(owner.delete_view(nothing).await, Err(ServiceError::NotFound)));
    }

    async fn a_person_keeps_fifty(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (owner, member) = (desk.partner().await, colleague(db, &desk).await);
        let mut last = None;
        for number in 0..MAX_VIEWS {
            last = Some(owner.save_view(view(&format!("View {number}"), false)).await.unwrap());
        }
        assert!(fault(owner.save_view(view("One more", false)).await).starts_with("You have 50 views"));
        // Of each person, and of each side.
        member.save_view(view("Mine", false)).await.unwrap();
        desk.company().await.save_view(view("Mine", false)).await.unwrap();
        owner.delete_view(last.unwrap()).await.unwrap();
        owner.save_view(view("One more", false)).await.unwrap();
        assert_eq!(owner.saved_views().await.unwrap().len(), MAX_VIEWS);
    }

    async fn who_leads_a_team_tidies_what_it_shares(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (owner, member) = (desk.partner().await, colleague(db, &desk).await);
        let shared = member.save_view(view("Shared", true)).await.unwrap();
        let private = member.save_view(view("Private", false)).await.unwrap();
        assert!(owner.saved_views().await.unwrap()[0].may_delete);
        assert!(matches!(owner.change_view(change(shared, "Mine", true)).await, Err(ServiceError::Forbidden)));
        assert!(matches!(owner.delete_view(private).await, Err(ServiceError::NotFound)));
        owner.delete_view(shared).await.unwrap();
        assert_eq!(names(&member.saved_views().await.unwrap()), ["Private"]);

        let (admin, seller) = (desk.company().await, seller(db, &desk).await);
        let admins = admin.save_view(view("Admin's", true)).await.unwrap();
        let sellers = seller.save_view(view("Seller's", true)).await.unwrap();
        assert!(matches!(seller.delete_view(admins).await, Err(ServiceError::Forbidden)));
        admin.delete_view(sellers).await.unwrap();
        assert_eq!(names(&seller.saved_views().await.unwrap()), ["Admin's"]);
        // Who was one when the page was opened, and is not any more.
        let sellers = seller.save_view(view("Again", true)).await.unwrap();
        desk.company_as(CompanyRole::Reviewer).await;
        assert!(matches!(admin.delete_view(sellers).await, Err(ServiceError::Forbidden)));
    }

    async fn views_go_with_the_person(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (owner, member) = (desk.partner().await, colleague(db, &desk).await);
        member.save_view(view("Hers", true)).await.unwrap();
        owner.save_view(view("His", true)).await.unwrap();
        let team = desk.services.partner_team(desk.world.owner.id, desk.world.partner.id).await.unwrap();
        team.remove(member.person().id).await.unwrap();
        assert_eq!(names(&owner.saved_views().await.unwrap()), ["His"]);
        assert!(matches!(member.save_view(view("Late", true)).await, Err(ServiceError::NotFound)));

        let (admin, seller) = (desk.company().await, seller(db, &desk).await);
        seller.save_view(view("Theirs", true)).await.unwrap();
        admin.save_view(view("Ours", true)).await.unwrap();
        let team = desk.services.company_team(desk.world.admin.id, desk.world.company.id).await.unwrap();
        team.remove(seller.person().id).await.unwrap();
        assert_eq!(names(&admin.saved_views().await.unwrap()), ["Ours"]);
    }

    async fn views_go_with_the_company(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (_, foreign) = strangers(db, &desk).await;
        desk.partner().await.save_view(view("Partner's", true)).await.unwrap();
        desk.company().await.save_view(view("Company's", false)).await.unwrap();
        foreign.save_view(view("Stays", false)).await.unwrap();
        let company = desk.world.company.id;
        in_write!(db, |tx| [] store::maintenance::erase(tx, &[company], &[], &[]).await).unwrap();
        assert_eq!(names(&foreign.saved_views().await.unwrap()), ["Stays"]);
        let mut left = store::Statement::new("SELECT name FROM saved_views WHERE company_id = ");
        left.bind(company.0);
        let left: Vec<(String,)> = left.fetch_all(&mut db.read().await.unwrap()).await.unwrap();
        assert!(left.is_empty(), "{left:?}");
    }
}
