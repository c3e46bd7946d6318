use domain::commands::InvitePartner;
use domain::people::{CompanyRole, MembershipStatus, PartnerRole, Person, Team};
use domain::views::InvitationOffer;
use services::ServiceError;
use services::accounts::AcceptInvitation;
use testkit::both_engines;

use crate::house::{House, inputs, origin, token};

fn invite(name: &str, email: &str) -> InvitePartner {
    InvitePartner {
        partner_name: name.into(),
        email: email.into(),
        tier: None,
    }
}

async fn teams(house: &House, person: &Person) -> Vec<Team> {
    house.services.viewer(person.clone()).await.unwrap().teams
}

both_engines! {
    async fn a_partner_joins_with_a_new_account_and_team(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let program = house.program(&admin).await;
        program.save_tier(None, "Gold").await.unwrap();
        let tier = program.list_tiers().await.unwrap()[0].id;
        let cmd = InvitePartner { tier: Some(tier), ..invite("Hale & Moss", "Max@hale.test") };
        let link = program.invite_partner(cmd).await.unwrap();
        let page = house.services.open_invitation(&token(&link), None).await.unwrap();
        assert_eq!((page.host.as_str(), page.by.as_str()), ("Alta", "Ada Admin"));
        assert!(matches!(page.offer, InvitationOffer::Program { .. }));
        assert_eq!(program.list_partner_invitations().await.unwrap().len(), 1);

        let max = house.join(&link, "Max").await.unwrap();
        // The invited address, whatever else was posted.
        assert_eq!(max.email, "Max@hale.test");
        assert!(matches!(&teams(&house, &max).await[..], [Team::Partner { role: PartnerRole::Owner, .. }]));
        let partners = program.list_partners().await.unwrap();
        assert_eq!(partners[0].name, "Hale & Moss");
        assert_eq!((partners[0].status, partners[0].tier), (MembershipStatus::Active, Some(tier)));
        let facts = house.facts(program.program().id.uuid()).await;
        assert_eq!(facts, ["program_created", "tier_added", "partner_invited", "partner_joined"]);
        assert_eq!(house.facts(partners[0].partner.uuid()).await, ["partner_created", "person_joined"]);

        let again = house.join(&link, "Eve").await;
        assert!(matches!(again, Err(ServiceError::NotFound)));
        assert!(program.list_partner_invitations().await.unwrap().is_empty());
    }

    async fn one_who_is_signed_in_joins_another_program_with_their_own_team(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let program = house.program(&admin).await;
        let first = program.invite_partner(invite("Hale", "max@hale.test")).await.unwrap();
        let max = house.join(&first, "Max").await.unwrap();
        let second = program.invite_partner(invite("Moss", "max@hale.test")).await.unwrap();
        let page = house.services.open_invitation(&token(&second), Some(max.clone())).await.unwrap();
        let own = page.own_teams[0].0;
        let accept = |team| AcceptInvitation {
            token: token(&second),
            account: None,
            team,
            origin: origin("10.0.0.3"),
        };
        // In the program already: the link is not used up by the refusal.
        let twice = house.services.accept_invitation(accept(Some(own)), Some(max.clone())).await;
        assert_eq!(inputs(twice), ["team"]);
        let session = house.services.accept_invitation(accept(None), Some(max.clone())).await.unwrap();
        assert!(session.is_none());
        assert_eq!(teams(&house, &max).await.len(), 2);
        assert_eq!(house.services.home(&max).await.unwrap().partner_programs.len(), 2);
    }

    async fn nobody_brings_a_foreign_team(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let program = house.program(&admin).await;
        let hale = program.invite_partner(invite("Hale", "max@hale.test")).await.unwrap();
        house.join(&hale, "Max").await.unwrap();
        let foreign = program.list_partners().await.unwrap()[0].partner;
        let link = program.invite_partner(invite("Moss", "eve@moss.test")).await.unwrap();
        let eve = house.services.create_user(crate::house::person("Eve", "eve@moss.test"), None).await.unwrap();
        let eve = Person { id: eve, name: "Eve".into(), email: "eve@moss.test".into() };
        let cmd = AcceptInvitation {
            token: token(&link),
            account: None,
            team: Some(foreign),
            origin: origin("10.0.0.3"),
        };
        assert_eq!(inputs(house.services.accept_invitation(cmd, Some(eve)).await), ["team"]);
    }

    async fn colleagues_join_teams_with_the_role_of_their_invitation(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let company = house.services.home(&admin).await.unwrap().companies[0].0;
        let team = house.services.company_team(admin.id, company).await.unwrap();
        let link = team.invite("rita@alta.test", CompanyRole::Reviewer).await.unwrap();
        let rita = house.join(&link, "Rita").await.unwrap();
        assert!(matches!(&teams(&house, &rita).await[..], [Team::Company { role: CompanyRole::Reviewer, .. }]));
        // A reviewer invites nobody.
        let team = house.services.company_team(rita.id, company).await.unwrap();
        let refused = team.invite("eve@alta.test", CompanyRole::Admin).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
        let facts = house.facts(company.uuid()).await;
        assert_eq!(facts, ["company_created", "person_joined", "person_invited", "person_joined"]);
    }

    async fn a_link_makes_a_member_and_never_changes_one(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let company = house.services.home(&admin).await.unwrap().companies[0].0;
        let team = house.services.company_team(admin.id, company).await.unwrap();
        let rita = house.join(&team.invite("rita@alta.test", CompanyRole::Seller).await.unwrap(), "Rita").await.unwrap();
        let link = team.invite("rob@alta.test", CompanyRole::Admin).await.unwrap();
        let accept = || AcceptInvitation {
            token: token(&link),
            account: None,
            team: None,
            origin: origin("10.0.0.3"),
        };
        assert_eq!(inputs(house.services.accept_invitation(accept(), Some(rita.clone())).await), ["team"]);
        assert!(matches!(&teams(&house, &rita).await[..], [Team::Company { role: CompanyRole::Seller, .. }]));
        // It is still open for whom it was meant.
        house.join(&link, "Rob").await.unwrap();

        let program = house.program(&admin).await;
        let max = house.join(&program.invite_partner(invite("Hale", "max@hale.test")).await.unwrap(), "Max").await.unwrap();
        let partner = program.list_partners().await.unwrap()[0].partner;
        let team = house.services.partner_team(max.id, partner).await.unwrap();
        let link = team.invite("mia@hale.test", PartnerRole::Finance).await.unwrap();
        let cmd = AcceptInvitation { token: token(&link), ..accept() };
        assert_eq!(inputs(house.services.accept_invitation(cmd, Some(max)).await), ["team"]);
        house.join(&link, "Mia").await.unwrap();
    }

    async fn an_account_is_not_made_twice(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let program = house.program(&admin).await;
        let link = program.invite_partner(invite("Alta too", "ADA@alta.test")).await.unwrap();
        assert_eq!(inputs(house.join(&link, "Ada").await), ["name"]);
        // The invitation is still there for the one who signs in.
        house.services.open_invitation(&token(&link), None).await.unwrap();
    }

    async fn an_invitation_is_taken_back(db: &TestDb) {
        let (house, admin) = House::set_up(db).await;
        let program = house.program(&admin).await;
        let link = program.invite_partner(invite("Hale", "max@hale.test")).await.unwrap();
        let open = program.list_partner_invitations().await.unwrap();
        program.withdraw_invitation(open[0].id).await.unwrap();
        let gone = house.services.open_invitation(&token(&link), None).await;
        assert!(matches!(gone, Err(ServiceError::NotFound)));
        let twice = program.withdraw_invitation(open[0].id).await;
        assert!(matches!(twice, Err(ServiceError::NotFound)));
    }
}
