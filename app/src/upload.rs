//! A form with its files on its way to the server, to a door that is no server function.

use std::cell::Cell;

use domain::{AppError, ErrorCode};
use js_sys::Reflect;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use crate::error::ActionError;

/// How long nothing may go on, in milliseconds: a connection that is gone is not always told.
const PATIENCE: f64 = 120_000.0;

/// A form on its way.
pub struct Sending(XmlHttpRequest);

impl Sending {
    /// Calls it back. It ends as if the connection had broken.
    pub fn stop(&self) {
        // What has ended already cannot be called back.
        let _ = self.0.abort();
    }
}

/// Posts the form; `progress` hears how many percent have left, `done` what the door answered. `fetch` tells no progress of
/// what is sent, so this is the older interface.
pub fn post<Answer: DeserializeOwned + 'static>(
    address: &str,
    form: &FormData,
    progress: impl Fn(u8) + 'static,
    done: impl FnOnce(Result<Answer, ActionError>) + 'static,
) -> Result<Sending, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", address)?;
    request.set_request_header("accept", "application/json")?;
    request.set_timeout(whole(PATIENCE));
    let (watched, begun) = (request.clone(), Cell::new(None));
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        // Counted from the beginning of the request: each piece that leaves gives the next one time.
        let now = event.time_stamp();
        let first = begun.get().unwrap_or(now);
        begun.set(Some(first));
        watched.set_timeout(whole(now - first + PATIENCE));
        progress(percent(event.loaded(), event.total()));
    });
    // Reached by name: the upload's own interface is not among those that this crate knows.
    let upload = Reflect::get(&request, &"upload".into())?;
    Reflect::set(&upload, &"onprogress".into(), on_progress.as_ref())?;
    let answered = request.clone();
    let on_end = Closure::once_into_js(move || {
        drop(on_progress);
        done(read(&answered));
    });
    Reflect::set(&request, &"onloadend".into(), &on_end)?;
    request.send_with_opt_form_data(Some(form))?;
    Ok(Sending(request))
}

/// Of what was sent; a form without a length has sent nothing yet.
fn percent(loaded: f64, total: f64) -> u8 {
    if total <= 0.0 {
        return 0;
    }
    u8::try_from(whole((loaded / total * 100.0).clamp(0.0, 100.0))).unwrap_or(100)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is cut off, or beyond the ends, is of no account"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

fn read<Answer: DeserializeOwned>(request: &XmlHttpRequest) -> Result<Answer, ActionError> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if matches!(request.status(), Ok(200..=299)) {
        return serde_json::from_str(&text).map_err(|_| ActionError::new(ErrorCode::Offline));
    }
    // No answer of ours: the connection broke, or something between us refused.
    let error = serde_json::from_str::<AppError>(&text);
    Err(error.map_or_else(|_| ActionError::new(ErrorCode::Offline), ActionError))
}
