//! The board between two days, told from the history alone. That its end is the live board is held by the model of the board.

use domain::commands::ReplacePipeline;
use domain::deals::{MoveDetails, Replay};
use domain::money::Totals;
use domain::pipeline::StageMapping;
use domain::views::{ReplayOutcome, ReplayView};
use domain::{Clock as _, Currency, Date, Money};
use services::ServiceError;
use store::memberships::{self, Membership};
use testkit::{World, both_engines, in_write};

use crate::desk::Desk;

const DAY: i64 = 86_400;

fn today(desk: &Desk) -> Date {
    desk.clock.now().date()
}

fn told(view: ReplayView) -> Replay {
    match view.outcome {
        ReplayOutcome::Told(replay) => replay,
        other => panic!("{other:?}"),
    }
}

/// What the company is told of those days.
async fn between(desk: &Desk, from: Date, to: Date) -> Replay {
    let company = desk.company().await;
    told(
        company
            .replay(&from.to_string(), &to.to_string())
            .await
            .unwrap(),
    )
}

fn sentences(replay: &Replay) -> Vec<String> {
    let steps = replay.steps.iter();
    steps.map(|step| replay.sentence(step)).collect()
}

/// The columns that hold deals after so many steps: name, customers, sums.
fn shown(replay: &Replay, index: usize) -> Vec<(String, Vec<String>, Totals)> {
    let board = replay.at(index);
    let columns = replay.stages.iter().zip(&board.columns);
    columns
        .filter(|(_, column)| !column.is_empty())
        .map(|(stage, column)| {
            let deals = column
                .iter()
                .map(|deal| replay.deals[*deal].customer.clone());
            (stage.name.clone(), deals.collect(), replay.totals(column))
        })
        .collect()
}

fn column(name: &str, customers: &[&str]) -> (String, Vec<String>, Totals) {
    let customers: Vec<String> = customers.iter().map(|name| (*name).to_owned()).collect();
    let worth = customers
        .iter()
        .map(|_| Money::new(1_200_050, Currency::EUR));
    let worth = worth.collect();
    (name.to_owned(), customers, worth)
}

