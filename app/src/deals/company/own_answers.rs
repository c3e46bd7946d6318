//! The company answers fields of a deal's form: its own, which for the partner do not exist, and those that both sides see.

use std::sync::Arc;

use domain::ProgramId;
use domain::errors::Why;
use domain::forms::{FieldErrors, answer_text_in};
use domain::views::{CompanyDealView, CompanyPart};
use leptos::prelude::*;

use super::refused_answers::refused_here;
use crate::deals::server_fns::get_company_deal;
use crate::error::ActionError;
use crate::fields::{CustomerSource, FormFields, GroupedFacts, GroupedLine, messages};
use crate::layout::{BackLink, FormPage, PageHeader};
use crate::locale::use_locale;
use crate::place::{must_exist, use_deal, use_id};
use crate::problem::Problem;
use crate::ui::{
    Button, EmptyState, ErrorSummary, LinkButton, Notice, Tone, Variant, awaited, use_ready,
};

#[component]
pub fn CompanyAnswersPage() -> impl IntoView {
    let (program, deal) = (use_id::<ProgramId>("program"), use_deal());
    let loaded = Resource::new(
        move || (program.get(), deal.get()),
        |(program, deal)| async move {
            let (program, deal) = (must_exist(program)?, must_exist(deal)?);
            let view = get_company_deal(program, deal).await?;
            Ok::<_, ActionError>((program, view))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, view)) => view! { <Loaded program view/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(program: ProgramId, view: CompanyDealView) -> impl IntoView {
    let deal = format!("/c/{program}/deals/{}", view.deal.id);
    let back = BackLink::new(deal.clone(), view.deal.number.clone());
    let lead = view.deal.summary.customer;
    let form = match view.own {
        Some(own) if own.may_edit => view! { <OwnForm program deal own/> }.into_any(),
        Some(own) => view! { <OwnLines own/> }.into_any(),
        None => view! { <EmptyState text="The form of this deal has no fields of your own."/> }
            .into_any(),
    };
    view! {
        <FormPage>
            <PageHeader title="Your own answers" lead back/>
            {form}
        </FormPage>
    }
    .into_any()
}

#[component]
fn OwnForm(
    program: ProgramId,
    /// The deal's page.
    deal: String,
    own: CompanyPart,
) -> impl IntoView {
    let path = format!("{deal}/own");
    let seen = seen_by_partner(&own);
    let refused = refused_here(&path);
    let (errors, said) = match refused.as_ref().and_then(|refused| refused.error.clone()) {
        Some(error) => match error.0.why {
            Some(Why::Fields(errors)) => (errors, None),
            why => {
                let error = domain::AppError { why, ..error.0 };
                (FieldErrors::default(), Some(error.text()))
            }
        },
        None => (FieldErrors::default(), None),
    };
    let typed = refused.map(|refused| refused.answers);
    let answers = RwSignal::new(typed.unwrap_or_else(|| own.raw()));
    let lines = messages(&own.form, &errors, "", use_locale());
    let context = Signal::stored(own.context());
    let on_page = Some(Signal::stored(own.keys.clone()));
    let open = Some(own.keys);
    let (form, given) = (Arc::new(own.form), own.given);
    let (version, deal_version) = (own.version.to_string(), own.deal_version.to_string());
    let errors = Signal::stored(errors);
    let customers = Some(CustomerSource::company(program));
    view! {
        <ErrorSummary messages=Signal::stored(lines)/>
        {said.map(|text| view! { <Notice tone=Tone::Bad title="Your answers were not saved" role="alert"><p>{text}</p></Notice> })}
        <form class="stack" method="post" action=path novalidate aria-label="Your own answers" data-ready=use_ready()>
            <input type="hidden" name="_version" value=version/>
            <input type="hidden" name="_deal_version" value=deal_version/>
            <p class="muted" data-part="who-sees">{seen}</p>
            <FormFields form context answers errors open given uploads=None customers on_page/>
            <div class="form-foot">
                <Button kind="submit" variant=Variant::Primary>"Save"</Button>
                <LinkButton href=deal>"Cancel"</LinkButton>
            </div>
        </form>
    }
    .into_any()
}

/// Which of these answers are no secret.
fn seen_by_partner(own: &CompanyPart) -> String {
    let fields = own.form.fields.iter();
    let seen = fields.filter(|field| own.shared.contains(&field.key));
    let seen: Vec<&str> = seen.map(|field| field.label.as_str()).collect();
    if seen.is_empty() {
        "The partner does not see them.".to_owned()
    } else {
        format!("The partner sees and is told of: {}.", seen.join(", "))
    }
}

/// The company's own answers on the deal's page, with a way to change them.
#[component]
pub fn OwnCard(program: ProgramId, shown: RwSignal<CompanyDealView>) -> impl IntoView {
    let own = Memo::new(move |_| shown.with(|view| view.own.clone()));
    let id = shown.with_untracked(|view| view.deal.id);
    move || {
        let own = own.get()?;
        let href = format!("/c/{program}/deals/{id}/own");
        let seen = seen_by_partner(&own);
        let change = own.may_edit.then(|| {
            view! { <a href=href aria-label="Change your own answers">"Change"</a> }
        });
        Some(view! {
            <section class="card" aria-labelledby="own-title" data-part="own-answers">
                <div class="card__head">
                    <h2 id="own-title">"Your own answers"</h2>
                    {change}
                </div>
                <div class="card__body">
                    <p class="muted small">{seen}</p>
                    <OwnLines own/>
                </div>
            </section>
        })
    }
}

#[component]
fn OwnLines(own: CompanyPart) -> impl IntoView {
    let CompanyPart {
        form,
        keys,
        shared,
        given,
        answers,
        ..
    } = own;
    let group = |key| form.group_of(key).map(|group| group.label.clone());
    let fields = form.fields.iter().filter(|f| keys.contains(&f.key));
    let locale = use_locale();
    let lines: Vec<GroupedLine> = fields
        .map(|field| {
            let all = if shared.contains(&field.key) {
                &given
            } else {
                &answers
            };
            let answer = all.get(&field.key);
            let answer = answer.map(|answer| answer_text_in(field, answer, locale));
            let text = match answer {
                Some(text) => view! { <span class="prose">{text}</span> }.into_any(),
                None => view! { <span class="muted">"Not answered"</span> }.into_any(),
            };
            let (key, label) = (field.key.to_string(), field.label.clone());
            let line = view! { <div data-field=key><dt>{label}</dt><dd>{text}</dd></div> };
            (group(&field.key), line.into_any())
        })
        .collect();
    view! { <GroupedFacts lines wide=true/> }
}
