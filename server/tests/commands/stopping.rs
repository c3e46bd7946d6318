//! How the server ends, and whom it does not wait for.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use crate::{
    client::{Client, JSON},
    on_both,
    place::{Engine, Place},
    process::Starting,
    seed::Seed,
};

on_both! {
    open_streams_end_with_the_server => open_streams_end_on_sqlite, open_streams_end_on_postgres;
}

/// After which managers of services kill.
const MANAGERS_WAIT: Duration = Duration::from_secs(10);

/// Reads until the text has come.
fn read_to(stream: &mut TcpStream, text: &str) {
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(text.as_bytes()) {
        stream.read_exact(&mut byte).unwrap();
        seen.push(byte[0]);
    }
}

fn open_streams_end_with_the_server(engine: Engine) {
    let (place, seed) = Place::filled(engine, async |db| Seed::plant(db, 0).await);
    let server = place.serve();
    let client = Client::with_session(server.address, &seed.token);
    let mut streams = Vec::new();
    for _ in 0..3 {
        let mut stream = client.connect().unwrap();
        let request = format!(
            "GET /live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: __Host-dealboard={}\r\n\r\n",
            seed.token
        );
        stream.write_all(request.as_bytes()).unwrap();
        read_to(&mut stream, "open\n");
        streams.push(stream);
    }
    // Answered, and kept for the next request, which does not come.
    let mut idle = client.connect().unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    read_to(&mut idle, "\r\n\r\nok\n");

    let ended = server.stop_within(MANAGERS_WAIT);
    assert_eq!(ended.code(), Some(0), "{ended}");
    for mut stream in streams {
        // Ended as a stream ends, not cut: the last chunk is there.
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert!(rest.ends_with("0\r\n\r\n"), "{rest:?}");
    }
    assert_eq!(idle.read(&mut [0]).unwrap(), 0);
}

#[test]
fn whoever_hears_that_it_listens_may_stop_it() {
    let place = Place::empty(Engine::Sqlite);
    for _ in 0..5 {
        let ended = place.serve().stop_within(MANAGERS_WAIT);
        assert_eq!(ended.code(), Some(0), "{ended}");
    }
}

#[test]
fn half_a_head_is_waited_for_no_longer_than_the_settings_say() {
    let (place, seed) = Place::filled(Engine::Sqlite, async |db| Seed::plant(db, 0).await);
    let mut command = place.command(&["serve", "--header-timeout", "1 s"]);
    let server = Starting::spawn(&mut command).listening();
    let client = Client::with_session(server.address, &seed.token);
    let request = client.written("POST", "/api/register_deal", JSON, "{}");

    let mut silent = client.connect().unwrap();
    silent.write_all(&request[..request.len() / 2]).unwrap();
    let mut rest = Vec::new();
    silent.read_to_end(&mut rest).unwrap();
    assert!(
        !rest.starts_with(b"HTTP/1.1 200"),
        "{:?}",
        String::from_utf8_lossy(&rest)
    );

    // One that sends a little again and again gets no more time.
    let mut slow = client.connect().unwrap();
    slow.set_read_timeout(Some(Duration::from_millis(10)))
        .unwrap();
    let cut = request.iter().position(|byte| {
        let sent = slow.write_all(&[*byte]);
        sent.is_err() || matches!(slow.read(&mut [0]), Ok(0))
    });
    assert!(
        cut.is_some_and(|at| at < request.len() - 1),
        "the whole head was waited for"
    );

    // Whoever is quick is answered.
    assert_eq!(client.get("/healthz").body, "ok\n");
    assert!(server.stop_within(MANAGERS_WAIT).success());
}

/// Another program holds the file's lock, as a backup does, and three writes wait for it, each for 5 s in its turn.
#[test]
fn a_database_that_is_held_by_others_does_not_hold_the_end() {
    let (place, seed) = Place::filled(Engine::Sqlite, async |db| Seed::plant(db, 0).await);
    let mut command = place.command(&["serve", "--grace", "200 ms"]);
    let server = Starting::spawn(&mut command).listening();
    let client = Client::with_session(server.address, &seed.token);
    place.while_locked(|| {
        let waiting: Vec<TcpStream> = (0..3)
            .map(|number| {
                let input = seed
                    .registration(&format!("key-{number}"), "Acme")
                    .to_string();
                let mut stream = client.connect().unwrap();
                let request = client.written("POST", "/api/register_deal", JSON, &input);
                stream.write_all(&request).unwrap();
                stream
            })
            .collect();
        // Came later than the three, so they have come.
        assert_eq!(client.get("/healthz").status, 200);
        let ended = server.stop_within(MANAGERS_WAIT);
        assert_eq!(ended.code(), Some(0), "{ended}");
        drop(waiting);
    });
    // What nobody was told of is not there, and the next start finds nothing amiss.
    let server = place.serve();
    place.look(async |conn| testkit::assert_whole(conn).await);
    server.stop();
}
