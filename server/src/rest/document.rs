//! The OpenAPI document: what the handlers say of themselves, and what is the same for all of them.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::{problem::ApiProblem, wire::DealSort};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Dealboard API",
        version = "1",
        description = "Deals, and what belongs to them, for programs. Every request carries an API key, which acts in its \
                       maker's name, narrowed by its scopes. Ids are prefixed, times RFC 3339 in UTC, amounts decimal text \
                       with their currency. Errors are problem documents (RFC 9457)."
    ),
    servers((url = "/api/v1")),
    components(schemas(ApiProblem, DealSort)),
    tags(
        (name = "Programs", description = "What partners join at a company."),
        (name = "Forms", description = "What a company asks, as JSON Schema. A published version never changes."),
        (name = "Deals", description = "Registered by partners, worked by them to close."),
        (name = "Decisions", description = "The company's verdicts on registrations."),
        (name = "Wins", description = "The company's verdicts on wins."),
        (name = "Customers", description = "Businesses that bought, or are about to."),
        (name = "Offers", description = "What a company promises to pay."),
        (name = "Commissions", description = "What it owes, and why."),
        (name = "Messages", description = "What partners and companies write to each other."),
        (name = "Transactions", description = "What customers bought after the win."),
    )
)]
pub struct Document;

/// Statuses of problems that any request may get.
const ALWAYS: [u16; 8] = [400, 401, 403, 404, 406, 429, 500, 503];
/// Of a command beside them.
const OF_COMMANDS: [u16; 4] = [409, 413, 415, 422];
/// Of a change to a version that was seen.
const OF_CHANGES: [u16; 2] = [412, 428];

static TEXT: OnceLock<String> = OnceLock::new();

fn object<'v>(value: &'v mut Value, pointer: &str) -> Option<&'v mut Map<String, Value>> {
    value.pointer_mut(pointer).and_then(Value::as_object_mut)
}

/// The whole document, from what the router collected.
pub fn complete(collected: &utoipa::openapi::OpenApi) -> Value {
    let mut document = serde_json::to_value(collected).unwrap_or_default();
    let key = json!({"type": "http", "scheme": "bearer", "bearerFormat": "dbk_..."});
    if let Some(components) = object(&mut document, "/components") {
        components.insert("securitySchemes".to_owned(), json!({"key": key}));
    }
    if let Some(whole) = document.as_object_mut() {
        whole.insert("security".to_owned(), json!([{"key": []}]));
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        let item = item.as_object_mut().into_iter().flatten();
        for (method, operation) in item {
            finish(path, method, operation);
        }
    }
    document
}

/// The same as text, made once.
pub fn text() -> &'static str {
    TEXT.get_or_init(|| serde_json::to_string_pretty(&super::document()).unwrap_or_default())
}

fn finish(path: &str, method: &str, operation: &mut Value) {
    let Some(operation) = operation.as_object_mut() else {
        return;
    };
    let mut parameters: Vec<Value> = ids(path).map(id_parameter).collect();
    let is_command = method == "post";
    if is_command {
        parameters.push(idempotency_key());
    }
    let own = operation.remove("parameters").unwrap_or_default();
    parameters.extend(own.as_array().cloned().unwrap_or_default());
    let changes = parameters.iter().any(|one| one["name"] == "If-Match");
    if !parameters.is_empty() {
        operation.insert("parameters".to_owned(), Value::Array(parameters));
    }
    let mut statuses = ALWAYS.to_vec();
    if method != "get" {
        statuses.extend(OF_COMMANDS);
    }
    if changes {
        statuses.extend(OF_CHANGES);
    }
    if let Some(responses) = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
    {
        for status in statuses {
            responses.insert(status.to_string(), problem(status));
        }
    }
}

fn ids(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn id_parameter(name: &str) -> Value {
    let prefix = match name {
        "program" => "prog",
        "customer" => "cust",
        "commission" => "comm",
        "membership" => "mem",
        // A deal's and a form version's are their own names.
        name => name,
    };
    json!({
        "name": name,
        "in": "path",
        "required": true,
        "schema": {"type": "string", "pattern": format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$")},
    })
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": true,
        "description": "One for each request that means something new, such as a UUID. The request is carried out once, \
                        however often it is sent within two days, and answered alike.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!#-~]+$"},
        "example": "0193c5e2-8a51-7c3e-9a51-0f4f2f9a1c11",
    })
}

fn problem(status: u16) -> Value {
    let title = ApiProblem::title_of(status);
    let mut headers = Map::new();
    if status == 401 {
        let text = "Bearer, and the realm";
        headers.insert("WWW-Authenticate".to_owned(), header(text, "string"));
    }
    if status == 429 {
        headers.insert(
            "Retry-After".to_owned(),
            header("Seconds to wait", "integer"),
        );
    }
    let mut answer = json!({
        "description": title,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    });
    if let Some(answer) = answer.as_object_mut().filter(|_| !headers.is_empty()) {
        answer.insert("headers".to_owned(), Value::Object(headers));
    }
    answer
}

fn header(text: &str, kind: &str) -> Value {
    json!({"description": text, "schema": {"type": kind}})
}
