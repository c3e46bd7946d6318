//! Every verb writes its event, in its transaction, into a chain (docs/adr/0013). One walk through all of them; a write
//! that this walk does not know fails it.

use std::collections::BTreeSet;
use std::path::Path;

use domain::commands::{
    AddClaim, AmendDeal, AppealDeal, ChangeAnswers, ChangeMembership, ChooseCardFields,
    CorrectCommission, CreateProgram, DeclineCommission, EndOffer, EnterTransaction,
    ExtendProtection, HoldCommission, InvitePartner, JudgeWin, KeepDraft, MarkPaid, MoveDeal,
    MoveFormSchedule, Place, PublishForm, ReleaseCommission, ReplacePipeline, ResubmitDeal,
    SaveCompanyAnswers, SaveDraft, SaveEndpoint, SaveFormDraft, SaveProgramSettings, ScheduleForm,
    SubmitDeal, SwitchSubmissions, UseFormAgain, WithdrawDeal,
};
use domain::deals::{Decision, MoveDetails, WinVerdict};
use domain::forms::{EditedBy, Field, FieldKey, FieldKind, RawAnswers, SeenBy, Traits};
use domain::messages::About;
use domain::people::{CompanyRole, MembershipStatus, PartnerRole};
use domain::pipeline::StageMapping;
use domain::views::{CommissionView, LinkView};
use domain::webhooks::EventPicker;
use domain::{DealId, FileId};
use services::accounts::{
    AcceptInvitation, ChangePassword, IntoTeam, NewPerson, Origin, SetUp, SignIn,
};
use services::deals::StoredFile;
use services::keys::MakeKey;
use services::{CompanyAccess, PartnerAccess, ServiceError};
use store::Statement;
use testkit::{TestDb, World, both_engines};

use crate::desk::{Desk, answers, open_services};
use crate::imports::{stored, view, work};
use crate::messages::words;
use crate::money::{of_transactions, publish, ten_percent};

const PASSWORD: &str = "correct horse battery";

/// Writes that are no verbs: what they keep is nobody's history.
const NO_VERBS: [&str; 39] = [
    // The two ways in, which every verb takes.
    "base.rs write",
    "writes.rs write",
    // Looking is not doing.
    "deals/notices.rs read_notices",
    "deals/notices.rs read_deal_notices",
    "messages/reading.rs read_thread",
    // Nor is having a form open.
    "forms/presence.rs say_editing",
    "forms/presence.rs stop_editing",
    "deals/shared_drafts.rs say_filling",
    "deals/shared_drafts.rs stop_filling",
    // Nor is being at a board.
    "deals/board_people.rs say_watching",
    "deals/board_people.rs stop_watching",
    // Who is signed in where, and how often somebody tried to: kept for a time only.
    "accounts/attempts.rs begin_attempt",
    "accounts/sign_in.rs sign_in",
    "accounts/sessions.rs find_signed_in",
    "accounts/sessions.rs end_session",
    "accounts/sessions.rs sign_out_others",
    // When a key was last used, for a time only.
    "keys/caller.rs note_key_use",
    // What one wants to hear is nobody else's business.
    "mail/choices.rs save_notice_choices",
    // Nor how one looks at deals.
    "saved_views.rs save_view",
    "saved_views.rs change_view",
    "saved_views.rs delete_view",
    // A worker's.
    "mail/deliver.rs take_mail",
    "mail/deliver.rs deliver",
    "webhooks/deliver.rs take_deliveries",
    // Switches off what only fails, which is walked in server/tests/outgoing.
    "webhooks/settle.rs settle",
    // Walked where there is a mail server: server/tests/outgoing.
    "mail/outbox.rs retry_mail",
    // A try is counted; the link that it makes where mail is sent is walked in server/tests/outgoing too.
    "accounts/resets.rs ask_for_reset",
    // Before a start nothing is made, and what stopped goes on: one file, one start.
    "imports/upload.rs add_import",
    "imports/verbs.rs map_import",
    "imports/verbs.rs resume_import",
    "imports/verbs.rs discard_import",
    // A worker's; the deals tell their own verbs, which tests/deals/imports.rs walks.
    "imports/work.rs take_import",
    "imports/work.rs release_import",
    "imports/check.rs keep_checked",
    "imports/run.rs keep_imported",
    "imports/undo.rs keep_taken_back",
    // Another database's histories, as they are.
    "exports/moving.rs mark_moving",
    "exports/moving.rs write_rows",
    // The clock's.
    "accounts/sweeps.rs forget_expired",
];

struct Walk<'a> {
    db: &'a TestDb,
    seen: i64,
    walked: BTreeSet<String>,
}

