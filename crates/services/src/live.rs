//! What a person's open pages are told: which announcements concern them, and what they missed.

use std::sync::Arc;

use domain::events::{Announcement, Topic};
use domain::people::{PartnerRight, Team};
use domain::{
    CompanyId, DealId, EndpointId, ImportId, NoticeId, PartnerId, ProgramId, ThreadId, UserId,
};
use store::{Announce, access};
use tokio::sync::broadcast;

use crate::{ServiceError, Services};

/// Where a person listens. Made from the person's teams, never from what a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interests {
    user: UserId,
    companies: Vec<CompanyId>,
    partners: Vec<PartnerId>,
    programs: Vec<ProgramId>,
}

impl Interests {
    /// The announcement as this person may hear it; `None` if it is none of their business.
    ///
    /// A program tells its partners of itself; a deal or a thread is told only to its own partner and to the company, and
    /// what the company writes for itself to the company.
    pub fn heard(&self, announce: &Announce) -> Option<Announcement> {
        let concerns = self.concerned_by(announce);
        let (topic, id) = match announce.subject.as_str() {
            "deal" => (Topic::Deal, DealId(announce.id).to_string()),
            "program" => (Topic::Program, ProgramId(announce.id).to_string()),
            "thread" => (Topic::Messages, ThreadId(announce.id).to_string()),
            "notice" => (Topic::Bell, NoticeId(announce.id).to_string()),
            "webhook" => (Topic::Webhook, EndpointId(announce.id).to_string()),
            "import" => (Topic::Import, ImportId(announce.id).to_string()),
            "form" => (Topic::Form, ProgramId(announce.id).to_string()),
            "draft" => (Topic::Draft, DealId(announce.id).to_string()),
            "board" => (Topic::Board, ProgramId(announce.id).to_string()),
            _ => return None,
        };
        concerns.then_some(Announcement {
            seq: announce.seq,
            topic,
            id,
            version: announce.version,
        })
    }

    /// Whether it may change what this person is told: their teams or memberships.
    pub fn touched_by(&self, announce: &Announce) -> bool {
        match announce.subject.as_str() {
            // Somebody joined a team or left one, which is rare; it may be this person, who does not listen there yet.
            "company" | "partner" => true,
            // Every change of a program, which is not; who joins one is told as a partner.
            "program" => self.concerned_by(announce),
            _ => false,
        }
    }

    fn concerned_by(&self, announce: &Announce) -> bool {
        let Some((kind, id)) = announce.topic.split_once(':') else {
            return false;
        };
        match kind {
            "user" => id.parse() == Ok(self.user),
            "company" => id.parse().is_ok_and(|id| self.companies.contains(&id)),
            "partner" => id.parse().is_ok_and(|id| self.partners.contains(&id)),
            "program" => {
                matches!(announce.subject.as_str(), "program" | "board")
                    && id.parse().is_ok_and(|id| self.programs.contains(&id))
            }
            _ => false,
        }
    }
}

impl Services {
    /// Where that person listens now.
    pub async fn interests(&self, user: UserId) -> Result<Interests, ServiceError> {
        let mut conn = self.read().await?;
        let mut interests = Interests {
            user,
            companies: Vec::new(),
            partners: Vec::new(),
            programs: Vec::new(),
        };
        for team in access::list_teams(&mut conn, user).await? {
            match team {
                Team::Company { id, .. } => interests.companies.push(id),
                Team::Partner { id, .. } => interests.partners.push(id),
            }
        }
        for row in access::list_for_partner(&mut conn, user).await? {
            if row.role.may(PartnerRight::ViewDeals, row.membership.status) {
                interests.programs.push(row.program.id);
            }
        }
        Ok(interests)
    }

    /// Everything that is announced from now on, to be asked of [`Interests::heard`].
    pub fn announcements(&self) -> broadcast::Receiver<Arc<Announce>> {
        self.db().announcer().subscribe()
    }

    /// The newest event's place in the order.
    pub async fn last_seq(&self) -> Result<i64, ServiceError> {
        Ok(store::events::last_seq(&mut self.read().await?).await?)
    }

