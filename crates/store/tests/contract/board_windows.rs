//! Who is at a board: what is told to whom, and what is forgotten.

use domain::{DealId, PartnerId};
use store::Announce;
use store::board_windows::{self, BoardWindow, Watching};
use testkit::{World, both_engines, in_write};

both_engines! {
    async fn who_is_at_a_board_is_told_once_and_to_the_right_ones(db: &TestDb) {
        let world = World::build(db).await;
        let (company, program, partner) = (world.company.id, world.program.id, world.partner.id);
        let deal = world.submitted(db, "One", 1);
        in_write!(db, |tx| [deal] store::deals::insert(tx, &deal, "key-1").await).unwrap();
        let (deal, admin, owner) = (deal.id, world.admin.id, world.owner.id);
        let row = |window: &str, partner_id: Option<PartnerId>, deal_id: Option<DealId>, seconds: i64| BoardWindow {
            program_id: program,
            window_key: window.to_owned(),
            company_id: company,
            partner_id,
            user_id: if partner_id.is_some() { owner } else { admin },
            deal_id,
            seen_at: db.now().plus_seconds(seconds),
        };
        let mut heard = db.announcer().subscribe();
        // Since it was last asked: what was told stands before a last word of one's own.
        let mut told = async || {
            let last = Announce { seq: 0, topic: "here".to_owned(), subject: "last".to_owned(), id: company.0, version: 0 };
            in_write!(db, |tx| [last] { tx.announce(last); Ok(()) }).unwrap();
            let mut topics = Vec::new();
            loop {
                let announce = heard.recv().await.unwrap();
                if announce.subject == "last" {
                    return topics;
                }
                assert_eq!((announce.subject.as_str(), announce.id), ("board", program.0));
                topics.push(announce.topic.clone());
            }
        };
        let see = async |row: BoardWindow| {
            let lease = row.seen_at.plus_seconds(-30);
            in_write!(db, |tx| [row] board_windows::see(tx, &row, lease).await).unwrap();
        };
        let there = async |partner: Option<PartnerId>, seconds: i64| {
            let since = db.now().plus_seconds(seconds - 30);
            let mut conn = db.read().await.unwrap();
            let watching = Watching { company, program, partner };
            let rows = board_windows::list(&mut conn, watching, since).await.unwrap();
            let mut keys: Vec<String> = rows.into_iter().map(|row| row.window_key).collect();
            keys.sort();
            keys
        };
        let (companys, teams) = (format!("company:{company}"), format!("partner:{partner}"));
        see(row("a", None, None, 0)).await;
        assert_eq!(told().await, [companys.clone(), format!("program:{program}")]);
        see(row("b", Some(partner), None, 0)).await;
        assert_eq!(told().await, [companys.clone(), teams.clone()]);
        // Still there: nothing to tell. With a card in the hand there is.
        see(row("b", Some(partner), None, 5)).await;
        assert_eq!(told().await, Vec::<String>::new());
        see(row("b", Some(partner), Some(deal), 6)).await;
        assert_eq!(told().await, [companys.clone(), teams.clone()]);
        assert_eq!(there(None, 6).await, ["a", "b"]);
        assert_eq!(there(Some(partner), 6).await, ["a", "b"]);
        let stranger = PartnerId(deal.0);
        assert_eq!(there(Some(stranger), 6).await, ["a"]);
        assert_eq!(there(None, 33).await, ["b"]);
        // Nobody closes somebody else's.
        let of_team = Watching { company, program, partner: Some(partner) };
        in_write!(db, |tx| [] board_windows::leave(tx, of_team, admin, "b").await).unwrap();
        assert_eq!(told().await, Vec::<String>::new());
        in_write!(db, |tx| [] board_windows::leave(tx, of_team, owner, "b").await).unwrap();
        assert_eq!(told().await, [companys, teams]);
        assert_eq!(there(None, 6).await, ["a"]);
    }
}