impl Walk<'_> {
    /// The function that wrote just now, and exactly what it recorded.
    async fn did(&mut self, writer: &str, facts: &[&str]) {
        let mut statement = Statement::new("SELECT seq, kind FROM events WHERE seq > ");
        statement.bind(self.seen).push(" ORDER BY seq");
        let rows: Vec<(i64, String)> = statement
            .fetch_all(&mut self.db.read().await.unwrap())
            .await
            .unwrap();
        let kinds: Vec<&str> = rows.iter().map(|(_, kind)| kind.as_str()).collect();
        assert_eq!(kinds, facts, "{writer}");
        self.seen += i64::try_from(rows.len()).unwrap();
        self.walked.insert(writer.to_owned());
    }
}

/// `folder/file.rs function` of everything in the crate that writes. The demo tells the histories that it makes itself.
fn writers(folder: &Path, under: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() && name != "demo" {
            found.extend(writers(&path, &format!("{under}{name}/")));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let mut function = String::new();
            for line in std::fs::read_to_string(&path).unwrap().lines() {
                let words: Vec<&str> = line.split_whitespace().collect();
                if let Some(at) = words.iter().position(|word| *word == "fn")
                    && let Some(name) = words.get(at + 1)
                {
                    let name = name.split(['(', '<']).next().unwrap();
                    name.clone_into(&mut function);
                }
                if line.contains(".write(") && !line.contains(".write()") {
                    found.insert(format!("{under}{name} {function}"));
                }
            }
        }
    }
    found
}

fn origin() -> Origin {
    Origin {
        address: "10.0.0.1".into(),
        agent: "a browser".into(),
    }
}

fn token(link: &LinkView) -> String {
    link.path.rsplit('/').next().unwrap().to_owned()
}

fn person(name: &str) -> NewPerson {
    NewPerson {
        name: name.into(),
        email: format!("{}@verbs.test", name.to_lowercase()),
        password: PASSWORD.into(),
    }
}

/// The first people, before there is a world.
async fn set_up(walk: &mut Walk<'_>) -> Desk {
    let (services, clock) = open_services(walk.db);
    let link = services.create_setup_link().await.unwrap().unwrap();
    walk.did("accounts/setup.rs create_setup_link", &[]).await;
    let cmd = SetUp {
        token: token(&link),
        person: person("Ada"),
        company: "Verba".into(),
        program: "Resellers".into(),
        currency: "EUR".into(),
        origin: origin(),
    };
    services.set_up(cmd).await.unwrap();
    let facts = ["company_created", "person_joined", "program_created"];
    walk.did("accounts/setup.rs set_up", &facts).await;
    let world = World::build(walk.db).await;
    Desk {
        world,
        services,
        clock,
    }
}

async fn accounts(walk: &mut Walk<'_>, desk: &Desk) {
    let services = &desk.services;
    services.create_user(person("Olga"), None).await.unwrap();
    let operator = "accounts/operator.rs create_user";
    walk.did(operator, &["account_created"]).await;
    let team = IntoTeam::Company(desk.world.company.id, CompanyRole::Seller);
    services
        .create_user(person("Sid"), Some(team))
        .await
        .unwrap();
    walk.did(operator, &["person_joined"]).await;
    let cmd = SignIn {
        email: "olga@verbs.test".into(),
        password: PASSWORD.into(),
        origin: origin(),
        previous: None,
        device: None,
    };
    let session = services.sign_in(cmd).await.unwrap();
    let who = services.find_signed_in(&session.token).await.unwrap();
    let cmd = ChangePassword {
        current: PASSWORD.into(),
        new: "another horse battery".into(),
    };
    services.change_password(&who.unwrap(), cmd).await.unwrap();
    let facts = ["password_changed"];
    walk.did("accounts/passwords.rs change_password", &facts)
        .await;
    let link = services.create_reset_link("olga@verbs.test").await.unwrap();
    let facts = ["reset_link_created"];
    walk.did("accounts/resets.rs insert_reset_link", &facts)
        .await;
    services
        .reset_password(&token(&link), PASSWORD)
        .await
        .unwrap();
    walk.did("accounts/resets.rs reset_password", &["password_reset"])
        .await;
}

fn a_key() -> MakeKey {
    MakeKey {
        name: "Sync".into(),
        scopes: Vec::new(),
        days: 30,
    }
}

async fn join(desk: &Desk, link: &LinkView, name: &str) -> domain::UserId {
    let cmd = AcceptInvitation {
        token: token(link),
        account: Some(person(name)),
        team: None,
        origin: origin(),
    };
    let session = desk.services.accept_invitation(cmd, None).await.unwrap();
    session.unwrap().person.id
}

const INVITE: &str = "accounts/invitations.rs invite";
const WITHDRAW: &str = "accounts/invitations.rs withdraw_invitation";
const ACCEPT: &str = "accounts/joining.rs accept_invitation";

