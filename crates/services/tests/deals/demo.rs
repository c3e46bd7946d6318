//! The demo data is whole: its books, its histories, and three truly different ways to pay.

use domain::views::CommissionFilter;
use domain::{MembershipId, UserId};
use services::{Services, ServicesConfig};
use testkit::both_engines;

both_engines! {
    async fn what_the_demo_loads_is_in_order_and_goes_again(db: &TestDb) {
        let config = ServicesConfig {
            base_url: String::new(),
            files_folder: db.files_folder(),
            passwords: services::PasswordCost::least(),
        };
        let services = Services::system(db.db.clone(), config);
        services.load_demo(300).await.unwrap();
        let verified = services.verify().await.unwrap().unwrap();
        assert!(verified.commissions > 30 && verified.transactions > 5 && verified.threads > 10, "{verified:?}");
        let mut conn = services.read().await.unwrap();
        let nadia = store::accounts::users::find_by_email(&mut conn, "nadia@brightwater.example").await.unwrap();
        let nadia: UserId = nadia.unwrap().id;
        let programs: Vec<MembershipId> = store::access::list_for_partner(&mut conn, nadia).await.unwrap()
            .into_iter().map(|row| row.membership.id).collect();
        drop(conn);
        assert_eq!(programs.len(), 3);
        let mut sentences = Vec::new();
        for membership in programs {
            let access = services.partner(nadia, membership).await.unwrap();
            sentences.extend(access.offers().await.unwrap().into_iter().map(|offer| offer.sentence));
            assert!(access.commissions(&CommissionFilter::default(), None).await.is_ok());
        }
        for part in ["EUR 600 for each deal", "of the rest of the value of each deal", "of each transaction"] {
            assert!(sentences.iter().any(|sentence| sentence.contains(part)), "{part}: {sentences:?}");
        }
        assert!(services.clear_demo().await.unwrap());
        let verified = services.verify().await.unwrap().unwrap();
        assert_eq!((verified.commissions, verified.wins), (0, 0));
    }
}