    /// What was announced by up to `limit` events after `seq`.
    pub async fn announced_since(
        &self,
        seq: i64,
        limit: i64,
    ) -> Result<Vec<Announce>, ServiceError> {
        Ok(store::events::announced_since(&mut self.read().await?, seq, limit).await?)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn interests() -> Interests {
        Interests {
            user: id(1),
            companies: vec![id(2)],
            partners: vec![id(3)],
            programs: vec![id(4)],
        }
    }

    fn announce(topic: String, subject: &str) -> Announce {
        Announce {
            seq: 9,
            topic,
            subject: subject.to_owned(),
            id: Uuid::from_u128(7),
            version: 1,
        }
    }

    fn heard(topic: String, subject: &str) -> Option<Topic> {
        let heard = interests().heard(&announce(topic, subject));
        heard.map(|heard| heard.topic)
    }

    #[test]
    fn only_what_may_change_the_interests_is_looked_up() {
        let touched = |topic, subject| interests().touched_by(&announce(topic, subject));
        let (partner, program): (PartnerId, ProgramId) = (id(3), id(4));
        let (rival, foreign): (PartnerId, ProgramId) = (id(8), id(8));
        // The own team joins a program that it does not hear yet.
        assert!(touched(format!("partner:{partner}"), "program"));
        assert!(touched(format!("program:{program}"), "program"));
        assert!(!touched(format!("partner:{rival}"), "program"));
        assert!(!touched(format!("program:{foreign}"), "program"));
        // This person may have joined the other team.
        assert!(touched(format!("partner:{rival}"), "partner"));
        assert!(!touched(format!("partner:{partner}"), "deal"));
    }

    #[test]
    fn only_the_own_teams_are_heard() {
        let (user, other): (UserId, UserId) = (id(1), id(8));
        assert_eq!(heard(format!("user:{user}"), "notice"), Some(Topic::Bell));
        assert_eq!(heard(format!("user:{other}"), "notice"), None);
        let (company, foreign): (CompanyId, CompanyId) = (id(2), id(8));
        assert_eq!(
            heard(format!("company:{company}"), "deal"),
            Some(Topic::Deal)
        );
        assert_eq!(heard(format!("company:{foreign}"), "deal"), None);
        let (partner, rival): (PartnerId, PartnerId) = (id(3), id(8));
        assert_eq!(
            heard(format!("partner:{partner}"), "deal"),
            Some(Topic::Deal)
        );
        assert_eq!(heard(format!("partner:{rival}"), "deal"), None);
        assert_eq!(heard("everything".to_owned(), "deal"), None);
    }

    #[test]
    fn an_import_is_its_companys_own_business() {
        let (company, partner): (CompanyId, PartnerId) = (id(2), id(3));
        let import = heard(format!("company:{company}"), "import");
        assert_eq!(import, Some(Topic::Import));
        let program: ProgramId = id(4);
        assert_eq!(heard(format!("program:{program}"), "import"), None);
        // What wakes the workers is heard by nobody else.
        assert_eq!(heard("imports".to_owned(), "imports"), None);
        assert_eq!(heard(format!("partner:{partner}"), "imports"), None);
    }

    #[test]
    fn who_edits_a_form_is_its_companys_own_business() {
        let (company, partner): (CompanyId, PartnerId) = (id(2), id(3));
        assert_eq!(
            heard(format!("company:{company}"), "form"),
            Some(Topic::Form)
        );
        let program: ProgramId = id(4);
        assert_eq!(heard(format!("program:{program}"), "form"), None);
        let foreign: CompanyId = id(8);
        assert_eq!(heard(format!("company:{foreign}"), "form"), None);
        assert!(!interests().touched_by(&announce(format!("partner:{partner}"), "form")));
    }

    #[test]
    fn who_fills_in_a_draft_is_its_teams_own_business() {
        let (company, partner): (CompanyId, PartnerId) = (id(2), id(3));
        let team = heard(format!("partner:{partner}"), "draft");
        assert_eq!(team, Some(Topic::Draft));
        let rival: PartnerId = id(8);
        assert_eq!(heard(format!("partner:{rival}"), "draft"), None);
        let program: ProgramId = id(4);
        assert_eq!(heard(format!("program:{program}"), "draft"), None);
        assert!(!interests().touched_by(&announce(format!("company:{company}"), "draft")));
    }

    #[test]
    fn who_is_at_a_board_is_told_to_the_team_the_company_and_of_the_company_to_all() {
        let (company, partner, program): (CompanyId, PartnerId, ProgramId) = (id(2), id(3), id(4));
        for topic in [
            format!("company:{company}"),
            format!("partner:{partner}"),
            format!("program:{program}"),
        ] {
            assert_eq!(heard(topic, "board"), Some(Topic::Board));
        }
        let (rival, foreign): (PartnerId, ProgramId) = (id(8), id(8));
        assert_eq!(heard(format!("partner:{rival}"), "board"), None);
        assert_eq!(heard(format!("program:{foreign}"), "board"), None);
        assert!(!interests().touched_by(&announce(format!("program:{program}"), "board")));
    }

    #[test]
    fn a_program_never_tells_one_partner_of_anothers_deal() {
        let program: ProgramId = id(4);
        assert_eq!(heard(format!("program:{program}"), "deal"), None);
        assert_eq!(
            heard(format!("program:{program}"), "program"),
            Some(Topic::Program)
        );
        // An id of another kind is none.
        let disguised: CompanyId = id(4);
        assert_eq!(heard(format!("program:{disguised}"), "program"), None);
    }
}
