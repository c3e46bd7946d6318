//! Answers to read, those of one group under its title.

use leptos::prelude::*;

/// A line with the title of its group, if it stands in one.
pub type GroupedLine = (Option<String>, AnyView);

/// In the order in which they come; what stands together in one group is one part.
fn parts<T>(lines: Vec<(Option<String>, T)>) -> Vec<(Option<String>, Vec<T>)> {
    let mut parts: Vec<(Option<String>, Vec<T>)> = Vec::new();
    for (title, line) in lines {
        match parts.last_mut() {
            Some((last, lines)) if *last == title => lines.push(line),
            _ => parts.push((title, vec![line])),
        }
    }
    parts
}

/// Lists of facts; without any group it is one.
#[component]
pub fn GroupedFacts(lines: Vec<GroupedLine>, #[prop(optional)] wide: bool) -> impl IntoView {
    let wide = wide.then_some("");
    let parts = parts(lines).into_iter().map(|(title, lines)| {
        let facts = view! { <dl class="facts" data-wide=wide>{lines}</dl> };
        match title {
            None => facts.into_any(),
            Some(title) => {
                let name = title.clone();
                view! {
                    <div class="facts-group" role="group" aria-label=name>
                        <p class="facts-group__title" aria-hidden="true">{title}</p>
                        {facts}
                    </div>
                }
                .into_any()
            }
        }
    });
    parts.collect_view()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn neighbours_of_one_group_stand_together() {
        let site = || Some("Site".to_owned());
        let lines = vec![(None, 1), (site(), 2), (site(), 3), (None, 4), (site(), 5)];
        let expected = vec![
            (None, vec![1]),
            (site(), vec![2, 3]),
            (None, vec![4]),
            (site(), vec![5]),
        ];
        assert_eq!(parts(lines), expected);
        assert!(parts(Vec::<(Option<String>, u8)>::new()).is_empty());
    }
}
