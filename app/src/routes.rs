//! Which address shows what. Every page is rendered whole on the server (`SsrMode::Async`), so that it works without wasm.
//!
//! | under | frame | for |
//! |---|---|---|
//! | `/signin`, `/setup`, `/invite`, `/reset` | none | whoever has the address |
//! | `/`, `/board`, `/account`, `/company`, `/team` | `HomeFrame` | the signed-in person |
//! | `/p/:membership` | `PartnerFrame` | a partner's person in one program |
//! | `/c/:program` | `CompanyFrame` | a company's person in one program |

use leptos::prelude::*;
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{ParentRoute, Route};
use leptos_router::{Lazy, LazyRoute, MatchNestedRoutes, SsrMode, path};

use crate::account::AccountPage;
use crate::auth::{InvitePage, ResetAskPage, ResetPage, SetupPage, SignInPage};
use crate::boards::{CompanyDeals, CompanyReplay, PartnerDeals, PartnerReplay, ProgramsBoard};
use crate::commissions::{
    CompanyCommission, CompanyCommissions, PartnerCommission, PartnerCommissions,
};
use crate::customers::{CustomerPage, CustomersPage};
use crate::deals::{
    AmendPage, AnswerPage, CompanyAnswersPage, CompanyDealPage, ConfirmationPage, DealPage,
    RegistrationPage,
};
use crate::entry::EntryPage;
use crate::forms::{FormEditorPage, FormVersionsPage};
use crate::frames::{CompanyFrame, HomeFrame, PartnerFrame};
use crate::home::HomePage;
use crate::imports::{ImportPage, ImportsPage};
use crate::keys::{CompanyKeysPage, PartnerKeysPage};
use crate::mail::OutboxPage;
use crate::messages::{CompanyInbox, CompanyMessages, PartnerMessages};
use crate::notices::{ChoicesPage, NotificationsPage};
use crate::offers::{OfferEditorPage, OffersPage};
use crate::programs::{PartnersPage, ProgramListPage, SettingsPage};
use crate::reviews::ReviewPage;
use crate::stages::StagesPage;
use crate::summary::SummaryPage;
use crate::teams::{CompanyTeamPage, PartnerTeamPage};
use crate::webhooks::{
    DeliveryPage, EditEndpointPage, EndpointPage, EndpointsPage, NewEndpointPage,
};

const WHOLE: SsrMode = SsrMode::Async;

/// Pages whose code is a part of the wasm of its own, fetched when somebody opens one of them. Few and large: what two
/// parts share is a third, and every further part is a fetch.
macro_rules! fetched_when_opened {
    ($part:ident, $preload:ident { $($route:ident => $page:ident,)* }) => {
        mod $part {
            use super::*;

            #[derive(Clone, Copy)]
            enum Which {
                $($route,)*
            }

            #[lazy]
            fn $part(which: Which) -> AnyView {
                match which {
                    $(Which::$route => view! { <$page/> }.into_any(),)*
                }
            }

            $(
                pub struct $route;

                impl LazyRoute for $route {
                    fn data() -> Self {
                        Self
                    }

                    async fn view(_this: Self) -> AnyView {
                        $part(Which::$route).await
                    }

                    async fn preload() {
                        #[cfg(target_arch = "wasm32")]
                        $preload().await;
                    }
                }
            )*
        }
        use $part::*;
    };
}

fetched_when_opened!(entry, __preload_entry {
    SignIn => SignInPage,
    Setup => SetupPage,
    Invite => InvitePage,
    ResetAsk => ResetAskPage,
    Reset => ResetPage,
    Home => HomePage,
    Notifications => NotificationsPage,
    Account => AccountPage,
    Choices => ChoicesPage,
    PartnerKeys => PartnerKeysPage,
    PartnerTeam => PartnerTeamPage,
    Summary => SummaryPage,
});

fetched_when_opened!(boards, __preload_boards {
    AllBoards => ProgramsBoard,
    PartnerBoard => PartnerDeals,
    CompanyBoard => CompanyDeals,
    PartnerBoardReplay => PartnerReplay,
    CompanyBoardReplay => CompanyReplay,
});

