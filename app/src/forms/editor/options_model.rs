//! A list of options as text, one a line: quick to type, and pasted from a sheet in one go.

use domain::forms::Choice;

/// Between the stored value and the label, where they are not made from each other.
const MARK: &str = " = ";

/// `Germany`, or `de = Germany` when the value was not made from the label.
pub fn to_text(options: &[Choice]) -> String {
    let lines: Vec<String> = options
        .iter()
        .map(|o| {
            if o.value == made_from(&o.label) {
                o.label.clone()
            } else {
                format!("{}{MARK}{}", o.value, o.label)
            }
        })
        .collect();
    lines.join("\n")
}

/// The options of the text. A line that only names an option there was keeps its value, for answers refer to it.
pub fn from_text(text: &str, before: &[Choice]) -> Vec<Choice> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            if let Some((value, label)) = line.split_once(MARK) {
                return Choice::new(value.trim(), label.trim());
            }
            let known = before.iter().find(|o| o.label == line);
            known
                .cloned()
                .unwrap_or_else(|| Choice::new(made_from(line), line))
        })
        .collect()
}

fn made_from(label: &str) -> String {
    let folded: String = domain::text::fold(label)
        .split(' ')
        .collect::<Vec<_>>()
        .join("_");
    if folded.is_empty() {
        label.trim().to_owned()
    } else {
        folded.chars().take(80).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_writing() {
        let options = vec![
            Choice::new("de", "Germany"),
            Choice::new("new_york", "New York"),
            Choice::new("c++", "C++"),
        ];
        assert_eq!(to_text(&options), "de = Germany\nNew York\nc++ = C++");
        assert_eq!(from_text(&to_text(&options), &[]), options);
    }

    #[test]
    fn a_named_option_keeps_its_value() {
        let before = [Choice::new("1", "Germany")];
        assert_eq!(
            from_text("Austria\n\n Germany \n", &before),
            [
                Choice::new("austria", "Austria"),
                Choice::new("1", "Germany")
            ]
        );
        assert_eq!(from_text("+++", &[]), [Choice::new("+++", "+++")]);
    }
}
