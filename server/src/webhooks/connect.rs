//! To the very address that was checked: between the check and the connection no name is looked up again.

use std::net::SocketAddr;
use std::time::Duration;

use domain::webhooks::{HookUrl, Reach, Unreachable};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

/// Addresses of one name that are tried.
const MOST_ADDRESSES: usize = 4;
/// For one of them, so that a second is tried within the whole time.
const CONNECTING: Duration = Duration::from_secs(4);

/// A connection to one of the host's addresses that may be reached. What is said of a failure stands in the company's log,
/// and so names what its admin typed, never what a name leads to: that tells of the network in which this runs.
pub async fn connect(url: &HookUrl, reach: &Reach) -> Result<TcpStream, String> {
    let host = url.authority();
    let mut why = format!("{} has no address", url.host());
    for address in checked(url, reach).await?.into_iter().take(MOST_ADDRESSES) {
        match timeout(CONNECTING, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => why = format!("No connection to {host}: {error}"),
            Err(_) => why = format!("No connection to {host} in time"),
        }
    }
    Err(why)
}

/// The host's addresses, as they are now, that may be reached; why not, if none may.
async fn checked(url: &HookUrl, reach: &Reach) -> Result<Vec<SocketAddr>, String> {
    let found = match url.address() {
        Some(address) => vec![SocketAddr::new(address, url.port())],
        None => look_up(url).await?,
    };
    let mut fit = Vec::new();
    let mut refused = None;
    for address in found {
        match reach.check(address.ip(), url.is_https()) {
            Ok(()) => fit.push(address),
            Err(why) => refused = Some(why),
        }
    }
    match refused {
        Some(why) if fit.is_empty() => Err(refusal(url, why)),
        _ => Ok(fit),
    }
}

/// An address that was typed is named; of a name is said only that it leads to none that is public.
fn refusal(url: &HookUrl, why: Unreachable) -> String {
    let host = url.host();
    match why {
        why if url.address().is_some() => why.to_string(),
        Unreachable::Kind(..) => {
            format!("{host} leads to an address that is not public, to which nothing is sent")
        }
        Unreachable::Unencrypted(_) => format!("{host} is reached only by https"),
    }
}

async fn look_up(url: &HookUrl) -> Result<Vec<SocketAddr>, String> {
    let found = lookup_host((url.host(), url.port())).await;
    let found = found.map_err(|error| format!("{} was not found: {error}", url.host()))?;
    Ok(found.collect())
}

pub async fn encrypt(
    tls: &TlsConnector,
    url: &HookUrl,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, String> {
    let name = ServerName::try_from(url.host().to_owned())
        .map_err(|_| format!("{} is no name that a certificate can have", url.host()))?;
    let secured = tls.connect(name, stream).await;
    secured.map_err(|error| format!("No secure connection to {}: {error}", url.host()))
}
