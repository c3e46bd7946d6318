use domain::commissions::CommissionStatus;
use leptos::prelude::*;

use crate::ui::{IconKind, Tag, Tone};

/// A commission's status by words and icon.
#[component]
pub fn CommissionTag(status: CommissionStatus) -> impl IntoView {
    view! { <Tag text=status.label() tone=tone(status) icon=status_icon(status)/> }
}

pub fn status_icon(status: CommissionStatus) -> IconKind {
    match status {
        CommissionStatus::Pending => icondata::LuClock,
        CommissionStatus::Approved => icondata::LuCheck,
        CommissionStatus::Held => icondata::LuCirclePause,
        CommissionStatus::Declined => icondata::LuX,
        CommissionStatus::Paid => icondata::LuBanknote,
        CommissionStatus::Voided => icondata::LuBan,
    }
}

fn tone(status: CommissionStatus) -> Tone {
    match status {
        CommissionStatus::Pending | CommissionStatus::Voided => Tone::Plain,
        CommissionStatus::Approved => Tone::Info,
        CommissionStatus::Held => Tone::Warn,
        CommissionStatus::Declined => Tone::Bad,
        CommissionStatus::Paid => Tone::Good,
    }
}
