//! The API's page: the document for people, rendered whole here. It needs no script, and nothing from elsewhere.

use std::fmt::Write as _;

use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use serde_json::Value;

use super::kinds::KINDS;
use crate::{site::OUTPUT_NAME, state::AppState};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// `GET /api/v1/docs`
pub async fn docs(State(state): State<AppState>) -> Response {
    let styles = format!("/{}/{OUTPUT_NAME}.css", state.site.pkg_dir());
    let page = Page::of(&super::document());
    Html(page.written(&styles, state.public_url.as_str())).into_response()
}

struct Page {
    nav: String,
    body: String,
    schemas: String,
}

impl Page {
    fn of(document: &Value) -> Self {
        let mut page = Self {
            nav: String::new(),
            body: String::new(),
            schemas: String::new(),
        };
        for tag in document["tags"].as_array().into_iter().flatten() {
            page.section(document, text(tag, "name"), text(tag, "description"));
        }
        let schemas = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        for (name, schema) in schemas.into_iter().flatten() {
            page.schema(name, schema);
        }
        page
    }

    // Writing to a String cannot fail, here and below.
    fn section(&mut self, document: &Value, tag: &str, about: &str) {
        let id = tag.to_lowercase();
        let _ = write!(self.nav, "<li><a href=\"#{id}\">{}</a></li>", escaped(tag));
        let _ = write!(
            self.body,
            "<section class=\"section\" aria-labelledby=\"{id}\"><div class=\"section__head\"><h2 id=\"{id}\">{}</h2></div>\
             <p class=\"muted\">{}</p>",
            escaped(tag),
            escaped(about)
        );
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                if operation.pointer("/tags/0").and_then(Value::as_str) == Some(tag) {
                    self.operation(method, path, operation);
                }
            }
        }
        self.body.push_str("</section>");
    }

    fn operation(&mut self, method: &str, path: &str, operation: &Value) {
        let id = text(operation, "operationId");
        let out = &mut self.body;
        let _ = write!(
            out,
            "<details class=\"api-call\" id=\"{id}\"><summary class=\"api-call__head\"><span class=\"api-call__method\" \
             data-method=\"{method}\">{}</span><code class=\"api-call__path\">/api/v1{}</code>\
             <span class=\"api-call__what\">{}</span></summary><div class=\"api-call__body\">",
            method.to_uppercase(),
            escaped(path),
            escaped(text(operation, "summary"))
        );
        if !text(operation, "description").is_empty() {
            let _ = write!(out, "<p>{}</p>", escaped(text(operation, "description")));
        }
        parameters(out, operation);
        let body = operation.pointer("/requestBody/content/application~1json/schema");
        if let Some(body) = body {
            let _ = write!(out, "<p>Body: {}</p>", shape(body));
        }
        responses(out, operation);
        out.push_str("</div></details>");
    }

    fn schema(&mut self, name: &str, schema: &Value) {
        let id = anchor(name);
        let out = &mut self.schemas;
        let _ = write!(
            out,
            "<section class=\"api-shape\" aria-labelledby=\"{id}\"><h3 id=\"{id}\">{}</h3><p>{}</p>",
            escaped(name),
            escaped(text(schema, "description"))
        );
        if let Some(words) = schema["enum"].as_array() {
            let words: Vec<String> = words.iter().map(code).collect();
            let _ = write!(out, "<p>One of {}.</p>", words.join(", "));
        }
        let members = schema["properties"].as_object();
        if members.is_some_and(|members| !members.is_empty()) {
            members_table(out, schema);
        }
        out.push_str("</section>");
    }

    fn written(&self, styles: &str, base: &str) -> String {
        let mut problems = String::new();
        for (code, status, title, advice) in KINDS {
            let _ = write!(
                problems,
                "<tr id=\"problem-{code}\"><td data-label=\"Status\">{status}</td><td data-label=\"Code\"><code>{code}</code></td>\
                 <td data-label=\"Title\">{}</td><td data-label=\"What to do\">{}</td></tr>",
                escaped(title),
                escaped(advice)
            );
        }
        include_str!("docs.html")
            .replace("{styles}", &escaped(styles))
            .replace("{base}", &escaped(base))
            .replace("{nav}", &self.nav)
            .replace("{problems}", &problems)
            .replace("{webhooks}", &super::docs_hooks::section())
            .replace("{schemas}", &self.schemas)
            .replace("{body}", &self.body)
    }
}