fetched_when_opened!(registering, __preload_registering {
    Registration => RegistrationPage,
    Amend => AmendPage,
    Answer => AnswerPage,
    Confirmation => ConfirmationPage,
    StageEntry => EntryPage,
});

fetched_when_opened!(deals, __preload_deals {
    Deal => DealPage,
    PartnerStatement => PartnerCommissions,
    PartnerLine => PartnerCommission,
    PartnerTalk => PartnerMessages,
});

fetched_when_opened!(company, __preload_company {
    CompanyAnswers => CompanyAnswersPage,
    CompanyDeal => CompanyDealPage,
    CompanyKeys => CompanyKeysPage,
    CompanyLine => CompanyCommission,
    CompanyStatement => CompanyCommissions,
    CompanyTalk => CompanyMessages,
    Customer => CustomerPage,
    Customers => CustomersPage,
    Inbox => CompanyInbox,
    Review => ReviewPage,
});

fetched_when_opened!(designing, __preload_designing {
    CompanyTeam => CompanyTeamPage,
    Delivery => DeliveryPage,
    EditEndpoint => EditEndpointPage,
    Endpoint => EndpointPage,
    Endpoints => EndpointsPage,
    FormEditor => FormEditorPage,
    FormVersions => FormVersionsPage,
    Import => ImportPage,
    Imports => ImportsPage,
    NewEndpoint => NewEndpointPage,
    OfferEditor => OfferEditorPage,
    Offers => OffersPage,
    Outbox => OutboxPage,
    Partners => PartnersPage,
    ProgramList => ProgramListPage,
    Settings => SettingsPage,
    Stages => StagesPage,
});

#[component(transparent)]
pub fn EntryRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=leptos_router::components::Outlet ssr=WHOLE>
            <Route path=path!("signin") view={Lazy::<SignIn>::new()} ssr=WHOLE/>
            <Route path=path!("setup/:token") view={Lazy::<Setup>::new()} ssr=WHOLE/>
            <Route path=path!("invite/:token") view={Lazy::<Invite>::new()} ssr=WHOLE/>
            <Route path=path!("reset") view={Lazy::<ResetAsk>::new()} ssr=WHOLE/>
            <Route path=path!("reset/:token") view={Lazy::<Reset>::new()} ssr=WHOLE/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
pub fn HomeRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=HomeFrame ssr=WHOLE>
            <Route path=path!("") view={Lazy::<Home>::new()} ssr=WHOLE/>
            <Route path=path!("board") view={Lazy::<AllBoards>::new()} ssr=WHOLE/>
            <Route path=path!("notifications") view={Lazy::<Notifications>::new()} ssr=WHOLE/>
            <Route path=path!("account/sessions") view={Lazy::<Account>::new()} ssr=WHOLE/>
            <Route path=path!("account/notifications") view={Lazy::<Choices>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/team") view={Lazy::<CompanyTeam>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/programs") view={Lazy::<ProgramList>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/keys") view={Lazy::<CompanyKeys>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/mail") view={Lazy::<Outbox>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/webhooks") view={Lazy::<Endpoints>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/webhooks/new") view={Lazy::<NewEndpoint>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/webhooks/:endpoint") view={Lazy::<Endpoint>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/webhooks/:endpoint/edit") view={Lazy::<EditEndpoint>::new()} ssr=WHOLE/>
            <Route path=path!("company/:company/webhooks/:endpoint/:delivery") view={Lazy::<Delivery>::new()} ssr=WHOLE/>
            <Route path=path!("team/:partner/keys") view={Lazy::<PartnerKeys>::new()} ssr=WHOLE/>
            <Route path=path!("team/:partner") view={Lazy::<PartnerTeam>::new()} ssr=WHOLE/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
