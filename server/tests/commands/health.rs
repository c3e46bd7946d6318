//! `dealboard healthcheck`.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use crate::{
    place::{Engine, Place},
    process::Said,
};

fn check(place: &Place, listen: &str) -> Said {
    place.run(&["healthcheck", "--listen", listen])
}

#[test]
fn a_server_that_answers_is_healthy() {
    let place = Place::empty(Engine::Sqlite);
    let server = place.serve();
    let listen = server.address.to_string();
    assert_eq!(check(&place, &listen).done(), "");
    server.stop();
    // And not a moment longer.
    let said = check(&place, &listen).refused();
    assert!(said.contains(&listen), "{said}");
}

#[test]
fn a_server_that_listens_everywhere_is_asked_on_this_machine() {
    let place = Place::empty(Engine::Sqlite);
    let mut command = place.command(&["serve", "--listen", "0.0.0.0:0"]);
    let server = crate::process::Starting::spawn(&mut command).listening();
    check(&place, &format!("0.0.0.0:{}", server.address.port())).done();
    server.stop();
}

#[test]
fn a_server_without_its_database_is_not() {
    let place = Place::empty(Engine::Sqlite);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = listener.local_addr().unwrap().to_string();
    let unready = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = [0; 512];
        let read = stream.read(&mut head).unwrap();
        stream
            .write_all(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n")
            .unwrap();
        String::from_utf8_lossy(&head[..read]).into_owned()
    });
    let said = check(&place, &listen).refused();
    assert!(
        said.contains(&format!("{listen} is not ready: 503")),
        "{said}"
    );
    assert!(unready.join().unwrap().starts_with("GET /readyz "));
}
