//! A fact of a deal goes into the history and under the bells of those to whom it is news.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::deals::{Deal, DealFact};
use domain::events::Fact;
use domain::notices::{Channel, NoticeKind, news};
use domain::people::Side;
use domain::{CompanyId, DealId, EventId, MembershipId, ProgramId};
use store::Tx;
use store::events::NewEvent;
use store::notices::NewNotice;
use store::preferences::{self, Listener};
use uuid::Uuid;

use super::notices::NoticeText;
use super::record::Recorder;
use super::telling::NewsOfDeal;
use crate::ServiceError;
use crate::webhooks::HookNote;

/// A fact on its way, and what is said of it.
pub(super) struct Note {
    event: NewEvent,
    told: Option<Told>,
    hook: Option<HookNote>,
}

/// Who is told, and what.
struct Told {
    news: NoticeKind,
    company: CompanyId,
    membership: MembershipId,
    program: ProgramId,
    deal: DealId,
    kind: &'static str,
    payload: String,
    letter: Option<NewsOfDeal>,
}

impl Told {
    /// The team that is asked for its people.
    fn team(&self) -> Uuid {
        match self.news.side() {
            Side::Company => self.company.uuid(),
            Side::Partner | Side::System => self.membership.uuid(),
        }
    }
}

impl Recorder {
    /// Records a fact of a deal that is saved already; gives the event's id.
    pub async fn note(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        version: i64,
        fact: DealFact,
    ) -> Result<EventId, ServiceError> {
        let note = self.note_of(deal, version, fact);
        let id = note.event.id;
        self.note_all(tx, vec![note]).await?;
        Ok(id)
    }

    /// A fact of a deal, to be recorded with others by [`Self::note_all`].
    pub(super) fn note_of(&self, deal: &Deal, version: i64, fact: DealFact) -> Note {
        let told = news(&fact).map(|(news, _)| self.told(deal, news, &fact));
        let event = self.event(deal, version, fact);
        let hook = self.hook_note(deal, &event);
        if self.quiet {
            return Note {
                event,
                told: None,
                hook: None,
            };
        }
        Note { event, told, hook }
    }

    fn told(&self, deal: &Deal, news: NoticeKind, fact: &DealFact) -> Told {
        let (who, prefix) = (&self.who, &self.program.number_prefix);
        let text = NoticeText::of(who, self.actor.side, prefix, deal, fact);
        Told {
            news,
            company: deal.company,
            membership: deal.membership,
            program: deal.program,
            deal: deal.id,
            kind: fact.name(),
            payload: text.payload(news.side(), deal),
            letter: self.news_of_deal(deal, news.side(), fact),
        }
    }

    /// Records facts of deals that are saved already, in a few statements however many they are, and tells people.
    pub(super) async fn note_all(&self, tx: &mut Tx, notes: Vec<Note>) -> Result<(), ServiceError> {
        let (mut events, mut told, mut hooks) = (Vec::new(), Vec::new(), Vec::new());
        for note in notes {
            events.push(note.event);
            told.push(note.told);
            hooks.extend(note.hook);
        }
        self.tell_endpoints(tx, hooks).await?;
        let seqs = store::events::append_all(tx, events).await?;
        let mut teams: BTreeMap<(Uuid, NoticeKind), Vec<Listener>> = BTreeMap::new();
        for one in told.iter().flatten() {
            if let Entry::Vacant(vacant) = teams.entry((one.team(), one.news)) {
                vacant.insert(self.listeners(tx, one).await?);
            }
        }
        let mut notices = Vec::new();
        for (event_seq, told) in seqs.into_iter().zip(told) {
            let Some(told) = told else { continue };
            let listeners = teams.get(&(told.team(), told.news));
            for listener in listeners.into_iter().flatten() {
                if listener.choices.wants(told.news, Channel::Bell) {
                    notices.push(self.notice(&told, listener, event_seq));
                }
                if let Some(letter) = &told.letter
                    && listener.choices.wants(told.news, Channel::Mail)
                {
                    self.write_to(tx, letter, listener).await?;
                }
            }
        }
        store::notices::insert_all(tx, &notices).await?;
        Ok(())
    }

    fn notice(&self, told: &Told, listener: &Listener, event_seq: i64) -> NewNotice {
        NewNotice {
            id: self.id(),
            user: listener.user,
            company: told.company,
            program: Some(told.program),
            deal: Some(told.deal),
            thread: None,
            event_seq,
            kind: told.kind,
            payload: told.payload.clone(),
            at: self.now,
        }
    }

    /// The fact as it is recorded; [`Self::note`] also tells people.
    pub(crate) fn event(&self, deal: &Deal, version: i64, fact: DealFact) -> NewEvent {
        NewEvent {
            id: self.id(),
            company_id: Some(deal.company),
            program_id: Some(deal.program),
            partner_id: (!fact.is_internal()).then_some(deal.partner),
            subject: "deal",
            subject_id: deal.id.uuid(),
            subject_version: version,
            actor: self.actor,
            at: self.now,
            fact: Fact::Deal(fact),
        }
    }

    /// Everybody of that side but the actor: nobody is told of what they did themselves.
    async fn listeners(&self, tx: &mut Tx, told: &Told) -> Result<Vec<Listener>, ServiceError> {
        let mut people = match told.news.side() {
            Side::Company => store::notices::company_audience(tx, told.company).await?,
            Side::Partner | Side::System => {
                store::notices::partner_audience(tx, told.membership).await?
            }
        };
        people.retain(|user| Some(*user) != self.actor.user);
        Ok(preferences::list_listeners(tx, &people, told.news).await?)
    }
}
