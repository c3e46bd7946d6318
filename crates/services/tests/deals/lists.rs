//! The list of deals as a file.

use domain::views::DealFilter;
use testkit::both_engines;

use crate::desk::Desk;

both_engines! {
    async fn many_files_at_once_take_turns(db: &TestDb) {
        let desk = Desk::open(db).await;
        desk.submit("key-1", "Tern Labs").await;
        desk.submit("key-2", "Zenith").await;
        let company = desk.company().await;
        let mut files = Vec::new();
        for _ in 0..8 {
            let company = company.clone();
            files.push(tokio::spawn(async move { company.deals_csv(&DealFilter::default()).await }));
        }
        for file in files {
            let text = file.await.unwrap().unwrap();
            assert!(text.lines().count() == 3 && text.contains("Tern Labs") && text.contains("Zenith"), "{text}");
        }
        // No connection stays in the moment of a file.
        desk.submit("key-3", "Hale and Moss").await;
        for _ in 0..8 {
            let text = company.deals_csv(&DealFilter::default()).await.unwrap();
            assert!(text.contains("Hale and Moss"), "{text}");
        }
    }
}
