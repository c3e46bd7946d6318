//! A program that registers deals, on one connection that stays open; and the people who let it.

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::program::Program;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

pub struct Client {
    connection: SendRequest<Full<Bytes>>,
    headers: Vec<(&'static str, String)>,
}

/// Where deals are registered, and by which key.
#[derive(Clone)]
pub struct Place {
    path: String,
    form: Value,
    key: String,
}

impl Client {
    pub async fn connect(program: &Program) -> Self {
        let stream = TcpStream::connect(program.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (connection, driver) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(driver);
        Self {
            connection,
            headers: Vec::new(),
        }
    }

    pub async fn signed_in(program: &Program, email: &str) -> Self {
        let mut client = Self::connect(program).await;
        let body = format!("email={email}&password=dealboard-demo");
        let (_, cookie) = client.send("POST", "/api/sign_in", FORM, body).await;
        client.headers.push(("cookie", cookie));
        client
    }

    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: String,
    ) -> (Value, String) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1")
            .header("accept", JSON)
            .header("content-type", kind);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).unwrap();
        self.connection.ready().await.unwrap();
        let answer = self.connection.send_request(request).await.unwrap();
        let status = answer.status();
        let cookie = answer.headers().get("set-cookie");
        let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next());
        let cookie = cookie.unwrap_or_default().to_owned();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(
            status.is_success() || status.is_redirection(),
            "{path}: {status} {}",
            String::from_utf8_lossy(&bytes)
        );
        (serde_json::from_slice(&bytes).unwrap_or_default(), cookie)
    }

    pub async fn call(&mut self, name: &str, kind: &str, body: String) -> Value {
        self.send("POST", &format!("/api/{name}"), kind, body)
            .await
            .0
    }

    /// One that calls the API with a key.
    pub async fn with_key(program: &Program, key: &str) -> Self {
        let mut client = Self::connect(program).await;
        let header = format!("Bearer {key}");
        client.headers.push(("authorization", header));
        client
    }

    pub async fn read(&mut self, path: &str) -> Value {
        self.send("GET", path, JSON, String::new()).await.0
    }

    /// A key that reads, of this person's first team on that side: `company` or `partner`.
    pub async fn key(&mut self, side: &str) -> String {
        let home = self.call("home", FORM, String::new()).await;
        let teams = if side == "company" {
            "companies"
        } else {
            "partners"
        };
        let team = home[teams][0][0].as_str().unwrap().to_owned();
        let make = format!("{side}={team}&name=Benchmark&days=30");
        let key = self.call(&format!("make_{side}_key"), FORM, make).await;
        key["token"].as_str().unwrap().to_owned()
    }

    pub async fn register(&mut self, place: &Place, answers: Value, number: usize) {
        self.headers = vec![
            ("authorization", format!("Bearer {}", place.key)),
            ("idempotency-key", format!("benchmark-{number}")),
        ];
        let body = json!({ "form": place.form, "answers": answers });
        self.send("POST", &place.path, JSON, body.to_string()).await;
    }
}

/// A form of twenty fields in Larkspur's program, and a key of Brightwater's that registers.
pub async fn set_up(program: &Program, more: usize) -> Place {
    let mut admin = Client::signed_in(program, "lena@larkspur.example").await;
    let home = admin.call("home", FORM, String::new()).await;
    let id = home["company_programs"][0]["program"]["id"].clone();
    let editor = admin
        .call("form_editor", JSON, json!({ "program": id }).to_string())
        .await;
    let mut definition = editor["draft"].clone();
    let fields = definition["fields"].as_array_mut().unwrap();
    for field in 0..more {
        let key = format!("more_{field}");
        fields.push(json!({ "key": key, "kind": "text", "label": format!("More {field}") }));
    }
    let keep = json!({ "program": id, "command": { "definition": definition, "version": editor["version"] } });
    let kept = admin.call("keep_form_draft", JSON, keep.to_string()).await;
    let publish = json!({ "program": id, "command": { "version": kept["version"] } });
    admin.call("publish_draft", JSON, publish.to_string()).await;

    let mut owner = Client::signed_in(program, "nadia@brightwater.example").await;
    let home = owner.call("home", FORM, String::new()).await;
    let team = home["partners"][0][0].as_str().unwrap().to_owned();
    let make = format!("partner={team}&name=Benchmark&days=30&scopes[]=register");
    let key = owner.call("make_partner_key", FORM, make).await;
    let key = key["token"].as_str().unwrap().to_owned();
    let program_path = format!("/api/v1/programs/{}", id.as_str().unwrap());
    let mut reader = Client::connect(program).await;
    reader
        .headers
        .push(("authorization", format!("Bearer {key}")));
    let (form, _) = reader
        .send("GET", &format!("{program_path}/form"), JSON, String::new())
        .await;
    Place {
        path: format!("{program_path}/deals"),
        form: form["id"].clone(),
        key,
    }
}
