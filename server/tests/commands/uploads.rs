//! Large files on their way into the program and out of it: it never holds one in its memory, and keeps nothing of one that
//! did not arrive.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    client::{Answer, Client},
    place::{Engine, Place},
    process::{PATIENCE, Running, Starting},
};

const PASSWORD: &str = "dealboard-demo";
const MULTIPART: &str = "multipart/form-data; boundary=file";
const END: &str = "\r\n--file--\r\n";
const PIECE: usize = 1 << 20;
const HUGE: usize = 256 * PIECE;
/// Megabytes by which the program may grow, whatever it is sent.
#[cfg(target_os = "linux")]
const GROWTH: u64 = 32;
/// The questions that the form gets, with the most bytes of a file.
const FIELDS: [(&str, usize); 2] = [("footage", HUGE), ("plan", PIECE)];

struct House {
    place: Place,
    server: Running,
    client: Client,
    membership: String,
}

impl House {
    /// With a form that asks for files, and a partner who may send them.
    fn open() -> Self {
        let place = Place::empty(Engine::Sqlite);
        place.run(&["demo", "load", "--deals", "1"]).done();
        let server = serve(&place);
        let admin = server.client().sign_in("lena@larkspur.example", PASSWORD);
        let program = ask_for_files(&admin.unwrap());
        let client = server
            .client()
            .sign_in("nadia@brightwater.example", PASSWORD);
        let client = client.unwrap();
        let home = client.post("home", &[]).json();
        let own = home["partner_programs"].as_array().unwrap();
        let head = own
            .iter()
            .map(|own| &own["head"])
            .find(|head| head["program"]["id"] == program);
        let membership = head.unwrap()["membership"].as_str().unwrap().to_owned();
        Self {
            place,
            server,
            client,
            membership,
        }
    }

    fn path(&self, field: &str) -> String {
        format!("/upload/{}/key-1/{field}", self.membership)
    }

