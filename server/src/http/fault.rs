//! Leptos answers a refused form post with a redirect that carries the error in its address. Here the error goes on in a
//! cookie instead, and an address that carries one is never served: what stands on a page of ours, we wrote.

use app::fault::{ACTION_KEY, ERROR_KEY, Fault, cookie};
use axum::{
    extract::{Query, Request},
    http::{
        HeaderValue, Method, Uri,
        header::{LOCATION, SET_COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

/// Moves errors out of addresses, in both directions.
pub async fn faults(request: Request, next: Next) -> Response {
    let is_post = request.method() == Method::POST;
    let asked = request.uri().path_and_query().map(ToString::to_string);
    if let Some(parted) = asked.as_deref().filter(|_| !is_post).and_then(part) {
        return Redirect::to(within(&parted.address)).into_response();
    }
    let response = next.run(request).await;
    if is_post && response.status().is_redirection() {
        moved(response)
    } else {
        response
    }
}

fn moved(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let Some(parted) = location.and_then(part) else {
        return response;
    };
    let cookie = parted.fault().as_ref().and_then(cookie::written);
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        headers.append(SET_COOKIE, cookie);
    }
    if let Ok(address) = HeaderValue::from_str(&parted.address) {
        headers.insert(LOCATION, address);
    }
    response
}

/// An address and the error that it carried.
#[derive(Debug, PartialEq, Eq)]
struct Parted {
    /// Without the error.
    address: String,
    carried: Vec<(String, String)>,
}

impl Parted {
    fn fault(&self) -> Option<Fault> {
        let value = |name: &str| {
            let mut found = self.carried.iter().rev().filter(|(key, _)| key == name);
            found.next().map(|(_, value)| value.clone())
        };
        let page = self.address.parse::<Uri>().ok()?.path().to_owned();
        Some(Fault {
            page,
            action: value(ACTION_KEY)?,
            error: value(ERROR_KEY)?,
        })
    }
}

/// `None` when the address carries no error.
fn part(address: &str) -> Option<Parted> {
    let (before, query) = address.split_once('?')?;
    let mut carried = Vec::new();
    let mut kept = Vec::new();
    for pair in query.split('&') {
        match decoded(pair).filter(|(key, _)| key == ACTION_KEY || key == ERROR_KEY) {
            Some(error) => carried.push(error),
            None => kept.push(pair),
        }
    }
    if carried.is_empty() {
        return None;
    }
    let address = if kept.is_empty() {
        before.to_owned()
    } else {
        format!("{before}?{}", kept.join("&"))
    };
    Some(Parted { address, carried })
}

/// As the router reads it: a key may be written %-escaped.
fn decoded(pair: &str) -> Option<(String, String)> {
    let uri = format!("/?{pair}").parse::<Uri>().ok()?;
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(&uri).ok()?;
    pairs.0.into_iter().next()
}

/// Browsers read `//evil.example` and `/\evil.example` as another site.
fn within(address: &str) -> &str {
    if address.starts_with("//") || address.contains('\\') {
        "/"
    } else {
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_parted_from_its_error() {
        let parted =
            part("https://deals.example/signin?to=/p/x&__path=%2Fapi%2Fsign_in&__err=YQ%3D%3D");
        let parted = parted.unwrap();
        assert_eq!(parted.address, "https://deals.example/signin?to=/p/x");
        let fault = Fault {
            page: "/signin".to_owned(),
            action: "/api/sign_in".to_owned(),
            error: "YQ==".to_owned(),
        };
        assert_eq!(parted.fault(), Some(fault));
        assert_eq!(part("/signin?to=/p/x&q=__err").map(|p| p.address), None);
        assert_eq!(part("/signin"), None);
    }

    #[test]
    fn an_escaped_key_is_seen_through() {
        for address in [
            "/signin?__err=YQ",
            "/signin?%5F_err=YQ&__path=x",
            "/signin?__%65rr",
        ] {
            assert_eq!(part(address).unwrap().address, "/signin", "{address}");
        }
        let both = part("/deals?mine=1&__err=a&x=%26&__err=b&__path=/api/y").unwrap();
        assert_eq!(both.address, "/deals?mine=1&x=%26");
        assert_eq!(both.fault().unwrap().error, "b");
    }

    #[test]
    fn the_detour_never_leads_to_another_site() {
        assert_eq!(within("//evil.example/"), "/");
        assert_eq!(within("/\\evil.example"), "/");
        assert_eq!(within("/signin?to=/p/x"), "/signin?to=/p/x");
    }
}
