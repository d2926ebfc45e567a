//! Sends what waits in the outbox: at least once, with pauses that grow, for a day.

use crate::{App, Result, outside::letters::Letter};
use chrono::Duration;
use std::sync::Arc;
use store::{Unscoped, unscoped::Pending};

/// Nobody else takes what was taken for this long.
const HOLD: Duration = Duration::minutes(2);
const GIVE_UP_AFTER: Duration = Duration::hours(24);

/// Sends for as long as the process lives.
pub async fn keep_sending(app: Arc<App>) {
    loop {
        match send_due(&app).await {
            Ok(0) => {
                tokio::select! {
                    () = tokio::time::sleep(std::time::Duration::from_secs(10)) => {}
                    () = app.outbox_bell.notified() => {}
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(?error, "the outbox could not be worked on");
                tokio::time::sleep(std::time::Duration::from_secs(5)).await;
            }
        }
    }
}

/// Sends what is due now; how many were taken.
///
/// # Errors
/// When the store fails.
pub async fn send_due(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let waiting = Unscoped::new(&mut tx).anything_pending(now).await?;
    drop(tx);
    if !waiting {
        return Ok(0);
    }
    let mut tx = app.db.write().await?;
    let pending = Unscoped::new(&mut tx).take_pending(20, now + HOLD, now).await?;
    tx.commit().await?;
    let taken = pending.len();
    for item in pending {
        let outcome = send(app, &item).await;
        let now = app.clock.now();
        let mut tx = app.db.write().await?;
        let mut store = Unscoped::new(&mut tx);
        match outcome {
            Ok(()) => store.mark_sent(item.outbox_id, now).await?,
            Err((reason, is_permanent)) => {
                let is_over = is_permanent || now - item.created_at > GIVE_UP_AFTER;
                let pause = Duration::seconds(30 << item.attempts.clamp(0, 7))
                    + Duration::seconds(item.outbox_id % 15);
                tracing::warn!(outbox_id = item.outbox_id, reason, is_over, "a mail was not sent");
                store.mark_failed(item.outbox_id, (!is_over).then_some(now + pause), &reason).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(taken)
}

async fn send(app: &App, item: &Pending) -> std::result::Result<(), (String, bool)> {
    let letter: Letter =
        serde_json::from_value(item.payload.clone()).map_err(|error| (error.to_string(), true))?;
    let (subject, text) = letter.write();
    let calendar = letter.calendar();
    let sent = app.mailer.send(&letter.to, &letter.name, &subject, &text, calendar.as_ref()).await;
    sent.map_err(|undelivered| (undelivered.reason, undelivered.is_permanent))
}