pub fn PartnerRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("p/:membership") view=PartnerFrame ssr=WHOLE>
            <Route path=path!("") view=ToSummary ssr=WHOLE/>
            <Route path=path!("summary") view={Lazy::<Summary>::new()} ssr=WHOLE/>
            <Route path=path!("deals") view={Lazy::<PartnerBoard>::new()} ssr=WHOLE/>
            <Route path=path!("deals/new") view={Lazy::<Registration>::new()} ssr=WHOLE/>
            <Route path=path!("deals/:deal") view={Lazy::<Deal>::new()} ssr=WHOLE/>
            <Route path=path!("deals/:deal/answer") view={Lazy::<Answer>::new()} ssr=WHOLE/>
            <Route path=path!("deals/:deal/change") view={Lazy::<Amend>::new()} ssr=WHOLE/>
            <Route path=path!("deals/:deal/enter/:stage") view={Lazy::<StageEntry>::new()} ssr=WHOLE/>
            <Route path=path!("deals/:deal/registered") view={Lazy::<Confirmation>::new()} ssr=WHOLE/>
            <Route path=path!("replay") view={Lazy::<PartnerBoardReplay>::new()} ssr=WHOLE/>
            <Route path=path!("commissions") view={Lazy::<PartnerStatement>::new()} ssr=WHOLE/>
            <Route path=path!("commissions/:commission") view={Lazy::<PartnerLine>::new()} ssr=WHOLE/>
            <Route path=path!("messages") view={Lazy::<PartnerTalk>::new()} ssr=WHOLE/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
pub fn CompanyRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("c/:program") view=CompanyFrame ssr=WHOLE>
            <Route path=path!("") view=ToReview ssr=WHOLE/>
            <Route path=path!("deals") view={Lazy::<CompanyBoard>::new()} ssr=WHOLE/>
            <Route path=path!("deals/:deal") view={Lazy::<CompanyDeal>::new()} ssr=WHOLE/>
            <Route path=path!("deals/:deal/own") view={Lazy::<CompanyAnswers>::new()} ssr=WHOLE/>
            <Route path=path!("replay") view={Lazy::<CompanyBoardReplay>::new()} ssr=WHOLE/>
            <Route path=path!("import") view={Lazy::<Imports>::new()} ssr=WHOLE/>
            <Route path=path!("import/:import") view={Lazy::<Import>::new()} ssr=WHOLE/>
            <Route path=path!("form") view={Lazy::<FormEditor>::new()} ssr=WHOLE/>
            <Route path=path!("form/versions") view={Lazy::<FormVersions>::new()} ssr=WHOLE/>
            <Route path=path!("review") view={Lazy::<Review>::new()} ssr=WHOLE/>
            <Route path=path!("customers") view={Lazy::<Customers>::new()} ssr=WHOLE/>
            <Route path=path!("customers/:customer") view={Lazy::<Customer>::new()} ssr=WHOLE/>
            <Route path=path!("commissions") view={Lazy::<CompanyStatement>::new()} ssr=WHOLE/>
            <Route path=path!("commissions/:commission") view={Lazy::<CompanyLine>::new()} ssr=WHOLE/>
            <Route path=path!("messages") view={Lazy::<Inbox>::new()} ssr=WHOLE/>
            <Route path=path!("messages/:membership") view={Lazy::<CompanyTalk>::new()} ssr=WHOLE/>
            <Route path=path!("offers") view={Lazy::<Offers>::new()} ssr=WHOLE/>
            <Route path=path!("offers/new") view={Lazy::<OfferEditor>::new()} ssr=WHOLE/>
            <Route path=path!("stages") view={Lazy::<Stages>::new()} ssr=WHOLE/>
            <Route path=path!("partners") view={Lazy::<Partners>::new()} ssr=WHOLE/>
            <Route path=path!("settings") view={Lazy::<Settings>::new()} ssr=WHOLE/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component]
fn ToSummary() -> impl IntoView {
    let head = crate::frames::use_partner_head();
    let path = format!("/p/{}/summary", head.with_untracked(|head| head.membership));
    view! { <leptos_router::components::Redirect path/> }
}

#[component]
fn ToReview() -> impl IntoView {
    let head = crate::frames::use_company_head();
    let path = format!("/c/{}/review", head.with_untracked(|head| head.program.id));
    view! { <leptos_router::components::Redirect path/> }
}
