//! Messages of both sides, and internal notes that no way leads a partner to.

use domain::commands::{ChangeMembership, PublishOffer, SaveDraft, SendMessage};
use domain::messages::{About, MAX_TEXT};
use domain::people::MembershipStatus;
use domain::views::{CompanyThreadView, PartnerThreadView, ThreadEntry};
use domain::{DealId, FileId, MessageId};
use services::deals::StoredFile;
use services::messages::Written;
use services::{PartnerAccess, ServiceError};
use testkit::{World, both_engines};

use crate::desk::{Desk, answers};
use crate::money::{publish, ten_percent, won};

pub fn words(key: &str, text: &str) -> SendMessage {
    SendMessage {
        key: key.into(),
        text: text.into(),
        offer: None,
    }
}

async fn ask(desk: &Desk, deal: Option<DealId>, text: &str) -> Written<MessageId> {
    let command = words(&format!("key-{}", text.len()), text);
    let partner = desk.partner().await;
    partner
        .send_message(deal, command, Vec::new())
        .await
        .unwrap()
}

async fn answer(desk: &Desk, about: About, text: &str) -> Written<MessageId> {
    let command = words(&format!("key-{}", text.len()), text);
    let company = desk.company().await;
    company
        .send_message(about, command, Vec::new())
        .await
        .unwrap()
}

fn texts(view: &PartnerThreadView) -> Vec<&str> {
    view.messages
        .iter()
        .map(|message| message.text.as_str())
        .collect()
}

fn entries(view: &CompanyThreadView) -> Vec<String> {
    let told = view.entries.iter().map(|entry| match entry {
        ThreadEntry::Message(message) => message.text.clone(),
        ThreadEntry::Note(note) => format!("note: {}", note.text),
    });
    told.collect()
}

fn file(desk: &Desk, name: &str) -> StoredFile {
    StoredFile {
        id: desk.services.id(),
        name: name.into(),
        mime: "text/plain".into(),
        size_bytes: 5,
        sha256: vec![7; 32],
    }
}

/// What the database says happened since `seq`, by name.
async fn facts(desk: &Desk, seq: i64) -> Vec<String> {
    let mut statement = store::Statement::new("SELECT seq, kind FROM events WHERE seq > ");
    statement.bind(seq).push(" ORDER BY seq");
    let mut conn = desk.services.read().await.unwrap();
    let rows: Vec<(i64, String)> = statement.fetch_all(&mut conn).await.unwrap();
    rows.into_iter().map(|(_, kind)| kind).collect()
}

async fn set_status(desk: &Desk, status: MembershipStatus, version: i64) {
    let command = ChangeMembership {
        membership: desk.world.membership.id,
        status,
        tier: None,
        version,
    };
    desk.company()
        .await
        .change_membership(command)
        .await
        .unwrap();
}

fn fault(outcome: Result<Written<MessageId>, ServiceError>) -> String {
    match outcome {
        Err(ServiceError::Invalid(faults)) => format!("{}: {}", faults[0].input, faults[0].text),
        other => panic!("{other:?}"),
    }
}

