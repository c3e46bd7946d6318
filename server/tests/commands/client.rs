//! A client on a socket of its own per request: one that can also go away in the middle.

use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

use serde_json::Value;

use crate::process::PATIENCE;

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const JSON: &str = "application/json";

#[derive(Debug, Clone)]
pub struct Client {
    address: SocketAddr,
    /// The session's.
    token: Option<String>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// All that comes until the server closes.
    pub fn read(mut stream: TcpStream) -> io::Result<Self> {
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Self::parse(&answer)
    }

    fn parse(text: &str) -> io::Result<Self> {
        let broken = || io::Error::other(format!("no whole answer: {text:?}"));
        let (head, body) = text.split_once("\r\n\r\n").ok_or_else(broken)?;
        let status = head.split(' ').nth(1).ok_or_else(broken)?;
        let length = head.lines().find_map(|line| {
            line.to_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        });
        // An answer that was cut was not heard.
        if length.is_some_and(|length: usize| length != body.len()) {
            return Err(broken());
        }
        Ok(Self {
            status: status.parse().map_err(|_| broken())?,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            token: None,
        }
    }

    pub fn with_session(address: SocketAddr, token: &str) -> Self {
        Self {
            address,
            token: Some(token.to_owned()),
        }
    }

    /// The same person at another server.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self {
            address,
            ..self.clone()
        }
    }

    pub fn connect(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    /// The bytes of a request.
    pub fn written(&self, method: &str, path: &str, kind: &str, body: &str) -> Vec<u8> {
        (self.head(method, path, kind, body.len()) + body).into_bytes()
    }

    /// What goes before a body of so many bytes.
    pub fn head(&self, method: &str, path: &str, kind: &str, length: usize) -> String {
        let cookie = self.token.as_ref().map_or_else(String::new, |token| {
            format!("Cookie: __Host-dealboard={token}\r\n")
        });
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\nSec-Fetch-Site: same-origin\r\n\
             {cookie}Content-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.address
        )
    }

    pub fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> io::Result<Answer> {
        let mut stream = self.connect()?;
        stream.write_all(&self.written(method, path, kind, body))?;
        Answer::read(stream)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "text/plain", "").unwrap()
    }

    /// A server function that takes a form.
    pub fn post(&self, name: &str, pairs: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        self.send("POST", &format!("/api/{name}"), FORM, &pairs.join("&"))
            .unwrap()
    }

    /// A server function that takes JSON.
    pub fn call(&self, name: &str, input: &Value) -> io::Result<Answer> {
        self.send("POST", &format!("/api/{name}"), JSON, &input.to_string())
    }

    /// The same client, signed in; else the refusal.
    pub fn sign_in(&self, email: &str, password: &str) -> Result<Self, Answer> {
        let answer = self.post("sign_in", &[("email", email), ("password", password)]);
        if answer.status != 200 {
            return Err(answer);
        }
        let (_, cookie) = answer
            .head
            .split_once("__Host-dealboard=")
            .expect(&answer.head);
        let token = cookie.split(';').next().unwrap();
        Ok(Self::with_session(self.address, token))
    }
}

fn escaped(value: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").unwrap();
        }
    }
    text
}
