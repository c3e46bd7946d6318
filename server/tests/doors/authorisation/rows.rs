//! One row per address: who may enter, and what a well-formed request looks like. `{program}` and the like stand for
//! the ids of the place that is asked for. Versions are never the present one, so that nothing is changed by asking.

use axum::http::Method;
use domain::people::{CompanyRight, PartnerRight};

use super::actors::Place;
use crate::support::Call;

/// Whom the rules let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anybody,
    SignedIn,
    /// The company's people with that right.
    Company(CompanyRight),
    /// Everybody of the company's team, or those who edit it.
    CompanyTeam,
    CompanyTeamEdit,
    /// The partner's people with that right, as their membership's status allows.
    Partner(PartnerRight),
    /// Everybody of the partner team, or those who edit it.
    PartnerTeam,
    PartnerTeamEdit,
    /// Whoever may see the deal.
    EitherSide,
}

#[derive(Debug, Clone, Copy)]
enum Ask {
    Page,
    Stream,
    Form(&'static str),
    Json(&'static str),
    /// A multipart form with one small file.
    File,
}

#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub path: &'static str,
    pub who: Who,
    ask: Ask,
    /// What is asked for is not there: who is let in hears the same as who is not.
    pub absent: bool,
    /// The session does not survive the call.
    pub ends_session: bool,
}

impl Row {
    pub fn depends_on_status(&self) -> bool {
        matches!(self.who, Who::Partner(_) | Who::EitherSide)
    }

    /// Its method and path, as the routers name them.
    pub fn address(&self) -> String {
        let method = match self.ask {
            Ask::Page | Ask::Stream => Method::GET,
            Ask::Form(_) | Ask::Json(_) | Ask::File => Method::POST,
        };
        format!("{method} {}", self.path)
    }

    /// Whether it speaks of a deal, a file, a person or a membership beside the program or team that it enters.
    pub fn names_things(&self) -> bool {
        let body = match self.ask {
            Ask::Form(body) | Ask::Json(body) => body,
            Ask::Page | Ask::Stream | Ask::File => "",
        };
        let names = |thing: &str| self.path.contains(thing) || body.contains(thing);
        let membership = !self.is_partners() && names("{membership}");
        membership || THINGS.into_iter().any(names)
    }

    /// Whether it is entered through a membership.
    pub fn is_partners(&self) -> bool {
        matches!(self.who, Who::Partner(_))
    }

