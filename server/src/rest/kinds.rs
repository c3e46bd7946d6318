//! Every kind of problem.

/// Its code, its status, its title, and what to do about it. The page lists them.
#[rustfmt::skip]
pub const KINDS: &[(&str, u16, &str, &str)] = &[
    ("malformed", 400, "The request cannot be read", "The body is no JSON, or a header or a query parameter is missing or cannot be read. errors says which."),
    ("signed_out", 401, "No valid key", "Send a live key as a bearer token. A key ends with its date, when it is revoked, or when its maker leaves the team."),
    ("forbidden", 403, "Not allowed", "The key's scopes or its maker's role do not allow that, or the company takes no registrations now."),
    ("not_found", 404, "Not found", "It does not exist, or this key may not see it: the two are the same answer."),
    ("method_not_allowed", 405, "Method not allowed", "The address knows other methods: see the Allow header."),
    ("not_acceptable", 406, "Not acceptable", "The API answers in application/json and application/problem+json."),
    ("rule", 409, "Not possible now", "A rule of the deal's life refuses; detail says which and what comes first."),
    ("conflict", 409, "Changed meanwhile", "Somebody else was first. Read it again and decide anew."),
    ("running", 409, "Still running", "A request with this Idempotency-Key is still being carried out. Send it again in a moment."),
    ("stale", 412, "Changed since it was read", "The ETag in If-Match is not the current one; conflict says who changed it. Read it again."),
    ("too_large", 413, "Too large", "The body is larger than this server takes."),
    ("unsupported_media_type", 415, "Unsupported media type", "Send bodies as application/json."),
    ("invalid", 422, "Invalid", "Values are at fault; errors points to each. Also an Idempotency-Key that was used for another request."),
    ("precondition_required", 428, "If-Match is missing", "Send the ETag that was read in If-Match, so that nobody's change is overwritten unseen."),
    ("too_many", 429, "Too many requests", "Wait as many seconds as Retry-After says."),
    ("internal", 500, "A fault of ours", "Nothing was changed. Quote request_id when you tell us."),
    ("busy", 503, "Busy", "The server is busy. Send it again in a moment."),
];
