//! What is to become of each deal, before it is told: when, whose, and how it should end.

use domain::{Rank, TierId, Timestamp};

use super::cast::{Cast, DAYS_OPEN};
use super::random::Random;

/// How the company judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Approved,
    AskedFirst,
    Declined,
    Ineligible,
    Withdrawn,
}

/// How it ends, if it lives long enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Won,
    Lost,
    Stalls,
    /// Forgotten, until its protection ran out.
    Lapses,
}

/// One deal to come.
pub struct Plan {
    pub seed: u64,
    pub company: usize,
    /// Places in the cast.
    pub member: usize,
    pub partner: usize,
    pub tier: Option<TierId>,
    /// Which invented customer.
    pub customer: usize,
    pub created: Timestamp,
    pub submitted: Timestamp,
    /// None for a draft.
    pub number: Option<i64>,
    pub verdict: Verdict,
    pub ending: Ending,
}

/// Of a hundred deals.
const AT_FIRST_COMPANY: usize = 50;
const AT_SECOND_COMPANY: usize = 75;
const BY_BRIGHTWATER: usize = 10;
const RECENT: usize = 45;
const RECENT_DAYS: i64 = 90;
const DRAFTS: usize = 3;
const LAPSES: usize = 1;
/// A draft is finished or deleted some time.
const DRAFT_DAYS: i64 = 20;
/// So long ago at most a protection ran out that nobody has cared for.
const LAPSED_DAYS: (i64, i64) = (5, 20);
/// Two parties meet on one customer.
const CONFLICTS: usize = 4;

/// Plans so many deals, in the order of their submission; numbers count per program.
pub fn plans(count: usize, cast: &Cast, now: Timestamp, random: &Random) -> Vec<Plan> {
    let mut plans: Vec<Plan> = (0..count)
        .filter_map(|index| plan(index, cast, now, random))
        .collect();
    plans.sort_by_key(|plan| (plan.submitted, plan.seed));
    let mut numbers = vec![0; cast.companies.len()];
    for plan in &mut plans {
        if let (Some(number), Some(last)) = (&mut plan.number, numbers.get_mut(plan.company)) {
            *last += 1;
            *number = *last;
        }
    }
    plans
}

fn plan(index: usize, cast: &Cast, now: Timestamp, random: &Random) -> Option<Plan> {
    let mut random = random.branch(index as u64);
    let company = match random.below(100) {
        ..AT_FIRST_COMPANY => 0,
        AT_FIRST_COMPANY..AT_SECOND_COMPANY => 1,
        _ => 2,
    };
    let members = &cast.companies.get(company)?.members;
    let member = if random.percent(BY_BRIGHTWATER) {
        0
    } else {
        // Some partners are much busier than others: the smaller of two draws.
        random.below(members.len()).min(random.below(members.len()))
    };
    let (membership, partner) = members.get(member)?;
    let draft = random.percent(DRAFTS);
    let lapses = !draft && random.percent(LAPSES);
    let protection = cast
        .companies
        .get(company)?
        .program
        .settings
        .protection_days;
    let days = if draft {
        random.between(0, DRAFT_DAYS)
    } else if lapses {
        protection + random.between(LAPSED_DAYS.0, LAPSED_DAYS.1)
    } else if random.percent(RECENT) {
        random.between(0, RECENT_DAYS)
    } else {
        random.between(RECENT_DAYS, DAYS_OPEN)
    };
    let submitted = now
        .plus_days(-days)
        .plus_seconds(-random.between(60, 86_400));
    let clash = index > 0 && !lapses && random.percent(CONFLICTS);
    let verdict = if lapses {
        Verdict::Approved
    } else {
        verdict(clash, &mut random)
    };
    Some(Plan {
        seed: random.next(),
        company,
        member,
        partner: *partner,
        tier: membership.tier_id,
        // A deal on another's customer is never won here, so that every win has a customer of its own.
        customer: if clash { random.below(index) } else { index },
        created: submitted.plus_seconds(-random.between(120, 7_200)),
        submitted,
        number: (!draft).then_some(0),
        verdict,
        ending: match random.below(100) {
            _ if lapses => Ending::Lapses,
            0..42 if !clash => Ending::Won,
            42..74 => Ending::Lost,
            _ => Ending::Stalls,
        },
    })
}

fn verdict(clash: bool, random: &mut Random) -> Verdict {
    if clash {
        return Verdict::Ineligible;
    }
    match random.below(100) {
        0..78 => Verdict::Approved,
        78..87 => Verdict::AskedFirst,
        87..93 => Verdict::Declined,
        93..96 => Verdict::Ineligible,
        _ => Verdict::Withdrawn,
    }
}

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Places of equal length from the middle of the order on, with room before, between and after.
pub fn rank(card: usize) -> Rank {
    let mut text = [b'V'; 6];
    let mut left = card;
    for place in text.iter_mut().skip(1).take(4).rev() {
        *place = DIGITS.get(left % DIGITS.len()).copied().unwrap_or(b'0');
        left /= DIGITS.len();
    }
    Rank(text.iter().map(|byte| char::from(*byte)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_keep_their_order() {
        let ranks: Vec<Rank> = (0..5_000).map(rank).collect();
        assert!(ranks.windows(2).all(|pair| pair[0] < pair[1]));
        let between = Rank::between(Some(&ranks[7]), Some(&ranks[8]));
        assert!(ranks[7] < between && between < ranks[8]);
    }
}
