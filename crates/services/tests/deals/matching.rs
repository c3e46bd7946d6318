//! Two parties on one customer.

use domain::commands::AddClaim;
use domain::views::ConflictHint;
use testkit::both_engines;

use crate::desk::Desk;

both_engines! {
    async fn the_company_sees_its_own_team_and_the_partner_only_that_somebody_is_there(db: &TestDb) {
        let desk = Desk::open(db).await;
        let claim = AddClaim {
            customer: "TERN LABS Inc.".into(),
            site: "https://www.tern.example/about".into(),
            note: "Ours since May".into(),
        };
        desk.company().await.add_claim(claim).await.unwrap();
        assert!(desk.partner().await.may_conflict("Tern Labs", "", None).await.unwrap());
        assert!(desk.partner().await.may_conflict("Something else", "tern.example", None).await.unwrap());
        assert!(!desk.partner().await.may_conflict("Something else", "gmail.com", None).await.unwrap());
        let deal = desk.submit("key-1", "Tern Labs Ltd").await;
        let page = desk.company().await.deal(deal).await.unwrap();
        assert!(matches!(&page.conflicts[..], [ConflictHint::Claim { note, .. }] if note == "Ours since May"));
        assert_eq!(desk.company().await.review_queue().await.unwrap().items[0].conflicts, 1);
    }

    async fn the_queue_counts_the_conflicts_that_each_page_lists(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        for (customer, site) in [
            ("Tern Labs", ""), ("tern labs GmbH", "tern.example"), ("Elsewhere", "tern.example"), ("Nobody", ""),
        ] {
            let (customer, site) = (customer.into(), site.into());
            company.add_claim(AddClaim { customer, site, note: String::new() }).await.unwrap();
        }
        let sited = |key: &str, customer: &str, site: &str| {
            let mut command = desk.submission(key, customer);
            command.answers.set(&domain::forms::FieldKey::parse("website").unwrap(), vec![site.into()]);
            command
        };
        let partner = desk.partner().await;
        for (key, customer, site) in [
            ("key-1", "Tern Labs Ltd", "https://www.tern.example"),
            ("key-2", "Another", "https://tern.example/about"),
            ("key-3", "Tern Labs", ""),
            ("key-4", "Alone", "https://gmail.com"),
            ("key-5", "Alone too", "https://gmail.com"),
            ("key-6", "!!!", ""),
            ("key-7", "???", ""),
        ] {
            partner.submit_deal(sited(key, customer, site)).await.unwrap();
        }
        // More of one business than a page lists.
        for number in 0..24 {
            desk.submit(&format!("many-{number}"), "Everybody").await;
        }
        let won = desk.approved("won-1", "Tern Labs").await;
        desk.win(won).await;
        let queue = company.review_queue().await.unwrap().items;
        assert_eq!(queue.len(), 7 + 24 + 1);
        let mut most = 0;
        for item in queue {
            let listed = company.deal(item.id).await.unwrap().conflicts.len();
            assert_eq!(item.conflicts, i64::try_from(listed).unwrap(), "{}", item.customer);
            most = most.max(listed);
            if item.customer.starts_with("Alone") || item.customer.len() == 3 {
                assert_eq!(listed, 0, "{}", item.customer);
            }
        }
        assert_eq!(most, 20);
    }

    async fn two_wins_of_one_business_are_one_customer(db: &TestDb) {
        let desk = Desk::open(db).await;
        let first = desk.approved("key-1", "Tern Labs Ltd").await;
        let second = desk.approved("key-2", "tern labs").await;
        desk.win(first).await;
        desk.win(second).await;
        assert_eq!(desk.company().await.customers("").await.unwrap().len(), 1);
    }
}