    pub fn call(&self, place: &Place) -> Call {
        let path = filled(self.path, place);
        match self.ask {
            Ask::Page => Call::get(path),
            Ask::Stream => Call::get(path).with("accept", "text/event-stream"),
            Ask::Form(body) => Call::post(
                path,
                "application/x-www-form-urlencoded",
                filled(body, place),
            ),
            Ask::Json(body) => Call::post(path, "application/json", filled(body, place)),
            Ask::File => {
                let body = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--x--\r\n";
                Call::post(path, "multipart/form-data; boundary=x", body)
            }
        }
    }
}

/// What another tenant has as well.
const THINGS: [&str; 9] = [
    "{endpoint}",
    "{delivery}",
    "{deal}",
    "{file}",
    "{customer}",
    "{commission}",
    "{offer}",
    "{admin}",
    "{owner}",
];

pub fn filled(text: &str, place: &Place) -> String {
    // An id that nothing has.
    const NONE: &str = "00000000000000000000000001";
    text.replace("{company}", &place.company.to_string())
        .replace("{program}", &place.program.to_string())
        .replace("{partner}", &place.partner.to_string())
        .replace("{membership}", &place.membership.to_string())
        .replace("{deal}", &place.deal.to_string())
        .replace("{customer}", &place.customer.to_string())
        .replace("{commission}", &place.commission.to_string())
        .replace("{offer}", &place.offer.to_string())
        .replace("{endpoint}", &place.endpoint.to_string())
        .replace("{delivery}", &place.delivery.to_string())
        .replace("{admin}", &place.admin.to_string())
        .replace("{owner}", &place.owner.to_string())
        .replace("{import}", &format!("imp_{NONE}"))
        .replace("{stage}", &format!("stage_{NONE}"))
        .replace("{none}", NONE)
        .replace("{file}", &place.file.to_string())
        .replace("{submit_key}", &place.submit_key)
        .replace("{field}", "no_such_field")
        .replace("{token}", "unknown")
        .replace("{filter}", FILTER)
}

const FILTER: &str = r#"{"mine":false,"search":"","stage":null,"registration":null,"stage_kind":null,"partner":"","min_value":null,"expiring":false,"stuck":false,"closing":false,"sort":"changed"}"#;

const fn row(path: &'static str, who: Who, ask: Ask) -> Row {
    Row {
        path,
        who,
        ask,
        absent: false,
        ends_session: false,
    }
}

/// For what asks after something that is not there.
const fn absent(path: &'static str, who: Who, ask: Ask) -> Row {
    Row {
        absent: true,
        ..row(path, who, ask)
    }
}

const fn ending(path: &'static str, who: Who, ask: Ask) -> Row {
    Row {
        ends_session: true,
        ..row(path, who, ask)
    }
}

use Ask::{File, Form, Json, Page, Stream};
use CompanyRight::{
    Decide, DesignProgram, EditClaims, EditOffers, EditPartners, ImportAndExport, PayCommissions,
};
use PartnerRight::{Register, ViewCommissions, WorkDeals};
use Who::{
    Anybody, Company, CompanyTeam, CompanyTeamEdit, EitherSide, Partner, PartnerTeam,
    PartnerTeamEdit, SignedIn,
};

const SEES: Who = Company(CompanyRight::ViewDeals);
const WATCHES: Who = Partner(PartnerRight::ViewDeals);
const EARNS: Who = Partner(ViewCommissions);
const HEARS: Who = Company(CompanyRight::ReadMessages);
const TELLS: Who = Company(CompanyRight::WriteMessages);

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // The server's own.
    row("/healthz", Anybody, Page),
    row("/readyz", Anybody, Page),
    row("/live", SignedIn, Stream),
    row("/files/{file}", EitherSide, Page),
    absent("/upload/{membership}/{submit_key}/{field}", Partner(Register), File),
    // Coming in.
    row("/signin", Anybody, Page),
    absent("/setup/{token}", Anybody, Page),
    absent("/invite/{token}", Anybody, Page),
    row("/reset", Anybody, Page),
    absent("/reset/{token}", Anybody, Page),
    row("/api/sign_in", Anybody, Form("email=a@b.example&password=wrong")),
    ending("/api/sign_out", Anybody, Form("")),
    absent("/api/check_setup", Anybody, Form("token=x")),
    absent("/api/set_up", Anybody, Form("token=x&name=a&email=b&password=c&company=d&program=e&currency=EUR")),
    absent("/api/open_invitation", Anybody, Form("token=x")),
    absent("/api/accept_invitation", SignedIn, Form("token=x")),
    absent("/api/join", Anybody, Form("token=x&name=a&password=b")),
    row("/api/ask_for_reset", Anybody, Form("email=a@b.example")),
    absent("/api/open_reset", Anybody, Form("token=x")),
    absent("/api/reset_password", Anybody, Form("token=x&password=correct-horse-battery")),
    // One's own.
    row("/", SignedIn, Page),
    row("/board", SignedIn, Page),
    row("/account/sessions", SignedIn, Page),
    row("/account/notifications", SignedIn, Page),
    row("/notifications", SignedIn, Page),
    row("/api/home", SignedIn, Form("")),
    row("/api/viewer", SignedIn, Form("")),
    row("/api/notices", SignedIn, Json("{}")),
    row("/api/read_notices", SignedIn, Form("")),
    row("/api/notice_choices", SignedIn, Form("")),
    row("/api/save_notice_choices", SignedIn, Form("")),
    row("/api/fresh_link", SignedIn, Form("")),
    row("/api/fresh_key", SignedIn, Form("")),
    // How the API is used; its other addresses have rows of their own, for keys.
    row("/api/v1/docs", Anybody, Page),
    row("/api/v1/openapi.json", Anybody, Page),
    // A team's keys.
    row("/company/{company}/keys", CompanyTeamEdit, Page),
    row("/api/company_keys", CompanyTeamEdit, Form("company={company}")),
    row("/api/make_company_key", CompanyTeamEdit, Form("company={company}&name=Matrix&days=30")),
    absent("/api/revoke_company_key", CompanyTeamEdit, Form("company={company}&key=key_{none}")),
    row("/team/{partner}/keys", PartnerTeamEdit, Page),
    row("/api/partner_keys", PartnerTeamEdit, Form("partner={partner}")),
    row("/api/make_partner_key", PartnerTeamEdit, Form("partner={partner}&name=Matrix&days=30")),
    absent("/api/revoke_partner_key", PartnerTeamEdit, Form("partner={partner}&key=key_{none}")),
    row("/api/list_sessions", SignedIn, Form("")),
    absent("/api/revoke_session", SignedIn, Form("session=sess_{none}")),
    ending("/api/sign_out_others", SignedIn, Form("")),
    ending("/api/change_password", SignedIn, Form("current=wrong&new=correct-horse-battery")),
    // The company's team and programs.
    row("/company/{company}/team", CompanyTeam, Page),
    row("/company/{company}/programs", CompanyTeam, Page),
    row("/company/{company}/mail", CompanyTeamEdit, Page),
    row("/api/load_outbox", CompanyTeamEdit, Form("company={company}")),
    absent("/api/retry_mail", CompanyTeamEdit, Form("company={company}&mail=mail_{none}")),
    row("/company/{company}/webhooks", CompanyTeamEdit, Page),
    row("/company/{company}/webhooks/new", CompanyTeamEdit, Page),
    row("/company/{company}/webhooks/{endpoint}", CompanyTeamEdit, Page),
    row("/company/{company}/webhooks/{endpoint}/edit", CompanyTeamEdit, Page),
    row("/company/{company}/webhooks/{endpoint}/{delivery}", CompanyTeamEdit, Page),
    row("/api/load_endpoints", CompanyTeamEdit, Form("company={company}")),
    row("/api/open_endpoint", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}")),
    row("/api/load_endpoint_log", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}")),
    row("/api/load_delivery", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}&delivery={delivery}")),
    row("/api/fresh_secret", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}")),
    row("/api/add_endpoint", CompanyTeamEdit, Form("company={company}&endpoint=hook_{none}&url=nothing&scope=all")),
    row("/api/save_endpoint", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}&version=999&url=https://a.example&scope=all")),
    row("/api/switch_endpoint", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}&on=false")),
    row("/api/rotate_secret", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}&version=999")),
    absent("/api/remove_endpoint", CompanyTeamEdit, Form("company={company}&endpoint=hook_{none}")),
    row("/api/test_endpoint", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}")),
    row("/api/replay_delivery", CompanyTeamEdit, Form("company={company}&endpoint={endpoint}&delivery={delivery}")),
    row("/api/company_team", CompanyTeam, Form("company={company}")),
    row("/api/list_programs", CompanyTeam, Form("company={company}")),
    row("/api/create_program", CompanyTeamEdit, Form("company={company}&program=Matrix&currency=EUR")),
    row("/api/invite_to_company", CompanyTeamEdit, Form("company={company}&email=new@b.example&role=seller")),
    row("/api/change_company_role", CompanyTeamEdit, Form("company={company}&user={admin}&role=seller")),
    row("/api/remove_from_company", CompanyTeamEdit, Form("company={company}&user={admin}")),
    absent("/api/withdraw_company_invitation", CompanyTeamEdit, Form("company={company}&link=link_{none}")),
    // The partner's team.
    row("/team/{partner}", PartnerTeam, Page),
    row("/api/partner_team", PartnerTeam, Form("partner={partner}")),
    row("/api/invite_to_partner", PartnerTeamEdit, Form("partner={partner}&email=new@b.example&role=member")),
    row("/api/change_partner_role", PartnerTeamEdit, Form("partner={partner}&user={owner}&role=member")),
    row("/api/remove_from_partner", PartnerTeamEdit, Form("partner={partner}&user={owner}")),
    absent("/api/withdraw_partner_invitation", PartnerTeamEdit, Form("partner={partner}&link=link_{none}")),
    // The company's pages of a program.
    row("/c/{program}", SEES, Page),
    row("/c/{program}/review", SEES, Page),
    row("/c/{program}/deals", SEES, Page),
    row("/c/{program}/deals/{deal}", SEES, Page),
    row("/c/{program}/deals/{deal}/own", SEES, Page),
    row("/c/{program}/customers", SEES, Page),
    row("/c/{program}/customers/{customer}", SEES, Page),
    row("/c/{program}/commissions", SEES, Page),
    row("/c/{program}/commissions/{commission}", SEES, Page),
    row("/c/{program}/commissions.csv", SEES, Page),
    row("/c/{program}/deals.csv", SEES, Page),
    row("/c/{program}/replay", SEES, Page),
    row("/api/company_replay", SEES, Json(r#"{"program":"{program}","from":"","to":""}"#)),
    row("/c/{program}/offers", SEES, Page),
    row("/c/{program}/messages", HEARS, Page),
    row("/c/{program}/messages/{membership}", HEARS, Page),
    row("/c/{program}/offers/new", Company(EditOffers), Page),
    row("/c/{program}/form", Company(DesignProgram), Page),
    row("/c/{program}/form/versions", Company(DesignProgram), Page),
    row("/c/{program}/form.json", Company(DesignProgram), Page),
    row("/c/{program}/stages", SEES, Page),
    row("/c/{program}/partners", SEES, Page),
    row("/c/{program}/settings", SEES, Page),
    row("/c/{program}/import", Company(ImportAndExport), Page),
    row("/c/{program}/import", Company(ImportAndExport), File),
    absent("/c/{program}/import/{import}", Company(ImportAndExport), Page),
    absent("/c/{program}/import/{import}/faults.csv", Company(ImportAndExport), Page),
    row("/c/{program}/export/deals.csv", Company(ImportAndExport), Form("")),
    row("/c/{program}/export/company.jsonl", Company(ImportAndExport), Form("")),
    row("/c/{program}/export/company.zip", Company(ImportAndExport), Form("")),
    // What they ask and do.
    row("/api/company_frame", SEES, Form("program={program}")),
    row("/api/company_board", SEES, Json(r#"{"program":"{program}","filter":{filter}}"#)),
    row("/api/company_lanes", SEES, Json(r#"{"program":"{program}","kind":"owner","filter":{filter}}"#)),
    absent("/api/company_column", SEES, Json(r#"{"program":"{program}","filter":{filter},"stage":"stage_{none}","after":null}"#)),
    row("/api/company_list", SEES, Json(r#"{"program":"{program}","filter":{filter},"cursor":null}"#)),
    row("/api/company_views", SEES, Json(r#"{"program":"{program}"}"#)),
    row("/api/save_company_view", SEES, Json(r#"{"program":"{program}","name":"","shared":false,"shown":{"filter":{filter},"list":false}}"#)),
    absent("/api/change_company_view", SEES, Json(r#"{"program":"{program}","command":{"view":"view_{none}","name":"Matrix","shared":false}}"#)),
    absent("/api/delete_company_view", SEES, Json(r#"{"program":"{program}","view":"view_{none}"}"#)),
    row("/api/company_deal", SEES, Json(r#"{"program":"{program}","deal":"{deal}"}"#)),
    row("/api/load_desk", SEES, Form("program={program}")),
    row("/api/decide_deal", Company(Decide), Form("program={program}&deal={deal}&version=999&verdict=approve")),
    row("/api/extend_deal", Company(Decide), Form("program={program}&deal={deal}&version=999")),
    row("/api/override_stage", Company(CompanyRight::OverrideStage), Json(r#"{"program":"{program}","command":{"deal":"{deal}","to_stage":"stage_{none}","place":"top","details":{"override_reason":"x"},"version":999}}"#)),
    row("/api/override_deal", Company(CompanyRight::OverrideStage), Form("program={program}&deal={deal}&version=999&to_stage=stage_{none}&reason=x")),
    row("/api/quick_company_deal", SEES, Json(r#"{"program":"{program}","deal":"{deal}"}"#)),
    row("/api/change_deal_answers", Company(Decide), Json(r#"{"program":"{program}","command":{"deal":"{deal}","answers":{"value":["1"]},"version":999}}"#)),
    row("/api/say_at_company_board", SEES, Json(r#"{"program":"{program}","command":{"window":"matrix","held":null}}"#)),
    row("/api/company_board_people", SEES, Json(r#"{"program":"{program}","window":"matrix"}"#)),
    row("/api/leave_company_board", SEES, Form("program={program}&window=matrix")),
    row("/api/find_last_step", SEES, Json(r#"{"program":"{program}","deal":"{deal}"}"#)),
    row("/api/load_customers", SEES, Form("program={program}&search=")),
    row("/api/company_customers", SEES, Json(r#"{"program":"{program}","search":"a"}"#)),
    row("/api/open_customer", SEES, Form("program={program}&customer={customer}")),
    row("/api/enter_transaction", Company(PayCommissions), Form("program={program}&customer={customer}&deal={deal}&amount=1&currency=EUR&on=2026-01-01&reference=x")),
    row("/api/company_commissions", SEES, Json(r#"{"program":"{program}","filter":{},"after":null}"#)),
    row("/api/company_commission", SEES, Json(r#"{"program":"{program}","commission":"{commission}"}"#)),
    row("/api/hold_commission", Company(PayCommissions), Form("program={program}&commission={commission}&version=999&reason=x")),
    row("/api/release_commission", Company(PayCommissions), Form("program={program}&commission={commission}&version=999")),
    row("/api/decline_commission", Company(PayCommissions), Form("program={program}&commission={commission}&version=999&reason=x")),
    row("/api/correct_commission", Company(PayCommissions), Form("program={program}&commission={commission}&key=matrix&way=back&amount=1&reason=x")),
    row("/api/mark_paid", Company(PayCommissions), Form("program={program}&commissions[]={commission}&reference=x&paid_on=2026-01-01")),
    row("/api/company_threads", HEARS, Json(r#"{"program":"{program}","after":null}"#)),
    row("/api/company_thread", HEARS, Json(r#"{"program":"{program}","about":{"deal":"{deal}"},"before":null,"read":true}"#)),
    row("/c/{program}/messages/{membership}", TELLS, Form("kind=message&key=matrix&text=Hello")),
    row("/c/{program}/deals/{deal}", TELLS, Form("kind=note&key=matrix&text=Hello")),
    row("/c/{program}/deals/{deal}/own", Company(Decide), Form("_version=999")),
    row("/api/load_imports", Company(ImportAndExport), Form("program={program}")),
    absent("/api/load_import", Company(ImportAndExport), Form("program={program}&import={import}")),
    absent("/api/map_import", Company(ImportAndExport), Form("program={program}&import={import}&version=1&targets[]=ignore")),
    absent("/api/start_import", Company(ImportAndExport), Form("program={program}&import={import}&version=1")),
    absent("/api/take_back_import", Company(ImportAndExport), Form("program={program}&import={import}&version=1")),
    absent("/api/resume_import", Company(ImportAndExport), Form("program={program}&import={import}&version=1")),
    absent("/api/discard_import", Company(ImportAndExport), Form("program={program}&import={import}")),
    row("/api/load_offers", SEES, Form("program={program}")),
    row("/api/open_offer_editor", Company(EditOffers), Form("program={program}&offer={offer}")),
    row("/api/publish_offer", Company(EditOffers), Form("program={program}&number=0&terms[name]=&terms[trigger]=closed_won&terms[rate]=percent")),
    row("/api/end_offer", Company(EditOffers), Form("program={program}&offer={offer}")),
    row("/api/add_claim", Company(EditClaims), Form("program={program}&customer=Matrix")),
    absent("/api/remove_claim", Company(EditClaims), Form("program={program}&claim=claim_{none}")),
    row("/api/load_stages", SEES, Form("program={program}")),
    row("/api/replace_stages", Company(DesignProgram), Json(r#"{"program":"{program}","command":{"pipeline":{"stages":[],"lost_reasons":[]},"mappings":[],"version":999}}"#)),
    row("/api/form_editor", Company(DesignProgram), Json(r#"{"program":"{program}"}"#)),
    row("/api/form_impact", Company(DesignProgram), Json(r#"{"program":"{program}","command":{"version":999}}"#)),
    row("/api/check_form_retype", Company(DesignProgram), Json(r#"{"program":"{program}","key":"customer","kind":"long_text"}"#)),
    row("/api/schedule_form_draft", Company(DesignProgram), Json(r#"{"program":"{program}","command":{"version":999,"at":1}}"#)),
    row("/api/form_versions", Company(DesignProgram), Json(r#"{"program":"{program}","old":null,"new":null}"#)),
    absent("/api/form_versions", Company(DesignProgram), Json(r#"{"program":"{program}","old":"form_{none}","new":null}"#)),
    absent("/api/use_form_again", Company(DesignProgram), Form("program={program}&form=form_{none}&current=form_{none}")),
    absent("/api/move_form_schedule", Company(DesignProgram), Form("program={program}&from=1&at=2031-01-01T10:00")),
    absent("/api/cancel_form_schedule", Company(DesignProgram), Form("program={program}")),
    absent("/api/load_form_version", Company(DesignProgram), Json(r#"{"program":"{program}","id":"form_{none}"}"#)),
    row("/api/list_form_sources", Company(DesignProgram), Json(r#"{"program":"{program}"}"#)),
    row("/api/open_form_source", Company(DesignProgram), Json(r#"{"program":"{program}","source":{"template":"referral"}}"#)),
    row("/api/open_form_source", Company(DesignProgram), Json(r#"{"program":"{program}","source":{"file":"{}"}}"#)),
    absent("/api/open_form_source", Company(DesignProgram), Json(r#"{"program":"{program}","source":{"program":"prog_{none}"}}"#)),
    row("/api/keep_form_draft", Company(DesignProgram), Json(r#"{"program":"{program}","command":{"definition":{"fields":[]},"version":999}}"#)),
    row("/api/say_editing", Company(DesignProgram), Json(r#"{"program":"{program}","command":{"window":"matrix","field":null}}"#)),
    row("/api/stop_editing", Company(DesignProgram), Form("program={program}&window=matrix")),
    row("/api/list_preview_partners", Company(DesignProgram), Json(r#"{"program":"{program}"}"#)),
    absent("/api/publish_draft", Company(DesignProgram), Json(r#"{"program":"{program}","command":{"version":999}}"#)),
    row("/api/save_settings", Company(DesignProgram), Form("program={program}&settings[name]=A&settings[number_prefix]=B&settings[currency]=EUR&settings[decision_hours]=1&settings[protection_days]=1&settings[extension_days]=1&settings[version]=999")),
    row("/api/switch_submissions", Company(DesignProgram), Form("program={program}&open=true")),
    row("/api/load_card_fields", Company(DesignProgram), Form("program={program}")),
    row("/api/choose_card_fields", Company(DesignProgram), Form("program={program}&first=&second=&third=")),
    row("/api/list_partners", SEES, Form("program={program}")),
    row("/api/invite_partner", Company(EditPartners), Form("program={program}&partner_name=New&email=new@b.example")),
    absent("/api/withdraw_partner_invite", Company(EditPartners), Form("program={program}&link=link_{none}")),
    row("/api/change_membership", Company(EditPartners), Form("program={program}&membership={membership}&status=active&version=999")),
    row("/api/save_tier", Company(EditPartners), Form("program={program}&tier_name=Matrix")),
    absent("/api/delete_tier", Company(EditPartners), Form("program={program}&tier=tier_{none}")),
    // The partner's pages of a program.
    row("/p/{membership}", WATCHES, Page),
    row("/p/{membership}/summary", WATCHES, Page),
    row("/p/{membership}/deals", WATCHES, Page),
    row("/p/{membership}/deals", Partner(Register), Form("_key={submit_key}&_update=1")),
    row("/p/{membership}/deals/{deal}/answer", Partner(Register), Form("_version=999")),
    row("/p/{membership}/deals/new", Partner(Register), Page),
    row("/p/{membership}/deals/{deal}", WATCHES, Page),
    row("/p/{membership}/deals/{deal}/answer", Partner(Register), Page),
    row("/p/{membership}/deals/{deal}/registered", WATCHES, Page),
    row("/p/{membership}/deals/{deal}/change", Partner(Register), Page),
    row("/p/{membership}/deals/{deal}/change", Partner(Register), Form("_version=999")),
    row("/p/{membership}/deals/{deal}/enter/{stage}", Partner(WorkDeals), Page),
    row("/p/{membership}/deals/{deal}/enter/{stage}", Partner(WorkDeals), Form("_version=999")),
    row("/p/{membership}/commissions", EARNS, Page),
    absent("/p/{membership}/commissions/{commission}", EARNS, Page),
    row("/p/{membership}/commissions.csv", EARNS, Page),
    row("/p/{membership}/deals.csv", WATCHES, Page),
    row("/p/{membership}/replay", WATCHES, Page),
    row("/api/partner_replay", WATCHES, Json(r#"{"membership":"{membership}","from":"","to":""}"#)),
    row("/p/{membership}/messages", Partner(PartnerRight::ReadMessages), Page),
    // What they ask and do.
    row("/api/partner_frame", WATCHES, Form("membership={membership}")),
    row("/api/program_summary", WATCHES, Json(r#"{"membership":"{membership}"}"#)),
    row("/api/partner_board", WATCHES, Json(r#"{"membership":"{membership}","filter":{filter}}"#)),
    row("/api/say_at_partner_board", WATCHES, Json(r#"{"membership":"{membership}","command":{"window":"matrix","held":null}}"#)),
    row("/api/partner_board_people", WATCHES, Json(r#"{"membership":"{membership}","window":"matrix"}"#)),
    row("/api/leave_partner_board", WATCHES, Form("membership={membership}&window=matrix")),
    row("/api/partner_lanes", WATCHES, Json(r#"{"membership":"{membership}","kind":"month","filter":{filter}}"#)),
    absent("/api/partner_column", WATCHES, Json(r#"{"membership":"{membership}","filter":{filter},"stage":"stage_{none}","after":null}"#)),
    row("/api/partner_list", WATCHES, Json(r#"{"membership":"{membership}","filter":{filter},"cursor":null}"#)),
    row("/api/partner_views", WATCHES, Json(r#"{"membership":"{membership}"}"#)),
    row("/api/save_partner_view", WATCHES, Json(r#"{"membership":"{membership}","name":"","shared":false,"shown":{"filter":{filter},"list":false}}"#)),
    absent("/api/change_partner_view", WATCHES, Json(r#"{"membership":"{membership}","command":{"view":"view_{none}","name":"Matrix","shared":false}}"#)),
    absent("/api/delete_partner_view", WATCHES, Json(r#"{"membership":"{membership}","view":"view_{none}"}"#)),
    row("/api/quick_partner_deal", WATCHES, Json(r#"{"membership":"{membership}","deal":"{deal}"}"#)),
    row("/api/partner_deal", WATCHES, Json(r#"{"membership":"{membership}","deal":"{deal}"}"#)),
    row("/api/confirmation", WATCHES, Json(r#"{"membership":"{membership}","deal":"{deal}"}"#)),
    row("/api/partner_commissions", EARNS, Json(r#"{"membership":"{membership}","filter":{},"after":null}"#)),
    absent("/api/partner_commission", EARNS, Json(r#"{"membership":"{membership}","commission":"{commission}"}"#)),
    row("/api/partner_messages", Partner(PartnerRight::ReadMessages), Json(r#"{"membership":"{membership}","offer":null,"before":null}"#)),
    row("/api/partner_threads", Partner(PartnerRight::ReadMessages), Json(r#"{"membership":"{membership}"}"#)),
    row("/api/partner_thread", Partner(PartnerRight::ReadMessages), Json(r#"{"membership":"{membership}","deal":"{deal}","before":null,"read":true}"#)),
    row("/p/{membership}/messages", Partner(PartnerRight::WriteMessages), Form("kind=note&key=matrix&text=Hello")),
    row("/p/{membership}/deals/{deal}", Partner(PartnerRight::WriteMessages), Form("kind=message&key=matrix&text=Hello")),
    row("/api/open_registration", Partner(Register), Json(r#"{"membership":"{membership}","key":null}"#)),
    row("/api/answer_page", Partner(Register), Json(r#"{"membership":"{membership}","deal":"{deal}"}"#)),
    row("/api/amend_part", Partner(Register), Json(r#"{"membership":"{membership}","deal":"{deal}"}"#)),
    row("/api/amend_deal_answers", Partner(Register), Json(r#"{"membership":"{membership}","command":{"deal":"{deal}","answers":{"value":["1"]},"version":999}}"#)),
    row("/api/keep_draft", Partner(Register), Json(r#"{"membership":"{membership}","command":{"submit_key":"{submit_key}","answers":{}}}"#)),
    absent("/api/delete_draft", Partner(Register), Form("membership={membership}&deal={deal}")),
    row("/api/say_filling", Partner(Register), Json(r#"{"membership":"{membership}","command":{"submit_key":"{submit_key}","window":"matrix","field":null}}"#)),
    row("/api/stop_filling", Partner(Register), Form("membership={membership}&key={submit_key}&window=matrix")),
    absent("/api/register_deal", Partner(Register), Json(r#"{"membership":"{membership}","command":{"submit_key":"matrix","form_version":"form_{none}","answers":{}}}"#)),
    row("/api/answer_questions", Partner(Register), Json(r#"{"membership":"{membership}","command":{"deal":"{deal}","answers":{},"note":"","version":999}}"#)),
    row("/api/partner_customers", Partner(Register), Json(r#"{"membership":"{membership}","search":"a"}"#)),
    row("/api/ask_conflict", Partner(Register), Json(r#"{"membership":"{membership}","customer":"a","site":"","deal":null}"#)),
    absent("/api/remove_file", Partner(Register), Json(r#"{"membership":"{membership}","deal":"{deal}","file":"file_{none}"}"#)),
    row("/api/deal_entry", Partner(WorkDeals), Json(r#"{"membership":"{membership}","deal":"{deal}","to":"stage_{none}"}"#)),
    row("/api/move_partner_deal", Partner(WorkDeals), Json(r#"{"membership":"{membership}","command":{"deal":"{deal}","to_stage":"stage_{none}","place":"top","details":{},"version":999}}"#)),
    row("/api/move_by_form", Partner(WorkDeals), Form("form[door]={membership}&form[deal]={deal}&form[to_stage]=stage_{none}&form[version]=999")),
    row("/api/move_to_stage", Partner(WorkDeals), Form("membership={membership}&deal={deal}&version=999&to_stage=stage_{none}")),
    row("/api/withdraw_deal", Partner(Register), Form("membership={membership}&deal={deal}&version=999")),
    row("/api/appeal_deal", Partner(Register), Form("membership={membership}&deal={deal}&version=999&note=x")),
];
