//! Saved views of a program's board and list. They are how somebody looks, and so nobody's history.

use domain::people::{CompanyRight, PartnerRight, PartnerRole};
use domain::saved_views::{
    ChangeView, MAX_QUERY, MAX_VIEWS, SaveView, SavedView, check_name, fold_name,
};
use domain::{SavedViewId, Timestamp, UserId};
use store::saved_views::{self, ListedView, NewView, ViewSide};
use store::{Tx, companies, partners};

use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Lines of the menu: all of one's own, and many of the team's.
const MENU_LINES: i64 = 250;

impl PartnerAccess {
    fn view_side(&self) -> ViewSide {
        ViewSide {
            company: self.company,
            program: self.program.id,
            membership: Some(self.membership),
        }
    }

    /// The person's own views of this program, and those that the partner team shares.
    pub async fn saved_views(&self) -> Result<Vec<SavedView>, ServiceError> {
        let mut conn = self.services.read().await?;
        let me = self.person.id;
        let rows = saved_views::list(&mut conn, self.view_side(), me, MENU_LINES).await?;
        Ok(views(rows, me, self.role.may_edit_team()))
    }

    /// Keeps what the board or list shows under a name; shared with the partner team if it says so.
    pub async fn save_view(&self, cmd: SaveView) -> Result<SavedViewId, ServiceError> {
        let given = (self.view_side(), self.partner, checked(cmd)?);
        self.write(PartnerRight::ViewDeals, given, |tx, recorder, given| {
            Box::pin(async move {
                let (side, partner, cmd) = given;
                partners::lock(tx, partner).await?;
                let view = new_view(side, recorder.user()?, recorder.id(), recorder.now, cmd);
                keep(tx, &view).await
            })
        })
        .await
    }

    /// Renames the person's own view, shares it with the partner team or takes it back.
    pub async fn change_view(&self, cmd: ChangeView) -> Result<(), ServiceError> {
        let given = (self.view_side(), self.partner, cmd);
        self.write(PartnerRight::ViewDeals, given, |tx, recorder, given| {
            Box::pin(async move {
                let (side, partner, cmd) = given;
                partners::lock(tx, partner).await?;
                change(tx, side, recorder.user()?, recorder.now, &cmd).await
            })
        })
        .await
    }

    /// Deletes the person's own view; owners also what others of the team share.
    pub async fn delete_view(&self, view: SavedViewId) -> Result<(), ServiceError> {
        let given = (self.view_side(), self.partner, view);
        self.write(PartnerRight::ViewDeals, given, |tx, recorder, given| {
            Box::pin(async move {
                let (side, partner, view) = given;
                let me = recorder.user()?;
                let role = partners::find_role(tx, partner, me).await?;
                let leads = role.is_some_and(PartnerRole::may_edit_team);
                delete(tx, side, me, leads, view).await
            })
        })
        .await
    }
}

impl CompanyAccess {
    fn view_side(&self) -> ViewSide {
        ViewSide {
            company: self.company,
            program: self.program.id,
            membership: None,
        }
    }

    /// The person's own views of this program, and those that the company's team shares.
    pub async fn saved_views(&self) -> Result<Vec<SavedView>, ServiceError> {
        let mut conn = self.services.read().await?;
        let me = self.person.id;
        let rows = saved_views::list(&mut conn, self.view_side(), me, MENU_LINES).await?;
        Ok(views(rows, me, self.role.may(CompanyRight::EditTeam)))
    }

    /// Keeps what the board or list shows under a name; shared with the company's team if it says so.
    pub async fn save_view(&self, cmd: SaveView) -> Result<SavedViewId, ServiceError> {
        let given = (self.view_side(), checked(cmd)?);
        self.write(CompanyRight::ViewDeals, given, |tx, recorder, given| {
            Box::pin(async move {
                let (side, cmd) = given;
                companies::lock(tx, side.company).await?;
                let view = new_view(side, recorder.user()?, recorder.id(), recorder.now, cmd);
                keep(tx, &view).await
            })
        })
        .await
    }

    /// Renames the person's own view, shares it with the company's team or takes it back.
    pub async fn change_view(&self, cmd: ChangeView) -> Result<(), ServiceError> {
        let given = (self.view_side(), cmd);
        self.write(CompanyRight::ViewDeals, given, |tx, recorder, given| {
            Box::pin(async move {
                let (side, cmd) = given;
                companies::lock(tx, side.company).await?;
                change(tx, side, recorder.user()?, recorder.now, &cmd).await
            })
        })
        .await
    }

