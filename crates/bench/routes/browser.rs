//! A client that is signed in, on one connection that stays open.

use std::{net::SocketAddr, time::Instant};

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    client::conn::http1::{SendRequest, handshake},
};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::program::Program;

pub struct Browser {
    address: SocketAddr,
    connection: SendRequest<Full<Bytes>>,
    cookie: String,
}

impl Browser {
    async fn connect(address: SocketAddr) -> Self {
        Self {
            address,
            connection: connection(address).await,
            cookie: String::new(),
        }
    }

    pub async fn sign_in(program: &Program, email: &str) -> Self {
        let mut browser = Self::connect(program.address).await;
        let body = format!("email={email}&password=dealboard-demo");
        let form = "application/x-www-form-urlencoded";
        let answer = browser
            .send("POST", "/api/sign_in", form, body, "identity")
            .await;
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        cookie
            .split(';')
            .next()
            .unwrap()
            .clone_into(&mut browser.cookie);
        drop(answer.into_body().collect().await.unwrap());
        browser
    }

    /// One more connection of the same person.
    async fn another(&self, program: &Program) -> Self {
        Self {
            cookie: self.cookie.clone(),
            ..Self::connect(program.address).await
        }
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: String,
        encoding: &str,
    ) -> Response<Incoming> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1")
            .header(
                "accept",
                if method == "GET" {
                    "text/html"
                } else {
                    "application/json"
                },
            )
            .header("accept-encoding", encoding)
            .header("content-type", kind)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &self.cookie)
            .body(Full::new(Bytes::from(body)))
            .unwrap();
        if self.connection.ready().await.is_err() {
            // The server closes what is idle for long.
            self.connection = connection(self.address).await;
        }
        self.connection.send_request(request).await.unwrap()
    }

    /// The whole page, compressed on the way as a browser would ask, decoded only when it is not.
    pub async fn page(&mut self, path: &str) -> String {
        let answer = self
            .send("GET", path, "text/plain", String::new(), "identity")
            .await;
        assert_eq!(answer.status(), 200, "{path}");
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(body.into()).unwrap()
    }

    /// Bytes on the wire.
    pub async fn compressed(&mut self, path: &str) -> usize {
        let answer = self
            .send("GET", path, "text/plain", String::new(), "br")
            .await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.into_body().collect().await.unwrap().to_bytes().len()
    }

    /// A server function that takes and gives JSON.
    pub async fn call(&mut self, name: &str, input: &Value) -> Value {
        let path = format!("/api/{name}");
        let answer = self
            .send(
                "POST",
                &path,
                "application/json",
                input.to_string(),
                "identity",
            )
            .await;
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(status, 200, "{name}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }

    async fn home(&mut self) -> Value {
        let form = "application/x-www-form-urlencoded";
        let answer = self
            .send("POST", "/api/home", form, String::new(), "identity")
            .await;
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&body).unwrap()
    }

    /// The first membership in a program of that company.
    pub async fn membership(&mut self, company: &str) -> String {
        let home = self.home().await;
        let mut lines = home["partner_programs"].as_array().unwrap().iter();
        let line = lines
            .find(|line| line.to_string().contains(company))
            .unwrap();
        find(line, "membership").unwrap()
    }

    /// The first program of that company.
    pub async fn program(&mut self, company: &str) -> String {
        let home = self.home().await;
        let mut lines = home["company_programs"].as_array().unwrap().iter();
        let line = lines
            .find(|line| line.to_string().contains(company))
            .unwrap();
        line["program"]["id"].as_str().unwrap().to_owned()
    }

    /// Fills a fresh form and sends it.
    pub async fn register(&mut self, membership: &str, answers: Value) {
        let opened = json!({ "membership": membership, "key": null });
        let opened = self.call("open_registration", &opened).await;
        let form = &opened["Form"];
        let command = json!({
            "submit_key": form["submit_key"],
            "form_version": form["form"]["id"],
            "answers": answers,
        });
        let input = json!({ "membership": membership, "command": command });
        self.call("register_deal", &input).await;
    }
}

async fn connection(address: SocketAddr) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (connection, driver) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(driver);
    connection
}

fn find(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::Object(map) => {
            let own = map.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
            own.or_else(|| map.values().find_map(|inner| find(inner, key)))
        }
        Value::Array(list) => list.iter().find_map(|inner| find(inner, key)),
        _ => None,
    }
}

/// A board's windows show the first cards of each column; without it they may all be of deals that rest.
fn movable() -> Value {
    json!({ "registration": "approved", "stage_kind": "open" })
}

/// One card that goes to and fro between two open stages.
pub struct Mover {
    deal: Value,
    version: Value,
    stages: [Value; 2],
    turn: usize,
}

impl Mover {
    pub async fn find(partner: &mut Browser, membership: &str) -> Self {
        let input = json!({ "membership": membership, "filter": movable() });
        let board = partner.call("partner_board", &input).await;
        Self::all(&board).next().expect("no card on the board")
    }

    /// The cards of the open columns.
    fn all(board: &Value) -> impl Iterator<Item = Self> + '_ {
        let stages = board["pipeline"]["stages"].as_array().unwrap().iter();
        let open: Vec<Value> = stages
            .filter(|stage| stage["kind"] == "open")
            .map(|stage| stage["id"].clone())
            .collect();
        let columns = board["columns"].as_array().unwrap().iter();
        columns
            .flat_map(|column| column["cards"].as_array().unwrap())
            .filter(|card| card["registration"] == "approved" && card["win"] == "none")
            .filter_map(move |card| {
                let other = open.iter().find(|stage| **stage != card["stage"])?;
                open.contains(&card["stage"]).then(|| Self {
                    deal: card["id"].clone(),
                    version: card["version"].clone(),
                    stages: [other.clone(), card["stage"].clone()],
                    turn: 0,
                })
            })
    }

    fn command(&mut self, details: &Value) -> Value {
        let to = &self.stages[self.turn % 2];
        self.turn += 1;
        json!({ "deal": self.deal, "to_stage": to, "place": "bottom", "details": details, "version": self.version })
    }

    pub async fn step(&mut self, partner: &mut Browser, membership: &str) {
        let command = self.command(&json!({}));
        let input = json!({ "membership": membership, "command": command });
        self.version = partner.call("move_partner_deal", &input).await[1].clone();
    }

    async fn override_step(&mut self, admin: &mut Browser, program: &str) {
        let command = self.command(&json!({ "override_reason": "measured" }));
        let input = json!({ "program": program, "command": command });
        self.version = admin.call("override_stage", &input).await[1].clone();
    }
}

/// Writers at once, each with a connection and a card of its own: how many found a card, and their moves per second.
pub async fn crowd(
    program: &Program,
    admin: &mut Browser,
    company: &str,
    writers: usize,
    moves: usize,
) -> (usize, f64) {
    let input = json!({ "program": company, "filter": movable() });
    let board = admin.call("company_board", &input).await;
    let movers: Vec<Mover> = Mover::all(&board["board"]).take(writers).collect();
    let writers = movers.len();
    let mut tasks = Vec::new();
    for mut mover in movers {
        let (mut browser, company) = (admin.another(program).await, company.to_owned());
        tasks.push(async move {
            for _ in 0..moves {
                mover.override_step(&mut browser, &company).await;
            }
        });
    }
    let start = Instant::now();
    let running: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    for task in running {
        task.await.unwrap();
    }
    let done = f64::from(u32::try_from(writers * moves).unwrap());
    (writers, done / start.elapsed().as_secs_f64())
}
