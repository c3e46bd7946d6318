//! What pages show. Partner views and company views are different types: what a partner may not see is not there.

mod amend;
mod board;
mod board_people;
mod card_order;
mod commission;
mod deal;
mod draft;
mod entry;
mod form;
mod import;
mod lanes;
mod mail;
mod message;
mod offer;
mod people;
mod program;
mod quick;
mod replay;
mod review;
mod webhook;

pub use amend::AmendPart;
pub use board::{
    BoardView, Card, Column, CompanyBoardView, DealFilter, DealList, DealRow, DealSort, WaitingCard,
};
pub use board_people::{BoardPeople, HeldCard};
pub use card_order::CardOrder;
pub use commission::{
    CommissionFilter, CommissionList, CommissionTotal, CommissionView, TransactionView,
};
pub use deal::{
    AnswerLine, CompanyDealView, CompanyPart, DealActions, DealConfirmation, DealView, EarlierDeal,
    FileView, NeedsInfo, PartnerDealView, RegistrationPage,
};
pub use draft::{DraftLine, DraftWindows, KeptDraft, MergedDraft};
pub use entry::EntryPart;
pub use form::{
    DraftSaved, FieldImpact, FormEditorView, FormEditors, FormImpact, FormPast, FormSource,
    FormSources, FormStart, FormVersionLine, FormVersionsView, ImportImpact, Meeting, OtherEditor,
    OtherProgram, PreviewPartner, RetypeCheck, SavedBy, ScheduledForm, TemplateLine,
};
pub use import::{FaultyRow, ImportColumn, ImportLine, ImportView, ImportedDeal, ImportsView};
pub use lanes::{Lane, LaneKind, LaneLine, LaneList, Month};
pub use mail::{MailView, NoticeChoice, NoticeChoicesView, OutboxView};
pub use message::{
    CompanyThreadView, MessageView, NoteView, PartnerThreadView, ThreadEntry, ThreadLine,
    ThreadList,
};
pub use offer::{OfferView, OffersView, PartnerOfferView};
pub use people::{
    HomeView, InvitationOffer, InvitationPage, InvitationView, LinkView, MemberView, SessionView,
    SwitcherItem, TeamView, Viewer,
};
pub use program::{
    CardFieldsView, ClaimView, CompanyProgramView, CustomerChoice, CustomerPageView, CustomerView,
    DashboardView, MembershipView, NoticeView, PartnerProgramView, SummaryNumbers, SummaryView,
};
pub use quick::{
    CompanyQuickView, InPlace, OpenAnswer, PartnerQuickView, QuickAnswer, QuickDeal, QuickStage,
    most_important,
};
pub use replay::{ReplayOutcome, ReplayView};
pub use review::{ConflictHint, PartnerRecord, QueueItem, ReviewView};
pub use webhook::{
    AttemptView, DeliveryDetail, DeliveryView, EndpointLog, EndpointSecret, EndpointView,
    EndpointsView,
};
