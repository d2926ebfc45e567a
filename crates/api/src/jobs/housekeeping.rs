//! Forgets what is of no more use: old revocations, idempotency keys, files that nothing names.

use crate::{App, Result, outside::files::FileFault};
use chrono::Duration;
use std::{sync::Arc, time::SystemTime};
use store::Unscoped;

/// A file that no row names so long after its upload has no row to come: that takes minutes.
const ORPHANED_AFTER: Duration = Duration::hours(24);

/// Tidies once an hour for as long as the process lives.
pub async fn keep_tidy(app: Arc<App>) {
    loop {
        if let Err(error) = tidy(&app).await {
            tracing::warn!(?error, "housekeeping failed");
        }
        match sweep(&app).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "files that nothing names were taken away"),
            Err(error) => tracing::warn!(?error, "files were not swept"),
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

/// Takes away files that no row names any more; how many.
///
/// # Errors
/// When the store or the folder fails.
pub async fn sweep(app: &App) -> Result<u64> {
    let fault = |fault: FileFault| crate::Error::fault(format!("{fault:?}"));
    let before = SystemTime::from(app.clock.now() - ORPHANED_AFTER);
    let mut gone = 0;
    for company in app.files.companies().await.map_err(fault)? {
        for prefix in 0..=255_u16 {
            let first = format!("{prefix:02x}");
            let older = app.files.older(&company, &first, before).await.map_err(fault)?;
            if older.is_empty() {
                continue;
            }
            // One past the last: `g` comes after every hexadecimal digit.
            let end = if prefix == 255 { "g".to_owned() } else { format!("{:02x}", prefix + 1) };
            let mut tx = app.db.read().await?;
            let named = Unscoped::new(&mut tx).named_hashes(&company, &first, &end).await?;
            drop(tx);
            for sha256 in older.iter().filter(|sha256| !named.contains(sha256)) {
                app.files.forget(&company, sha256, before).await.map_err(fault)?;
                gone += 1;
            }
        }
    }
    Ok(gone)
}
