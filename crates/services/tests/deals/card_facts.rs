//! The answers that cards of the board show: chosen by the company, the same for both sides.

use domain::commands::ChooseCardFields;
use domain::forms::FieldKey;
use domain::people::CompanyRole;
use domain::views::DealFilter;
use services::ServiceError;
use testkit::both_engines;

use crate::desk::Desk;

fn texts(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| (*field).to_owned()).collect()
}

/// Chooses those, having seen what is chosen now.
async fn choose(desk: &Desk, fields: &[&str]) -> Result<Vec<FieldKey>, ServiceError> {
    let access = desk.company().await;
    let seen = access.card_fields().await?.chosen;
    let cmd = ChooseCardFields {
        fields: texts(fields),
        before: seen.iter().map(ToString::to_string).collect(),
    };
    access.choose_card_fields(cmd).await
}

both_engines! {
    async fn cards_show_what_the_company_chose(db: &TestDb) {
        let desk = Desk::open(db).await;
        desk.approved("key-1", "Tern Labs").await;
        let (partner, whole) = (desk.partner().await, DealFilter::default());
        let board = partner.board(&whole).await.unwrap();
        assert!(board.fact_labels.is_empty());
        assert!(board.columns[0].cards[0].facts.is_empty());
        choose(&desk, &["country", "", "contact_name"]).await.unwrap();
        let board = partner.board(&whole).await.unwrap();
        let labels = (board.fact_labels[0].as_str(), board.fact_labels.len());
        assert_eq!(labels, ("Country", 2));
        let facts = ["Germany", "Ada Quist"];
        assert_eq!(board.columns[0].cards[0].facts, facts);
        let stage = board.columns[0].stage;
        let more = partner.board_column(stage, &whole, None).await.unwrap();
        assert_eq!(more[0].facts, facts);
        let company = desk.company().await;
        assert_eq!(company.board(&whole).await.unwrap().board.columns[0].cards[0].facts, facts);
        assert_eq!(company.board_column(stage, &whole, None).await.unwrap()[0].0.facts, facts);
        choose(&desk, &[]).await.unwrap();
        assert!(partner.board(&whole).await.unwrap().columns[0].cards[0].facts.is_empty());
    }

    async fn only_short_answers_that_partners_see_are_chosen_and_each_once(db: &TestDb) {
        let desk = Desk::open(db).await;
        for (fields, input) in [
            (["need", "", ""], "first"),
            (["customer", "", ""], "first"),
            (["country", "country", ""], "second"),
            (["country", "", "gone"], "third"),
        ] {
            let Err(ServiceError::Invalid(faults)) = choose(&desk, &fields).await else {
                panic!("{fields:?} was taken");
            };
            assert_eq!(faults[0].input, input);
        }
        let view = desk.company().await.card_fields().await.unwrap();
        assert!(view.chosen.is_empty());
        let offered: Vec<_> = view.offered.iter().map(|(key, _)| key.as_str()).collect();
        assert!(offered.contains(&"country") && !offered.contains(&"need"), "{offered:?}");
        let reviewer = desk.company_as(CompanyRole::Reviewer).await;
        let cmd = ChooseCardFields { fields: texts(&["country"]), before: Vec::new() };
        assert!(reviewer.choose_card_fields(cmd).await.is_err());
    }

    async fn nobody_overwrites_what_they_have_not_seen(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        choose(&desk, &["country"]).await.unwrap();
        let blind = ChooseCardFields { fields: texts(&["contact_name"]), before: Vec::new() };
        let late = company.choose_card_fields(blind.clone()).await;
        assert!(matches!(late, Err(ServiceError::Stale)), "{late:?}");
        // What is so already is nobody's loss.
        let same = ChooseCardFields { fields: texts(&["country"]), ..blind.clone() };
        company.choose_card_fields(same).await.unwrap();
        let seen = ChooseCardFields { before: texts(&["country"]), ..blind };
        let chosen = company.choose_card_fields(seen).await.unwrap();
        assert_eq!(chosen, company.card_fields().await.unwrap().chosen);
        assert_eq!(chosen.iter().map(FieldKey::as_str).collect::<Vec<_>>(), ["contact_name"]);
    }
}
