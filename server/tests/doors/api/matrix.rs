//! Every address of the API, asked by every kind of key, in every status of a membership, at the own and at a foreign
//! tenant. An address without a row fails.

use axum::http::Method;
use domain::keys::KeyScope::{self, Decide, Move, Override, Pay, Register, Write};
use domain::people::{MembershipStatus, PartnerRight, PartnerRole};
use store::memberships;

use super::{call, company_key, partner_key};
use crate::authorisation::{
    actors::{Cast, Place},
    rows::filled,
};
use crate::support::House;

/// What an address asks of a key.
#[derive(Debug, Clone, Copy)]
enum Needs {
    /// Any key.
    Key,
    /// One that sees the program.
    Sees,
    /// A company's, with that scope where there is one.
    Company(Option<KeyScope>),
    /// A partner team's, with that scope.
    Partner(KeyScope),
    /// A company's with the first, or a partner team's with the second.
    Either(KeyScope, KeyScope),
}

#[derive(Debug, Clone, Copy)]
struct Row {
    method: Method2,
    path: &'static str,
    needs: Needs,
    body: &'static str,
    /// What is asked for is not there: who is let in hears the same as who is not.
    absent: bool,
}

/// What belongs to one partner team, or to one company.
const THINGS: [&str; 4] = ["{deal}", "{customer}", "{commission}", "{membership}"];

/// As a constant can hold it.
#[derive(Debug, Clone, Copy)]
enum Method2 {
    Get,
    Post,
    Patch,
}

impl Row {
    fn method(&self) -> Method {
        match self.method {
            Method2::Get => Method::GET,
            Method2::Post => Method::POST,
            Method2::Patch => Method::PATCH,
        }
    }

    /// Whether it is about something of one team's.
    fn names_a_thing(&self) -> bool {
        THINGS.iter().any(|thing| self.path.contains(thing))
    }

    fn address(&self) -> String {
        format!("{} /api/v1{}", self.method(), self.path)
    }
}

const fn reads(path: &'static str, needs: Needs) -> Row {
    Row {
        method: Method2::Get,
        path,
        needs,
        body: "",
        absent: false,
    }
}

const fn does(path: &'static str, needs: Needs, body: &'static str) -> Row {
    Row {
        method: Method2::Post,
        path,
        needs,
        body,
        absent: false,
    }
}