async fn company_team(walk: &mut Walk<'_>, desk: &Desk) {
    let (admin, company) = (desk.world.admin.id, desk.world.company.id);
    let team = desk.services.company_team(admin, company).await.unwrap();
    team.make_key(a_key()).await.unwrap();
    walk.did("keys/teams.rs make_key", &["key_created"]).await;
    let key = team.keys().await.unwrap().keys[0].id;
    team.revoke_key(key).await.unwrap();
    walk.did("keys/teams.rs revoke_key", &["key_revoked"]).await;
    let link = team
        .invite("rita@verbs.test", CompanyRole::Seller)
        .await
        .unwrap();
    walk.did(INVITE, &["person_invited"]).await;
    let rita = join(desk, &link, "Rita").await;
    walk.did(ACCEPT, &["person_joined"]).await;
    team.change_role(rita, CompanyRole::Finance).await.unwrap();
    walk.did("accounts/company_team.rs change_role", &["role_changed"])
        .await;
    team.change_role(rita, CompanyRole::Finance).await.unwrap();
    walk.did("accounts/company_team.rs change_role", &[]).await;
    team.remove(rita).await.unwrap();
    walk.did("accounts/company_team.rs remove", &["person_removed"])
        .await;
    team.invite("rob@verbs.test", CompanyRole::Seller)
        .await
        .unwrap();
    walk.did(INVITE, &["person_invited"]).await;
    let open = team.view().await.unwrap().invitations;
    team.withdraw_invitation(open[0].id).await.unwrap();
    walk.did(WITHDRAW, &["invitation_withdrawn"]).await;
    let cmd = CreateProgram {
        company,
        name: "Referrals".into(),
        currency: "EUR".into(),
    };
    team.create_program(cmd).await.unwrap();
    walk.did("programs/create.rs create_program", &["program_created"])
        .await;
}

async fn partner_team(walk: &mut Walk<'_>, desk: &Desk) {
    let (owner, partner) = (desk.world.owner.id, desk.world.partner.id);
    let team = desk.services.partner_team(owner, partner).await.unwrap();
    team.make_key(a_key()).await.unwrap();
    walk.did("keys/teams.rs make_key", &["key_created"]).await;
    let key = team.keys().await.unwrap().keys[0].id;
    team.revoke_key(key).await.unwrap();
    walk.did("keys/teams.rs revoke_key", &["key_revoked"]).await;
    let link = team
        .invite("mia@verbs.test", PartnerRole::Member)
        .await
        .unwrap();
    walk.did(INVITE, &["person_invited"]).await;
    let mia = join(desk, &link, "Mia").await;
    walk.did(ACCEPT, &["person_joined"]).await;
    team.change_role(mia, PartnerRole::Owner).await.unwrap();
    walk.did("accounts/partner_team.rs change_role", &["role_changed"])
        .await;
    team.remove(mia).await.unwrap();
    walk.did("accounts/partner_team.rs remove", &["person_removed"])
        .await;
    team.invite("max@verbs.test", PartnerRole::Member)
        .await
        .unwrap();
    walk.did(INVITE, &["person_invited"]).await;
    let open = team.view().await.unwrap().invitations;
    team.withdraw_invitation(open[0].id).await.unwrap();
    walk.did(WITHDRAW, &["invitation_withdrawn"]).await;
}

async fn program(walk: &mut Walk<'_>, desk: &Desk) {
    let access = desk.company().await;
    let settings = SaveProgramSettings {
        name: "Renamed".into(),
        summary: String::new(),
        number_prefix: "ALT".into(),
        currency: "EUR".into(),
        decision_hours: 48,
        protection_days: 90,
        extension_days: 90,
        version: 1,
    };
    access.save_settings(settings).await.unwrap();
    walk.did("programs/settings.rs save_settings", &["settings_changed"])
        .await;
    let switch = "programs/settings.rs switch_submissions";
    for (open, facts) in [
        (false, &["submissions_closed"][..]),
        (false, &[]),
        (true, &["submissions_opened"]),
    ] {
        access
            .switch_submissions(SwitchSubmissions { open })
            .await
            .unwrap();
        walk.did(switch, facts).await;
    }
    let fields = vec!["country".to_owned()];
    access
        .choose_card_fields(ChooseCardFields {
            fields,
            before: Vec::new(),
        })
        .await
        .unwrap();
    let choose = "programs/card_fields.rs choose_card_fields";
    walk.did(choose, &["settings_changed"]).await;
    tiers_and_partners(walk, desk, &access).await;
    let claim = AddClaim {
        customer: "Brightwater".into(),
        site: String::new(),
        note: String::new(),
    };
    let claim = access.add_claim(claim).await.unwrap();
    walk.did("deals/claims.rs add_claim", &["claim_added"])
        .await;
    access.remove_claim(claim).await.unwrap();
    walk.did("deals/claims.rs remove_claim", &["claim_removed"])
        .await;
}

