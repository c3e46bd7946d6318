//! The session's cookie. Server only.

use axum::http::HeaderMap;

use crate::door::find_cookie;

/// `__Host-`: only this host set it, over a safe connection, for every path. Browsers count loopback as safe.
pub const SESSION_COOKIE: &str = "__Host-dealboard";

/// The token that a request's cookie carries.
pub fn session_token(headers: &HeaderMap) -> Option<&str> {
    find_cookie(headers, SESSION_COOKIE)
}

/// The `Set-Cookie` that begins a session; it ends with the session.
pub fn session_cookie(token: &str, seconds: i64) -> String {
    format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age={seconds}")
}

/// The `Set-Cookie` that takes it away.
pub fn no_session_cookie() -> String {
    session_cookie("", 0)
}

/// By this a browser is known that an account has signed in from before. It opens nothing: it only keeps others who guess
/// the password from locking this browser out too.
pub const DEVICE_COOKIE: &str = "__Host-dealboard-device";
const A_YEAR: u32 = 31_536_000;

/// The `Set-Cookie` of a browser that has signed in. Strict: only our own sign-in page sends it.
pub fn device_cookie(device: &str) -> String {
    format!("{DEVICE_COOKIE}={device}; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age={A_YEAR}")
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    #[test]
    fn the_cookie_comes_back_under_its_own_name_only() {
        let mut headers = HeaderMap::new();
        headers.insert(
            COOKIE,
            "a=1; dealboard=no; __Host-dealboard=abc".parse().unwrap(),
        );
        assert_eq!(session_token(&headers), Some("abc"));
        headers.insert(COOKIE, "dealboard=no".parse().unwrap());
        assert_eq!(session_token(&headers), None);
    }
}