both_engines! {
    async fn a_replay_begins_as_the_board_was_and_tells_each_step_since(db: &TestDb) {
        let desk = Desk::open(db).await;
        let began = today(&desk);
        let (tern, hale) = (desk.approved("one", "Tern Labs").await, desk.approved("two", "Hale & Moss").await);
        desk.move_to(hale, "Proposal", MoveDetails::default()).await.unwrap();
        desk.clock.advance_seconds(5 * DAY);
        let middle = today(&desk);
        desk.move_to(tern, "Proposal", MoveDetails::default()).await.unwrap();
        desk.clock.advance_seconds(60);
        desk.win(hale).await;
        desk.clock.advance_seconds(60);
        // Registered in the span and not decided on: it was never on the board.
        desk.submit("three", "Quill Press").await;
        desk.clock.advance_seconds(5 * DAY);
        let (owner, admin) = (desk.world.owner.name.clone(), desk.world.admin.name.clone());

        let replay = between(&desk, middle, middle).await;
        let start = [column("Qualified", &["Tern Labs"]), column("Proposal", &["Hale & Moss"])];
        assert_eq!(shown(&replay, 0), start);
        assert_eq!(shown(&replay, 1), [column("Proposal", &["Hale & Moss", "Tern Labs"])]);
        let end = [column("Proposal", &["Tern Labs"]), column("Closed won", &["Hale & Moss"])];
        assert_eq!(shown(&replay, 2), end);
        let steps = [
            format!("{owner} moved Tern Labs from Qualified to Proposal"),
            format!("{owner} marked Hale & Moss closed-won, from Proposal to Closed won"),
        ];
        assert_eq!(sentences(&replay), steps);

        // Before it nothing lay there, after it nothing happened; without days it is all of the program's ten.
        let all = told(desk.company().await.replay("", "").await.unwrap());
        assert_eq!((all.start.len(), all.steps.len()), (0, 5));
        assert_eq!(sentences(&all)[0], format!("{admin} approved Tern Labs: it came to Qualified"));
        assert_eq!(shown(&all, 5), end);
        let first = between(&desk, began, began).await;
        assert_eq!(shown(&first, first.steps.len()), start);
        let still = between(&desk, today(&desk), today(&desk)).await;
        assert!(still.steps.is_empty());
        assert_eq!(shown(&still, 0), end);
    }

    async fn a_stage_retired_in_the_span_stands_behind_the_others(db: &TestDb) {
        let desk = Desk::open(db).await;
        desk.approved("one", "Tern Labs").await;
        desk.clock.advance_seconds(3 * DAY);
        let company = desk.company().await;
        let mut pipeline = desk.world.pipeline.clone();
        pipeline.stages.retain(|stage| stage.name != "Qualified");
        let mapping = StageMapping { from: desk.stage("Qualified"), to: desk.stage("Proposal") };
        let version = company.program().version;
        company.replace_pipeline(ReplacePipeline { pipeline, mappings: vec![mapping], version }).await.unwrap();
        let replay = between(&desk, today(&desk), today(&desk)).await;
        let last = replay.stages.last().unwrap();
        assert_eq!((last.name.as_str(), last.retired), ("Qualified", true));
        assert_eq!(shown(&replay, 0), [column("Qualified", &["Tern Labs"])]);
        assert_eq!(shown(&replay, 1), [column("Proposal", &["Tern Labs"])]);
        // The next day knows nothing of it.
        desk.clock.advance_seconds(DAY);
        let replay = between(&desk, today(&desk), today(&desk)).await;
        assert!(replay.stages.iter().all(|stage| !stage.retired));
    }

    async fn nobody_is_told_of_deals_that_are_not_theirs(db: &TestDb) {
        let desk = Desk::open(db).await;
        desk.approved("one", "Tern Labs").await;
        let other = World::build_named(db, "cinder").await;
        // The other partner takes part in the same program, and has a company's program of its own.
        let membership = Membership {
            id: db.id(),
            partner_id: other.partner.id,
            ..desk.world.membership.clone()
        };
        let rival = membership.id;
        in_write!(db, |tx| [membership] memberships::insert(tx, &membership).await).unwrap();
        let beside = Desk::beside(&desk, other);
        let rival = desk.services.partner(beside.world.owner.id, rival).await.unwrap();
        let views = [
            rival.replay("", "").await.unwrap(),
            beside.company().await.replay("", "").await.unwrap(),
            beside.partner().await.replay("", "").await.unwrap(),
        ];
        for replay in views.map(told) {
            assert_eq!((replay.deals.len(), replay.start.len(), replay.steps.len()), (0, 0, 0));
        }
        let own = told(desk.partner().await.replay("", "").await.unwrap());
        assert_eq!(own, told(desk.company().await.replay("", "").await.unwrap()));
        assert_eq!(own.steps.len(), 1);
    }

    async fn days_that_cannot_be_are_said_at_their_inputs(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, partner) = (desk.company().await, desk.partner().await);
        let day = |days| today(&desk).plus_days(days).to_string();
        for (from, to, input) in [
            ("nonsense".to_owned(), day(0), "from"),
            (day(-1), day(0), "from"),
            (day(0), day(400), "to"),
            (day(0), day(-1), "to"),
        ] {
            for answer in [company.replay(&from, &to).await, partner.replay(&from, &to).await] {
                let Err(ServiceError::Invalid(faults)) = answer else {
                    panic!("{from} to {to}: {answer:?}");
                };
                assert_eq!(faults[0].input, input, "{from} to {to}");
            }
        }
        // What was refused left the connection as it was.
        assert!(company.replay("", "").await.is_ok());
    }
}
