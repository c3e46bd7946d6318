use domain::commands::JudgeWin;
use domain::{DealId, ProgramId};

use super::{
    answer::{Answer, versioned},
    request::{At, Command, IfMatch, Seen},
    wire::{VersionReceipt, WinVerdict},
};

/// Confirm or reject a win
///
/// For a company's key with the scope `decide`. A partner marks a win by moving the deal into a stage of kind won.
#[utoipa::path(post, path = "/programs/{program}/deals/{deal}/win-verdicts", tag = "Wins", params(IfMatch), request_body = WinVerdict, responses((status = 200, body = VersionReceipt, headers(("ETag" = String)))))]
pub async fn judge_win(
    At((program, deal)): At<(ProgramId, DealId)>,
    Seen(version): Seen,
    command: Command<WinVerdict>,
) -> Answer {
    let (caller, body) = command.once::<i64>();
    let access = caller.enter_company(program).await?;
    let verdict = body.command()?;
    let version = access
        .judge_win(JudgeWin {
            deal,
            verdict,
            version,
        })
        .await?;
    Ok(versioned(VersionReceipt { id: deal, version }, version))
}
