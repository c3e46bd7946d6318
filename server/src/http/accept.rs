//! The accept loop. Ours, because a slow client must not hold a connection by sending its head byte by byte, and
//! because a stop must end within a time that a service manager waits.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt as _;

use super::stop::Stop;

/// Bytes of a request's head; cookies and long addresses fit, floods do not.
const MAX_HEAD: usize = 32 * 1024;
const MAX_HEADERS: usize = 100;
/// How long to wait when the machine has no free socket.
const PAUSE: Duration = Duration::from_millis(100);

/// What clients may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a client may take to send a request's head.
    pub head: Duration,
    /// Open connections at once.
    pub connections: usize,
    /// How long running requests may take after the stop was called.
    pub grace: Duration,
}

impl Limits {
    /// Connections for 1,000 viewers' streams with their page loads, far below usual file limits of services.
    pub fn new(head: Duration, grace: Duration) -> Self {
        Self {
            head,
            connections: 8_192,
            grace,
        }
    }
}

/// Serves until the stop is called, then lets running requests end.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: Stop) {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));

    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = stop.called() => break,
        };
        let (stream, peer, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause_after(&error).await;
                continue;
            }
        };
        let connection = connection(&builder, stream, peer, router.clone());
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%peer, %error, "a connection ended early");
            }
            drop(place);
        });
    }

    // Nobody new is let in while the others end.
    drop(listener);
    if tokio::time::timeout(limits.grace, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests still ran after {:?} and were ended", limits.grace);
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await;
    let place = place.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

fn connection(
    builder: &http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> http1::Connection<
    TokioIo<TcpStream>,
    impl hyper::service::Service<
        hyper::Request<Incoming>,
        Response = axum::response::Response,
        Error = std::convert::Infallible,
        Future: Send + 'static,
    > + use<>,
> {
    // An event must leave at once, not when a packet is full.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%peer, %error, "no TCP_NODELAY");
    }
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    builder.serve_connection(TokioIo::new(stream), service)
}

async fn pause_after(error: &io::Error) {
    // The client's own fault is over with its connection; a machine without free sockets needs a moment.
    if !matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    ) {
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        sync::mpsc,
        task::JoinHandle,
        time::timeout,
    };

    use super::*;

    /// No test waits for as long as this; without it a fault would hang instead of failing.
    const PATIENCE: Duration = Duration::from_secs(20);
    const SHORT: Duration = Duration::from_millis(100);
    const REQUEST: &[u8] = b"GET /pending HTTP/1.1\r\nHost: x\r\n\r\n";

    struct House {
        address: SocketAddr,
        stop: Stop,
        serving: JoinHandle<()>,
        /// Says when a request has come to its handler, which never answers.
        entered: mpsc::UnboundedReceiver<()>,
    }

    impl House {
        async fn open(limits: Limits) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let (enter, entered) = mpsc::unbounded_channel();
            let pending = move || async move {
                enter.send(()).unwrap();
                std::future::pending::<()>().await;
            };
            let router = Router::new().route("/pending", get(pending));
            let stop = Stop::default();
            let serving = tokio::spawn(serve(listener, router, limits, stop.clone()));
            Self {
                address,
                stop,
                serving,
                entered,
            }
        }

        async fn send(&self, bytes: &[u8]) -> TcpStream {
            let mut stream = TcpStream::connect(self.address).await.unwrap();
            stream.write_all(bytes).await.unwrap();
            stream
        }

        async fn stops(self) -> bool {
            self.stop.call();
            timeout(PATIENCE, self.serving).await.is_ok()
        }
    }

    fn limits() -> Limits {
        Limits::new(PATIENCE, SHORT)
    }

    #[tokio::test]
    async fn half_a_head_is_cut_and_reaches_nobody() {
        let mut house = House::open(Limits {
            head: SHORT,
            ..limits()
        })
        .await;
        let mut stream = house.send(&REQUEST[..REQUEST.len() - 2]).await;
        let mut rest = Vec::new();
        // Cut with or without a word.
        let cut = timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
        assert!(cut.is_ok(), "the connection stays open");
        assert!(house.entered.try_recv().is_err());
        assert!(house.stops().await);
        // The same head, whole, gets in.
        let mut house = House::open(limits()).await;
        let _stream = house.send(REQUEST).await;
        assert!(house.entered.recv().await.is_some());
        assert!(house.stops().await);
    }

    #[tokio::test]
    async fn a_request_that_does_not_end_is_left_behind() {
        let mut house = House::open(limits()).await;
        let stream = house.send(REQUEST).await;
        house.entered.recv().await.unwrap();
        assert!(house.stops().await, "it waits for ever");
        // Nobody listens any more.
        let again = TcpStream::connect(stream.peer_addr().unwrap());
        assert!(again.await.is_err());
    }

    #[tokio::test]
    async fn it_stops_while_every_place_is_taken() {
        let mut house = House::open(Limits {
            connections: 1,
            ..limits()
        })
        .await;
        let _stream = house.send(REQUEST).await;
        house.entered.recv().await.unwrap();
        // Waits for a place.
        let _waiting = house.send(REQUEST).await;
        assert!(house.stops().await, "it waits for a place");
    }
}
