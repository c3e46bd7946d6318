//! Where the card of the sheet is: in view while it is open, and with the focus after it.

use domain::DealId;
use leptos::prelude::*;

use super::Quick;
use crate::boards::dom;
use crate::ui::scroll_to;

impl Quick {
    /// The card stands beside the sheet, wherever its column was scrolled to.
    pub(super) fn bring_into_view(self, deal: DealId) {
        let Some(board) = self.board.try_get_value() else {
            return;
        };
        let Some(root) = board.element() else { return };
        if let Some(slot) = dom::slot_of_deal(&root, deal) {
            scroll_to(&slot);
            return;
        }
        let (slot, pitch) = board
            .model
            .with_untracked(|board| (board.slot(deal), board.pitch()));
        let Some(slot) = slot else { return };
        let column = dom::column_of(&root, slot.stage);
        let list = column.and_then(|column| dom::find(&column, ".board__list"));
        if let (Some(list), Ok(before)) = (list, u32::try_from(slot.index)) {
            list.scroll_to_with_x_and_y(0.0, f64::from(before) * pitch);
        }
    }

    /// To the card, unless the focus has gone elsewhere since.
    pub(super) fn give_focus_back(self, deal: DealId) {
        let Some(board) = self.board.try_get_value() else {
            return;
        };
        let elsewhere = document()
            .active_element()
            .is_some_and(|active| active.tag_name() != "BODY");
        if elsewhere || self.open.get_untracked().is_some() {
            return;
        }
        let slot = board
            .element()
            .and_then(|root| dom::slot_of_deal(&root, deal));
        let link = slot.and_then(|slot| dom::find(&slot, ".deal-card__customer"));
        if let Some(link) = link {
            // A card that left the page in between takes no focus.
            let _ = link.focus();
        }
    }
}
