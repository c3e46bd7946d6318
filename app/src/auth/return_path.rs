/// Where to go after signing in: a page of this site, never another site (`//evil`, `/\evil`) and never an action.
pub fn safe_return(path: &str) -> String {
    let stays = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        // As an address is sent: all else is written %-escaped, and has no place in a header.
        && path.bytes().all(|byte| byte.is_ascii_graphic())
        && !path.starts_with("/api/")
        && !path.starts_with("/signin")
        && !path.starts_with("/signout")
        && path.len() <= 500;
    if stays {
        path.to_owned()
    } else {
        "/".to_owned()
    }
}

/// The sign-in page that leads back to that page.
pub fn signin_path(path: &str) -> String {
    match safe_return(path).as_str() {
        "/" => "/signin".to_owned(),
        path => format!("/signin?to={}", escaped(path)),
    }
}

/// As a query's value.
fn escaped(text: &str) -> String {
    use std::fmt::Write;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            escaped.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_site_is_never_returned_to() {
        for path in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/\t/evil",
            "",
            "/api/x",
            "/signout",
            "/p/é",
            "/p/ x",
        ] {
            assert_eq!(safe_return(path), "/", "{path}");
        }
        assert_eq!(
            safe_return("/p/mem_1/deals?mine=1"),
            "/p/mem_1/deals?mine=1"
        );
    }

    #[test]
    fn a_query_survives_the_detour() {
        assert_eq!(
            signin_path("/p/mem_1/deals?mine=1&x=%C3%A9"),
            "/signin?to=/p/mem_1/deals%3Fmine%3D1%26x%3D%25C3%25A9"
        );
        assert_eq!(signin_path("//evil"), "/signin");
    }
}
