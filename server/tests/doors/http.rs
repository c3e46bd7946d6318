//! What every request meets: headers, origins, limits, broken input.

use crate::support::{Call, House};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

#[tokio::test]
async fn pages_carry_a_policy_and_only_scripts_with_its_nonce() {
    let house = House::empty().await;
    let page = house.send(Call::get("/signin")).await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").to_owned();
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert!(policy.contains("'wasm-unsafe-eval'") && policy.contains("frame-ancestors 'none'"));
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap();
    for script in page.body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(nonce) || tag.contains("src="), "<script{tag}>");
    }
    assert!(
        !page.body.contains(" style=\""),
        "inline styles are refused by the policy"
    );
    let again = house.send(Call::get("/signin")).await;
    assert!(!again.header("content-security-policy").contains(nonce));
}

#[tokio::test]
async fn every_answer_is_marked_and_named() {
    let house = House::empty().await;
    for path in [
        "/healthz",
        "/readyz",
        "/signin",
        "/nothing-here",
        "/pkg-1/dealboard.js",
        "/live",
    ] {
        let answer = house.send(Call::get(path)).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        assert_eq!(
            answer.header("strict-transport-security"),
            "",
            "{path}: this is no TLS"
        );
    }
    assert_eq!(house.send(Call::get("/readyz")).await.status, 200);
    let own = house
        .send(Call::get("/healthz").with("x-request-id", "chosen"))
        .await;
    assert_ne!(own.header("x-request-id"), "chosen");
}

#[tokio::test]
async fn only_versioned_files_are_kept_for_ever() {
    let house = House::empty().await;
    let file = house.send(Call::get("/pkg-1/dealboard.js")).await;
    assert!(file.header("cache-control").contains("immutable"));
    let page = house
        .send(Call::get("/signin").with("accept-encoding", "br"))
        .await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("content-encoding"), "br");
    assert!(page.header("vary").contains("accept-encoding"));
}

#[tokio::test]
async fn another_sites_requests_are_refused() {
    let house = House::empty().await;
    let post = || Call::post("/api/sign_in", FORM, "email=a&password=b");
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let answer = house.send(post().with(name, value)).await;
        assert_eq!(answer.status, 403, "{name}: {value}");
        assert_eq!(answer.json()["code"], "forbidden");
    }
    let mut old_browser = post()
        .with("origin", "https://evil.example")
        .with("host", "127.0.0.1:3000");
    old_browser
        .headers
        .retain(|(name, _)| *name != "sec-fetch-site");
    assert_eq!(house.send(old_browser).await.status, 403);
    let stream = Call::get("/live")
        .with("accept", "text/event-stream")
        .with("sec-fetch-site", "cross-site");
    assert_eq!(house.send(stream).await.status, 403);
    let upgrade = Call::get("/signin")
        .with("upgrade", "websocket")
        .with("sec-fetch-site", "cross-site");
    assert_eq!(house.send(upgrade).await.status, 403);
    // A link on another site still leads here.
    let link = Call::get("/signin").with("sec-fetch-site", "cross-site");
    assert_eq!(house.send(link).await.status, 200);
}

#[tokio::test]
async fn broken_input_is_the_senders_fault_at_every_server_function() {
    let house = House::with_demo(0).await;
    let token = house.sign_in("nadia@brightwater.example").await;
    let bodies: [(&str, Vec<u8>); 7] = [
        (JSON, b"{".to_vec()),
        (JSON, b"[1,2,3]".to_vec()),
        (JSON, br#"{"unknown":true}"#.to_vec()),
        (FORM, b"%00=%ff&x".to_vec()),
        (FORM, Vec::new()),
        ("text/plain", "\u{202e}\u{200b}\0".as_bytes().to_vec()),
        ("multipart/form-data; boundary=x", b"--x--".to_vec()),
    ];
    let mut calls = 0;
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        // What ends the session would make all that follows a sign-out.
        if path.contains("sign_out") {
            continue;
        }
        for (number, (kind, body)) in bodies.iter().enumerate() {
            let mut call = Call::post(path, kind, body.clone()).signed_in(Some(&token));
            call = call.with("x-forwarded-for", &format!("10.1.{number}.{}", calls % 250));
            call.method = method.clone();
            let answer = house.send(call).await;
            calls += 1;
            assert!(
                !answer.status.is_server_error(),
                "{path} {kind} {}: {}",
                answer.status,
                answer.body
            );
            if answer.status.is_client_error() {
                assert_eq!(
                    answer.header("content-type"),
                    "application/problem+json",
                    "{path}"
                );
                assert!(
                    answer.json()["request_id"].is_string(),
                    "{path}: {}",
                    answer.body
                );
            }
        }
    }
    assert!(calls > 100, "{calls}");
}

