//! Who is there before the first deal: companies with their programs, partner teams, people.

use std::sync::Arc;

use domain::forms::FormDefinition;
use domain::offers::Offer;
use domain::people::{CompanyRole, MembershipStatus, PartnerRole};
use domain::pipeline::Pipeline;
use domain::program::{Program, ProgramSettings, Tier};
use domain::text::slug;
use domain::{Currency, FormVersionId, Timestamp, UserId};
use store::accounts::users::User;
use store::companies::Company;
use store::memberships::Membership;
use store::partners::Partner;

use super::ids::Ids;
use super::random::Random;
use super::{forms, names, offers, pipelines};

/// How long the programs have been running.
pub const DAYS_OPEN: i64 = 540;

/// Everybody and everything.
pub struct Cast {
    pub companies: Vec<CompanyCast>,
    pub partners: Vec<PartnerCast>,
    pub users: Vec<User>,
}

pub struct CompanyCast {
    pub company: Company,
    pub program: Arc<Program>,
    pub tiers: Vec<Tier>,
    pub form_id: FormVersionId,
    pub form: FormDefinition,
    pub pipeline: Pipeline,
    pub offers: Vec<Offer>,
    pub team: Vec<(UserId, CompanyRole)>,
    /// With the place of the partner in the cast.
    pub members: Vec<(Membership, usize)>,
    /// Expected values, in whole units.
    pub values: (i64, i64),
    pub founded: Timestamp,
}

pub struct PartnerCast {
    pub partner: Partner,
    pub team: Vec<(UserId, PartnerRole)>,
}

impl PartnerCast {
    /// Those of the team who may register and work deals.
    pub fn workers(&self) -> Vec<UserId> {
        let works = |role: &PartnerRole| *role != PartnerRole::Finance;
        let team = self.team.iter().filter(|(_, role)| works(role));
        team.map(|(user, _)| *user).collect()
    }
}

impl CompanyCast {
    /// Who pays.
    pub fn payer(&self) -> Option<UserId> {
        let pays = |role: &CompanyRole| *role == CompanyRole::Finance;
        let mut team = self.team.iter();
        team.find(|(_, role)| pays(role)).map(|(user, _)| *user)
    }

    /// Those of the team who decide.
    pub fn deciders(&self) -> Vec<UserId> {
        let decides =
            |role: &CompanyRole| matches!(role, CompanyRole::Admin | CompanyRole::Reviewer);
        let team = self.team.iter().filter(|(_, role)| decides(role));
        team.map(|(user, _)| *user).collect()
    }
}

