//! What a person wants to be told, and by which channel.

use domain::commands::SaveNoticeChoices;
use domain::notices::{Channel, NoticeKind};
use domain::people::{Person, Side, Team};
use domain::views::{NoticeChoice, NoticeChoicesView};

use crate::{ServiceError, Services};

impl Services {
    /// The choices of that person, for the sides that they are on.
    pub async fn notice_choices(&self, person: &Person) -> Result<NoticeChoicesView, ServiceError> {
        let mut conn = self.read().await?;
        let teams = store::access::list_teams(&mut conn, person.id).await?;
        let choices = store::preferences::get(&mut conn, person.id).await?;
        let row = |kind: &NoticeKind| NoticeChoice {
            kind: *kind,
            bell: choices.wants(*kind, Channel::Bell),
            mail: choices.wants(*kind, Channel::Mail),
        };
        let concerns = |kind: &&NoticeKind| teams.iter().any(|team| side(team) == kind.side());
        Ok(NoticeChoicesView {
            email: person.email.clone(),
            rows: NoticeKind::ALL.iter().filter(concerns).map(row).collect(),
        })
    }

    /// Sets the rows that were shown; the others stay as they are.
    pub async fn save_notice_choices(
        &self,
        person: &Person,
        cmd: SaveNoticeChoices,
    ) -> Result<(), ServiceError> {
        let user = person.id;
        self.write(cmd, move |tx, cmd| {
            Box::pin(async move {
                for kind in NoticeKind::ALL
                    .iter()
                    .filter(|kind| cmd.shown.contains(kind))
                {
                    for channel in Channel::ALL {
                        let wanted = cmd.on.contains(&(*kind, *channel));
                        store::preferences::save(tx, user, *kind, *channel, wanted).await?;
                    }
                }
                Ok(())
            })
        })
        .await
    }
}

fn side(team: &Team) -> Side {
    match team {
        Team::Company { .. } => Side::Company,
        Team::Partner { .. } => Side::Partner,
    }
}
