//! Which of a program's pipelines the board shows, and which the list is narrowed to. Links: they work before wasm and without it.

use domain::PipelineId;
use domain::pipeline::Heads;
use domain::views::DealFilter;
use leptos::prelude::*;

use super::filter;
use super::source::Source;
use crate::ui::{Segment, Segments};

/// Nothing where the program has one pipeline.
#[component]
pub fn PipelineChoice(
    source: Source,
    filter: DealFilter,
    heads: Heads,
    list: bool,
) -> impl IntoView {
    let chosen = chosen(&heads, filter.pipeline, list);
    let link = |pipeline: Option<PipelineId>, name: String| {
        let to = DealFilter {
            pipeline,
            ..filter.clone()
        };
        let href = format!("{}{}", source.deals_href(), filter::write(&to, list));
        let current = chosen == pipeline;
        view! { <Segment href current>{name}</Segment> }
    };
    (!heads.is_single()).then(|| {
        let all = list.then(|| link(None, "All".to_owned()));
        let each = heads
            .ids()
            .map(|id| link(Some(id), heads.name(id).to_owned()))
            .collect_view();
        view! {
            <div class="pipeline-choice">
                <Segments label="Pipeline">
                    {all}
                    {each}
                </Segments>
            </div>
        }
    })
}

/// The one that is shown: a board shows the first where the address names none that is there, a list all of them.
fn chosen(heads: &Heads, asked: Option<PipelineId>, list: bool) -> Option<PipelineId> {
    if list {
        return asked;
    }
    let known = asked.filter(|id| heads.has(*id));
    Some(known.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_always_shows_one_and_a_list_may_show_all() {
        let heads = Heads::default();
        let gone = PipelineId(uuid::Uuid::from_u128(5));
        assert_eq!(chosen(&heads, None, false), Some(PipelineId::FIRST));
        assert_eq!(chosen(&heads, Some(gone), false), Some(PipelineId::FIRST));
        assert_eq!(chosen(&heads, None, true), None);
    }
}