/// What sets one company apart from the next.
struct Script {
    name: &'static str,
    domain: &'static str,
    program: &'static str,
    summary: &'static str,
    prefix: &'static str,
    currency: Currency,
    settings: ProgramSettings,
    tiers: &'static [&'static str],
    form: fn() -> FormDefinition,
    stages: &'static [pipelines::StageLine],
    reasons: &'static [&'static str],
    people: [(&'static str, CompanyRole); 4],
    values: (i64, i64),
    offers: &'static [offers::OfferLine],
}

const SCRIPTS: [Script; 3] = [
    Script {
        name: "Altostrat Cloud",
        domain: "altostrat.example",
        program: "Marketplace Opportunities",
        summary: "Register the opportunities that you bring to our marketplace. Approved opportunities are yours for 90 days.",
        prefix: "ALT",
        currency: Currency::USD,
        settings: ProgramSettings {
            decision_hours: 48,
            protection_days: 90,
            extension_days: 60,
        },
        tiers: &["Select", "Advanced", "Premier"],
        form: forms::marketplace,
        stages: &pipelines::MARKETPLACE,
        reasons: &pipelines::MARKETPLACE_REASONS,
        people: [
            ("Mara Lindqvist", CompanyRole::Admin),
            ("Ravi Sharma", CompanyRole::Reviewer),
            ("Sofia Costa", CompanyRole::Seller),
            ("Finn Keller", CompanyRole::Finance),
        ],
        values: (8_000, 900_000),
        offers: &offers::MARKETPLACE,
    },
    Script {
        name: "Larkspur Payroll",
        domain: "larkspur.example",
        program: "Referral Partners",
        summary: "Know somebody who runs payroll by hand? Introduce us. We answer within a day.",
        prefix: "LRK",
        currency: Currency::EUR,
        settings: ProgramSettings {
            decision_hours: 24,
            protection_days: 60,
            extension_days: 30,
        },
        tiers: &[],
        form: forms::referral,
        stages: &pipelines::REFERRAL,
        reasons: &pipelines::REFERRAL_REASONS,
        people: [
            ("Lena Fischer", CompanyRole::Admin),
            ("Oskar Weber", CompanyRole::Reviewer),
            ("Paula Gallo", CompanyRole::Seller),
            ("Hugo Jansen", CompanyRole::Finance),
        ],
        values: (900, 24_000),
        offers: &offers::REFERRAL,
    },
    Script {
        name: "Tidewater Robotics",
        domain: "tidewater.example",
        program: "Integrator Program",
        summary: "For integrators who plan cells with our robots. We survey the site with you after approval.",
        prefix: "TDW",
        currency: Currency::GBP,
        settings: ProgramSettings {
            decision_hours: 72,
            protection_days: 120,
            extension_days: 90,
        },
        tiers: &["Integrator", "Certified"],
        form: forms::robotics,
        stages: &pipelines::ROBOTICS,
        reasons: &pipelines::ROBOTICS_REASONS,
        people: [
            ("Grace Abara", CompanyRole::Admin),
            ("Piotr Novak", CompanyRole::Reviewer),
            ("Ellen Dahl", CompanyRole::Seller),
            ("Marco Rossi", CompanyRole::Finance),
        ],
        values: (25_000, 1_400_000),
        offers: &offers::ROBOTICS,
    },
];

/// The first partner team's people, who work in all three programs.
const BRIGHTWATER: [(&str, PartnerRole); 3] = [
    ("Nadia Okafor", PartnerRole::Owner),
    ("Tomas Laine", PartnerRole::Member),
    ("Ines Moreau", PartnerRole::Finance),
];

/// Makes the cast; everybody signs in with the same password's hash.
pub fn cast(now: Timestamp, hash: &str, ids: &Ids, random: &mut Random) -> Cast {
    let mut cast = Cast {
        companies: Vec::new(),
        partners: Vec::new(),
        users: Vec::new(),
    };
    let founded = now.plus_days(-DAYS_OPEN - 30);
    let mut people = People { ids, hash, founded };
    for index in 0..=names::PARTNERS.len() {
        let partner = people.partner(index, &mut cast.users);
        cast.partners.push(partner);
    }
    for script in &SCRIPTS {
        let company = people.company(script, &mut cast, random);
        cast.companies.push(company);
    }
    cast
}

struct People<'c> {
    ids: &'c Ids,
    hash: &'c str,
    founded: Timestamp,
}

