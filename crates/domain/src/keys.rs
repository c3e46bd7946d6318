//! API keys: what a program of a team's own may do in its maker's name.

use serde::{Deserialize, Serialize};

use crate::people::{CompanyRight, PartnerRight, UnknownWord, words};
use crate::{ApiKeyId, Timestamp};

words! {
    /// What a key may do beside reading. Reading is not among them: every key reads what its maker may see.
    KeyScope {
        Register = "register", "Register deals, answer questions, withdraw and appeal";
        Move = "move", "Move deals over the stages and mark them won";
        Decide = "decide", "Decide on registrations and wins, extend protections";
        Override = "override", "Move partners\u{2019} deals, with a reason";
        Write = "write", "Write messages";
        Pay = "pay", "Hold, decline, pay and correct commissions, enter transactions";
    }
}

impl KeyScope {
    /// What a company's key can be given.
    pub const OF_COMPANY: &'static [Self] = &[Self::Decide, Self::Override, Self::Write, Self::Pay];
    /// What a partner team's key can be given.
    pub const OF_PARTNER: &'static [Self] = &[Self::Register, Self::Move, Self::Write];

    /// In one word, for a line of the list.
    pub fn short(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Move => "move",
            Self::Decide => "decide",
            Self::Override => "override",
            Self::Write => "write",
            Self::Pay => "pay",
        }
    }
}

/// The scopes of one key; none is a key that only reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyScopes(Vec<KeyScope>);

impl KeyScopes {
    /// In one order, each once.
    pub fn new(scopes: impl IntoIterator<Item = KeyScope>) -> Self {
        let mut scopes: Vec<KeyScope> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Self(scopes)
    }

    pub fn iter(&self) -> impl Iterator<Item = KeyScope> + '_ {
        self.0.iter().copied()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn has(&self, scope: KeyScope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether the key may what its maker may: rights that no scope names are for people.
    pub fn allow_company(&self, right: CompanyRight) -> bool {
        match right {
            CompanyRight::ViewDeals | CompanyRight::ReadMessages => true,
            CompanyRight::Decide => self.has(KeyScope::Decide),
            CompanyRight::OverrideStage => self.has(KeyScope::Override),
            CompanyRight::PayCommissions => self.has(KeyScope::Pay),
            CompanyRight::WriteMessages => self.has(KeyScope::Write),
            CompanyRight::EditClaims
            | CompanyRight::DesignProgram
            | CompanyRight::EditPartners
            | CompanyRight::EditTeam
            | CompanyRight::EditOffers
            | CompanyRight::ImportAndExport => false,
        }
    }

    /// Whether the key may what its maker may.
    pub fn allow_partner(&self, right: PartnerRight) -> bool {
        match right {
            PartnerRight::ViewDeals
            | PartnerRight::ViewCommissions
            | PartnerRight::ReadMessages => true,
            PartnerRight::Register => self.has(KeyScope::Register),
            PartnerRight::WorkDeals => self.has(KeyScope::Move),
            PartnerRight::WriteMessages => self.has(KeyScope::Write),
        }
    }

    /// As it is stored: `decide,pay`.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.iter().map(KeyScope::as_str).collect();
        words.join(",")
    }

    /// From what is stored.
    pub fn read(text: &str) -> Result<Self, UnknownWord> {
        let words = text.split(',').filter(|word| !word.is_empty());
        let scopes: Result<Vec<KeyScope>, UnknownWord> = words.map(str::parse).collect();
        Ok(Self::new(scopes?))
    }
}

/// Days after which a key ends that is made now.
pub const KEY_DAYS: [i64; 3] = [30, 90, 365];

/// Whether a key still opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    Live,
    /// Its time was over.
    Expired {
        at: Timestamp,
    },
    /// Somebody took it back.
    Revoked {
        at: Timestamp,
    },
    /// Its maker left the team.
    MakerLeft,
}

/// A key as its team's page lists it: never the key itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyView {
    pub id: ApiKeyId,
    pub name: String,
    /// The key's last letters, to tell keys apart.
    pub hint: String,
    pub scopes: KeyScopes,
    /// Who made it, and in whose name it acts.
    pub maker: String,
    pub state: KeyState,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// To within ten minutes.
    pub last_used_at: Option<Timestamp>,
}

/// A team's page of keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysView {
    /// The team's name.
    pub team: String,
    /// Newest first.
    pub keys: Vec<KeyView>,
}

/// A fresh key, shown once to the one who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshKey {
    pub name: String,
    /// `dbk_` and what nobody can guess. Only its hash is kept.
    pub token: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_stored_in_one_order() {
        let scopes = KeyScopes::new([KeyScope::Pay, KeyScope::Decide, KeyScope::Pay]);
        assert_eq!(scopes.text(), "decide,pay");
        assert_eq!(KeyScopes::read("decide,pay"), Ok(scopes));
        assert_eq!(KeyScopes::read(""), Ok(KeyScopes::default()));
        assert!(KeyScopes::read("decide,all").is_err());
    }

    #[test]
    fn a_key_without_scopes_only_reads() {
        let none = KeyScopes::default();
        assert!(none.allow_company(CompanyRight::ViewDeals));
        assert!(none.allow_partner(PartnerRight::ViewCommissions));
        for right in [CompanyRight::Decide, CompanyRight::PayCommissions] {
            assert!(!none.allow_company(right));
        }
        assert!(!none.allow_partner(PartnerRight::Register));
    }

    #[test]
    fn no_scope_reaches_what_is_for_people() {
        let all = KeyScopes::new(KeyScope::ALL.iter().copied());
        assert!(all.allow_company(CompanyRight::Decide));
        assert!(!all.allow_company(CompanyRight::EditTeam));
        assert!(!all.allow_company(CompanyRight::EditOffers));
        assert!(!all.allow_company(CompanyRight::DesignProgram));
    }
}
