//! What partners and companies wrote to each other, and what the companies' people wrote for themselves.

use domain::messages::OfferQuote;
use domain::offers::Offer;
use domain::people::{MembershipStatus, Side};
use domain::{DealId, Timestamp, UserId};

use super::cast::{Cast, CompanyCast, PartnerCast};
use super::random::Random;
use super::story::Story;

/// One deal in so many is talked about.
const TALKED_ABOUT: usize = 9;
/// Partners of each program that wrote about the program itself.
const ASKING: usize = 6;

/// A thread.
pub struct Talk {
    pub company: usize,
    /// The place of the membership in the company's.
    pub member: usize,
    pub deal: Option<DealId>,
    pub said: Vec<Said>,
}

/// A message, or a note of the company's.
pub struct Said {
    pub at: Timestamp,
    pub by: UserId,
    /// `None`: an internal note.
    pub side: Option<Side>,
    pub words: &'static str,
    pub quote: Option<OfferQuote>,
}

/// Question, answer, and sometimes what follows.
const OF_DEALS: [(&str, &str, &str); 6] = [
    (
        "The customer asks whether the setup is included. Is it?",
        "Yes, for deals of this size. I attach nothing to it in the contract, it is standard.",
        "Good, that is what they wanted to hear.",
    ),
    (
        "Could somebody of your team join our call next week? They have questions about security.",
        "Gladly. Tuesday or Wednesday afternoon would fit us. Whom shall we expect on their side?",
        "Their head of IT and somebody from procurement. Let us take Wednesday at two.",
    ),
    (
        "They want to pay by quarter and not by year. Is that possible?",
        "By quarter is fine from the second year on. In the first it is by year.",
        "Thank you, I will tell them.",
    ),
    (
        "The close date slips by a month: their board meets only in the new quarter.",
        "Thanks for letting us know. Please change the date in the deal, then the forecast is right.",
        "",
    ),
    (
        "Is there a reference customer of the same size that they could talk to?",
        "There is one who is happy to talk. I will introduce you by mail.",
        "Perfect, thank you.",
    ),
    (
        "Which documents do you need from us once they have signed?",
        "The signed order and the address for the invoice, nothing else.",
        "",
    ),
];

const OF_OFFERS: [(&str, &str); 4] = [
    (
        "Does this also hold when the customer extends the contract later?",
        "It holds for the deal that you win. For what they buy later there is no commission under this offer.",
    ),
    (
        "When is it paid once the win is confirmed?",
        "With the next run at the end of the month, by bank transfer.",
    ),
    (
        "If two of our offices work on one deal, do both earn?",
        "One deal earns once. How you share it among your offices is up to you.",
    ),
    (
        "We are close to the next tier. What is missing?",
        "Two more confirmed wins this year. You are on a good way.",
    ),
];

const NOTES: [&str; 4] = [
    "Spoke with the account team: nobody of ours is in touch with them.",
    "They asked the same last quarter. Let us put it into the program's description.",
    "Finance agrees with this, no need to ask again.",
    "Good partner, answers within a day. Worth a call before the year ends.",
];

/// The same for the same stories.
pub fn talks(cast: &Cast, stories: &[Story], now: Timestamp, random: &mut Random) -> Vec<Talk> {
    let mut talks = Vec::new();
    for (company, home) in cast.companies.iter().enumerate() {
        for (member, (membership, partner)) in home.members.iter().take(ASKING).enumerate() {
            let asking = cast.partners.get(*partner).map(PartnerCast::workers);
            let asking = asking.and_then(|workers| workers.first().copied());
            if let Some(by) = asking.filter(|_| membership.status == MembershipStatus::Active) {
                let age = random.between(1, 20) * 24 + 5;
                let said = about_the_program(home, (by, member), now.plus_hours(-age), now, random);
                talks.push(Talk {
                    company,
                    member,
                    deal: None,
                    said,
                });
            }
        }
    }
    let registered = stories.iter().filter(|story| story.deal.number.is_some());
    for story in registered.step_by(TALKED_ABOUT) {
        let Some(home) = cast.companies.get(story.company) else {
            continue;
        };
        let of = story.deal.membership;
        let Some(member) = home.members.iter().position(|(row, _)| row.id == of) else {
            continue;
        };
        let from = story.deal.changed_at.plus_hours(random.between(1, 20));
        let said = about_a_deal(home, story.deal.owner, from, now, random);
        if !said.is_empty() {
            talks.push(Talk {
                company: story.company,
                member,
                deal: Some(story.deal.id),
                said,
            });
        }
    }
    talks
}

fn about_the_program(
    home: &CompanyCast,
    (by, member): (UserId, usize),
    from: Timestamp,
    now: Timestamp,
    random: &mut Random,
) -> Vec<Said> {
    let (question, answer) = OF_OFFERS
        .get(member % OF_OFFERS.len())
        .copied()
        .unwrap_or_default();
    // The last of them asks about the tier, and about no offer.
    let quote = (member % OF_OFFERS.len() != OF_OFFERS.len() - 1)
        .then(|| quote(home))
        .flatten();
    let mut said = vec![Said {
        at: from,
        by,
        side: Some(Side::Partner),
        words: question,
        quote,
    }];
    // One of them still waits for an answer.
    if member > 0 {
        said.extend(of_company(home, from, answer, random));
    }
    said.retain(|said| said.at < now);
    said
}

fn about_a_deal(
    home: &CompanyCast,
    owner: UserId,
    from: Timestamp,
    now: Timestamp,
    random: &mut Random,
) -> Vec<Said> {
    let (question, answer, thanks) = random.pick(&OF_DEALS).copied().unwrap_or_default();
    let of_partner = |at, words| Said {
        at,
        by: owner,
        side: Some(Side::Partner),
        words,
        quote: None,
    };
    let mut said = vec![of_partner(from, question)];
    said.extend(of_company(home, from, answer, random));
    let last = said.last().map_or(from, |said| said.at);
    if !thanks.is_empty() {
        said.push(of_partner(last.plus_hours(random.between(1, 30)), thanks));
    }
    said.retain(|said| said.at < now);
    said
}

/// The answer, now and then after a note for the own team.
fn of_company(
    home: &CompanyCast,
    asked: Timestamp,
    answer: &'static str,
    random: &mut Random,
) -> Vec<Said> {
    let deciders = home.deciders();
    let Some(by) = random.pick(&deciders).copied() else {
        return Vec::new();
    };
    let mut said = Vec::new();
    let answered = asked.plus_hours(random.between(2, 26));
    if random.percent(35) {
        said.push(Said {
            at: asked.plus_hours(1),
            by,
            side: None,
            words: random.text(&NOTES),
            quote: None,
        });
    }
    said.push(Said {
        at: answered,
        by,
        side: Some(Side::Company),
        words: answer,
        quote: None,
    });
    said
}

/// An offer that is for everybody.
fn quote(home: &CompanyCast) -> Option<OfferQuote> {
    let versions = home.offers.iter().filter_map(Offer::current);
    let mut open = versions.filter(|version| version.terms.tiers.is_empty());
    open.next().map(|version| OfferQuote {
        offer: version.offer,
        number: version.number,
        name: version.terms.name.clone(),
        sentence: version.terms.sentence(),
    })
}