    /// Deletes the person's own view; admins also what others of the team share.
    pub async fn delete_view(&self, view: SavedViewId) -> Result<(), ServiceError> {
        let given = (self.view_side(), view);
        self.write(CompanyRight::ViewDeals, given, |tx, recorder, given| {
            Box::pin(async move {
                let (side, view) = given;
                let me = recorder.user()?;
                let role = companies::find_role(tx, side.company, me).await?;
                let leads = role.is_some_and(|role| role.may(CompanyRight::EditTeam));
                delete(tx, side, me, leads, view).await
            })
        })
        .await
    }
}

/// The command with its name as it is kept.
fn checked(cmd: SaveView) -> Result<SaveView, ServiceError> {
    let name = check_name(&cmd.name).map_err(at_name)?;
    if cmd.query.len() > MAX_QUERY {
        return Err(at_name(
            "These filters are too long to be saved. Shorten what is searched for",
        ));
    }
    Ok(SaveView { name, ..cmd })
}

fn at_name(text: &str) -> ServiceError {
    ServiceError::input("name", text)
}

fn new_view(
    side: ViewSide,
    owner: UserId,
    id: SavedViewId,
    at: Timestamp,
    cmd: SaveView,
) -> NewView {
    NewView {
        id,
        side,
        owner,
        name_folded: fold_name(&cmd.name),
        name: cmd.name,
        query: cmd.query,
        shared: cmd.shared,
        at,
    }
}

/// The team's row is locked: the person keeps no other one meanwhile.
async fn keep(tx: &mut Tx, view: &NewView) -> Result<SavedViewId, ServiceError> {
    free_name(tx, view.side, view.owner, &view.name_folded, None).await?;
    let kept = saved_views::count(tx, view.side, view.owner).await?;
    if usize::try_from(kept).is_ok_and(|kept| kept >= MAX_VIEWS) {
        return Err(at_name(
            "You have 50 views of this program. Delete one that you do not use any more",
        ));
    }
    saved_views::insert(tx, view).await?;
    Ok(view.id)
}

async fn change(
    tx: &mut Tx,
    side: ViewSide,
    me: UserId,
    now: Timestamp,
    cmd: &ChangeView,
) -> Result<(), ServiceError> {
    let found = saved_views::find(tx, side, cmd.view).await?;
    // What others share is there for this person, but theirs; what others keep to themselves is not there.
    match found {
        Some(view) if view.user_id == me => {}
        Some(view) if view.shared => return Err(ServiceError::Forbidden),
        _ => return Err(ServiceError::NotFound),
    }
    let name = check_name(&cmd.name).map_err(at_name)?;
    let folded = fold_name(&name);
    free_name(tx, side, me, &folded, Some(cmd.view)).await?;
    let named = (name.as_str(), folded.as_str());
    Ok(saved_views::save(tx, (cmd.view, me), named, cmd.shared, now).await?)
}

async fn delete(
    tx: &mut Tx,
    side: ViewSide,
    me: UserId,
    leads: bool,
    id: SavedViewId,
) -> Result<(), ServiceError> {
    let found = saved_views::find(tx, side, id).await?;
    let view = found
        .filter(|view| view.user_id == me || view.shared)
        .ok_or(ServiceError::NotFound)?;
    if view.user_id != me && !leads {
        return Err(ServiceError::Forbidden);
    }
    Ok(saved_views::delete(tx, side, id).await?)
}

/// Refuses a name that another of the person's views has.
async fn free_name(
    tx: &mut Tx,
    side: ViewSide,
    me: UserId,
    folded: &str,
    but: Option<SavedViewId>,
) -> Result<(), ServiceError> {
    let taken = saved_views::find_named(tx, side, me, folded).await?;
    if taken.is_some() && taken != but {
        return Err(at_name("You have a view of that name. Choose another name"));
    }
    Ok(())
}

fn views(rows: Vec<ListedView>, me: UserId, leads: bool) -> Vec<SavedView> {
    let view = |row: ListedView| {
        let own = row.user_id == me;
        SavedView {
            id: row.id,
            name: row.name,
            query: row.query,
            shared: row.shared,
            owner: (!own).then_some(row.owner),
            may_delete: own || leads,
        }
    };
    rows.into_iter().map(view).collect()
}
