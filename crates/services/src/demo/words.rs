//! What people write to each other.

pub const APPROVED: [&str; 5] = [
    "Welcome. Tell us when we should join a call.",
    "Approved. Our solution team is at hand.",
    "Good fit; we look forward to it.",
    "Approved as registered.",
    "",
];

pub const DECLINED: [&str; 4] = [
    "We do not serve this region yet.",
    "The project is below the size that this program is for.",
    "The customer asked not to be contacted by third parties.",
    "We could not confirm the contact that you named.",
];

pub const INELIGIBLE: [&str; 3] = [
    "Our own team has been working with this customer since spring.",
    "This customer is in an open negotiation with our account team.",
    "The customer is a named account of ours.",
];

pub const QUESTIONS: [&str; 4] = [
    "Who decides at the customer, and by when?",
    "Please say more about what they use today.",
    "Is there a budget for this year?",
    "Which site is meant? We know two of this name.",
];

pub const ANSWERS: [&str; 3] = [
    "Spoke with them today; it is all in the description now.",
    "The head of operations decides, before the summer.",
    "Budget is approved.",
];

pub const APPEALS: [&str; 2] = [
    "The customer confirmed in writing that nobody else talks to them about this project.",
    "This is another department with its own budget; please look again.",
];

pub const LOST: [&str; 4] = [
    "",
    "They may come back next year.",
    "Decided on short notice.",
    "",
];

pub const OVERRIDES: [&str; 3] = [
    "Agreed with the partner on the phone.",
    "The order reached us directly.",
    "Corrected after our weekly call.",
];

pub const WIN_REJECTED: [&str; 2] = [
    "The contract is not signed yet. Please mark it again once it is.",
    "The order is for another product; please check the value.",
];

pub const HELD: [&str; 2] = [
    "The customer has not paid the first invoice yet.",
    "We are checking the order with the account team.",
];

pub const COMMISSION_DECLINED: [&str; 2] = [
    "The customer cancelled within the trial.",
    "Paid under the older agreement already.",
];
