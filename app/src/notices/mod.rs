//! What happened, told to a person: the bell in the header, and its page.

mod bell;
mod choices;
mod list;
pub mod server_fns;

use domain::events::Topic;
use domain::views::NoticeView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

pub use self::bell::Bell;
pub use self::choices::ChoicesPage;
use self::list::NoticeList;
use self::server_fns::{ReadNotices, get_notices, read_notices};
use crate::layout::{Page, PageHeader};
use crate::live::use_live_refresh;
use crate::problem::Problem;
use crate::ui::{Button, awaited, use_ready};

/// The newest lines, and how many of all are unread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    pub lines: Vec<NoticeView>,
    pub unread: i64,
}

/// `3 unread notifications`, `no unread notifications`.
pub fn in_words(unread: i64) -> String {
    match unread {
        0 => "No unread notifications".to_owned(),
        1 => "1 unread notification".to_owned(),
        many => format!("{many} unread notifications"),
    }
}

/// `/notifications`
#[component]
pub fn NotificationsPage() -> impl IntoView {
    let loaded = Resource::new(|| (), |()| get_notices());
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok(notices) => view! { <Loaded notices/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(notices: Notices) -> impl IntoView {
    let shown = RwSignal::new(notices);
    let refresh = move || {
        spawn_local(async move {
            if let Ok(fresh) = get_notices().await {
                shown.try_set(fresh);
            }
        });
    };
    use_live_refresh(&[Topic::Bell], refresh);
    let read = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            if read_notices().await.is_ok() {
                refresh();
            }
        });
    };
    let lines = Memo::new(move |_| shown.with(|notices| notices.lines.clone()));
    let unread = Memo::new(move |_| shown.with(|notices| notices.unread));
    view! {
        <Page width="narrow">
            <div class="stack" data-ready=use_ready() data-part="notifications">
                <PageHeader title="Notifications">
                    <Show when=move || { unread.get() > 0 }>
                        <form method="post" action=ReadNotices::url() on:submit=read>
                            <Button kind="submit">"Mark all read"</Button>
                        </form>
                    </Show>
                </PageHeader>
                <p class="muted">{move || in_words(unread.get())}</p>
                <div class="card"><NoticeList lines/></div>
            </div>
        </Page>
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn counts_are_said_in_words() {
        assert_eq!(in_words(0), "No unread notifications");
        assert_eq!(in_words(1), "1 unread notification");
        assert_eq!(in_words(120), "120 unread notifications");
    }
}
