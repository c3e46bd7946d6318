//! `/p/:membership/deals/:deal/change`: the answers of an approved deal, to be changed. A plain form, posted to its own address with
//! the app as without it.

mod both;
mod files;
mod refused;

pub use refused::RefusedAmendment;
pub(crate) use refused::provide_refused_amendment;

use std::sync::Arc;

use domain::MembershipId;
use domain::errors::Why;
use domain::forms::FieldErrors;
use domain::views::AmendPart;
use leptos::prelude::*;

use self::both::{Differing, differing};
use self::files::FilesNeeded;
use self::refused::refused_here;
use super::paths;
use super::server_fns::get_amend_part;
use crate::error::ActionError;
use crate::fields::{CustomerSource, FormFields, messages};
use crate::layout::{BackLink, FormPage, PageHeader};
use crate::locale::use_locale;
use crate::place::{must_exist, use_deal, use_membership};
use crate::problem::Problem;
use crate::ui::{
    Button, EmptyState, ErrorSummary, FieldMessage, LinkButton, Notice, TextArea, Tone, Variant,
    awaited, use_ready,
};

const NOTE_ID: &str = "amend-note";
const LEAD: &str = "The company is told, and the history keeps what was answered before. Customer, website and files stay.";

#[component]
pub fn AmendPage() -> impl IntoView {
    let (membership, deal) = (use_membership(), use_deal());
    let loaded = Resource::new(
        move || (membership.get(), deal.get()),
        |(membership, deal)| async move {
            let (membership, deal) = (must_exist(membership)?, must_exist(deal)?);
            let part = get_amend_part(membership, deal).await?;
            Ok::<_, ActionError>((membership, part))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((membership, part)) => view! { <Loaded membership part/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(membership: MembershipId, part: AmendPart) -> impl IntoView {
    let back = BackLink::new(paths::deal(membership, part.deal), part.number.clone());
    let title = format!("Change answers: {}", part.customer);
    let form = if part.open.is_empty() {
        view! { <EmptyState text="The form of this deal has no answers that you can change now."/> }
            .into_any()
    } else {
        view! { <AmendForm membership part/> }.into_any()
    };
    view! {
        <FormPage>
            <PageHeader title=Signal::stored(title) lead=LEAD back/>
            {form}
        </FormPage>
    }
    .into_any()
}

/// What was refused, told apart: at the fields, at the note, and what stands at no input.
#[derive(Default)]
struct Said {
    errors: FieldErrors,
    note: Option<String>,
    rest: Option<String>,
    conflict: bool,
}

impl Said {
    fn of(error: ActionError) -> Self {
        let note = error.0.input_text("note").map(str::to_owned);
        match error.0.why {
            Some(Why::Fields(errors)) => Self {
                errors,
                ..Self::default()
            },
            _ if note.is_some() => Self {
                note,
                ..Self::default()
            },
            why => {
                let conflict = matches!(why, Some(Why::Conflict(_)));
                let error = domain::AppError { why, ..error.0 };
                Self {
                    rest: Some(error.text()),
                    conflict,
                    ..Self::default()
                }
            }
        }
    }
}

/// The version that the form goes over. Answers that were typed stand on the one that they were typed on, until a shown conflict
/// has said what the deal has by now.
fn version_after(refused: Option<&RefusedAmendment>, conflict: bool, now: i64) -> i64 {
    let posted = refused.and_then(|refused| refused.version);
    posted.filter(|_| !conflict).unwrap_or(now)
}

#[component]
fn AmendForm(membership: MembershipId, part: AmendPart) -> impl IntoView {
    let path = paths::change(membership, part.deal);
    let deal = paths::deal(membership, part.deal);
    let messages_of = format!("{deal}#messages");
    let refused = refused_here(&path);
    let error = refused.as_ref().and_then(|refused| refused.error.clone());
    let said = error.map(Said::of).unwrap_or_default();
    let version = version_after(refused.as_ref(), said.conflict, part.version).to_string();
    let (answers, note) = match refused {
        Some(refused) => (refused.answers, refused.note),
        None => (part.raw(), String::new()),
    };
    let locale = use_locale();
    let both = said.conflict.then(|| differing(&part, &answers, locale));
    let both = both.filter(|lines| !lines.is_empty());
    let (answers, note) = (RwSignal::new(answers), RwSignal::new(note));
    let mut lines = messages(&part.form, &said.errors, "", locale);
    let note_line = said.note.clone();
    lines.extend(note_line.map(|text| FieldMessage::new(NOTE_ID, text)));
    let context = Signal::stored(part.context());
    let on_page = Some(Signal::stored(part.open.clone()));
    let (form, given, open) = (Arc::new(part.form), part.given, Some(part.open));
    let (asking, had) = (form.clone(), given.clone());
    let errors = Signal::stored(said.errors);
    let note_error = Signal::stored(said.note);
    let customers = Some(CustomerSource::partner(membership, Vec::new()));
    view! {
        <ErrorSummary messages=Signal::stored(lines)/>
        {said.rest.map(|text| view! {
            <Notice tone=Tone::Bad title="The answers were not changed" role="alert">
                <p>{text}</p>
                {both.map(|lines| view! { <Differing lines/> })}
            </Notice>
        })}
        <form class="stack" method="post" action=path novalidate aria-label="The answers of the deal" data-ready=use_ready()>
            <input type="hidden" name="_version" value=version/>
            <FormFields form context answers errors open given uploads=None customers on_page/>
            <FilesNeeded form=asking given=had answers context messages=messages_of/>
            <TextArea id=NOTE_ID name="_note" label="What the company should know" hint="It reads this with the change." bind=note error=note_error/>
            <div class="form-foot">
                <Button kind="submit" variant=Variant::Primary>"Save the changes"</Button>
                <LinkButton href=deal>"Cancel"</LinkButton>
            </div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::forms::RawAnswers;

    use super::*;

    #[test]
    fn only_a_shown_conflict_lifts_the_version() {
        let refused = |version| RefusedAmendment {
            page: "/".to_owned(),
            answers: RawAnswers::default(),
            note: String::new(),
            version,
            error: None,
        };
        let posted = refused(Some(3));
        assert_eq!(version_after(Some(&posted), false, 5), 3);
        assert_eq!(version_after(Some(&posted), true, 5), 5);
        assert_eq!(version_after(Some(&refused(None)), false, 5), 5);
        assert_eq!(version_after(None, false, 5), 5);
    }
}