async fn tiers_and_partners(walk: &mut Walk<'_>, desk: &Desk, access: &CompanyAccess) {
    access.save_tier(None, "Silver").await.unwrap();
    walk.did("programs/tiers.rs save_tier", &["tier_added"])
        .await;
    let tier = access.list_tiers().await.unwrap()[1].id;
    access.save_tier(Some(tier), "Bronze").await.unwrap();
    walk.did("programs/tiers.rs save_tier", &["tier_renamed"])
        .await;
    access.delete_tier(tier).await.unwrap();
    walk.did("programs/tiers.rs delete_tier", &["tier_removed"])
        .await;
    let cmd = ChangeMembership {
        membership: desk.world.membership.id,
        status: MembershipStatus::Active,
        tier: None,
        version: 1,
    };
    access.change_membership(cmd).await.unwrap();
    let facts = ["membership_changed"];
    walk.did("programs/memberships.rs change_membership", &facts)
        .await;
    let invite = |email: &str| InvitePartner {
        partner_name: "Moss".into(),
        email: email.into(),
        tier: None,
    };
    let by = "accounts/invitations.rs invite_partner";
    let link = access.invite_partner(invite("eve@verbs.test")).await;
    walk.did(by, &["partner_invited"]).await;
    join(desk, &link.unwrap(), "Eve").await;
    let facts = ["partner_created", "person_joined", "partner_joined"];
    walk.did(ACCEPT, &facts).await;
    access
        .invite_partner(invite("ian@verbs.test"))
        .await
        .unwrap();
    walk.did(by, &["partner_invited"]).await;
    let open = access.list_partner_invitations().await.unwrap();
    access.withdraw_invitation(open[0].id).await.unwrap();
    walk.did(WITHDRAW, &["partner_invitation_withdrawn"]).await;
}

/// A file of one row, there and back, and a copy.
async fn imports(walk: &mut Walk<'_>, desk: &Desk) {
    let access = desk.company().await;
    let text = format!(
        "Partner,Customer name,Country,Expected value,Expected close date\n{},Quist,DE,5,2031-01-31\n",
        desk.world.partner.name
    );
    let import = access.add_import(stored(desk, &text)).await.unwrap();
    let mapping = view(&access, import).await.mapping;
    access.map_import(import, 1, mapping).await.unwrap();
    work(desk).await;
    walk.did("imports/verbs.rs map_import", &[]).await;
    let version = view(&access, import).await.version;
    access.start_import(import, version).await.unwrap();
    let start = "imports/verbs.rs start_import";
    walk.did(start, &["import_started"]).await;
    work(desk).await;
    walk.did("imports/run.rs keep_imported", &["deal_submitted"])
        .await;
    let version = view(&access, import).await.version;
    access.take_back_import(import, version).await.unwrap();
    let take_back = "imports/verbs.rs take_back_import";
    walk.did(take_back, &["import_taken_back"]).await;
    work(desk).await;
    walk.did("imports/undo.rs keep_taken_back", &["deal_withdrawn"])
        .await;
    access.export_deals().await.unwrap();
    walk.did("exports/mod.rs note_export", &["data_exported"])
        .await;
}

async fn drafts(walk: &mut Walk<'_>, desk: &Desk, partner: &PartnerAccess) {
    let save = SaveDraft {
        submit_key: "key-1".into(),
        answers: answers("Tern Labs"),
    };
    let (draft, _) = partner.save_draft(save.clone()).await.unwrap();
    walk.did("deals/registering.rs save_draft", &["deal_drafted"])
        .await;
    partner.save_draft(save).await.unwrap();
    // Kept while it is typed.
    walk.did("deals/registering.rs save_draft", &[]).await;
    let keep = KeepDraft {
        submit_key: "key-shared".into(),
        answers: answers("Tern Labs"),
        base: RawAnswers::default(),
        version: 0,
        plain: false,
    };
    partner.keep_draft(keep.clone()).await.unwrap();
    walk.did("deals/shared_drafts.rs keep_draft", &["deal_drafted"])
        .await;
    partner.keep_draft(keep).await.unwrap();
    walk.did("deals/shared_drafts.rs keep_draft", &[]).await;
    let field = FieldKey::parse("plan").unwrap();
    let file = || StoredFile {
        id: walk_id(desk),
        name: "plan.pdf".into(),
        mime: "application/pdf".into(),
        size_bytes: 5,
        sha256: vec![7; 32],
    };
    let kept = partner.attach_file("key-1", &field, file()).await.unwrap();
    walk.did("deals/files.rs attach_file", &["file_attached"])
        .await;
    partner.remove_file(draft, kept.id).await.unwrap();
    walk.did("deals/files.rs remove_file", &["file_removed"])
        .await;
    partner.delete_draft(draft).await.unwrap();
    walk.did("deals/registering.rs delete_draft", &["draft_deleted"])
        .await;
    // Also where it makes the draft.
    partner.attach_file("key-2", &field, file()).await.unwrap();
    walk.did("deals/files.rs attach_file", &["file_attached"])
        .await;
}

