use domain::{FormVersionId, ProgramId};
use services::keys::Entry;

use super::{
    answer::{Answer, Page, ok},
    request::{At, Caller},
    wire::{FormVersion, Program, Stages},
};

/// The programs that the key opens
///
/// A company's key opens the company's own programs, a partner team's those that the team joined.
#[utoipa::path(get, path = "/programs", tag = "Programs", responses((status = 200, body = Page<Program>)))]
pub async fn list_programs(Caller(caller): Caller) -> Answer {
    let programs = caller.programs().await?;
    let programs = programs.into_iter().map(Program::from).collect();
    Ok(ok(Page::whole(programs)))
}

/// One program
#[utoipa::path(get, path = "/programs/{program}", tag = "Programs", responses((status = 200, body = Program)))]
pub async fn get_program(Caller(caller): Caller, At(program): At<ProgramId>) -> Answer {
    let entry = caller.enter(program).await?;
    Ok(ok(Program::from(entry.program())))
}

/// The stages of a program, and the reasons for losing
#[utoipa::path(get, path = "/programs/{program}/stages", tag = "Programs", responses((status = 200, body = Stages)))]
pub async fn get_stages(Caller(caller): Caller, At(program): At<ProgramId>) -> Answer {
    let stages = match caller.enter(program).await? {
        Entry::Company(access) => access.stages().await?,
        Entry::Partner(access) => access.stages().await?,
    };
    Ok(ok(Stages::from(stages)))
}

/// The form that new deals are registered with
#[utoipa::path(get, path = "/programs/{program}/form", tag = "Forms", responses((status = 200, body = FormVersion)))]
pub async fn get_current_form(Caller(caller): Caller, At(program): At<ProgramId>) -> Answer {
    let form = match caller.enter(program).await? {
        Entry::Company(access) => access.current_form().await?,
        Entry::Partner(access) => access.current_form().await?,
    };
    Ok(ok(FormVersion::from(form)))
}

/// One published version of a program's form
#[utoipa::path(get, path = "/programs/{program}/forms/{form}", tag = "Forms", responses((status = 200, body = FormVersion)))]
pub async fn get_form(
    Caller(caller): Caller,
    At((program, form)): At<(ProgramId, FormVersionId)>,
) -> Answer {
    let form = match caller.enter(program).await? {
        Entry::Company(access) => access.form(form).await?,
        Entry::Partner(access) => access.form(form).await?,
    };
    Ok(ok(FormVersion::from(form)))
}
