//! The authorisation matrix: every server function, page, stream and file address, asked by every role, in every status
//! of a membership, at the own and at a foreign tenant. An address without a row fails.

pub mod actors;
pub mod rows;

use self::actors::{Actor, Cast, Place};
use self::rows::{ROWS, Row, Who};
use crate::support::{Answer, House};
use domain::people::MembershipStatus;

/// What the rules say to one actor at one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Let in, whatever the use case then says.
    In,
    /// Signed out.
    Unknown,
    /// Belongs elsewhere: it does not exist for them.
    Nothing,
    /// Belongs here; the role or the membership's status is not enough.
    Refused,
}

fn expected(row: &Row, actor: &Actor, place: &Place) -> Expected {
    let (company, partner) = (actor.company_role(place), actor.partner_role(place));
    let judged = |role: Option<bool>| match role {
        None => Expected::Nothing,
        Some(true) => Expected::In,
        Some(false) => Expected::Refused,
    };
    match row.who {
        Who::Anybody => Expected::In,
        _ if actor.email.is_none() => Expected::Unknown,
        Who::SignedIn => Expected::In,
        Who::Company(right) => judged(company.map(|role| role.may(right))),
        Who::CompanyTeam => judged(company.map(|_| true)),
        Who::CompanyTeamEdit => {
            judged(company.map(|role| role.may(domain::people::CompanyRight::EditTeam)))
        }
        Who::Partner(right) => judged(partner.and_then(|role| {
            // Before it began and after it ended a membership is no way in.
            let sees = role.may(domain::people::PartnerRight::ViewDeals, place.status);
            sees.then(|| role.may(right, place.status))
        })),
        Who::PartnerTeam => judged(partner.map(|_| true)),
        Who::PartnerTeamEdit => judged(partner.map(domain::people::PartnerRole::may_edit_team)),
        Who::EitherSide => judged(company.map(|_| true).or(partner.and_then(|role| {
            role.may(domain::people::PartnerRight::ViewDeals, place.status)
                .then_some(true)
        }))),
    }
}

fn fault(row: &Row, expected: Expected, answer: &Answer) -> Option<String> {
    let status = answer.status.as_u16();
    let to_sign_in = answer.header("location").starts_with("/signin");
    let fits = match expected {
        // 400 would mean that the row's body is wrong, and so that nothing was asked.
        Expected::In => {
            !matches!(status, 400 | 401 | 403 | 500..)
                && !to_sign_in
                && (status != 404 || row.absent)
        }
        Expected::Unknown => status == 401 || to_sign_in,
        Expected::Nothing => status == 404,
        Expected::Refused => status == 403,
    };
    let cut: String = answer.body.chars().take(160).collect();
    (!fits).then(|| format!("expected {expected:?}, got {status}: {cut}"))
}

async fn ask(house: &House, row: &Row, cast: &Cast, actor: &Actor, place: &Place) -> Answer {
    let token = match (actor.email, row.ends_session) {
        (Some(email), true) => Some(house.sign_in(email).await),
        _ => actor.token.clone(),
    };
    let call = row.call(place).signed_in(token.as_deref());
    house
        .send(call.with("x-forwarded-for", &cast.fresh_address()))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_in_where_they_belong_and_nowhere_else() {
    let house = House::with_demo(300).await;
    let mut cast = Cast::gather(&house).await;
    let (mut cells, mut faults) = (0, Vec::new());
    for status in MembershipStatus::ALL {
        cast.set_status(&house, *status).await;
        for row in ROWS {
            // Only what enters through a membership depends on its status.
            if *status != MembershipStatus::Active && !row.depends_on_status() {
                continue;
            }
            for actor in &cast.actors {
                for place in [&cast.own, &cast.foreign] {
                    let answer = ask(&house, row, &cast, actor, place).await;
                    cells += 1;
                    let expected = expected(row, actor, place);
                    if let Some(fault) = fault(row, expected, &answer) {
                        let who = (actor.name, place.name, status.as_str());
                        faults.push(format!("{} {who:?}: {fault}", row.path));
                    }
                }
            }
            if row.ends_session {
                cast.sign_in_again(&house).await;
            }
        }
    }
    println!(
        "authorisation matrix: {cells} cells, {} rows, {} faults",
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

/// Within one's own program or team, what belongs to another tenant does not exist either.
#[tokio::test(flavor = "multi_thread")]
async fn another_tenants_ids_are_unknown_in_calls_of_ones_own() {
    let house = House::with_demo(300).await;
    let cast = Cast::gather(&house).await;
    let (mut asked, mut faults) = (0, Vec::new());
    for row in ROWS.iter().filter(|row| row.names_things()) {
        let place = cast.own.with_things_of(&cast.foreign, row.is_partners());
        for actor in cast.actors.iter().filter(|actor| actor.email.is_some()) {
            if expected(row, actor, &cast.own) != Expected::In {
                continue;
            }
            let answer = ask(&house, row, &cast, actor, &place).await;
            asked += 1;
            // A board asks for whatever the stream names: nothing is its answer.
            let nothing = answer.status == 200 && answer.body == "null";
            if answer.status != 404 && !nothing {
                let cut: String = answer.body.chars().take(160).collect();
                faults.push(format!(
                    "{} {}: {} {cut}",
                    row.path, actor.name, answer.status
                ));
            }
        }
    }
    println!("another tenant's ids: {asked} calls");
    assert!(asked > 20, "{asked}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn every_address_has_a_row_and_every_row_an_address() {
    let mut addresses: Vec<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| format!("{method} {path}"))
        .collect();
    for page in server::router::pages() {
        addresses.push(format!("GET {}", page.path()));
    }
    for route in server::router::ROUTES.iter().chain(server::rest::OPEN) {
        addresses.push(format!("{} {}", route.method, route.path));
    }
    let rows: Vec<String> = ROWS.iter().map(Row::address).collect();
    let missing: Vec<&String> = addresses
        .iter()
        .filter(|address| !rows.contains(address))
        .collect();
    assert!(missing.is_empty(), "addresses without a row: {missing:#?}");
    let stale: Vec<&String> = rows.iter().filter(|row| !addresses.contains(row)).collect();
    assert!(stale.is_empty(), "rows without an address: {stale:#?}");
}
