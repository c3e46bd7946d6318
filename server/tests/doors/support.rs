//! A whole server in the test's own process: the real router over a real database with the demo data.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
    response::Response,
};
use domain::{Clock, FixedClock};
use server::{
    config::{Config, Sources},
    router::router,
    site::Site,
    state::AppState,
};
use services::{
    PasswordCost, Services, ServicesConfig, SystemIds,
    accounts::{Origin, SignIn},
    demo::PASSWORD,
};
use tempfile::TempDir;
use testkit::TestDb;
use tower::ServiceExt as _;

pub struct House {
    pub services: Services,
    pub router: Router,
    _db: Option<TestDb>,
    _folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Refused as the sender's fault, in a way that the sender can read.
    pub fn is_clear_refusal(&self) -> bool {
        self.status.is_client_error()
            && self.header("content-type") == "application/problem+json"
            && self.json()["detail"].is_string()
            && self.json()["request_id"].is_string()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// What a test sends; the rest is as a browser would.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: Method,
    pub path: String,
    pub token: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Call {
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            token: None,
            headers: vec![("accept", "text/html".to_owned())],
            body: Vec::new(),
        }
    }

    pub fn post(path: impl Into<String>, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            token: None,
            headers: vec![
                ("accept", "application/json".to_owned()),
                ("content-type", kind.to_owned()),
                ("sec-fetch-site", "same-origin".to_owned()),
            ],
            body: body.into(),
        }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn signed_in(mut self, token: Option<&str>) -> Self {
        self.token = token.map(ToOwned::to_owned);
        self
    }
}

impl House {
    pub async fn with_demo(deals: usize) -> Self {
        let house = Self::empty().await;
        house.services.load_demo(deals).await.unwrap();
        house
    }

    pub async fn empty() -> Self {
        Self::with_settings(&[]).await
    }

    /// With these flags beside the usual ones.
    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let db = TestDb::sqlite().await;
        let house = Self::over(&db, settings);
        Self {
            _db: Some(db),
            ..house
        }
    }

    /// One more process over that database, with these flags.
    pub fn over(db: &TestDb, settings: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let site = folder.path().join("site");
        std::fs::create_dir_all(site.join("pkg-1")).unwrap();
        std::fs::create_dir_all(folder.path().join("files")).unwrap();
        std::fs::write(site.join("pkg-1/dealboard.js"), "script").unwrap();
        let data = folder.path().display().to_string();
        let config = Config::read(&Sources {
            flag: &|name| match name {
                "data" => Some(data.clone()),
                // Each call may come from an address of its own.
                "trusted-proxies" => Some("::1".to_owned()),
                name => {
                    let set = settings.iter().find(|(flag, _)| *flag == name);
                    set.map(|(_, value)| (*value).to_owned())
                }
            },
            env: &|_| None,
            file: None,
        })
        .unwrap();
        let clock = Arc::new(FixedClock::at(db.now()));
        assert!(clock.now().0 > 0);
        let services = Services::new(
            db.db.clone(),
            clock,
            Arc::new(SystemIds),
            ServicesConfig {
                base_url: "http://127.0.0.1:3000".to_owned(),
                files_folder: config.files(),
                passwords: PasswordCost::least(),
            },
        );
        let address = SocketAddr::from(([127, 0, 0, 1], 3000));
        let site = Site::open(Some(&site)).unwrap();
        let state = AppState::new(config, services.clone(), site, address);
        Self {
            router: router(state),
            services,
            _db: None,
            _folder: folder,
        }
    }

    /// A fresh session of that demo person.
    pub async fn sign_in(&self, email: &str) -> String {
        let session = self.services.sign_in(SignIn {
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
            origin: Origin::default(),
            previous: None,
            device: None,
        });
        session.await.unwrap().token
    }

    pub async fn send(&self, mut call: Call) -> Answer {
        let body = Body::from(std::mem::take(&mut call.body));
        self.send_with(call, body).await
    }

    /// The same, in pieces and without saying how much it will be.
    pub async fn send_in_pieces(&self, mut call: Call) -> Answer {
        const PIECE: usize = 64 * 1024;
        let whole = Bytes::from(std::mem::take(&mut call.body));
        let pieces = (0..whole.len()).step_by(PIECE);
        let pieces: Vec<Result<Bytes, Infallible>> = pieces
            .map(|from| Ok(whole.slice(from..whole.len().min(from + PIECE))))
            .collect();
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        self.send_with(call, body).await
    }

    /// The answer with its body, of which nothing is read yet.
    pub async fn open(&self, call: Call, body: Body) -> Response {
        let mut request = Request::builder().method(call.method).uri(call.path);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(token) = &call.token {
            request = request.header("cookie", format!("__Host-dealboard={token}"));
        }
        let request = request.body(body).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn send_with(&self, call: Call, body: Body) -> Answer {
        let (parts, body) = self.open(call, body).await.into_parts();
        // A stream has no end to read to.
        let streams = parts
            .headers
            .get("content-type")
            .is_some_and(|kind| kind == "text/event-stream");
        let body = if streams { Body::empty() } else { body };
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}