fn walk_id(desk: &Desk) -> FileId {
    desk.services.id()
}

const SUBMIT: &str = "deals/submission.rs register_as_seen";
const DECIDE: &str = "deals/reviews.rs decide";

async fn registrations(walk: &mut Walk<'_>, desk: &Desk, partner: &PartnerAccess) {
    let kept = desk.submit("key-2", "Tern Labs").await;
    walk.did(SUBMIT, &["deal_submitted"]).await;
    desk.submit("key-2", "Tern Labs").await;
    // Sent twice, done once.
    walk.did(SUBMIT, &[]).await;
    let version = desk.version(kept).await;
    let withdraw = WithdrawDeal {
        deal: kept,
        version,
    };
    partner.withdraw_deal(withdraw).await.unwrap();
    walk.did("deals/working.rs withdraw_deal", &["deal_withdrawn"])
        .await;
    let deal = desk.submit("key-3", "Hale").await;
    walk.did(SUBMIT, &["deal_submitted"]).await;
    let reason = || "No".to_owned();
    let ask = Decision::AskInfo {
        message: reason(),
        fields: Vec::new(),
    };
    desk.decide(deal, ask).await.unwrap();
    walk.did(DECIDE, &["info_requested"]).await;
    let resubmit = ResubmitDeal {
        deal,
        answers: answers("Hale"),
        note: String::new(),
        version: desk.version(deal).await,
    };
    partner.resubmit_deal(resubmit).await.unwrap();
    walk.did("deals/submission.rs resubmit_shared", &["deal_resubmitted"])
        .await;
    let decline = Decision::Decline { reason: reason() };
    desk.decide(deal, decline).await.unwrap();
    walk.did(DECIDE, &["deal_declined"]).await;
    let appeal = AppealDeal {
        deal,
        note: reason(),
        version: desk.version(deal).await,
    };
    partner.appeal_deal(appeal).await.unwrap();
    walk.did("deals/working.rs appeal_deal", &["deal_appealed"])
        .await;
    let ineligible = Decision::Ineligible { reason: reason() };
    desk.decide(deal, ineligible).await.unwrap();
    walk.did(DECIDE, &["deal_marked_ineligible"]).await;
}

const MOVE: &str = "deals/working.rs move_deal";

async fn deals(walk: &mut Walk<'_>, desk: &Desk) -> DealId {
    let deal = desk.submit("key-4", "Moss").await;
    walk.did(SUBMIT, &["deal_submitted"]).await;
    let approve = Decision::Approve {
        message: String::new(),
    };
    desk.decide(deal, approve).await.unwrap();
    walk.did(DECIDE, &["deal_approved"]).await;
    let moved = MoveDetails::default();
    desk.move_to(deal, "Proposal", moved.clone()).await.unwrap();
    walk.did(MOVE, &["stage_moved"]).await;
    desk.move_to(deal, "Proposal", moved.clone()).await.unwrap();
    walk.did(MOVE, &["deal_reordered"]).await;
    amended(walk, desk, deal).await;
    let access = desk.company().await;
    let details = MoveDetails {
        override_reason: Some("Agreed by phone".into()),
        ..moved.clone()
    };
    let over = MoveDeal {
        deal,
        to_stage: desk.stage("Qualified"),
        place: Place::Top,
        details,
        version: desk.version(deal).await,
    };
    access.override_stage(over).await.unwrap();
    walk.did("deals/working.rs override_stage", &["stage_moved"])
        .await;
    let version = desk.version(deal).await;
    let extend = ExtendProtection { deal, version };
    access.extend_protection(extend).await.unwrap();
    let facts = ["protection_extended"];
    walk.did("deals/reviews.rs extend_protection", &facts).await;
    let lost = MoveDetails {
        lost_reason: Some(desk.world.pipeline.lost_reasons[0].id),
        ..moved.clone()
    };
    desk.move_to(deal, "Closed lost", lost).await.unwrap();
    walk.did(MOVE, &["deal_lost"]).await;
    wins(walk, desk, &access, deal).await;
    desk.approved("key-5", "Last").await
}

async fn amended(walk: &mut Walk<'_>, desk: &Desk, deal: DealId) {
    let mut others = answers("Moss");
    others.set(&FieldKey::parse("need").unwrap(), vec!["Backups".into()]);
    let amend = AmendDeal {
        deal,
        answers: others,
        note: String::new(),
        version: desk.version(deal).await,
    };
    desk.partner().await.amend_deal(amend).await.unwrap();
    walk.did("deals/amending.rs amend_deal", &["deal_amended"])
        .await;
    let amend = ChangeAnswers {
        deal,
        answers: [("need", "Archives")].into_iter().collect(),
        version: desk.version(deal).await,
    };
    desk.partner().await.amend_answers(amend).await.unwrap();
    walk.did("deals/amending.rs amend_answers", &["deal_amended"])
        .await;
}

