//! An endpoint that does with each message what the path says.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

/// A root that no browser knows, and what it says of `localhost`. Made for these tests, and worth nothing elsewhere.
const ROOT: &[u8] = include_bytes!("tls/root.der");
const LOCALHOST: &[u8] = include_bytes!("tls/localhost.der");
const KEY: &[u8] = include_bytes!("tls/localhost.key.der");

/// A message as it came over the wire.
#[derive(Debug, Clone)]
pub struct Taken {
    pub path: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Taken {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

pub struct Sink {
    pub address: SocketAddr,
    /// Told of a message when the last of it has come, before the sender hears the answer.
    pub taken: UnboundedReceiver<Taken>,
}

/// The roots that know the sink's certificate.
pub fn roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(ROOT)).unwrap();
    roots
}

impl Sink {
    pub async fn open() -> Self {
        Self::listen(None).await
    }

    /// The same behind TLS, as `localhost`.
    pub async fn secure() -> Self {
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(LOCALHOST)], key)
            .unwrap();
        Self::listen(Some(TlsAcceptor::from(Arc::new(config)))).await
    }

    async fn listen(tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, taken) = unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tell, tls) = (tell.clone(), tls.clone());
                tokio::spawn(async move {
                    // A sender that was killed or gave up in the middle is what these tests are about.
                    let _ = match tls {
                        Some(tls) => talk(tls.accept(stream).await?, address, &tell).await,
                        None => talk(stream, address, &tell).await,
                    };
                    std::io::Result::Ok(())
                });
            }
        });
        Self { address, taken }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    address: SocketAddr,
    tell: &UnboundedSender<Taken>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let taken = read(&mut stream).await?;
    let path = taken.path.clone();
    let _ = tell.send(taken);
    let head = match path.as_str() {
        "/silent" => std::future::pending().await,
        "/cut" => return Ok(()),
        "/nonsense" => "I am no web server\r\n\r\n".to_owned(),
        "/huge-head" => format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(100_000)),
        "/redirect" => format!(
            "HTTP/1.1 302 Found\r\nlocation: http://{address}/elsewhere\r\ncontent-length: 0\r\n\r\n"
        ),
        "/busy" => "HTTP/1.1 503 Later\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n".to_owned(),
        "/fail" => "HTTP/1.1 500 Oh\r\ncontent-length: 14\r\n\r\nno\u{7} disk\r\nleft".to_owned(),
        "/slow-body" | "/huge-body" => "HTTP/1.1 200 OK\r\n\r\n".to_owned(),
        _ => "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nthanks".to_owned(),
    };
    stream.write_all(head.as_bytes()).await?;
    stream.flush().await?;
    // Neither of these ever ends by itself.
    match path.as_str() {
        "/slow-body" => loop {
            stream.write_all(b"z").await?;
            stream.flush().await?;
            tokio::time::sleep(Duration::from_millis(100)).await;
        },
        "/huge-body" => loop {
            stream.write_all(&[b'y'; 16_384]).await?;
        },
        _ => stream.shutdown().await,
    }
}

async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<Taken> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == "\r\n" {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let path = lines[0].split(' ').nth(1).unwrap().to_owned();
    let headers: Vec<(String, String)> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.unwrap().1.parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Taken {
        path,
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}