    /// What lies in the folder of the files.
    fn files(&self) -> BTreeSet<String> {
        let files = fs::read_dir(self.place.path("data/files")).unwrap();
        files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    /// Kills the server, and starts another after that.
    fn restart(&mut self, meanwhile: impl FnOnce(&Place)) {
        self.server.end();
        meanwhile(&self.place);
        self.server = serve(&self.place);
    }

    fn until(&self, is_so: impl Fn(&BTreeSet<String>) -> bool) {
        let begin = Instant::now();
        loop {
            let files = self.files();
            if is_so(&files) {
                return;
            }
            assert!(
                begin.elapsed() < PATIENCE,
                "{files:?}: {}",
                self.server.log()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn serve(place: &Place) -> Running {
    let mut command = place.command(&["serve"]);
    command.env("DEALBOARD_MAX_UPLOAD", "300 MiB");
    Starting::spawn(&mut command).listening()
}

/// Publishes the form with questions for files; gives the program.
fn ask_for_files(admin: &Client) -> String {
    let home = admin.post("home", &[]).json();
    let program = &home["company_programs"][0]["program"]["id"];
    let program = program.as_str().unwrap().to_owned();
    let call = |name: &str, input: Value| {
        let answer = admin.call(name, &input).unwrap();
        assert_eq!(answer.status, 200, "{name}: {}", answer.body);
        answer.json()
    };
    let open = admin.post(
        "switch_submissions",
        &[("program", &program), ("open", "true")],
    );
    assert_eq!(open.status, 200, "{}", open.body);
    let editor = call("form_editor", json!({ "program": program }));
    let mut fields = editor["draft"]["fields"].as_array().unwrap().clone();
    fields.extend(FIELDS.map(|(key, max_bytes)| {
        json!({ "key": key, "label": key, "kind": { "file": { "max_bytes": max_bytes } } })
    }));
    let command = json!({ "definition": { "fields": fields }, "version": editor["version"] });
    let kept = call(
        "keep_form_draft",
        json!({ "program": program, "command": command }),
    );
    let command = json!({ "version": kept["version"] });
    call(
        "publish_draft",
        json!({ "program": program, "command": command }),
    );
    program
}

/// Bytes that are told from each other by their place.
fn piece() -> Vec<u8> {
    (0..=u8::MAX).cycle().take(PIECE).collect()
}

/// The beginning of a file of so many pieces, and the connection on which the rest is to come.
fn begin(client: &Client, path: &str, pieces: usize) -> io::Result<TcpStream> {
    let before = "--file\r\ncontent-disposition: form-data; name=\"file\"; filename=\"all.bin\"\r\n\
                  content-type: application/octet-stream\r\n\r\n";
    let length = before.len() + pieces * PIECE + END.len();
    let head = client.head("POST", path, MULTIPART, length);
    let mut stream = client.connect()?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(before.as_bytes())?;
    Ok(stream)
}

fn upload(client: &Client, path: &str, pieces: usize) -> io::Result<Answer> {
    let mut stream = begin(client, path, pieces)?;
    let piece = piece();
    for _ in 0..pieces {
        stream.write_all(&piece)?;
    }
    stream.write_all(END.as_bytes())?;
    Answer::read(stream)
}

/// Takes the file down and holds it against what was sent; gives how long it is.
fn download(client: &Client, path: &str) -> usize {
    let mut stream = client.connect().unwrap();
    let request = client.written("GET", path, "text/plain", "");
    stream.write_all(&request).unwrap();
    let (piece, mut buffer) = (piece(), vec![0; 1 << 16]);
    let (mut head, mut seen): (Option<String>, usize) = (None, 0);
    let mut begun = Vec::new();
    loop {
        let count = stream.read(&mut buffer).unwrap();
        if count == 0 {
            let head = head.expect("an answer");
            let length = format!("content-length: {seen}");
            assert!(head.to_lowercase().contains(&length), "{head}");
            return seen;
        }
        let mut bytes = &buffer[..count];
        if head.is_none() {
            begun.extend_from_slice(bytes);
            let Some(end) = begun.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            head = Some(String::from_utf8(begun[..end].to_vec()).unwrap());
            bytes = &begun[end + 4..];
        }
        while !bytes.is_empty() {
            let at = seen % PIECE;
            let some = bytes.len().min(PIECE - at);
            assert!(
                bytes[..some] == piece[at..at + some],
                "other bytes at {seen}"
            );
            seen += some;
            bytes = &bytes[some..];
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_of_256_mib_goes_through_without_growing_the_program() {
    let house = House::open();
    let file = |pieces: usize| {
        let answer = upload(&house.client, &house.path("footage"), pieces).unwrap();
        assert_eq!(answer.status, 201, "{}", answer.body);
        let view = answer.json();
        assert_eq!(view["size_bytes"], pieces * PIECE);
        format!("/files/{}", view["id"].as_str().unwrap())
    };
    // What it needs in any case, it has by then.
    assert_eq!(download(&house.client, &file(1)), PIECE);
    house.server.forget_peak();
    let before = house.server.peak();
    let huge = file(HUGE / PIECE);
    let uploaded = house.server.peak();
    assert_eq!(download(&house.client, &huge), HUGE);
    let peak = house.server.peak();
    let told = format!("{before} MB before, {uploaded} MB uploading, {peak} MB in the end");
    assert!(peak - before < GROWTH, "{told}");
}

#[test]
fn a_file_beyond_its_limit_leaves_nothing() {
    let house = House::open();
    let path = house.path("plan");
    let answer = upload(&house.client, &path, 1).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.body);
    let before = house.files();
    // It may hang up before it has heard all of it.
    if let Ok(answer) = upload(&house.client, &path, 3) {
        assert_eq!(answer.status, 413, "{}", answer.body);
    }
    house.until(|files| *files == before);
}

#[test]
fn a_client_that_goes_away_in_the_middle_leaves_nothing() {
    let house = House::open();
    let before = house.files();
    let mut stream = begin(&house.client, &house.path("footage"), 2).unwrap();
    stream.write_all(&piece()).unwrap();
    house.until(|files| files.len() > before.len());
    drop(stream);
    house.until(|files| *files == before);
}

#[test]
fn what_a_killed_server_left_of_a_file_is_swept_and_nothing_else() {
    let mut house = House::open();
    let path = house.path("footage");
    let answer = upload(&house.client, &path, 1).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.body);
    let before = house.files();
    let mut stream = begin(&house.client, &path, 2).unwrap();
    stream.write_all(&piece()).unwrap();
    house.until(|files| files.len() > before.len());
    let left: Vec<String> = house.files().difference(&before).cloned().collect();
    let [left] = left.as_slice() else {
        panic!("one file was on its way: {left:?}");
    };
    house.restart(|_| {});
    assert!(house.files().contains(left), "it may still be somebody's");

    house.restart(|place| {
        let lies = place.path(&format!("data/files/{left}"));
        let file = File::options().write(true).open(lies).unwrap();
        let changed = file.metadata().unwrap().modified().unwrap();
        file.set_modified(changed - Duration::from_hours(7))
            .unwrap();
    });
    house.until(|files| *files == before);
}