async fn wins(walk: &mut Walk<'_>, desk: &Desk, access: &CompanyAccess, deal: DealId) {
    let reopen_at = desk.stage("Proposal");
    desk.win(deal).await;
    // The customer is the program's, and has its own fact there.
    walk.did(MOVE, &["win_marked", "customer_created"]).await;
    let judge = async |verdict| {
        let version = desk.version(deal).await;
        let judge = JudgeWin {
            deal,
            verdict,
            version,
        };
        access.judge_win(judge).await.unwrap();
    };
    let reason = "No order came".to_owned();
    judge(WinVerdict::Reject { reason, reopen_at }).await;
    walk.did("deals/reviews.rs judge_win", &["win_rejected"])
        .await;
    desk.win(deal).await;
    walk.did(MOVE, &["win_marked", "customer_created"]).await;
    judge(WinVerdict::Confirm).await;
    walk.did("deals/reviews.rs judge_win", &["win_confirmed"])
        .await;
}

async fn messages(walk: &mut Walk<'_>, desk: &Desk, deal: DealId) {
    let (company, partner) = (desk.company().await, desk.partner().await);
    let about = About::Partner(desk.world.membership.id);
    let asks = "messages/partner.rs send_message";
    let hello = || words("key-1", "Hello");
    partner
        .send_message(Some(deal), hello(), Vec::new())
        .await
        .unwrap();
    walk.did(asks, &["message_sent"]).await;
    partner
        .send_message(Some(deal), hello(), Vec::new())
        .await
        .unwrap();
    // Sent twice, done once.
    walk.did(asks, &[]).await;
    company
        .send_message(about, hello(), Vec::new())
        .await
        .unwrap();
    walk.did("messages/company.rs send_message", &["message_sent"])
        .await;
    company
        .write_note(about, hello(), Vec::new())
        .await
        .unwrap();
    walk.did("messages/notes.rs write_note", &["note_written"])
        .await;
}

/// What a commission meets from the promise to the payment.
async fn money(walk: &mut Walk<'_>, desk: &Desk) {
    let access = desk.company().await;
    let offer = publish(desk, ten_percent()).await;
    let publishes = "offers.rs publish_offer";
    walk.did(publishes, &["offer_published"]).await;
    publish(desk, ten_percent()).await;
    walk.did(publishes, &[]).await;
    publish(desk, of_transactions()).await;
    walk.did(publishes, &["offer_published"]).await;
    let deal = desk.approved("key-6", "Kestrel").await;
    walk.did(DECIDE, &["deal_submitted", "deal_approved"]).await;
    desk.win(deal).await;
    // What follows by itself has its own fact beside the verb's.
    let facts = ["win_marked", "commission_accrued", "customer_created"];
    walk.did(MOVE, &facts).await;
    desk.judge(deal, WinVerdict::Confirm).await.unwrap();
    let facts = ["win_confirmed", "commission_approved"];
    walk.did("deals/reviews.rs judge_win", &facts).await;
    let bought = EnterTransaction {
        deal,
        amount: "1,000".into(),
        currency: "EUR".into(),
        on: "2026-11-22".into(),
        reference: "INV-1".into(),
    };
    access.enter_transaction(bought).await.unwrap();
    let facts = [
        "transaction_entered",
        "commission_accrued",
        "commission_approved",
    ];
    walk.did("transactions.rs enter_transaction", &facts).await;
    let lines = desk
        .partner()
        .await
        .deal(deal)
        .await
        .unwrap()
        .deal
        .commissions;
    payments(walk, &access, &lines).await;
    access.end_offer(EndOffer { offer }).await.unwrap();
    walk.did("offers.rs end_offer", &["offer_ended"]).await;
}

async fn payments(walk: &mut Walk<'_>, access: &CompanyAccess, lines: &[CommissionView]) {
    let moves = "commissions/verbs.rs move_commission";
    let (commission, reason) = (lines[0].id, "Check the order".to_owned());
    let hold = HoldCommission {
        commission,
        reason: reason.clone(),
        version: lines[0].version,
    };
    let version = access.hold_commission(hold).await.unwrap();
    walk.did(moves, &["commission_held"]).await;
    let release = ReleaseCommission {
        commission,
        version,
    };
    access.release_commission(release).await.unwrap();
    walk.did(moves, &["commission_released"]).await;
    let decline = DeclineCommission {
        commission: lines[1].id,
        reason: reason.clone(),
        version: lines[1].version,
    };
    access.decline_commission(decline).await.unwrap();
    walk.did(moves, &["commission_declined"]).await;
    let paid = MarkPaid {
        commissions: vec![commission],
        reference: "SEPA 7".into(),
        paid_on: "2026-11-22".into(),
    };
    access.mark_paid(paid).await.unwrap();
    walk.did("commissions/payment.rs mark_paid", &["commission_paid"])
        .await;
    let correct = CorrectCommission {
        commission,
        key: "k1".into(),
        amount: "-100".into(),
        reason,
    };
    access.correct_commission(correct).await.unwrap();
    let facts = ["commission_corrected"];
    walk.did("commissions/verbs.rs correct_commission", &facts)
        .await;
}