const fn absent(row: Row) -> Row {
    Row {
        absent: true,
        ..row
    }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    reads("/programs", Needs::Key),
    reads("/programs/{program}", Needs::Sees),
    reads("/programs/{program}/stages", Needs::Sees),
    reads("/programs/{program}/form", Needs::Sees),
    absent(reads("/programs/{program}/forms/{form}", Needs::Sees)),
    reads("/programs/{program}/deals", Needs::Sees),
    absent(does("/programs/{program}/deals", Needs::Partner(Register), r#"{"form":"form_{none}","answers":{}}"#)),
    reads("/programs/{program}/deals/{deal}", Needs::Sees),
    Row { method: Method2::Patch, ..does("/programs/{program}/deals/{deal}", Needs::Partner(Register), r#"{"answers":{}}"#) },
    does("/programs/{program}/deals/{deal}/moves", Needs::Either(Override, Move), r#"{"to_stage":"stage_{none}","override_reason":"x"}"#),
    does("/programs/{program}/deals/{deal}/withdrawals", Needs::Partner(Register), ""),
    does("/programs/{program}/deals/{deal}/appeals", Needs::Partner(Register), r#"{"note":"x"}"#),
    reads("/programs/{program}/reviews", Needs::Company(None)),
    does("/programs/{program}/deals/{deal}/decisions", Needs::Company(Some(Decide)), r#"{"verdict":"approve"}"#),
    does("/programs/{program}/deals/{deal}/extensions", Needs::Company(Some(Decide)), ""),
    does("/programs/{program}/deals/{deal}/win-verdicts", Needs::Company(Some(Decide)), r#"{"verdict":"confirm"}"#),
    reads("/programs/{program}/customers", Needs::Company(None)),
    reads("/programs/{program}/customers/{customer}", Needs::Company(None)),
    reads("/programs/{program}/offers", Needs::Sees),
    reads("/programs/{program}/commissions", Needs::Sees),
    absent(reads("/programs/{program}/commissions/{commission}", Needs::Sees)),
    reads("/programs/{program}/deals/{deal}/commissions", Needs::Sees),
    does("/programs/{program}/commissions/{commission}/holds", Needs::Company(Some(Pay)), r#"{"reason":"x"}"#),
    does("/programs/{program}/commissions/{commission}/releases", Needs::Company(Some(Pay)), ""),
    does("/programs/{program}/commissions/{commission}/declines", Needs::Company(Some(Pay)), r#"{"reason":"x"}"#),
    does("/programs/{program}/commissions/{commission}/corrections", Needs::Company(Some(Pay)), r#"{"amount":"0","reason":"x"}"#),
    does("/programs/{program}/payouts", Needs::Company(Some(Pay)), r#"{"commissions":[],"reference":"x","paid_on":"2026-01-01"}"#),
    reads("/programs/{program}/threads", Needs::Sees),
    reads("/programs/{program}/deals/{deal}/messages", Needs::Sees),
    does("/programs/{program}/deals/{deal}/messages", Needs::Either(Write, Write), r#"{"text":"x"}"#),
    reads("/programs/{program}/memberships/{membership}/messages", Needs::Sees),
    does("/programs/{program}/memberships/{membership}/messages", Needs::Either(Write, Write), r#"{"text":"x"}"#),
    reads("/programs/{program}/deals/{deal}/transactions", Needs::Sees),
    does("/programs/{program}/deals/{deal}/transactions", Needs::Company(Some(Pay)), r#"{"amount":{"amount":"-1","currency":"EUR"},"on":"2026-01-01","reference":"x"}"#),
];

/// A key, whose, and what it may.
struct Caller {
    name: &'static str,
    token: String,
    of_company: bool,
    /// Of the own place's team, or of the foreign one's.
    own: bool,
    /// How the team stands in the program of the other place.
    elsewhere: Option<MembershipStatus>,
    scopes: &'static [KeyScope],
}

const OF_COMPANY: &[KeyScope] = KeyScope::OF_COMPANY;
const OF_PARTNER: &[KeyScope] = KeyScope::OF_PARTNER;

async fn callers(house: &House, cast: &Cast) -> Vec<Caller> {
    let (own, foreign) = (&cast.own, &cast.foreign);
    #[rustfmt::skip]
    let lines: [(&'static str, &Place, bool, &'static [KeyScope]); 10] = [
        ("company, all", own, true, OF_COMPANY),
        ("company, reads", own, true, &[]),
        ("company, decides", own, true, &[Decide]),
        ("company, pays", own, true, &[Pay]),
        ("other company, all", foreign, true, OF_COMPANY),
        ("partner, all", own, false, OF_PARTNER),
        ("partner, reads", own, false, &[]),
        ("partner, registers", own, false, &[Register]),
        ("partner, moves", own, false, &[Move]),
        ("other partner, all", foreign, false, OF_PARTNER),
    ];
    let mut callers = Vec::new();
    for (name, place, of_company, scopes) in lines {
        let own = std::ptr::eq(place, own);
        let other = if own { foreign } else { &cast.own };
        let (token, elsewhere) = if of_company {
            let token = company_key(house, place.admin, place.company, scopes).await;
            (token, None)
        } else {
            let token = partner_key(house, place.owner, place.partner, scopes).await;
            (token, standing(house, place, other).await)
        };
        callers.push(Caller {
            name,
            token,
            of_company,
            own,
            elsewhere,
            scopes,
        });
    }
    callers
}

/// How the team of one place stands in the program of another.
async fn standing(house: &House, team: &Place, other: &Place) -> Option<MembershipStatus> {
    let mut conn = house.services.read().await.unwrap();
    let listed = memberships::list_by_program(&mut conn, other.company, other.program);
    let listed = listed.await.unwrap();
    let found = listed
        .iter()
        .find(|line| line.membership.partner_id == team.partner);
    found.map(|line| line.membership.status)
}

/// What the rules say: the status of a refusal, or nothing for those who are let in.
fn refusal(row: &Row, caller: &Caller, place: &Place, place_is_own: bool) -> Option<u16> {
    if matches!(row.needs, Needs::Key) {
        return None;
    }
    // A partner team may be in both programs, and then sees nothing of the other team's there.
    let belongs = caller.own == place_is_own;
    let status = match (belongs, caller.elsewhere) {
        (true, _) if place_is_own => place.status,
        (true, _) => MembershipStatus::Active,
        (false, Some(status)) => status,
        (false, None) => return Some(404),
    };
    let may = |right| PartnerRole::Owner.may(right, status);
    if !caller.of_company && !may(PartnerRight::ViewDeals) {
        return Some(404);
    }
    let has = |scope: KeyScope| caller.scopes.contains(&scope);
    let works = |scope: KeyScope| has(scope) && may(PartnerRight::Register);
    let allowed = match (row.needs, caller.of_company) {
        (Needs::Key | Needs::Sees, _) | (Needs::Company(None), true) => true,
        (Needs::Company(Some(scope)) | Needs::Either(scope, _), true) => has(scope),
        (Needs::Partner(scope) | Needs::Either(_, scope), false) => works(scope),
        (Needs::Company(_), false) | (Needs::Partner(_), true) => false,
    };
    // Whose conversation it is decides before what the key may.
    let foreign = !belongs && row.names_a_thing();
    match (foreign, allowed) {
        (true, true) => Some(404),
        (true, false) if row.path.contains("{membership}") => Some(404),
        (_, false) => Some(403),
        (false, true) => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_key_gets_in_where_it_belongs_and_nowhere_else() {
    let house = House::with_settings(&[("api-pace", "1000000")]).await;
    house.services.load_demo(300).await.unwrap();
    let mut cast = Cast::gather(&house).await;
    let callers = callers(&house, &cast).await;
    let (mut cells, mut faults) = (0, Vec::new());
    for status in MembershipStatus::ALL {
        cast.set_status(&house, *status).await;
        for row in ROWS {
            for caller in &callers {
                for (place, is_own) in [(&cast.own, true), (&cast.foreign, false)] {
                    let path = format!("/api/v1{}", filled(row.path, place))
                        .replace("{form}", "form_00000000000000000000000001");
                    let body = filled(row.body, place);
                    let asked = call(row.method(), &path, &caller.token, &body);
                    let answer = house.send(asked.with("if-match", "\"999\"")).await;
                    cells += 1;
                    let got = answer.status.as_u16();
                    let fits = match refusal(row, caller, place, is_own) {
                        Some(status) => got == status,
                        // 400 would mean that the row is wrong, and so that nothing was asked.
                        None => {
                            !matches!(got, 400 | 401 | 403 | 405 | 406 | 415 | 428 | 500..)
                                && (got != 404 || row.absent)
                        }
                    };
                    if !fits {
                        let cut: String = answer.body.chars().take(200).collect();
                        let who = (caller.name, place.name, status.as_str());
                        faults.push(format!("{} {who:?}: {got} {cut}", row.address()));
                    }
                }
            }
        }
    }
    println!(
        "API matrix: {cells} cells, {} rows, {} faults",
        ROWS.len(),
        faults.len()
    );
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Within one's own program, what belongs to another tenant does not exist either.
#[tokio::test(flavor = "multi_thread")]
async fn another_tenants_ids_are_unknown_to_a_key() {
    let house = House::with_settings(&[("api-pace", "1000000")]).await;
    house.services.load_demo(300).await.unwrap();
    let cast = Cast::gather(&house).await;
    let callers = callers(&house, &cast).await;
    let mut asked = 0;
    for row in ROWS.iter().filter(|row| row.names_a_thing()) {
        let place = cast.own.with_things_of(&cast.foreign, false);
        let place = Place {
            program: cast.own.program,
            ..place
        };
        for caller in callers.iter().filter(|caller| caller.own) {
            if refusal(row, caller, &cast.own, true).is_some() {
                continue;
            }
            let path = format!("/api/v1{}", filled(row.path, &place));
            let call = call(
                row.method(),
                &path,
                &caller.token,
                &filled(row.body, &place),
            );
            let answer = house.send(call.with("if-match", "\"1\"")).await;
            asked += 1;
            // A faulty amount is refused before anything is looked for.
            let early = answer.status == 422 && row.body.contains("\"-1\"");
            assert!(
                answer.status == 404 || early,
                "{} {}: {} {}",
                row.address(),
                caller.name,
                answer.status,
                answer.body
            );
        }
    }
    assert!(asked > 20, "{asked}");
}

#[test]
fn every_address_of_the_api_has_a_row_and_every_row_an_address() {
    let addresses: Vec<String> = server::rest::operations()
        .into_iter()
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    assert!(addresses.len() > 20, "{addresses:?}");
    let rows: Vec<String> = ROWS.iter().map(Row::address).collect();
    let missing: Vec<&String> = addresses
        .iter()
        .filter(|address| !rows.contains(address))
        .collect();
    assert!(missing.is_empty(), "addresses without a row: {missing:#?}");
    let stale: Vec<&String> = rows.iter().filter(|row| !addresses.contains(row)).collect();
    assert!(stale.is_empty(), "rows without an address: {stale:#?}");
}
