//! Just enough of a Rust reader to measure files and bodies.

/// The text without its tests, comments and the insides of its literals; lines stay where they are.
pub fn code(text: &str) -> String {
    let masked = mask(text);
    let tests = masked.find("#[cfg(test)]\nmod ").unwrap_or(masked.len());
    masked.get(..tests).unwrap_or(&masked).to_owned()
}

/// How many lines of the file are not tests.
pub fn lines(text: &str) -> usize {
    text.find("#[cfg(test)]\nmod ")
        .and_then(|end| text.get(..end))
        .unwrap_or(text)
        .trim_end()
        .lines()
        .count()
}

pub struct Body {
    pub name: String,
    /// The line of the function's name, from 1.
    pub line: usize,
    /// Lines between its braces.
    pub lines: usize,
    /// Those that say something: not the fields and brackets that rustfmt puts on lines of their own.
    pub telling: usize,
}

/// The functions in masked `code` that carry an attribute that starts with one of `attributes`;
/// every function when there are none.
pub fn functions(code: &str, attributes: &[&str]) -> Vec<Body> {
    let mut found = Vec::new();
    let mut marked = attributes.is_empty();
    let mut offset = 0;
    for (index, line) in code.split_inclusive('\n').enumerate() {
        let start = line.trim_start();
        if attributes
            .iter()
            .any(|attribute| start.starts_with(attribute))
        {
            marked = true;
        } else if let Some(name) = function_name(start)
            && let Some((lines, telling)) =
                marked.then(|| body_lines(code.get(offset..)?)).flatten()
        {
            found.push(Body {
                name: name.to_owned(),
                line: index + 1,
                lines,
                telling,
            });
            marked = attributes.is_empty();
        }
        offset += line.len();
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let mut rest = line;
    for word in ["pub ", "pub(crate) ", "pub(super) ", "const ", "async "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let name = rest.strip_prefix("fn ")?;
    name.split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
}

/// Counts the lines inside the first pair of braces that follows the arguments.
fn body_lines(code: &str) -> Option<(usize, usize)> {
    let open = code.find('{')?;
    if code.find(';').is_some_and(|end| end < open) {
        return None;
    }
    let mut depth = 0_usize;
    for (index, c) in code.get(open..)?.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let body = code.get(open + 1..open + index)?;
            let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
            let told = lines.clone().filter(|line| tells(line)).count();
            return Some((lines.count(), told));
        }
    }
    None
}

/// False for `name,` and `});`: how a literal is broken into lines is not logic.
fn tells(line: &str) -> bool {
    let field = line.strip_suffix(',').is_some_and(|name| {
        name.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    });
    let closes = line.chars().all(|c| ")]},;?".contains(c));
    !field && !closes
}

/// Blanks comments and literals, so that braces and keywords in them do not count.
fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            end_of_string(rest)
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            end_of_raw_string(rest)
        } else if c == '\'' {
            end_of_char(rest)
        } else {
            0
        };
        let (gone, kept) = rest.split_at(skipped);
        masked.extend(gone.chars().map(|c| if c == '\n' { '\n' } else { '_' }));
        rest = kept;
        if skipped == 0 {
            masked.push(c);
            rest = kept.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    masked
}

fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// Zero for a raw identifier such as `r#type`.
fn end_of_raw_string(text: &str) -> usize {
    let hashes = text.chars().skip(1).take_while(|c| *c == '#').count();
    if text.chars().nth(1 + hashes) != Some('"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let start = hashes + 2;
    text.get(start..)
        .and_then(|rest| rest.find(&close))
        .map_or(text.len(), |end| start + end + close.len())
}

/// Zero for a lifetime.
fn end_of_char(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some(_)) => chars
            .find(|(_, c)| *c == '\'')
            .map_or(0, |(index, _)| index + 1),
        (Some(_), Some((index, '\''))) => index + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r##"
/// A brace in a comment { does not count.
#[component]
pub fn Card<'a>(name: &'a str) -> impl IntoView {
    let open = '{';
    let quoted = "a \" { b";
    // not a line of code {

    let raw = r#"{ "json": 1 "#;
    (open, quoted, raw, r#type)
}

fn plain() {}

#[cfg(test)]
mod tests {
    fn not_counted() {}
}
"##;

    #[test]
    fn bodies_are_found_and_measured() {
        let code = code(TEXT);
        let components = functions(&code, &["#[component"]);
        let names: Vec<_> = components
            .iter()
            .map(|body| (body.name.as_str(), body.line, body.lines))
            .collect();
        assert_eq!(names, [("Card", 4, 5)]);
        let all: Vec<_> = functions(&code, &[])
            .into_iter()
            .map(|body| body.name)
            .collect();
        assert_eq!(all, ["Card", "plain"]);
    }

    #[test]
    fn broken_literals_tell_nothing() {
        let code = "fn door() {\n    Ok(View {\n        name,\n        of: name,\n    })\n}\n";
        let body = functions(code, &[]).pop().unwrap();
        assert_eq!((body.lines, body.telling), (4, 2));
    }

    #[test]
    fn tests_are_not_lines() {
        assert_eq!(lines(TEXT), 13);
    }
}
