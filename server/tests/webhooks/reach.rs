//! Addresses that may not be reached are not: also behind a name, and whatever the environment says of proxies.

use domain::webhooks::{HookUrl, Reach};
use server::webhooks::HttpCourier;
use services::webhooks::{Courier as _, Parcel};

use crate::sink::Sink;
use crate::wire::{config, parcel};

/// As if the endpoint had been entered while more was allowed.
fn entered_before(url: &str) -> Parcel {
    parcel(url, "0.0.0.0/0,::/0")
}

#[tokio::test]
async fn nothing_goes_to_an_address_that_the_operator_does_not_allow() {
    let mut sink = Sink::open().await;
    let port = sink.address.port();
    for networks in ["", "10.9.0.0/16"] {
        let courier = HttpCourier::open(&config(networks, "5 s")).unwrap();
        for url in [
            format!("http://127.0.0.1:{port}/"),
            format!("https://127.0.0.1:{port}/"),
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            format!("http://[64:ff9b::7f00:1]:{port}/"),
            format!("http://[2002:7f00:1::]:{port}/"),
            format!("http://[::1]:{port}/"),
            format!("http://0.0.0.0:{port}/"),
            // A name, which is looked up and then refused.
            format!("http://localhost:{port}/"),
            format!("https://localhost:{port}/"),
        ] {
            let why = courier.carry(&entered_before(&url)).await.unwrap_err();
            assert!(why.ends_with("to which nothing is sent"), "{url}: {why}");
        }
    }
    assert!(sink.taken.try_recv().is_err(), "nobody was asked");
}

#[tokio::test]
async fn what_is_allowed_is_reached_by_its_name_too() {
    let mut sink = Sink::open().await;
    let url = format!("http://localhost:{}/", sink.address.port());
    let courier = HttpCourier::open(&config("127.0.0.1", "30 s")).unwrap();
    let reply = courier.carry(&entered_before(&url)).await.unwrap();
    assert_eq!(reply.status, 200);
    assert!(sink.taken.recv().await.is_some());
}

#[tokio::test]
async fn a_name_that_is_none_is_named() {
    let courier = HttpCourier::open(&config("", "10 s")).unwrap();
    let url = HookUrl::parse("https://nowhere.invalid/", &Reach::default()).unwrap();
    let sent = Parcel {
        url,
        ..entered_before("https://a.example/")
    };
    let why = courier.carry(&sent).await.unwrap_err();
    assert!(
        why.contains("nowhere.invalid") || why.starts_with("It did not answer"),
        "{why}"
    );
}
