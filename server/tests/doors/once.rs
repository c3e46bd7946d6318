//! A page loads what it shows once: what it was written from is what its browser goes on with.

use std::collections::BTreeSet;

use crate::support::{Call, House};

/// What the page hands its browser, one text for each thing that was loaded.
fn loaded(page: &str) -> Vec<&str> {
    page.split("__RESOLVED_RESOURCES[")
        .skip(1)
        .filter_map(|rest| {
            rest.split_once("] = ")?
                .1
                .split_once("\";")
                .map(|(text, _)| text)
        })
        .collect()
}

#[tokio::test]
async fn every_frames_page_is_built_once() {
    let house = House::with_demo(40).await;
    let (partner, company) = ("nadia@brightwater.example", "mara@altostrat.example");
    for (email, wanted) in [(partner, ["/p/", "/summary"]), (company, ["/c/", "/deals"])] {
        let token = house.sign_in(email).await;
        let home = house.send(Call::get("/").signed_in(Some(&token))).await;
        let mut links = home
            .body
            .split("href=\"")
            .filter_map(|rest| rest.split('"').next());
        let program = links.find(|link| link.starts_with(wanted[0])).unwrap();
        let start: Vec<&str> = program.split('/').take(3).collect();
        for path in ["/".to_owned(), format!("{}{}", start.join("/"), wanted[1])] {
            let page = house
                .send(Call::get(path.as_str()).signed_in(Some(&token)))
                .await;
            assert_eq!(page.status, 200, "{path}");
            let loaded = loaded(&page.body);
            let own: Vec<&&str> = loaded.iter().filter(|text| text.len() > 40).collect();
            let distinct: BTreeSet<&&&str> = own.iter().collect();
            assert!(own.len() >= 2, "{path}: {loaded:?}");
            assert_eq!(own.len(), distinct.len(), "{path}: {loaded:?}");
        }
    }
}