impl People<'_> {
    fn user(&mut self, name: &str, domain: &str, users: &mut Vec<User>) -> UserId {
        let given = name.split(' ').next().unwrap_or_default();
        let email = format!("{}@{domain}", slug(given));
        let id = self.ids.id();
        users.push(User {
            id,
            email_folded: email.clone(),
            email,
            name: name.to_owned(),
            password_hash: Some(self.hash.to_owned()),
            created_at: self.founded,
            disabled_at: None,
        });
        id
    }

    fn partner(&mut self, index: usize, users: &mut Vec<User>) -> PartnerCast {
        let named = index.checked_sub(1).and_then(|at| names::PARTNERS.get(at));
        let (name, country) = named.copied().unwrap_or(("Brightwater Consulting", "GB"));
        let mailbox = slug(name);
        let domain = format!("{}.example", mailbox.split('-').next().unwrap_or_default());
        let team = if named.is_none() {
            BRIGHTWATER
                .map(|(name, role)| (name.to_owned(), role))
                .to_vec()
        } else {
            vec![
                (names::person(index), PartnerRole::Owner),
                (names::person(index + 53), PartnerRole::Member),
            ]
        };
        let team = team
            .into_iter()
            .map(|(name, role)| (self.user(&name, &domain, users), role))
            .collect();
        PartnerCast {
            partner: Partner {
                id: self.ids.id(),
                name: name.to_owned(),
                country: country.to_owned(),
                created_at: self.founded,
                version: 1,
            },
            team,
        }
    }

    fn company(&mut self, script: &Script, cast: &mut Cast, random: &mut Random) -> CompanyCast {
        let team = script.people.map(|(name, role)| {
            let user = self.user(name, script.domain, &mut cast.users);
            (user, role)
        });
        let company = Company {
            id: self.ids.id(),
            name: script.name.to_owned(),
            slug: slug(script.name),
            created_at: self.founded,
            version: 1,
        };
        let program = Program {
            id: self.ids.id(),
            company: company.id,
            name: script.program.to_owned(),
            slug: slug(script.program),
            summary: script.summary.to_owned(),
            number_prefix: script.prefix.to_owned(),
            currency: script.currency,
            submissions_open: true,
            settings: script.settings,
            version: 1,
        };
        let tiers: Vec<Tier> = (1..)
            .zip(script.tiers)
            .map(|(position, name)| Tier {
                id: self.ids.id(),
                name: (*name).to_owned(),
                position,
            })
            .collect();
        let members = self.members(&program, &tiers, cast, random);
        let by = team.first().map(|(user, _)| *user);
        let made = offers::Publisher {
            program: &program,
            tiers: &tiers,
            by: by.unwrap_or(UserId(uuid::Uuid::nil())),
            founded: self.founded,
            ids: self.ids,
        };
        CompanyCast {
            company,
            offers: made.publish(script.offers),
            program: Arc::new(program),
            tiers,
            form_id: self.ids.id(),
            form: (script.form)(),
            pipeline: pipelines::pipeline(script.stages, script.reasons, self.ids),
            team: team.to_vec(),
            members,
            values: script.values,
            founded: self.founded,
        }
    }

    /// Brightwater is everywhere; of the others each program has about two thirds.
    fn members(
        &mut self,
        program: &Program,
        tiers: &[Tier],
        cast: &Cast,
        random: &mut Random,
    ) -> Vec<(Membership, usize)> {
        let mut members = Vec::new();
        for (index, partner) in cast.partners.iter().enumerate() {
            if index > 0 && !random.percent(68) {
                continue;
            }
            // All deals are registered by active members; a few partners were stopped since.
            let status = match random.below(100) {
                0..4 if index > 0 => MembershipStatus::Suspended,
                4..8 if index > 0 => MembershipStatus::Ended,
                _ => MembershipStatus::Active,
            };
            let membership = Membership {
                id: self.ids.id(),
                company_id: program.company,
                program_id: program.id,
                partner_id: partner.partner.id,
                tier_id: random.pick(tiers).map(|tier| tier.id),
                status,
                created_at: self.founded,
                changed_at: self.founded,
                version: 1,
            };
            members.push((membership, index));
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn forty_teams_and_no_address_twice() {
        let ids = Ids::seeded(1);
        let now = Timestamp::from_seconds(1_795_341_600);
        let cast = cast(now, "hash", &ids, &mut Random::seeded(1));
        assert_eq!((cast.companies.len(), cast.partners.len()), (3, 40));
        let emails: BTreeSet<&str> = cast.users.iter().map(|user| user.email.as_str()).collect();
        assert_eq!(emails.len(), cast.users.len());
        for expected in [
            "nadia@brightwater.example",
            "mara@altostrat.example",
            "ravi@altostrat.example",
        ] {
            assert!(emails.contains(expected), "{expected}");
        }
        assert!(
            cast.companies
                .iter()
                .all(|company| company.members.len() > 15)
        );
    }
}
