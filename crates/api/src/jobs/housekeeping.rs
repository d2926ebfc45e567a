//! Forgets what is of no more use: old revocations and idempotency keys.

use crate::{App, Result};
use chrono::Duration;
use std::sync::Arc;
use store::Unscoped;

/// Tidies once an hour for as long as the process lives.
pub async fn keep_tidy(app: Arc<App>) {
    loop {
        if let Err(error) = tidy(&app).await {
            tracing::warn!(?error, "housekeeping failed");
        }
        tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
    }
}

/// # Errors
/// When the store fails.
pub async fn tidy(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.write().await?;
    let mut store = Unscoped::new(&mut tx);
    store.forget_revocations_before(now - Duration::hours(2)).await?;
    store.forget_keys_before(now - Duration::hours(24)).await?;
    Ok(tx.commit().await?)
}