async fn webhooks(walk: &mut Walk<'_>, desk: &Desk) {
    let (admin, company) = (desk.world.admin.id, desk.world.company.id);
    let team = desk.services.company_team(admin, company).await.unwrap();
    let form = |host: &str| SaveEndpoint {
        url: format!("https://{host}/"),
        description: String::new(),
        events: EventPicker::All,
    };
    let id = desk.services.id();
    team.add_endpoint(id, form("a.example")).await.unwrap();
    let adds = "webhooks/endpoints.rs add_endpoint";
    walk.did(adds, &["webhook_added"]).await;
    team.add_endpoint(id, form("a.example")).await.unwrap();
    walk.did(adds, &[]).await;
    team.save_endpoint(id, 1, form("b.example")).await.unwrap();
    let saves = "webhooks/endpoints.rs save_endpoint";
    walk.did(saves, &["webhook_changed"]).await;
    team.rotate_secret(id, 2).await.unwrap();
    let rotates = "webhooks/endpoints.rs rotate_secret";
    walk.did(rotates, &["webhook_secret_rotated"]).await;
    let switches = "webhooks/endpoints.rs switch_endpoint";
    team.switch_endpoint(id, false).await.unwrap();
    walk.did(switches, &["webhook_disabled"]).await;
    team.switch_endpoint(id, true).await.unwrap();
    walk.did(switches, &["webhook_enabled"]).await;
    let test = team.test_endpoint(id).await.unwrap();
    walk.did("webhooks/log.rs test_endpoint", &["webhook_tested"])
        .await;
    team.replay_delivery(id, test).await.unwrap();
    walk.did("webhooks/log.rs replay_delivery", &["webhook_replayed"])
        .await;
    team.remove_endpoint(id).await.unwrap();
    let removes = "webhooks/endpoints.rs remove_endpoint";
    walk.did(removes, &["webhook_removed"]).await;
}

async fn designs(walk: &mut Walk<'_>, desk: &Desk) {
    let access = desk.company().await;
    let mut definition = desk.world.form.definition.0.clone();
    let key = FieldKey::parse("region").unwrap();
    let both = Traits {
        edited_by: EditedBy::Both,
        ..Traits::default()
    };
    let region = Field::new(key, FieldKind::Text, "Region").traits(both);
    definition.fields.push(region);
    let own = Traits {
        seen_by: SeenBy::Company,
        ..Traits::default()
    };
    let key = FieldKey::parse("our_verdict").unwrap();
    let own = Field::new(key, FieldKind::Text, "Our verdict").traits(own);
    definition.fields.push(own);
    let save = async |version| {
        let definition = definition.clone();
        let command = SaveFormDraft {
            definition,
            version,
        };
        access.save_form_draft(command).await.unwrap();
    };
    save(0).await;
    walk.did("forms.rs save_form_draft", &["form_draft_started"])
        .await;
    save(1).await;
    // Kept while it is changed.
    walk.did("forms.rs save_form_draft", &[]).await;
    access
        .publish_form(PublishForm { version: 2 })
        .await
        .unwrap();
    walk.did("forms/publishing.rs publish_form", &["form_published"])
        .await;
    save(3).await;
    walk.did("forms.rs save_form_draft", &["form_draft_started"])
        .await;
    let mut pipeline = desk.world.pipeline.clone();
    pipeline.stages.retain(|stage| stage.name != "Qualified");
    let mapping = StageMapping {
        from: desk.stage("Qualified"),
        to: desk.stage("Proposal"),
    };
    let replace = ReplacePipeline {
        pipeline,
        mappings: vec![mapping],
        version: access.program().version,
    };
    access.replace_pipeline(replace).await.unwrap();
    // Each deal that follows has its own fact.
    let facts = ["stage_retired", "pipeline_replaced"];
    walk.did("deals/pipelines.rs replace_pipeline", &facts)
        .await;
}

async fn own_answers(walk: &mut Walk<'_>, desk: &Desk) {
    let access = desk.company().await;
    let submit = SubmitDeal {
        form_version: access.current_form().await.unwrap().id,
        ..desk.submission("key-own", "Own Answers Ltd")
    };
    let submitted = desk.partner().await.submit_deal(submit).await.unwrap();
    walk.did("deals/submission.rs register_as_seen", &["deal_submitted"])
        .await;
    let command = SaveCompanyAnswers {
        deal: submitted.deal(),
        answers: [("our_verdict", "Large")].into_iter().collect(),
        version: 0,
        deal_version: 0,
    };
    access.save_company_answers(command).await.unwrap();
    let facts = ["company_answers_changed"];
    walk.did("deals/company_part.rs save_company_answers", &facts)
        .await;
    let command = ChangeAnswers {
        deal: submitted.deal(),
        answers: [("region", "North")].into_iter().collect(),
        version: desk.version(submitted.deal()).await,
    };
    access.change_answers(command).await.unwrap();
    walk.did("deals/changes.rs change_answers", &["answers_changed"])
        .await;
}