#[tokio::test]
async fn ten_megabytes_are_too_much_everywhere() {
    let house = House::with_demo(0).await;
    let token = house.sign_in("nadia@brightwater.example").await;
    let body = vec![b'a'; 10 << 20];
    let length = body.len().to_string();
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        let call = Call::post(path, JSON, body.clone()).signed_in(Some(&token));
        let answer = house
            .send(call.clone().with("content-length", &length))
            .await;
        assert_eq!(answer.status, 413, "{path}: {}", answer.body);
        assert!(answer.is_clear_refusal(), "{path}: {}", answer.body);
        // What reads no body is not disturbed by one.
        if method == "GET" || path.contains("sign_out") {
            continue;
        }
        let answer = house.send_in_pieces(call).await;
        assert!(
            answer.is_clear_refusal(),
            "{path}: {} {}",
            answer.status,
            answer.body
        );
    }
    // Nobody who is not signed in gets further.
    let call = Call::post("/api/sign_in", JSON, body).with("content-length", &length);
    let answer = house.send(call).await;
    assert!(
        answer.status == 413 && answer.is_clear_refusal(),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn what_is_not_there_says_so_in_the_callers_language() {
    let house = House::empty().await;
    let page = house.send(Call::get("/nowhere")).await;
    assert_eq!(page.status, 404);
    assert!(page.header("content-type").starts_with("text/html"));
    let json = house
        .send(Call::get("/nowhere").with("accept", "application/json"))
        .await;
    assert_eq!(
        (json.status.as_u16(), json.json()["code"].as_str()),
        (404, Some("not_found"))
    );
    let live = house
        .send(Call::get("/live").with("accept", "text/event-stream"))
        .await;
    assert_eq!(live.status, 401);
    let wrong = house.send(Call::post("/healthz", FORM, "")).await;
    assert_eq!(wrong.status, 405);
    assert!(!wrong.header("allow").is_empty());
}

#[tokio::test]
async fn a_strange_cookie_is_no_session() {
    let house = House::empty().await;
    for token in ["", "x", &"a".repeat(64), &"a".repeat(5_000), "%00"] {
        let answer = house.send(Call::get("/live").signed_in(Some(token))).await;
        assert!(
            [400, 401].contains(&answer.status.as_u16()),
            "{token}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_fault_of_a_plain_form_travels_in_a_cookie() {
    let house = House::empty().await;
    let body = "email=ann%40alta.test&password=wrong+horse+battery";
    let posted = Call::post("/api/sign_in", FORM, body)
        .with("accept", "text/html")
        .with("referer", "http://127.0.0.1:3000/signin?to=/company");
    let answer = house.send(posted).await;
    assert_eq!(answer.status, 302);
    let location = answer.header("location");
    assert_eq!(location, "http://127.0.0.1:3000/signin?to=/company");
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-dealboard-fault="), "{cookie}");
    let pair = cookie.split(';').next().unwrap();

    let page = house.send(Call::get("/signin").with("cookie", pair)).await;
    assert!(page.body.contains("do not belong together"));
    assert!(page.header("set-cookie").contains("Max-Age=0"));
    let other = house.send(Call::get("/reset").with("cookie", pair)).await;
    assert!(!other.body.contains("do not belong together"));
}

#[tokio::test]
async fn no_page_is_made_of_an_error_in_its_address() {
    let house = House::empty().await;
    let error = "__path=/api/sign_in&__err=eyJjb2RlIjoiYnVzeSJ9";
    for (asked, led) in [
        (
            format!("/signin?to=/company&{error}"),
            "/signin?to=/company",
        ),
        (
            format!("/signin?{}", error.replace("__", "%5F_")),
            "/signin",
        ),
        (format!("//evil.example/?{error}"), "/"),
    ] {
        let answer = house.send(Call::get(&asked)).await;
        assert_eq!(answer.status, 303, "{asked}");
        assert_eq!(answer.header("location"), led, "{asked}");
    }
}
