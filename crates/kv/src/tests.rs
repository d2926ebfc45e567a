use super::*;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock a test can turn, starting at the epoch.
fn turned() -> (Clock, Arc<AtomicI64>) {
    let seconds = Arc::new(AtomicI64::new(1_000_000));
    let read = Arc::clone(&seconds);
    (Arc::new(move || DateTime::from_timestamp(read.load(Ordering::SeqCst), 0).unwrap_or_default()), seconds)
}

async fn keeps_replaces_and_forgets(kv: Kv, seconds: &AtomicI64) {
    let minute = Duration::minutes(1);
    assert_eq!(kv.get("a").await.unwrap(), None);
    kv.set("a", b"1".to_vec(), minute).await.unwrap();
    kv.set("a", b"2".to_vec(), minute).await.unwrap();
    kv.set("s:1", b"x".to_vec(), Duration::hours(1)).await.unwrap();
    kv.set("s:2", b"y".to_vec(), Duration::hours(1)).await.unwrap();
    assert_eq!(kv.clone().get("a").await.unwrap().as_deref(), Some(&b"2"[..]));
    kv.delete("s:2").await.unwrap();
    assert_eq!(kv.get("s:2").await.unwrap(), None);

    seconds.fetch_add(59, Ordering::SeqCst);
    assert!(kv.get("a").await.unwrap().is_some());
    seconds.fetch_add(1, Ordering::SeqCst);
    assert_eq!(kv.get("a").await.unwrap(), None, "its end has come");

    seconds.fetch_add(120, Ordering::SeqCst);
    kv.set("s%", b"z".to_vec(), minute).await.unwrap();
    assert_eq!(kv.len().await.unwrap(), 2, "what ended is swept");
    kv.delete_prefix("s:").await.unwrap();
    assert_eq!(kv.get("s:1").await.unwrap(), None);
    assert!(kv.get("s%").await.unwrap().is_some(), "the prefix is no pattern");
    assert!(!kv.is_empty().await.unwrap());
}

#[tokio::test]
async fn memory_keeps_replaces_and_forgets() {
    let (clock, seconds) = turned();
    keeps_replaces_and_forgets(Kv::memory(clock), &seconds).await;
}

#[tokio::test]
async fn sqlite_keeps_replaces_and_forgets() {
    let folder = tempfile::tempdir().unwrap();
    let (clock, seconds) = turned();
    let kv = Kv::sqlite(&folder.path().join("web.db"), clock).await.unwrap();
    keeps_replaces_and_forgets(kv, &seconds).await;
}

#[tokio::test]
async fn sqlite_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("web.db");
    let (clock, _) = turned();
    let kv = Kv::sqlite(&path, Arc::clone(&clock)).await.unwrap();
    kv.set("a", b"1".to_vec(), Duration::hours(1)).await.unwrap();
    drop(kv);
    let kv = Kv::sqlite(&path, clock).await.unwrap();
    assert_eq!(kv.get("a").await.unwrap().as_deref(), Some(&b"1"[..]));
}

#[tokio::test]
async fn a_place_that_is_no_file_is_an_error() {
    let (clock, _) = turned();
    assert!(Kv::sqlite(Path::new("/"), clock).await.is_err());
}
