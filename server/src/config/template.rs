//! The settings file with every setting as a comment, made from the table.

use std::fmt::Write as _;

use super::{setting::Doc, table};

/// A file that changes nothing: every line of it is a comment or a section's head.
pub fn template() -> String {
    let mut text = String::from(
        "# Dealboard's settings. Every setting has a default: remove the # of what you change.\n\
         # A flag beats the environment, which beats this file.\n",
    );
    let mut section = "";
    for doc in table::ALL {
        let (head, name) = doc.key.split_once('.').unwrap_or(("", doc.key));
        if head != section {
            // Writing to a String cannot fail, here and below.
            let _ = write!(text, "\n[{head}]\n");
            section = head;
        }
        let _ = write!(text, "\n{}", explained(doc));
        let _ = writeln!(text, "# {name} = {}", example(doc));
    }
    text
}

fn explained(doc: &Doc) -> String {
    let mut text = String::new();
    for line in doc.help.lines() {
        let _ = writeln!(text, "# {line}");
    }
    let _ = writeln!(text, "# --{}, {}", doc.flag, doc.env.join(", "));
    text
}

fn example(doc: &Doc) -> String {
    if !doc.default.is_empty() && doc.default.bytes().all(|letter| letter.is_ascii_digit()) {
        doc.default.to_owned()
    } else {
        format!("{:?}", doc.default)
    }
}
