//! An instant. The server writes it in UTC; once awake, the browser writes it in its own zone. The exact value is in `title`.

use domain::Timestamp;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

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
    fn in_utc(self, at: Timestamp) -> String {
        match self {
            Self::DateAndTime => at.display_utc(),
            Self::Date => at.date().display(),
            Self::Clock => at
                .rfc3339()
                .get(11..16)
                .map(|clock| format!("{clock} UTC"))
                .unwrap_or_default(),
        }
    }
}

#[component]
pub fn Time(at: Timestamp, #[prop(optional)] shown: Shown) -> impl IntoView {
    let text = RwSignal::new(shown.in_utc(at));
    Effect::new(move |_| {
        if let Some(local) = in_own_zone(at, shown) {
            text.set(local);
        }
    });
    view! {
        <time datetime=at.rfc3339() title=at.rfc3339()>
            {text}
        </time>
    }
}

/// In the browser's zone; `None` where its `Intl` refuses. Day before month by name, as the server writes it.
fn in_own_zone(at: Timestamp, shown: Shown) -> Option<String> {
    let options = js_sys::Object::new();
    let set =
        |key: &str, value: &str| js_sys::Reflect::set(&options, &key.into(), &value.into()).ok();
    if shown != Shown::Clock {
        set("dateStyle", "medium")?;
    }
    if shown != Shown::Date {
        set("timeStyle", "short")?;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any year that is shown are exact in an f64"
    )]
    let millis = at.0.div_euclid(1_000) as f64;
    let date = js_sys::Date::new(&JsValue::from_f64(millis));
    let text = date.to_locale_string("en-GB", &options);
    // British English writes four letters for this month alone; the server writes three.
    text.as_string().map(|text| text.replace("Sept", "Sep"))
}
