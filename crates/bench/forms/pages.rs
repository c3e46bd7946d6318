//! The same form on a real page in a real Chromium, beside another form runtime. The script does the measuring.

use std::{path::Path, process::Command};

use domain::forms::FormDefinition;
use serde_json::{Value, json};

use crate::{browser::Browser, form::form, program::Program};

const SCRIPT: &str = "bench/forms.mjs";

/// Publishes the form of that many fields and opens it.
pub async fn measure(fields: usize) -> Value {
    let program = Program::start(0, &[]);
    let mut admin = Browser::sign_in(&program, "lena@larkspur.example").await;
    let company = admin.program("Larkspur Payroll").await;
    let form = form(fields);
    publish(&mut admin, &company, &form).await;
    let mut partner = Browser::sign_in(&program, "nadia@brightwater.example").await;
    let membership = partner.membership("Larkspur Payroll").await;

    let definition = program.folder.join("form.json");
    std::fs::write(&definition, serde_json::to_vec(&form).unwrap()).unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end");
    let output = Command::new("node")
        .arg(SCRIPT)
        .arg(format!("http://{}", program.address))
        .arg(format!("/p/{membership}/deals/new"))
        .arg(definition)
        .args(std::env::var_os("DEALBOARD_RAW_WASM"))
        .current_dir(tests)
        .stderr(std::process::Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "the pages were not measured");
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn publish(admin: &mut Browser, company: &str, form: &FormDefinition) {
    let asked = json!({ "program": company });
    let version = admin.call("form_editor", &asked).await["version"].clone();
    let command = json!({ "definition": form, "version": version });
    let input = json!({ "program": company, "command": command });
    let saved = admin.call("keep_form_draft", &input).await;
    let command = json!({ "version": saved["version"] });
    let input = json!({ "program": company, "command": command });
    admin.call("publish_draft", &input).await;
}
