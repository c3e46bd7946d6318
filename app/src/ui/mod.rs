//! The components that know no deal. Each stands on a native element and has its styles in `style/components`.
//!
//! Rules: the first render is the same on both sides, so ids are given, never counted. What people type before the page is
//! awake is kept: use `bind` (a `RwSignal<String>`) or plain `value`; never `prop:value` on a text control. `on:click` and
//! other attributes on `Button`, `MenuItem`, `LinkButton` reach their native element.
//!
//! | component | props (required first; `?` optional) |
//! |---|---|
//! | `Button` | children; `variant`? (`Variant::{Primary, Secondary, Quiet, Danger, DangerSolid}`), `kind`? (`"submit"`), `busy`?, `disabled`?, `small`?, `square`? with `label`, `icon`?, `name`?, `value`? |
//! | `LinkButton` | `href`, children; `variant`?, `small`?, `icon`? |
//! | `Icon` | `icon` (`icondata::LuBell`); `size`? (`"small"`, `"large"`), `flips`? |
//! | `Field` | `id` (of the control), `label`, children; `hint`?, `error`?, `required`?; with `described_by` for the control |
//! | `TextInput` | `id`, `label`; `name`?, `kind`?, `value`? or `bind`?, `hint`?, `error`?, `required`?, `autocomplete`?, `inputmode`?, `placeholder`?, `maxlength`?, `width`?, `disabled`?, `readonly`?, `heard`? |
//! | `TextArea` | as `TextInput`, with `rows`? |
//! | `Select` | `id`, `label`, `choices: Vec<Choice>`; `prompt`?, the rest as `TextInput` |
//! | `Checkbox`, `Switch` | `id`, `label`; `checked`? or `bind`?; `Switch`: `on`, `on_change`? |
//! | `MoneyInput` | `id`, `label`, `currencies`; `amount`?, `currency`?, `bind_amount`?, `bind_currency`?, `currency_name`?, `heard`? |
//! | `ErrorSummary` | `messages: Signal<Vec<FieldMessage>>`; takes the focus when messages arrive; with `message_at` for the field's `error` |
//! | `ConfirmButton` | `id`, `verb`, `label`, `question`; `gentle`?; inside the form that it posts |
//! | `Dialog`, `DialogFoot` | `id`, `title`, `open: RwSignal<bool>`, children; `wide`?, `on_close`? |
//! | `Menu`, `MenuItem`, `MenuLink` | `id`, `label`, children; `icon`?, `icon_only`?, `chevron`?, `align_start`? |
//! | `Tabs`, `Tab`; `Segments`, `Segment` | `label`, children; `href`, `current` |
//! | `Tag`, `StageTag`, `Count` | `text`, `tone`? (`Tone::{Plain, Good, Warn, Bad, Info}`), `icon`?; `name`, `hue`; `count`, `label`? |
//! | `Avatar` | `name`; `square`?, `size`? |
//! | `EmptyState` | `text`; `icon`?, children? |
//! | `Notice` | children; `tone`?, `title`?, `role`? |
//! | `TakesFocus` | children: what a form brought, when it appears; `elsewhere`? |
//! | `Toasts` | `expect_context::<Toasts>()`: `say`, `refuse`, `offer_undo` |
//! | `Time` | `at: Timestamp`; `shown`? (`Shown::{DateAndTime, Date, Clock}`); as text in an awake page: `time_here` |
//! | `Day` | `on: Date`; `short`?, `title`? |
//! | `MoneyText`, `MoneyList` | `amount`, `exact`?; `amounts` |
//! | `Pagination` | `first`?, `next`?, `note`? |
//! | `CopyLine` | `label`, `text: Signal<String>`: shown once, with a button that copies it |
//! | `awaited` | what a `Transition` holds: `{awaited(move || async move { ... })}` |
//! | `use_ready` | `data-ready=use_ready()` on the root of an interactive part |
//!
//! Plain classes for the rest: `card` (`card__head`, `card__body`, `card__foot`), `rows` (`rows__row`, `rows__main`,
//! `rows__side`), `facts` (`dl > div > dt + dd`), `table-wrap > table.table[data-stacks]` (`td.number`, `data-label`),
//! `form`, `field-row`, `fieldset`, `button-row`, `stack`, `cluster`, `section` (`section__head`), `grid`, `muted`,
//! `small`, `clip`, `prose`, `visually-hidden`. Feature pages: the head of each file in `style/features` names its parts.

mod avatar;
mod awaited;
mod beacon;
mod bound;
mod button;
mod checkbox;
mod confirm;
mod copy_line;
mod day;
mod dialog;
mod empty_state;
mod error_summary;
mod field;
mod focus;
mod held;
mod icon;
mod kept;
mod maybe_text;
mod menu;
mod money;
mod money_input;
mod notice;
mod pagination;
mod ready;
mod select;
mod stored;
mod tabs;
mod tag;
mod takes_focus;
mod text_area;
mod text_input;
mod time;
mod toast;

pub use avatar::{Avatar, initials};
pub use awaited::awaited;
pub use beacon::send_beacon;
pub use bound::{Typed, keep_in_step};
pub use button::{Button, LinkButton, Variant};
pub use checkbox::{Checkbox, Switch};
pub use confirm::ConfirmButton;
pub use copy_line::CopyLine;
pub use day::Day;
pub use dialog::{Dialog, DialogFoot};
pub use empty_state::EmptyState;
pub use error_summary::{ErrorSummary, FieldMessage, message_at};
pub use field::{Field, FieldError, described_by};
pub use focus::{focus_by_id, follow_to, scroll_to, scroll_to_id};
pub use held::{after_press, use_held};
pub use icon::{Icon, IconKind};
pub use kept::{find as find_cookie, keep_cookie, kept_cookie};
pub use maybe_text::MaybeText;
pub use menu::{Menu, MenuItem, MenuLink};
pub use money::{MoneyList, MoneyText};
pub use money_input::MoneyInput;
pub use notice::Notice;
pub use pagination::Pagination;
pub use ready::use_ready;
pub use select::{Choice, Select};
pub use stored::{MOVES, forget_all_stored, forget_stored, store, stored};
pub use tabs::{Segment, Segments, Tab, Tabs};
pub use tag::{Count, StageTag, Tag, Tone};
pub use takes_focus::TakesFocus;
pub use text_area::TextArea;
pub use text_input::TextInput;
pub use time::{Shown, Time, time_here};
pub use toast::{ToastId, ToastRegion, Toasts};
