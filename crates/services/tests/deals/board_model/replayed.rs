//! The replay of a board, told from the history alone, ends as the board is.

use domain::deals::Replay;
use domain::money::Totals;
use domain::views::ReplayOutcome;
use domain::{DealId, StageId};
use services::ServiceError;

use super::clients::Clients;
use super::model::Model;
use super::steps::{CLIENTS, COMPANY};

type Column = (StageId, Vec<DealId>, Totals);

/// Of all that happened since that day, and of the last 30 days.
pub async fn replayed(clients: &Clients, model: &Model, began: &str) -> Result<(), String> {
    for client in 0..CLIENTS {
        for from in [began, ""] {
            let replay = asked(clients, client, from).await;
            let replay = replay.map_err(|error| format!("{error:?}"))?;
            let (shown, expected) = (end(&replay), lying(model, client));
            if shown != expected {
                let name = &model.names[client];
                return Err(format!(
                    "the replay of {name} from {from:?} ends with {shown:?}\n  ought to be {expected:?}"
                ));
            }
        }
    }
    Ok(())
}

async fn asked(clients: &Clients, client: usize, from: &str) -> Result<Replay, ServiceError> {
    let view = if client == COMPANY {
        clients.company().await?.replay(from, "").await?
    } else {
        clients.partner(client).await?.replay(from, "").await?
    };
    match view.outcome {
        ReplayOutcome::Told(replay) => Ok(replay),
        other => Err(ServiceError::Internal(format!("{other:?}"))),
    }
}

/// The columns after the last step; one that is gone stands there only if it holds what it ought not to.
fn end(replay: &Replay) -> Vec<Column> {
    let board = replay.at(replay.steps.len());
    let columns = replay.stages.iter().zip(&board.columns);
    columns
        .filter(|(stage, column)| !stage.retired || !column.is_empty())
        .map(|(stage, column)| {
            let mut deals: Vec<DealId> = column.iter().map(|at| replay.deals[*at].id).collect();
            deals.sort_unstable();
            (stage.id, deals, replay.totals(column))
        })
        .collect()
}

fn lying(model: &Model, client: usize) -> Vec<Column> {
    let stages = model.stages.iter();
    stages
        .map(|stage| {
            let deals = stage.deals.iter().map(|at| &model.deals[*at]);
            let deals: Vec<_> = deals.filter(|deal| Model::sees(client, deal)).collect();
            let mut ids: Vec<DealId> = deals.iter().map(|deal| deal.id).collect();
            ids.sort_unstable();
            (stage.id, ids, deals.iter().map(|deal| deal.value).collect())
        })
        .collect()
}
