//! A customer's page, the lines of a commission, and who published an offer.

use domain::commands::{CorrectCommission, EnterTransaction, PublishOffer};
use domain::people::CompanyRole;
use domain::views::CommissionFilter;
use domain::{DealId, OfferId};
use services::ServiceError;
use testkit::{World, both_engines};

use crate::desk::Desk;
use crate::money::{of_transactions, publish, ten_percent, won};

async fn bought(desk: &Desk, deal: DealId, reference: &str) {
    let command = EnterTransaction {
        deal,
        amount: "300".into(),
        currency: "EUR".into(),
        on: desk.services.now().date().to_string(),
        reference: reference.into(),
    };
    let company = desk.company().await;
    company.enter_transaction(command).await.unwrap();
}

both_engines! {
    async fn a_customers_page_has_all_that_belongs_to_it_and_nothing_else(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        publish(&desk, of_transactions()).await;
        let first = won(&desk, "key-1", "Tern Labs").await;
        let second = won(&desk, "key-2", "Tern Labs").await;
        let other = won(&desk, "key-3", "Hale and Moss").await;
        bought(&desk, first, "INV-1").await;
        bought(&desk, other, "INV-2").await;
        let company = desk.company().await;
        let id = company.customers("tern").await.unwrap()[0].id;
        let page = company.customer(id).await.unwrap();
        assert_eq!(page.customer.name, "Tern Labs");
        let mut deals: Vec<DealId> = page.deals.iter().map(|deal| deal.id).collect();
        deals.sort();
        assert_eq!(deals, [first, second]);
        let mut earned: Vec<String> =
            page.commissions.iter().map(|line| line.amount().display_exact()).collect();
        earned.sort();
        assert_eq!(earned, ["EUR 1,200.05", "EUR 1,200.05", "EUR 15.00"]);
        let references: Vec<&str> =
            page.transactions.iter().map(|bought| bought.reference.as_str()).collect();
        assert_eq!(references, ["INV-1"]);
        assert!(page.may_enter);
        let seller = desk.company_as(CompanyRole::Seller).await;
        assert!(!seller.customer(id).await.unwrap().may_enter);
    }

    async fn another_companys_customer_does_not_exist(db: &TestDb) {
        let desk = Desk::open(db).await;
        won(&desk, "key-1", "Tern Labs").await;
        let id = desk.company().await.customers("").await.unwrap()[0].id;
        let there = Desk::beside(&desk, World::build_named(db, "borealis").await);
        let found = there.company().await.customer(id).await;
        assert!(matches!(found, Err(ServiceError::NotFound)), "{found:?}");
    }

    async fn a_commission_is_shown_with_the_lines_that_were_added_to_it(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        won(&desk, "key-1", "Tern Labs").await;
        won(&desk, "key-2", "Hale and Moss").await;
        let company = desk.company().await;
        let list = company.commissions(&CommissionFilter::default(), None).await.unwrap();
        let of = list.rows[0].id;
        for key in ["one", "two"] {
            let command = CorrectCommission {
                commission: of,
                key: key.into(),
                amount: "-10".into(),
                reason: "A seat less".into(),
            };
            company.correct_commission(command).await.unwrap();
        }
        let (ours, lines) = company.commission_with_lines(of).await.unwrap();
        assert_eq!((ours.id, lines.len()), (of, 2));
        assert!(lines.iter().all(|line| line.corrects == Some(of)));
        let (theirs, same) = desk.partner().await.commission_with_lines(of).await.unwrap();
        assert_eq!(theirs.calculation, ours.calculation);
        assert_eq!(same.len(), 2);
        assert!(theirs.partner.is_empty() && same.iter().all(|line| line.partner.is_empty()));
        let (line, none) = company.commission_with_lines(lines[0].id).await.unwrap();
        assert_eq!((line.corrects, none.len()), (Some(of), 0));
    }

    async fn every_version_names_its_publisher(db: &TestDb) {
        let desk = Desk::open(db).await;
        let offer: OfferId = publish(&desk, ten_percent()).await;
        let mut terms = ten_percent();
        terms.percent = "12".into();
        let next = PublishOffer { offer: Some(offer), terms, number: 1 };
        desk.company().await.publish_offer(next).await.unwrap();
        let view = desk.company().await.offers().await.unwrap();
        assert_eq!(view.offers[0].versions.len(), 2);
        let admin = &desk.world.admin;
        assert_eq!(view.offers[0].publishers, [(admin.id, admin.name.clone())]);
    }
}
