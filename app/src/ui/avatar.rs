//! Initials of a person (round) or a business (square). Decoration: the name stands beside it or in `title`.

use leptos::prelude::*;

#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    #[prop(optional)] square: bool,
    /// `small` or `large`.
    #[prop(optional)]
    size: Option<&'static str>,
) -> impl IntoView {
    view! {
        <span class="avatar" aria-hidden="true" data-shape=square.then_some("square") data-size=size title=name.clone()>
            {initials(&name)}
        </span>
    }
}

/// The first letters of the first and the last word; of one word, its first letter only when it is the only one.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(initials("Ada Byron Lovelace"), "AL");
        assert_eq!(initials("altostrat"), "A");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("(Hale) & Moss"), "HM");
    }
}
