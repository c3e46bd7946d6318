//! What every answer says about how a browser may use it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Fixed for every answer.
const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Two years, as the preload lists want it.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Puts the security headers on; pages get their nonce into the policy.
pub fn secure(headers: &mut HeaderMap, nonce: &str, https: bool) {
    for (name, value) in ALWAYS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HSTS),
        );
    }
    // Files for download bring a stricter policy of their own.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&policy(nonce))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // Whatever does not say otherwise is one person's view.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

/// Scripts: ours and those that carry the nonce; compiling wasm is allowed, evaluating text is not.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}