both_engines! {
    async fn a_question_is_counted_and_told_until_it_is_read_and_so_is_the_answer(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (admin, owner) = (desk.world.admin.id, desk.world.owner.id);
        let about = About::Partner(desk.world.membership.id);
        ask(&desk, None, "When do you pay?").await;
        let company = desk.company().await;
        assert_eq!(company.unread_messages().await.unwrap(), 1);
        assert_eq!(company.head().await.unwrap().unread_messages, 1);
        assert_eq!(desk.partner().await.unread_messages().await.unwrap(), 0, "nobody is told of what they wrote");
        let bell = desk.services.notices(admin).await.unwrap();
        assert_eq!(bell.len(), 1);
        assert_eq!(bell[0].text, "owner of alta wrote: When do you pay? (alta referrals)");
        assert!(bell[0].href.contains(&format!("/c/{}/messages/{}#msg_", desk.world.program.id, desk.world.membership.id)));
        assert_eq!(desk.services.unread_notices(owner).await.unwrap(), 0);
        let lines = company.threads(None).await.unwrap().lines;
        assert_eq!((lines.len(), lines[0].unread, lines[0].excerpt.as_str()), (1, 1, "When do you pay?"));
        assert_eq!(entries(&company.thread(about, None).await.unwrap()), ["When do you pay?"]);

        let before = desk.services.last_seq().await.unwrap();
        company.read_messages(about).await.unwrap();
        company.read_messages(about).await.unwrap();
        assert_eq!(facts(&desk, before).await, Vec::<String>::new(), "looking is no verb");
        assert_eq!(company.unread_messages().await.unwrap(), 0);
        assert_eq!(desk.services.unread_notices(admin).await.unwrap(), 0);

        answer(&desk, about, "At the end of each month.").await;
        let partner = desk.partner().await;
        assert_eq!(partner.head_now().await.unwrap().unread_messages, 1);
        assert_eq!(desk.services.unread_notices(owner).await.unwrap(), 1);
        assert_eq!(texts(&partner.thread(None, None).await.unwrap()), ["At the end of each month.", "When do you pay?"]);
        partner.read_messages(None).await.unwrap();
        assert_eq!(partner.unread_messages().await.unwrap(), 0);
        assert_eq!(desk.services.unread_notices(owner).await.unwrap(), 0);
    }

    async fn a_message_is_sent_once_under_its_key_with_one_fact(db: &TestDb) {
        let desk = Desk::open(db).await;
        let partner = desk.partner().await;
        let seq = desk.services.last_seq().await.unwrap();
        let send = async |text: &str| partner.send_message(None, words("key-1", text), Vec::new()).await.unwrap();
        let first = send("Hello").await;
        let again = send("Hello").await;
        assert_eq!((first.is_new, again.is_new, first.id), (true, false, again.id));
        // The browser's back button, and other words: nothing is lost.
        let other = send("Hello again").await;
        assert!(other.is_new && other.id != first.id);
        assert_eq!(facts(&desk, seq).await, ["message_sent", "message_sent"]);
        assert_eq!(desk.company().await.unread_messages().await.unwrap(), 2);
        let both = tokio::join!(
            partner.send_message(None, words("key-2", "At once"), Vec::new()),
            partner.send_message(None, words("key-2", "At once"), Vec::new()),
        );
        let both = [both.0.unwrap(), both.1.unwrap()];
        assert_eq!(both[0].id, both[1].id);
        assert_eq!(both.iter().filter(|written| written.is_new).count(), 1);
        desk.services.verify().await.unwrap().unwrap();
    }

    async fn no_way_leads_a_partner_to_an_internal_note(db: &TestDb) {
        const SECRET: &str = "We may raise them to gold";
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Hale").await;
        let (owner, admin) = (desk.world.owner.id, desk.world.admin.id);
        let (company, partner) = (desk.company().await, desk.partner().await);
        let seq = desk.services.last_seq().await.unwrap();
        // Opening the deal reads what the bell said of it before.
        partner.deal(deal).await.unwrap();
        let rung = desk.services.notices(owner).await.unwrap();
        let kept = file(&desk, "plan.txt");
        let file_id: FileId = kept.id;
        for about in [About::Deal(deal), About::Partner(desk.world.membership.id)] {
            let files = if matches!(about, About::Deal(_)) { vec![kept.clone()] } else { Vec::new() };
            let written = company.write_note(about, words("key-1", SECRET), files.clone()).await.unwrap();
            let again = company.write_note(about, words("key-1", SECRET), files).await.unwrap();
            assert_eq!((written.id, written.is_new, again.is_new), (again.id, true, false));
            assert_eq!(entries(&company.thread(about, None).await.unwrap()), [format!("note: {SECRET}")]);
        }
        assert_eq!(facts(&desk, seq).await, ["note_written", "note_written"]);

        // Pages and server functions.
        for of in [Some(deal), None] {
            let view = partner.thread(of, None).await.unwrap();
            assert_eq!((view.messages.len(), view.earlier), (0, None));
        }
        assert_eq!(partner.threads().await.unwrap(), [], "a thread of notes is no thread for them");
        assert_eq!(partner.head_now().await.unwrap().unread_messages, 0);
        let page = serde_json::to_string(&partner.deal(deal).await.unwrap()).unwrap();
        let summary = serde_json::to_string(&partner.summary().await.unwrap()).unwrap();
        assert!(!page.contains(SECRET) && !page.contains("note_written") && !summary.contains(SECRET));
        // The bell.
        assert_eq!(desk.services.notices(owner).await.unwrap(), rung);
        // The stream, live and after a lost connection.
        let told = desk.services.announced_since(seq, 100).await.unwrap();
        let hears = desk.services.interests(owner).await.unwrap();
        assert!(told.iter().all(|announce| hears.heard(announce).is_none()), "{told:?}");
        let hears = desk.services.interests(admin).await.unwrap();
        assert_eq!(told.iter().filter(|announce| hears.heard(announce).is_some()).count(), 2);
        // The history.
        let mut conn = desk.services.read().await.unwrap();
        let known = store::events::list_by_partner(&mut conn, desk.world.partner.id, seq, 100).await.unwrap();
        assert_eq!(known, []);
        // Mail, which is kept where none is sent.
        let mut written = store::Statement::new("SELECT subject, body_text FROM mail WHERE body_text LIKE ");
        written.bind(format!("%{SECRET}%").as_str());
        assert_eq!(written.fetch_all::<(String, String)>(&mut conn).await.unwrap(), []);
        drop(conn);
        // Files.
        assert!(desk.services.download(admin, file_id).await.is_ok());
        let denied = desk.services.download(owner, file_id).await;
        assert!(matches!(denied, Err(ServiceError::NotFound)), "{denied:?}");

        // What is written after it stands where it would without it.
        ask(&desk, Some(deal), "Any news?").await;
        let view = partner.thread(Some(deal), None).await.unwrap();
        assert_eq!(texts(&view), ["Any news?"]);
        assert!(!serde_json::to_string(&view).unwrap().contains("note"));
        let both = company.thread(About::Deal(deal), None).await.unwrap();
        assert_eq!(entries(&both), ["Any news?".to_owned(), format!("note: {SECRET}")]);
    }

    async fn a_message_goes_with_its_files_to_who_may_read_it(db: &TestDb) {
        let desk = Desk::open(db).await;
        let beta = Desk::beside(&desk, World::build_named(db, "beta").await);
        let partner = desk.partner().await;
        let sent = file(&desk, "offer\n.pdf");
        let id = sent.id;
        partner.send_message(None, words("key-1", "See this"), vec![sent]).await.unwrap();
        let view = desk.company().await.thread(About::Partner(desk.world.membership.id), None).await.unwrap();
        let [ThreadEntry::Message(message)] = &view.entries[..] else { panic!("{view:?}") };
        assert_eq!((message.files[0].id, message.files[0].name.as_str()), (id, "offer .pdf"));
        for user in [desk.world.admin.id, desk.world.owner.id] {
            assert_eq!(desk.services.download(user, id).await.unwrap().name, "offer .pdf");
        }
        for user in [beta.world.admin.id, beta.world.owner.id] {
            let denied = desk.services.download(user, id).await;
            assert!(matches!(denied, Err(ServiceError::NotFound)), "{denied:?}");
        }
        let many = (0..6).map(|_| file(&desk, "x.txt")).collect();
        assert!(fault(partner.send_message(None, words("key-2", "Six"), many).await).starts_with("file: "));
    }

    async fn another_tenants_threads_do_not_exist(db: &TestDb) {
        let desk = Desk::open(db).await;
        let beta = Desk::beside(&desk, World::build_named(db, "beta").await);
        let deal = beta.approved("key-1", "Hale").await;
        let not_found = |outcome: Result<Written<MessageId>, ServiceError>| matches!(outcome, Err(ServiceError::NotFound));
        let (company, partner) = (desk.company().await, desk.partner().await);
        let hello = || words("key-1", "Hello");
        assert!(not_found(partner.send_message(Some(deal), hello(), Vec::new()).await));
        assert!(partner.thread(Some(deal), None).await.is_err());
        for about in [About::Deal(deal), About::Partner(beta.world.membership.id)] {
            assert!(not_found(company.send_message(about, hello(), Vec::new()).await));
            assert!(matches!(company.write_note(about, hello(), Vec::new()).await, Err(ServiceError::NotFound)));
            assert!(matches!(company.thread(about, None).await, Err(ServiceError::NotFound)));
            assert!(matches!(company.read_messages(about).await, Err(ServiceError::NotFound)));
        }
    }

    async fn who_is_suspended_reads_and_who_left_is_not_written_to(db: &TestDb) {
        let desk = Desk::open(db).await;
        let about = About::Partner(desk.world.membership.id);
        let partner: PartnerAccess = desk.partner().await;
        set_status(&desk, MembershipStatus::Suspended, 1).await;
        // The door was opened before: the write asks again.
        let late = partner.send_message(None, words("key-1", "Still here"), Vec::new()).await;
        assert!(matches!(late, Err(ServiceError::Forbidden)), "{late:?}");
        answer(&desk, about, "You are suspended for now.").await;
        let view = desk.partner().await.thread(None, None).await.unwrap();
        assert_eq!((view.messages.len(), view.may_write), (1, false));
        set_status(&desk, MembershipStatus::Ended, 2).await;
        let company = desk.company().await;
        let gone = company.send_message(about, words("key-2", "Come back"), Vec::new()).await;
        assert!(fault(gone).starts_with("text: Nobody of this partner can read it"));
        assert!(company.write_note(about, words("key-2", "They left"), Vec::new()).await.is_ok());
        assert!(!company.thread(about, None).await.unwrap().is_read);
    }

    async fn a_draft_has_no_thread_and_a_won_deal_keeps_its_own(db: &TestDb) {
        let desk = Desk::open(db).await;
        let partner = desk.partner().await;
        let save = SaveDraft { submit_key: "key-1".into(), answers: answers("Tern Labs") };
        let (draft, _) = partner.save_draft(save).await.unwrap();
        let early = partner.send_message(Some(draft), words("key-1", "Hello"), Vec::new()).await;
        assert!(matches!(early, Err(ServiceError::NotFound)), "{early:?}");
        assert!(!partner.thread(Some(draft), None).await.unwrap().may_write);

        let deal = won(&desk, "key-2", "Moss").await;
        ask(&desk, Some(deal), "When is it paid?").await;
        answer(&desk, About::Deal(deal), "Next week.").await;
        let view = partner.thread(Some(deal), None).await.unwrap();
        assert_eq!((texts(&view), view.may_write), (vec!["Next week.", "When is it paid?"], true));
        // Opening the deal reads what the bell says of it.
        let line = &partner.threads().await.unwrap()[0];
        assert_eq!(line.deal, Some((deal, "ALT-1".to_owned(), "Moss".to_owned())));
    }

    async fn an_offer_is_quoted_as_it_was_read_and_only_to_whom_it_is_for(db: &TestDb) {
        let desk = Desk::open(db).await;
        let offer = publish(&desk, ten_percent()).await;
        let partner = desk.partner().await;
        let quote = partner.quote(Some(offer)).await.unwrap().unwrap();
        let with = |offer| SendMessage { offer: Some(offer), ..words("key-1", "Does it hold for renewals?") };
        partner.send_message(None, with((offer, quote.number)), Vec::new()).await.unwrap();
        let kept = &partner.thread(None, None).await.unwrap().messages[0];
        assert_eq!(kept.quote.as_ref(), Some(&quote));
        assert!(quote.sentence.contains("10%"), "{quote:?}");
        let unknown = partner.send_message(None, with((offer, 7)), Vec::new()).await;
        assert!(matches!(unknown, Err(ServiceError::NotFound)), "{unknown:?}");

        let company = desk.company().await;
        let mut later = ten_percent();
        later.percent = "20".into();
        later.starts_on = "2099-01-01".into();
        let next = PublishOffer { offer: Some(offer), terms: later, number: quote.number };
        company.publish_offer(next).await.unwrap();
        let early = partner.send_message(None, with((offer, quote.number + 1)), Vec::new()).await;
        assert!(matches!(early, Err(ServiceError::NotFound)), "{early:?}");

        company.save_tier(None, "Platinum").await.unwrap();
        let tiers = company.list_tiers().await.unwrap();
        let tier = tiers.iter().find(|tier| tier.name == "Platinum").unwrap().id;
        let mut terms = ten_percent();
        terms.name = "Platinum bonus".into();
        terms.tiers = vec![tier];
        let secret = publish(&desk, terms).await;
        assert_eq!(partner.quote(Some(secret)).await.unwrap(), None);
        let probe = partner.send_message(None, with((secret, 1)), Vec::new()).await;
        assert!(matches!(probe, Err(ServiceError::NotFound)), "{probe:?}");
    }

    async fn a_long_thread_comes_in_pages_with_nothing_twice_and_nothing_lost(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (partner, company) = (desk.partner().await, desk.company().await);
        let about = About::Partner(desk.world.membership.id);
        // All at one moment of a clock that stands still.
        for number in 0..65 {
            let command = words(&format!("key-{number}"), &format!("Message {number}"));
            partner.send_message(None, command.clone(), Vec::new()).await.unwrap();
            if number % 10 == 0 {
                company.write_note(about, command, Vec::new()).await.unwrap();
            }
        }
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let view = partner.thread(None, cursor).await.unwrap();
            assert!(view.messages.len() <= 30);
            seen.extend(view.messages.into_iter().map(|message| message.text));
            cursor = view.earlier;
            if cursor.is_none() {
                break;
            }
        }
        let expected: Vec<String> = (0..65).rev().map(|number| format!("Message {number}")).collect();
        assert_eq!(seen, expected);
        let (mut all, mut cursor, mut pages) = (Vec::new(), None, 0);
        loop {
            let view = company.thread(about, cursor).await.unwrap();
            all.extend(entries(&view));
            cursor = view.earlier;
            pages += 1;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!((all.len(), pages), (72, 3));
        assert_eq!(all.iter().filter(|entry| entry.starts_with("note: ")).count(), 7);
        assert_eq!(company.unread_messages().await.unwrap(), 65);
    }

    async fn what_cannot_be_sent_is_said_at_the_field_and_changes_nothing(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (partner, company) = (desk.partner().await, desk.company().await);
        let about = About::Partner(desk.world.membership.id);
        let seq = desk.services.last_seq().await.unwrap();
        for (text, said) in [
            (" \u{202e}\n".to_owned(), "text: Write something first"),
            ("x".repeat(MAX_TEXT + 1), "text: Shorten this to 5,000 characters or fewer"),
            ("a\0b".to_owned(), "text: Take out characters that cannot be shown"),
            ("a\u{8}b".to_owned(), "text: Take out characters that cannot be shown"),
        ] {
            assert_eq!(fault(partner.send_message(None, words("key-1", &text), Vec::new()).await), said);
            assert_eq!(fault(company.send_message(about, words("key-1", &text), Vec::new()).await), said);
            assert!(matches!(company.write_note(about, words("key-1", &text), Vec::new()).await, Err(ServiceError::Invalid(_))));
        }
        let keyless = partner.send_message(None, words("", "Hello"), Vec::new()).await;
        assert!(matches!(keyless, Err(ServiceError::NotFound)), "{keyless:?}");
        assert_eq!(desk.services.last_seq().await.unwrap(), seq);
        assert_eq!(company.threads(None).await.unwrap().lines, []);
    }
}
