//! The deal as the page shows it, and what was asked of it.

use std::future::Future;

use domain::MembershipId;
use domain::views::DealView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::deals::server_fns::get_deal;
use crate::error::ActionError;
use crate::fault::posted_error;

#[derive(Clone, Copy)]
pub struct Work {
    pub membership: MembershipId,
    pub deal: RwSignal<DealView>,
    /// Something was asked and is not answered yet.
    pub busy: RwSignal<bool>,
    pub refused: RwSignal<Option<ActionError>>,
}

impl Work {
    pub fn new(membership: MembershipId, deal: DealView) -> Self {
        Self {
            membership,
            deal: RwSignal::new(deal),
            busy: RwSignal::new(false),
            refused: RwSignal::new(posted_error()),
        }
    }

    pub fn reload(self) {
        spawn_local(async move {
            self.fetch().await;
        });
    }

    async fn fetch(self) {
        let Some(id) = self.deal.try_with_untracked(|deal| deal.id) else {
            return;
        };
        // When it cannot be fetched now, the page stays as it is; the next change tries again. And it may be gone.
        if let Ok(view) = get_deal(self.membership, id).await {
            self.deal.try_set(view.deal);
        }
    }

    /// Asks for one thing at a time, shows what became of it, and calls `done` when it was done.
    pub fn ask(
        self,
        wish: impl Future<Output = Result<String, ActionError>> + 'static,
        done: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let became = wish.await;
            self.fetch().await;
            // The page may have gone while it waited.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match became {
                Ok(_) => {
                    self.refused.set(None);
                    done();
                }
                Err(error) => self.refused.set(Some(error)),
            }
        });
    }
}