fn parameters(out: &mut String, operation: &Value) {
    let given = operation["parameters"].as_array();
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        return;
    };
    out.push_str(
        "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Parameters\"><table class=\"table\" data-stacks><thead><tr>\
         <th scope=\"col\">Name</th><th scope=\"col\">In</th><th scope=\"col\">Kind</th><th scope=\"col\">Meaning</th></tr></thead><tbody>",
    );
    for one in given {
        let needed = if one["required"] == true {
            ""
        } else {
            ", may be left out"
        };
        let _ = write!(
            out,
            "<tr><td data-label=\"Name\"><code>{}</code></td><td data-label=\"In\">{}</td>\
             <td data-label=\"Kind\">{}{needed}</td><td data-label=\"Meaning\">{}</td></tr>",
            escaped(text(one, "name")),
            escaped(text(one, "in")),
            shape(&one["schema"]),
            escaped(text(one, "description"))
        );
    }
    out.push_str("</tbody></table></div>");
}

fn responses(out: &mut String, operation: &Value) {
    let mut problems = Vec::new();
    for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
        let Some(schema) = answer.pointer("/content/application~1json/schema") else {
            problems.push(format!("<code>{}</code>", escaped(status)));
            continue;
        };
        let headers = answer["headers"].as_object();
        let headers: Vec<String> = headers
            .into_iter()
            .flat_map(|headers| headers.keys())
            .map(|name| format!("<code>{}</code>", escaped(name)))
            .collect();
        let with = if headers.is_empty() {
            String::new()
        } else {
            format!(", with {}", headers.join(" and "))
        };
        let _ = write!(
            out,
            "<p>Answers <code>{}</code>: {}{with}</p>",
            escaped(status),
            shape(schema)
        );
    }
    let _ = write!(
        out,
        "<p class=\"muted\">Problems: {} (<a href=\"#problems\">what they mean</a>)</p>",
        problems.join(" ")
    );
}

fn members_table(out: &mut String, schema: &Value) {
    out.push_str(
        "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Members\"><table class=\"table\" data-stacks><thead><tr>\
         <th scope=\"col\">Member</th><th scope=\"col\">Kind</th><th scope=\"col\">Meaning</th></tr></thead><tbody>",
    );
    let required = schema["required"].as_array();
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let needed = required.is_some_and(|required| required.iter().any(|one| one == name));
        let _ = write!(
            out,
            "<tr><td data-label=\"Member\"><code>{}</code></td><td data-label=\"Kind\">{}{}</td>\
             <td data-label=\"Meaning\">{}</td></tr>",
            escaped(name),
            shape(member),
            if needed { "" } else { ", may be left out" },
            escaped(text(member, "description"))
        );
    }
    out.push_str("</tbody></table></div>");
}

/// What a schema is, in a few words; what has a name of its own is a link.
fn shape(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return format!("<a href=\"#{}\">{}</a>", anchor(name), escaped(name));
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(kinds) = schema[several].as_array() {
            let kinds: Vec<String> = kinds.iter().map(shape).collect();
            return kinds.join(" or ");
        }
    }
    match &schema["type"] {
        Value::String(kind) if kind == "array" => format!("list of {}", shape(&schema["items"])),
        Value::String(kind) => match schema["format"].as_str() {
            Some(format) if kind == "string" => escaped(format),
            _ => escaped(kind),
        },
        Value::Array(kinds) => {
            let format = schema["format"].as_str();
            let kinds: Vec<String> = kinds
                .iter()
                .filter_map(Value::as_str)
                .map(|kind| escaped(format.filter(|_| kind == "string").unwrap_or(kind)))
                .collect();
            kinds.join(" or ")
        }
        _ => "anything".to_owned(),
    }
}

fn code(word: &Value) -> String {
    format!(
        "<code>{}</code>",
        escaped(word.as_str().unwrap_or_default())
    )
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

fn anchor(name: &str) -> String {
    format!("shape-{}", escaped(name))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
