//! Reads the TOML file into texts with their lines.

use std::{collections::HashMap, ops::Range, path::Path};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    setting::{Fault, Found, Origin},
    table,
};

/// The file's values by key (`server.listen`); what is no setting, or no TOML, is a fault.
pub fn read(path: &Path, faults: &mut Vec<Fault>) -> HashMap<&'static str, Found> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            faults.push(Fault::File {
                path: path.to_owned(),
                why: error.to_string(),
            });
            return HashMap::new();
        }
    };
    parse(path, &text, faults)
}

fn parse(path: &Path, text: &str, faults: &mut Vec<Fault>) -> HashMap<&'static str, Found> {
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let line = error.span().map_or(1, |span| line_of(text, &span));
            faults.push(Fault::File {
                path: path.to_owned(),
                why: format!("line {line}: {}", error.message()),
            });
            return HashMap::new();
        }
    };
    let mut values = Vec::new();
    flatten("", root.get_ref(), &mut values);

    let mut found = HashMap::new();
    for (key, value) in values {
        let line = line_of(text, &value.span());
        match table::ALL.iter().find(|doc| doc.key == key) {
            Some(doc) => {
                let text = written(value, text);
                let origin = Origin::File {
                    path: path.to_owned(),
                    line,
                };
                found.insert(doc.key, Found { text, origin });
            }
            None => faults.push(Fault::UnknownKey {
                key,
                path: path.to_owned(),
                line,
            }),
        }
    }
    found
}

fn flatten<'t, 'i>(
    prefix: &str,
    table: &'t DeTable<'i>,
    values: &mut Vec<(String, &'t Spanned<DeValue<'i>>)>,
) {
    for (name, value) in table {
        let name = name.get_ref();
        let key = if prefix.is_empty() {
            name.to_string()
        } else {
            format!("{prefix}.{name}")
        };
        match value.get_ref() {
            DeValue::Table(inner) => flatten(&key, inner, values),
            _ => values.push((key, value)),
        }
    }
}

/// The value as it would be typed for a flag: strings without quotes, lists with commas.
fn written(value: &Spanned<DeValue<'_>>, text: &str) -> String {
    match value.get_ref() {
        DeValue::String(string) => string.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| written(item, text)).collect();
            items.join(",")
        }
        _ => text.get(value.span()).unwrap_or_default().to_owned(),
    }
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.get(..span.start).unwrap_or(text);
    before.matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_carry_their_line() {
        let text = "# comment\n[server]\nlisten = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.1\", \"10.0.0.2\"]\n\n[database]\nconnections = 8\n";
        let mut faults = Vec::new();
        let found = parse(Path::new("a.toml"), text, &mut faults);
        assert!(faults.is_empty());
        assert_eq!(found["server.listen"].text, "0.0.0.0:80");
        assert_eq!(found["server.listen"].origin.to_string(), "a.toml:3");
        assert_eq!(found["server.trusted_proxies"].text, "10.0.0.1,10.0.0.2");
        assert_eq!(found["database.connections"].text, "8");
    }

    #[test]
    fn unknown_keys_and_bad_toml_are_named() {
        let mut faults = Vec::new();
        parse(Path::new("a.toml"), "[server]\n\nlissen = 1\n", &mut faults);
        assert_eq!(
            faults[0].to_string(),
            "server.lissen (a.toml:3): there is no such setting"
        );
        faults.clear();
        parse(Path::new("a.toml"), "\nlisten = = 1\n", &mut faults);
        assert!(
            faults[0].to_string().starts_with("a.toml: line 2: "),
            "{}",
            faults[0]
        );
    }
}
