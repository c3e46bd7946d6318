//! What an import's page shows: the first rows as deals, faults by kind, the deals that came of it.

use domain::imports::{ImportState, Target};
use services::ServiceError;
use store::Statement;
use testkit::{both_engines, in_write};

use crate::desk::Desk;
use crate::imports::{checked, file, row, start, stored, view, work};

both_engines! {
    async fn all_faults_of_a_row_are_told_together_and_alike_ones_are_one_group(db: &TestDb) {
        let desk = Desk::open(db).await;
        let rows = [
            "Nobody,One Ltd,Germany,a lot,2031-01-31,Qualifed,,\n".to_owned(),
            row(&desk, "Two Ltd", "Qualifed", ""),
            row(&desk, "Three Ltd", "", ""),
            row(&desk, "Four Ltd", "Qualifed", "expired"),
        ];
        let import = checked(&desk, &file(rows), |_| ()).await;
        let shown = view(&desk.company().await, import).await;
        let columns = |place: usize| {
            let faults = shown.faulty[place].faults.iter();
            faults.map(|fault| fault.column.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(columns(0), ["Partner", "Stage", "Expected value"]);
        assert_eq!(columns(1), ["Stage"]);
        assert_eq!(columns(2), ["Status", "Stage"]);
        let group = &shown.groups[0];
        assert_eq!((group.rows, group.lines.as_slice()), (3, [2, 3, 5].as_slice()));
        assert_eq!(group.fault.title(), "Stage: This program has no stage called \u{201c}Qualifed\u{201d}");
        assert_eq!((shown.groups.len(), shown.ungrouped), (4, 0));
        assert_eq!((shown.samples.len(), shown.samples[0].line), (1, 4));
    }

    async fn the_first_rows_are_shown_as_deals_before_and_after(db: &TestDb) {
        let desk = Desk::open(db).await;
        let mut rows = vec![
            row(&desk, "Waiting Ltd", "", ""),
            row(&desk, "Waiting Ltd", "", ""),
            row(&desk, "Bad Ltd", "Nowhere", ""),
            row(&desk, "Approved Ltd", "", "Approved"),
            row(&desk, "Moved Ltd", "Proposal", ""),
            row(&desk, "Declined Ltd", "", "Declined"),
        ];
        rows.extend((0..3).map(|number| row(&desk, &format!("Customer {number} of many"), "", "")));
        let import = checked(&desk, &file(rows), |_| ()).await;
        let access = desk.company().await;
        let shown = view(&access, import).await;
        let told = shown.samples.iter().map(|one| (one.line, one.customer.as_str(), one.stage.as_str()));
        assert_eq!(told.collect::<Vec<_>>(), [
            (2, "Waiting Ltd", "Waiting for review"),
            (5, "Approved Ltd", "Qualified"),
            (6, "Moved Ltd", "Proposal"),
            (7, "Declined Ltd", "Declined"),
            (8, "Customer 0 of many", "Waiting for review"),
        ]);
        assert!(shown.samples.iter().all(|one| one.partner == desk.world.partner.name));
        assert!(shown.samples[0].value.display().ends_with(" 12,000"));
        assert!(shown.deals.is_empty());
        start(&desk, import).await.unwrap();
        work(&desk).await;
        let shown = view(&access, import).await;
        let told = shown.deals.iter().map(|deal| deal.customer.as_str());
        assert_eq!(told.collect::<Vec<_>>(),
            ["Waiting Ltd", "Approved Ltd", "Moved Ltd", "Declined Ltd", "Customer 0 of many"]);
        assert!(shown.deals[0].number.ends_with("-1"), "{shown:?}");
    }

    async fn what_only_the_import_itself_finds_is_grouped_too(db: &TestDb) {
        let desk = Desk::open(db).await;
        let rows = (0..2).map(|number| row(&desk, &format!("Customer {number} of many"), "", ""));
        let import = checked(&desk, &file(rows), |_| ()).await;
        in_write!(db, |tx| [] {
            let statement = Statement::new("UPDATE memberships SET status = 'suspended'");
            statement.execute(tx).await
        }).unwrap();
        start(&desk, import).await.unwrap();
        work(&desk).await;
        let shown = view(&desk.company().await, import).await;
        assert_eq!((shown.line.state, shown.line.counts.faults), (ImportState::Done, 2));
        assert_eq!((shown.groups.len(), shown.groups[0].rows), (1, 2));
        assert_eq!(shown.groups[0].lines, [2, 3]);
        assert!(shown.groups[0].fault.text.contains("is not active"), "{shown:?}");
    }

    async fn a_mapping_is_refused_at_the_inputs_that_mend_it_and_another_one_forgets_what_was_found(db: &TestDb) {
        let desk = Desk::open(db).await;
        let access = desk.company().await;
        let text = file([row(&desk, "Bad Ltd", "Nowhere", "")]);
        let import = access.add_import(stored(&desk, &text)).await.unwrap();
        let shown = view(&access, import).await;
        let mut wrong = shown.mapping.clone();
        // Column 1 is the customer's name, 3 the value.
        wrong.targets[0] = wrong.targets[1].clone();
        wrong.targets[3] = Target::Ignore;
        let refused = access.map_import(import, shown.version, wrong).await;
        let faults = match refused {
            Err(ServiceError::Invalid(faults)) => faults,
            other => panic!("{other:?}"),
        };
        let inputs = faults.iter().map(|fault| fault.input.as_str());
        assert_eq!(inputs.collect::<Vec<_>>(), ["column-1", "partner", "column-3"]);
        let version = access.map_import(import, shown.version, shown.mapping.clone()).await.unwrap();
        work(&desk).await;
        let found = view(&access, import).await;
        assert_eq!((found.groups.len(), found.samples.len()), (1, 0));
        let mut without = shown.mapping;
        without.targets[5] = Target::Ignore;
        assert_ne!(found.version, version, "the check has moved it on");
        access.map_import(import, found.version, without).await.unwrap();
        work(&desk).await;
        let found = view(&access, import).await;
        assert_eq!((found.groups.len(), found.samples.len()), (0, 1));
    }
}
