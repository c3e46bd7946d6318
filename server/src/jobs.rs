//! What is done now and then, beside the requests.

use std::{future::Future, time::Duration};

use services::Services;
use tokio::task::JoinHandle;

use crate::{files, http::stop::Stop};

/// A protection that ran out is refused at once by the rule; the sweep only writes it down.
const PAUSE: Duration = Duration::from_mins(1);
/// What a killed server left of uploads only takes space, and is old before it is looked at.
const LEFTOVERS_PAUSE: Duration = Duration::from_hours(1);
/// What is new is heard of at once; this is for what waits for its next try, and for what a killed process left.
const QUEUE_PAUSE: Duration = Duration::from_secs(2);
/// How long what is in hand may still take when the server stops, well within the time that a stop may take. What is not
/// settled by then goes out again after the lease.
const QUEUE_GRACE: Duration = Duration::from_secs(5);

/// The running jobs.
pub struct Jobs {
    running: Vec<(&'static str, JoinHandle<()>)>,
}

impl Jobs {
    /// Waits until the work at hand is done.
    pub async fn ended(self) {
        for (name, job) in self.running {
            if let Err(error) = job.await {
                tracing::error!(%error, "{name} ended badly");
            }
        }
    }
}

/// Starts them; they end with the server. Several processes may work on one database: each step of the sweep is one
/// transaction that finds nothing if another was first, and each mail, message to a webhook and import is taken
/// under a lease.
pub fn start(services: Services, stop: Stop) -> Jobs {
    let mut running = Vec::new();
    if services.sends_mail() {
        let mail = tokio::spawn(deliver(services.clone(), stop.clone()));
        running.push(("the delivery of mail", mail));
    }
    let hooks = tokio::spawn(call_webhooks(services.clone(), stop.clone()));
    running.push(("the calling of webhooks", hooks));
    let imports = tokio::spawn(work_on_imports(services.clone(), stop.clone()));
    running.push(("the work on imports", imports));
    let leftovers = tokio::spawn(sweep_uploads(services.clone(), stop.clone()));
    running.push(("the sweep of uploads", leftovers));
    let sweep = tokio::spawn(async move {
        loop {
            sweep(&services).await;
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = stop.called() => return,
            }
        }
    });
    running.push(("the sweep", sweep));
    Jobs { running }
}

async fn sweep(services: &Services) {
    match services.expire_protections().await {
        Ok(0) => {}
        Ok(deals) => tracing::info!(deals, "protections ended"),
        Err(error) => tracing::warn!(%error, "cannot end protections"),
    }
    match services.publish_due_forms().await {
        Ok(0) => {}
        Ok(forms) => tracing::info!(forms, "scheduled forms published"),
        Err(error) => tracing::warn!(%error, "cannot publish scheduled forms"),
    }
    if let Err(error) = services.forget_expired().await {
        tracing::warn!(%error, "cannot forget what is old");
    }
}

async fn sweep_uploads(services: Services, stop: Stop) {
    loop {
        let folder = services.config().files_folder.clone();
        let swept = tokio::task::spawn_blocking(move || files::sweep(&folder, files::ABANDONED));
        match swept.await {
            Ok(Ok(0)) => {}
            Ok(Ok(files)) => tracing::info!(files, "unfinished uploads deleted"),
            Ok(Err(error)) => tracing::warn!(%error, "cannot delete unfinished uploads"),
            Err(error) => tracing::warn!(%error, "the sweep of uploads ended badly"),
        }
        tokio::select! {
            () = tokio::time::sleep(LEFTOVERS_PAUSE) => {}
            () = stop.called() => return,
        }
    }
}

async fn deliver(services: Services, stop: Stop) {
    let mut news = services.mail_news();
    loop {
        let more = match in_grace(&stop, services.deliver_due()).await {
            Some(Ok(delivered)) => delivered.taken() > 0,
            Some(Err(error)) => {
                tracing::warn!(%error, "cannot deliver mail");
                false
            }
            None => return,
        };
        if more {
            continue;
        }
        tokio::select! {
            () = news.heard() => {}
            () = tokio::time::sleep(QUEUE_PAUSE) => {}
            () = stop.called() => return,
        }
    }
}

/// A few steps at a time, so that a stop comes between them; what was done is kept with each.
async fn work_on_imports(services: Services, stop: Stop) {
    let mut news = services.import_news();
    loop {
        let more = match in_grace(&stop, services.work_on_imports()).await {
            Some(Ok(more)) => more,
            Some(Err(error)) => {
                tracing::warn!(%error, "cannot work on imports");
                false
            }
            None => return,
        };
        if more {
            continue;
        }
        tokio::select! {
            () = news.heard() => {}
            () = tokio::time::sleep(QUEUE_PAUSE) => {}
            () = stop.called() => return,
        }
    }
}

/// An endpoint that does not answer keeps its own courier and nobody else: the others go on meanwhile.
async fn call_webhooks(services: Services, stop: Stop) {
    let (mut news, mut couriers) = (services.hook_news(), services.couriers());
    loop {
        if let Err(error) = couriers.send_out().await {
            tracing::warn!(%error, "cannot call webhooks");
        }
        tokio::select! {
            back = couriers.one_back() => {
                if let Err(error) = back {
                    tracing::warn!(%error, "cannot call a webhook");
                }
            }
            () = news.heard() => {}
            () = tokio::time::sleep(QUEUE_PAUSE) => {}
            () = stop.called() => break,
        }
    }
    let _ = tokio::time::timeout(QUEUE_GRACE, couriers.all_back()).await;
}

/// Runs the work to its end; once the server stops, only as long as the grace lasts. `None`: it stops.
async fn in_grace<T>(stop: &Stop, work: impl Future<Output = T>) -> Option<T> {
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => return Some(done),
        () = stop.called() => {}
    }
    let _ = tokio::time::timeout(QUEUE_GRACE, work).await;
    None
}
