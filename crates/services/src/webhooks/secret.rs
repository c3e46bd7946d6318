//! Secrets and signatures of the scheme `v1`: HMAC-SHA256 over `id.timestamp.body`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use store::webhooks::Secret;
use store::webhooks::endpoints::EndpointRow;

use crate::ServiceError;
use crate::accounts::random;

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// 256 bits, in the middle of what the specification asks for (24 to 64 bytes).
pub(crate) fn new_secret() -> Result<Secret, ServiceError> {
    let key = STANDARD.encode(random::<32>()?);
    Ok(Secret(format!("{PREFIX}{key}")))
}

/// The header's value: a signature by each secret that counts at that time, the newest first.
pub(super) fn signatures(
    endpoint: &EndpointRow,
    id: &str,
    at: Timestamp,
    body: &str,
) -> Result<String, ServiceError> {
    let content = format!("{id}.{}.{body}", at.seconds());
    let mut signed = sign(&endpoint.secret, &content)?;
    let old = endpoint.old_secret.as_ref().zip(endpoint.old_secret_until);
    if let Some((old, until)) = old
        && at < until
    {
        signed.push(' ');
        signed.push_str(&sign(old, &content)?);
    }
    Ok(signed)
}

fn sign(secret: &Secret, content: &str) -> Result<String, ServiceError> {
    let unfit = || ServiceError::Internal("a webhook's secret is not readable".into());
    let key = secret.0.strip_prefix(PREFIX).ok_or_else(unfit)?;
    let key = STANDARD.decode(key).map_err(|_| unfit())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| unfit())?;
    mac.update(content.as_bytes());
    let code = STANDARD.encode(mac.finalize().into_bytes());
    Ok(format!("v1,{code}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::webhooks::{EndpointState, EventPicker};
    use uuid::Uuid;

    fn endpoint(secret: &str, old: Option<(&str, Timestamp)>) -> EndpointRow {
        EndpointRow {
            id: Uuid::nil().into(),
            company_id: Uuid::nil().into(),
            url: String::new(),
            description: String::new(),
            events: EventPicker::All,
            state: EndpointState::Enabled,
            secret: Secret(secret.to_owned()),
            old_secret: old.map(|(secret, _)| Secret(secret.to_owned())),
            old_secret_until: old.map(|(_, until)| until),
            failing_since: None,
            failures: 0,
            created_at: Timestamp(0),
            version: 1,
        }
    }

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const BODY: &str = r#"{"test": 2432232314}"#;
    const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn it_signs_as_the_specification_does_in_its_example() {
        let at = Timestamp::from_seconds(AT);
        let signed = signatures(&endpoint(SECRET, None), ID, at, BODY).unwrap();
        assert_eq!(signed, SIGNED);
    }

    #[test]
    fn while_a_rotation_lasts_both_sign_the_newest_first() {
        let new = new_secret().unwrap();
        let until = Timestamp::from_seconds(AT + 1);
        let endpoint = endpoint(&new.0, Some((SECRET, until)));
        let signed = signatures(&endpoint, ID, Timestamp::from_seconds(AT), BODY).unwrap();
        let (first, second) = signed.split_once(' ').unwrap();
        assert_eq!(second, SIGNED);
        assert_ne!(first, SIGNED);
        let later = signatures(&endpoint, ID, until, BODY).unwrap();
        assert!(!later.contains(' '), "{later}");
    }

    #[test]
    fn secrets_differ_are_long_enough_and_are_not_printed() {
        let (one, two) = (new_secret().unwrap(), new_secret().unwrap());
        assert_ne!(one, two);
        let key = STANDARD
            .decode(one.0.strip_prefix(PREFIX).unwrap())
            .unwrap();
        assert_eq!(key.len(), 32);
        assert!(!format!("{one:?}").contains(&one.0));
        assert!(signatures(&endpoint("secret", None), ID, Timestamp(0), BODY).is_err());
    }
}
