//! A form whose time came and that what is stored refuses: it waits where it is, and the company's admins are told why.

use domain::{
    CompanyId, ProgramId, UserId,
    events::ProgramFact,
    forms::{DefinitionFault, FormDefinition, check_publishable},
    mail::{FormHeld, MailKind},
    notices::{Channel, NoticeKind},
    people::CompanyRole,
};
use store::{
    Conn, Tx, companies,
    forms::{FormVersionRow, schedules, schedules::FormSchedule},
    notices::NewNotice,
    preferences::{self, Listener},
};

use super::impact::stored_faults;
use crate::ServiceError;
use crate::deals::{Recorder, notice_payload};
use crate::mail::Receiver;

/// What stands in the way of a held form as things are now; `None` where it is not held.
pub(super) async fn held_faults(
    conn: &mut Conn,
    of: (CompanyId, ProgramId),
    versions: &[FormVersionRow],
    schedule: Option<&FormSchedule>,
) -> Result<Option<Vec<DefinitionFault>>, ServiceError> {
    match schedule.filter(|schedule| schedule.held_at.is_some()) {
        None => Ok(None),
        Some(schedule) => {
            let form: &FormDefinition = &schedule.definition.0;
            let mut faults = check_publishable(form).err().unwrap_or_default();
            faults.extend(stored_faults(conn, of, versions, form).await?);
            Ok(Some(faults))
        }
    }
}

/// Puts it back, held, and tells the admins.
pub(super) async fn hold(
    tx: &mut Tx,
    recorder: &Recorder,
    schedule: FormSchedule,
    faults: &[DefinitionFault],
) -> Result<(), ServiceError> {
    let held = FormSchedule {
        held_at: Some(recorder.now),
        ..schedule
    };
    schedules::save(tx, &held).await?;
    let program = &recorder.program;
    let fact = ProgramFact::FormScheduleHeld {
        at: held.effective_at,
    };
    let of = (program.company, program.id);
    let seq = recorder
        .scribe()
        .program_seq(tx, of, None, program.version, fact)
        .await?;
    let sentences: Vec<String> = faults.iter().map(DefinitionFault::text).collect();
    let news = News {
        recorder,
        schedule: &held,
        why: sentences.join(" "),
    };
    news.tell(tx, seq).await
}

/// What the admins are told.
struct News<'a> {
    recorder: &'a Recorder,
    schedule: &'a FormSchedule,
    why: String,
}

impl News<'_> {
    fn path(&self) -> String {
        format!("/c/{}/form/versions", self.recorder.program.id)
    }

    async fn tell(&self, tx: &mut Tx, event_seq: i64) -> Result<(), ServiceError> {
        let members = companies::list_members(tx, self.recorder.program.company).await?;
        let admins = members
            .into_iter()
            .filter(|member| member.role == CompanyRole::Admin);
        let admins: Vec<UserId> = admins.map(|member| member.user_id).collect();
        let mut notices = Vec::new();
        for admin in preferences::list_listeners(tx, &admins, NoticeKind::Forms).await? {
            if admin.choices.wants(NoticeKind::Forms, Channel::Bell) {
                notices.push(self.notice(&admin, event_seq));
            }
            if admin.choices.wants(NoticeKind::Forms, Channel::Mail) {
                self.write_to(tx, admin).await?;
            }
        }
        Ok(store::notices::insert_all(tx, &notices).await?)
    }

    fn notice(&self, admin: &Listener, event_seq: i64) -> NewNotice {
        let program = &self.recorder.program;
        let text = format!(
            "The scheduled form of {} was not published: {}",
            program.name, self.why
        );
        NewNotice {
            id: self.recorder.id(),
            user: admin.user,
            company: program.company,
            program: Some(program.id),
            deal: None,
            thread: None,
            event_seq,
            kind: "form_schedule_held",
            payload: notice_payload(text, self.path()),
            at: self.recorder.now,
        }
    }

    async fn write_to(&self, tx: &mut Tx, admin: Listener) -> Result<(), ServiceError> {
        let Some(post) = &self.recorder.post else {
            return Ok(());
        };
        let program = &self.recorder.program;
        let letter = FormHeld {
            base_url: post.base_url(),
            to_name: &admin.name,
            program: &program.name,
            at: self.schedule.effective_at,
            why: &self.why,
            path: &self.path(),
        };
        let mail = letter.mail();
        let to = Receiver {
            company: Some(program.company),
            user: Some(admin.user),
            email: admin.email,
            shows_address: true,
        };
        let row = post.row(
            (self.recorder.id(), self.recorder.now),
            MailKind::Notice,
            to,
            mail,
        );
        Ok(store::mail::insert(tx, &row).await?)
    }
}
