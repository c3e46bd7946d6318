//! Tells streams and jobs that the server stops.

use std::io;

use tokio::{signal, sync::watch};

/// Clones share one state: running, then stopping for good.
#[derive(Debug, Clone)]
pub struct Stop {
    sender: watch::Sender<bool>,
}

impl Default for Stop {
    fn default() -> Self {
        Self {
            sender: watch::Sender::new(false),
        }
    }
}

impl Stop {
    pub fn call(&self) {
        self.sender.send_replace(true);
    }

    /// Resolves once the server is to stop; at once if it is stopping.
    pub async fn called(&self) {
        // It cannot fail: self holds a sender.
        let _ = self.sender.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// Calls the stop on Ctrl-C and, on Unix, on the signal that service managers send. From when this returns: whoever is
    /// told later that the server listens may send it.
    pub fn on_signals(&self) -> io::Result<()> {
        let signalled = signalled()?;
        let stop = self.clone();
        tokio::spawn(async move {
            signalled.await;
            tracing::info!("stopping");
            stop.call();
        });
        Ok(())
    }
}

#[cfg(unix)]
fn signalled() -> io::Result<impl Future<Output = ()>> {
    use signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
fn signalled() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = signal::ctrl_c().await;
    })
}
