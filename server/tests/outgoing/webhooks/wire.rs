//! What an endpoint does, and what is said of it.

use std::time::{Duration, Instant};

use domain::webhooks::{HookUrl, Reach};
use server::config::{Config, Sources, WebhookConfig};
use server::webhooks::HttpCourier;
use services::webhooks::{Courier as _, Parcel, Reply};

use crate::webhooks::sink::{Sink, roots};

pub fn config(networks: &str, timeout: &str) -> WebhookConfig {
    let config = Config::read(&Sources {
        flag: &|name| match name {
            "webhooks-allow-private" => Some(networks.to_owned()),
            "webhooks-timeout" => Some(timeout.to_owned()),
            _ => None,
        },
        env: &|_| None,
        file: None,
    });
    config.unwrap().webhooks
}

pub fn parcel(url: &str, networks: &str) -> Parcel {
    let reach = Reach {
        allowed: config(networks, "1 s").allowed,
    };
    Parcel {
        url: HookUrl::parse(url, &reach).unwrap(),
        id: "dlv_00000000000000000000000007".parse().unwrap(),
        timestamp: 1_614_265_330,
        signature: "v1,a v1,b".to_owned(),
        body: r#"{"type":"webhook.test","who":"M\u00f6ss"}"#.to_owned(),
    }
}

const HERE: &str = "127.0.0.0/8";

/// Long enough on a busy machine.
const USUAL: &str = "30 s";

async fn carried(sink: &Sink, path: &str, timeout: &str) -> Result<Reply, String> {
    let courier = HttpCourier::open(&config(HERE, timeout)).unwrap();
    courier.carry(&parcel(&sink.url(path), HERE)).await
}

#[tokio::test]
async fn a_message_arrives_as_the_specification_has_it() {
    let mut sink = Sink::open().await;
    let reply = carried(&sink, "/hooks/deals?a=b", USUAL).await.unwrap();
    assert_eq!((reply.status, reply.text.as_str()), (200, "thanks"));
    let taken = sink.taken.recv().await.unwrap();
    let sent = parcel(&sink.url("/"), HERE);
    assert_eq!(
        (taken.path.as_str(), &taken.body),
        ("/hooks/deals?a=b", &sent.body)
    );
    assert_eq!(taken.header("webhook-id"), sent.id.to_string());
    assert_eq!(taken.header("webhook-timestamp"), "1614265330");
    assert_eq!(taken.header("webhook-signature"), "v1,a v1,b");
    assert_eq!(taken.header("content-type"), "application/json");
    assert_eq!(taken.header("host"), sink.address.to_string());
    assert!(taken.header("user-agent").starts_with("Dealboard/"));
}

#[tokio::test]
async fn a_refusal_is_an_answer_with_its_first_words() {
    let sink = Sink::open().await;
    let reply = carried(&sink, "/fail", USUAL).await.unwrap();
    assert_eq!(reply.status, 500);
    assert!(reply.text.starts_with("no"), "{reply:?}");
    assert_eq!(reply.retry_after, None);
    let busy = carried(&sink, "/busy", USUAL).await.unwrap();
    assert_eq!(
        (busy.status, busy.retry_after.as_deref()),
        (503, Some("120"))
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let mut sink = Sink::open().await;
    let reply = carried(&sink, "/redirect", USUAL).await.unwrap();
    assert_eq!(reply.status, 302);
    assert_eq!(sink.taken.recv().await.unwrap().path, "/redirect");
    assert!(sink.taken.try_recv().is_err(), "nothing was sent elsewhere");
}

#[tokio::test]
async fn silence_is_waited_for_only_so_long() {
    let sink = Sink::open().await;
    let why = carried(&sink, "/silent", "300 ms").await.unwrap_err();
    assert_eq!(why, "It did not answer within 0.3 seconds");
}

#[tokio::test]
async fn of_an_answer_that_never_ends_the_first_is_read() {
    let sink = Sink::open().await;
    let began = Instant::now();
    let slow = carried(&sink, "/slow-body", USUAL).await.unwrap();
    assert_eq!(slow.status, 200, "the head has come, and it decides");
    assert!(
        !slow.text.is_empty()
            && slow.text.len() < 2_048
            && slow.text.bytes().all(|byte| byte == b'z')
    );
    assert!(
        began.elapsed() < Duration::from_secs(25),
        "and nobody waits for the end"
    );
    let huge = carried(&sink, "/huge-body", USUAL).await.unwrap();
    assert_eq!((huge.status, huge.text.len()), (200, 2_048));
}

#[tokio::test]
async fn what_is_no_answer_is_said_in_words() {
    let sink = Sink::open().await;
    for path in ["/cut", "/nonsense", "/huge-head"] {
        let why = carried(&sink, path, USUAL).await.unwrap_err();
        assert!(why.starts_with("It did not answer: "), "{path}: {why}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let courier = HttpCourier::open(&config(HERE, USUAL)).unwrap();
    let why = courier
        .carry(&parcel(&format!("http://{address}/"), HERE))
        .await
        .unwrap_err();
    assert!(
        why.starts_with(&format!("No connection to {address}: ")),
        "{why}"
    );
}

#[tokio::test]
async fn a_certificate_must_be_known_and_of_that_name() {
    let mut sink = Sink::secure().await;
    let port = sink.address.port();
    let named = parcel(&format!("https://localhost:{port}/"), HERE);
    let courier = HttpCourier::with_roots(&config(HERE, USUAL), roots()).unwrap();
    assert_eq!(courier.carry(&named).await.unwrap().status, 200);
    assert_eq!(
        sink.taken.recv().await.unwrap().header("host"),
        format!("localhost:{port}")
    );
    let other = parcel(&format!("https://127.0.0.1:{port}/"), HERE);
    let why = courier.carry(&other).await.unwrap_err();
    assert!(
        why.starts_with("No secure connection to 127.0.0.1: "),
        "{why}"
    );
    let courier = HttpCourier::open(&config(HERE, USUAL)).unwrap();
    let why = courier.carry(&named).await.unwrap_err();
    assert!(why.contains("UnknownIssuer"), "{why}");
    assert!(sink.taken.try_recv().is_err(), "nothing went over either");
}
