//! Addresses that may not be reached are not: also behind a name, and whatever the environment says of proxies.

use domain::webhooks::{HookUrl, Reach};
use server::webhooks::HttpCourier;
use services::webhooks::{Courier as _, Parcel};
use tokio::net::{TcpListener, TcpStream};

use crate::webhooks::sink::Sink;
use crate::webhooks::wire::{config, parcel};

/// As if the endpoint had been entered while more was allowed.
fn entered_before(url: &str) -> Parcel {
    parcel(url, "0.0.0.0/0,::/0")
}

/// Counts who connects, at this machine's own addresses of both kinds.
struct Door {
    port: u16,
    listeners: Vec<TcpListener>,
}

impl Door {
    async fn open() -> Self {
        let four = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = four.local_addr().unwrap().port();
        let mut listeners = vec![four];
        // Where there is no IPv6, nobody can come by it.
        listeners.extend(TcpListener::bind(("::1", port)).await);
        Self { port, listeners }
    }

    /// How many connected so far. Connections are accepted in the order in which they were made: whoever came before our own
    /// is met before it, also if they have left.
    async fn came(&self) -> usize {
        let mut came = 0;
        for listener in &self.listeners {
            let own = TcpStream::connect(listener.local_addr().unwrap());
            let own = own.await.unwrap();
            let place = own.local_addr().unwrap();
            while listener.accept().await.unwrap().1 != place {
                came += 1;
            }
        }
        came
    }
}

#[tokio::test]
async fn nothing_goes_to_an_address_that_the_operator_does_not_allow() {
    let door = Door::open().await;
    let port = door.port;
    for networks in ["", "10.9.0.0/16"] {
        let courier = HttpCourier::open(&config(networks, "5 s")).unwrap();
        for url in [
            format!("http://127.0.0.1:{port}/"),
            format!("https://127.0.0.1:{port}/"),
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            format!("http://[64:ff9b::7f00:1]:{port}/"),
            format!("http://[2002:7f00:1::]:{port}/"),
            format!("http://[::1]:{port}/"),
            format!("https://[::1]:{port}/"),
            format!("http://0.0.0.0:{port}/"),
            format!("https://[::]:{port}/"),
        ] {
            let why = courier.carry(&entered_before(&url)).await.unwrap_err();
            assert!(why.ends_with("to which nothing is sent"), "{url}: {why}");
            assert_eq!(door.came().await, 0, "{url} was connected to");
        }
    }
}

#[tokio::test]
async fn a_name_is_looked_up_and_refused_without_saying_where_it_leads() {
    let door = Door::open().await;
    let port = door.port;
    for networks in ["", "10.9.0.0/16"] {
        let courier = HttpCourier::open(&config(networks, "5 s")).unwrap();
        for url in [
            format!("http://localhost:{port}/"),
            format!("https://localhost:{port}/"),
        ] {
            let why = courier.carry(&entered_before(&url)).await.unwrap_err();
            let told = "localhost leads to an address that is not public, to which nothing is sent";
            assert_eq!(why, told, "{url}");
            assert_eq!(door.came().await, 0, "{url} was connected to");
        }
    }
}

#[tokio::test]
async fn who_connects_is_counted() {
    let door = Door::open().await;
    let courier = HttpCourier::open(&config("127.0.0.1", "1 s")).unwrap();
    let url = format!("http://127.0.0.1:{}/", door.port);
    let why = courier.carry(&entered_before(&url)).await.unwrap_err();
    assert!(why.starts_with("It did not answer"), "{why}");
    assert_eq!((door.came().await, door.came().await), (1, 0));
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
async fn a_server_behind_a_name_that_does_not_listen_is_named_as_it_was_typed() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let courier = HttpCourier::open(&config("127.0.0.0/8,::1", "30 s")).unwrap();
    let parcel = entered_before(&format!("http://localhost:{port}/"));
    let why = courier.carry(&parcel).await.unwrap_err();
    let told = format!("No connection to localhost:{port}: ");
    assert!(
        why.starts_with(&told) && !why.contains("127.0.0.1"),
        "{why}"
    );
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
