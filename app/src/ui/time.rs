//! An instant. The server writes it in UTC; once awake, the browser writes it in its own zone. The exact value is in `title`.

use domain::{Date, Locale, Timestamp};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::locale::use_locale;

/// How much of the instant is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    #[default]
    DateAndTime,
    Date,
    /// Hours and minutes only.
    Clock,
}

impl Shown {
    fn in_utc(self, at: Timestamp, locale: Locale) -> String {
        let exact = at.rfc3339();
        let clock = exact.get(11..16).unwrap_or_default();
        self.written(at.date(), &format!("{clock} UTC"), locale)
    }

    fn written(self, day: Date, clock: &str, locale: Locale) -> String {
        match self {
            Self::DateAndTime => format!("{}, {clock}", locale.date(day)),
            Self::Date => locale.date(day),
            Self::Clock => clock.to_owned(),
        }
    }
}

#[component]
pub fn Time(at: Timestamp, #[prop(optional)] shown: Shown) -> impl IntoView {
    let locale = use_locale();
    let text = RwSignal::new(shown.in_utc(at, locale));
    Effect::new(move |_| {
        if let Some(local) = in_own_zone(at, shown, locale) {
            text.set(local);
        }
    });
    view! {
        <time datetime=at.rfc3339() title=at.rfc3339()>
            {text}
        </time>
    }
}

/// The instant in the browser's own zone, as text: for what holds no `Time`. Only for what an awake page writes.
pub fn time_here(at: Timestamp, locale: Locale) -> String {
    let shown = Shown::DateAndTime;
    in_own_zone(at, shown, locale).unwrap_or_else(|| shown.in_utc(at, locale))
}

/// In the browser's zone; `None` for a day that no calendar has.
fn in_own_zone(at: Timestamp, shown: Shown, locale: Locale) -> Option<String> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any year that is shown are exact in an f64"
    )]
    let millis = at.0.div_euclid(1_000) as f64;
    let date = js_sys::Date::new(&JsValue::from_f64(millis));
    let year = i16::try_from(date.get_full_year()).ok()?;
    // January is its month 0.
    let month = i8::try_from(date.get_month() + 1).ok()?;
    let day = Date::new(year, month, i8::try_from(date.get_date()).ok()?).ok()?;
    let clock = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    Some(shown.written(day, &clock, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_as_the_locale_writes_days() {
        let at = Timestamp::from_seconds(1_795_341_600);
        let british = Locale::default();
        assert_eq!(Shown::DateAndTime.in_utc(at, british), at.display_utc());
        assert_eq!(Shown::Date.in_utc(at, british), "22 Nov 2026");
        assert_eq!(Shown::Clock.in_utc(at, british), "10:00 UTC");
        let german = Locale::of_tag("de-DE").unwrap();
        let text = Shown::DateAndTime.in_utc(at, german);
        assert_eq!(text, "22.11.2026, 10:00 UTC");
    }
}
