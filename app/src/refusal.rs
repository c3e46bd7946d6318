//! The document for whoever posted a plain form that was refused, where no page of the app can say so. Server only.

use domain::ErrorCode;
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};

use crate::auth::signin_path;
use crate::error::ActionError;
use crate::layout::{ProblemPage, chosen_theme};
use crate::problem::title_of;
use crate::title;
use crate::ui::{LinkButton, Variant};

/// Without scripts: at its address the app has another page, or none, and would not find this one to take it over.
pub fn document(options: &LeptosOptions, error: ActionError) -> impl IntoView + use<> {
    provide_meta_context();
    let (code, text, request_id) = (error.code(), error.0.text(), error.0.request_id);
    let (href, label) = if code == ErrorCode::SignedOut {
        (signin_path("/"), "Sign in")
    } else {
        ("/".to_owned(), "Go to the start page")
    };
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=chosen_theme().word()>
            <head>
                {crate::looks(options)}
                <MetaTags/>
            </head>
            <body>
                <Title formatter=|page: String| title::written(&page) text=title::of_document()/>
                <main id="main">
                    <ProblemPage title=title_of(code) text request_id>
                        <LinkButton href variant=Variant::Primary>{label}</LinkButton>
                    </ProblemPage>
                </main>
            </body>
        </html>
    }
}