/// A form that waits, one that is taken back, an older one again, and one whose time comes.
async fn scheduled_forms(walk: &mut Walk<'_>, desk: &Desk) {
    let access = desk.company().await;
    let before = access.form_editor().await.unwrap();
    let mut definition = before.draft.clone();
    let key = FieldKey::parse("site").unwrap();
    definition
        .fields
        .push(Field::new(key, FieldKind::Text, "Site"));
    let save = SaveFormDraft {
        definition,
        version: before.version,
    };
    let version = access.save_form_draft(save).await.unwrap().version;
    walk.did("forms.rs save_form_draft", &["form_draft_started"])
        .await;
    let at = desk.services.now().plus_hours(1);
    let schedule = ScheduleForm { version, at };
    let schedules = "forms/publishing.rs schedule_form";
    access.schedule_form(schedule).await.unwrap();
    walk.did(schedules, &["form_scheduled"]).await;
    let later = MoveFormSchedule {
        from: at,
        at: at.plus_hours(1),
    };
    access.move_form_schedule(later).await.unwrap();
    walk.did(
        "forms/publishing.rs move_form_schedule",
        &["form_scheduled"],
    )
    .await;
    access.cancel_form_schedule().await.unwrap();
    let cancels = "forms/publishing.rs cancel_form_schedule";
    walk.did(cancels, &["form_schedule_cancelled"]).await;
    access.schedule_form(schedule).await.unwrap();
    walk.did(schedules, &["form_scheduled"]).await;
    let again = UseFormAgain {
        form: desk.world.form.id,
        current: before.published.id,
    };
    access.use_form_again(again).await.unwrap();
    // What was scheduled is not published over it.
    let facts = ["form_schedule_cancelled", "form_published"];
    walk.did("forms/publishing.rs use_form_again", &facts).await;
    access.schedule_form(schedule).await.unwrap();
    walk.did(schedules, &["form_scheduled"]).await;
    desk.clock.advance_seconds(3_600);
    assert_eq!(desk.services.publish_due_forms().await.unwrap(), 1);
    walk.did("forms/scheduled.rs publish_due", &["form_published"])
        .await;
}

both_engines! {
    async fn every_verb_writes_its_event_into_a_chain(db: &TestDb) {
        let mut walk = Walk { db, seen: 0, walked: BTreeSet::new() };
        let desk = set_up(&mut walk).await;
        accounts(&mut walk, &desk).await;
        company_team(&mut walk, &desk).await;
        webhooks(&mut walk, &desk).await;
        partner_team(&mut walk, &desk).await;
        program(&mut walk, &desk).await;
        imports(&mut walk, &desk).await;
        let partner = desk.partner().await;
        drafts(&mut walk, &desk, &partner).await;
        registrations(&mut walk, &desk, &partner).await;
        let last = deals(&mut walk, &desk).await;
        walk.did(DECIDE, &["deal_submitted", "deal_approved"]).await;
        messages(&mut walk, &desk, last).await;
        money(&mut walk, &desk).await;
        designs(&mut walk, &desk).await;
        own_answers(&mut walk, &desk).await;
        scheduled_forms(&mut walk, &desk).await;
        desk.clock.advance_seconds(91 * 86_400);
        assert_eq!(desk.services.expire_protections().await.unwrap(), 1);
        walk.did("deals/sweeps.rs expire", &["protection_expired"]).await;
        assert_eq!(desk.history(last).await, ["deal_submitted", "deal_approved", "stage_retired", "protection_expired"]);

        let checked = store::events::verify_all(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!(checked, Ok(walk.seen));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut known = walk.walked;
        known.extend(NO_VERBS.map(str::to_owned));
        assert_eq!(writers(&source, ""), known, "a write that this walk does not know, or a row without one");
    }

    async fn what_is_refused_records_nothing(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "Tern Labs").await;
        let before = desk.services.last_seq().await.unwrap();
        let moved = desk.move_to(deal, "Proposal", MoveDetails::default()).await;
        assert!(matches!(moved, Err(ServiceError::Rule(_))), "{moved:?}");
        let gone = desk.partner().await.delete_draft(deal).await;
        assert!(matches!(gone, Err(ServiceError::NotFound)), "{gone:?}");
        assert_eq!(desk.services.last_seq().await.unwrap(), before);
    }
}
