//! The page of a stage that asks for something, posted without the app: as its inputs show what the deal has.

use axum::http::StatusCode;
use domain::{
    Currency, DealId, Locale, MembershipId, ProgramId, StageId,
    commands::{DecideDeal, PublishForm, ReplacePipeline, SaveFormDraft, SubmitDeal},
    deals::Decision,
    forms::{Field, FieldKey, FieldKind, RawAnswers, spoken_value, starter_form},
};
use services::{CompanyAccess, PartnerAccess};

use crate::{
    messages::{FORM, doors},
    support::{Call, House},
};

const ASKED: &str = "seats";

pub fn key(name: &str) -> FieldKey {
    FieldKey::parse(name).unwrap()
}

pub struct Desk {
    pub house: House,
    pub partner: PartnerAccess,
    company: CompanyAccess,
    pub token: String,
    pub membership: MembershipId,
    stage: StageId,
}

impl Desk {
    async fn open() -> Self {
        Self::of(House::with_demo(0).await).await
    }

    /// Altostrat's program in that house, with a form that asks for a number, and a stage that wants it answered.
    pub async fn of(house: House) -> Self {
        let [(messages, token), (threads, mara)] = doors(&house).await;
        let membership: MembershipId = messages.split('/').nth(2).unwrap().parse().unwrap();
        let program: ProgramId = threads.split('/').nth(2).unwrap().parse().unwrap();
        let person = |found: Option<services::SignedIn>| found.unwrap().person.id;
        let mara = person(house.services.find_signed_in(&mara).await.unwrap());
        let nadia = person(house.services.find_signed_in(&token).await.unwrap());
        let company = house.services.company(mara, program).await.unwrap();
        let mut definition = starter_form(Currency::EUR);
        let kind = FieldKind::Number {
            decimals: 0,
            unit: String::new(),
        };
        definition
            .fields
            .push(Field::new(key(ASKED), kind, "Seats"));
        let version = company.form_editor().await.unwrap().version;
        let save = SaveFormDraft {
            definition,
            version,
        };
        let version = company.save_form_draft(save).await.unwrap().version;
        company.publish_form(PublishForm { version }).await.unwrap();

        let company = house.services.company(mara, program).await.unwrap();
        let (mut pipeline, _) = company.pipeline().await.unwrap();
        let stage = &mut pipeline.stages[1];
        stage.rules.fields = vec![key(ASKED)];
        let stage = stage.id;
        let replace = ReplacePipeline {
            pipeline,
            mappings: Vec::new(),
            version: company.program().version,
        };
        company.replace_pipeline(replace).await.unwrap();
        Self {
            partner: house.services.partner(nadia, membership).await.unwrap(),
            company: house.services.company(mara, program).await.unwrap(),
            house,
            token,
            membership,
            stage,
        }
    }

    pub async fn approved(&self, submit_key: &str) -> DealId {
        let page = self.partner.registration_page(None).await.unwrap();
        let answers = [
            ("customer", submit_key),
            ("country", "DE"),
            ("value", "12000"),
            ("value.currency", "EUR"),
            ("close_date", "2099-01-31"),
            ("need", "Storage\nand backups"),
        ];
        let submit = SubmitDeal {
            submit_key: submit_key.to_owned(),
            form_version: page.form.id,
            answers: answers.into_iter().collect(),
        };
        let deal = self.partner.submit_deal(submit).await.unwrap().deal();
        let version = self.company.deal(deal).await.unwrap().deal.version;
        let decision = Decision::Approve {
            message: String::new(),
        };
        let approve = DecideDeal {
            deal,
            decision,
            version,
        };
        self.company.decide(approve).await.unwrap();
        deal
    }

    pub async fn answers(&self, deal: DealId) -> RawAnswers {
        let record = self.partner.deal_record(deal).await.unwrap();
        record.deal.answers.to_raw()
    }
}

/// As browsers write it: every line of a text ends with two signs.
pub fn encoded(pairs: &[(String, String)]) -> String {
    let bytes = |text: &str| {
        let text = text.replace('\n', "\r\n");
        let signs: Vec<String> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        signs.concat()
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", bytes(name), bytes(value)))
        .collect();
    pairs.join("&")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_shows_may_be_posted_as_it_is_shown() {
    let desk = Desk::open().await;
    let membership = desk.membership;
    for (tag, seats) in [("de", "1.500"), ("en-GB", "1,500")] {
        let deal = desk.approved(&format!("entry-{tag}")).await;
        let before = desk.answers(deal).await;
        let asked = desk.partner.entry(deal, desk.stage).await.unwrap();
        assert_eq!(asked.missing.fields, [key(ASKED)]);
        let locale = Locale::of_tag(tag).unwrap();
        let spoken = |(name, plain): (String, String)| {
            let value = spoken_value(&asked.form, &name, &plain, locale);
            (name, value)
        };
        let mut pairs: Vec<(String, String)> = asked.raw().pairs().map(spoken).collect();
        let shown = pairs.iter().find(|(name, _)| name == "value").unwrap();
        assert_ne!(shown.1, before.first(&key("value")), "{tag}");
        let version = asked.version.to_string();
        for (name, value) in [
            ("_locale", locale.tag()),
            ("_version", version.as_str()),
            (ASKED, seats),
        ] {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let path = format!("/p/{membership}/deals/{deal}/enter/{}", desk.stage);
        let call = Call::post(path, FORM, encoded(&pairs)).signed_in(Some(&desk.token));
        let answer = desk.house.send(call).await;
        let told = format!("{tag}: {} {}", answer.status, answer.body);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{told}");
        let now = desk.answers(deal).await;
        assert_eq!(now.first(&key(ASKED)), "1500");
        for name in ["value", "need", "close_date", "customer"] {
            assert_eq!(now.first(&key(name)), before.first(&key(name)), "{tag}");
        }
    }
}
