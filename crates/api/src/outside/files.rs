//! Files people hand in: taken in as they arrive, kept under their hash, one folder for each company.
//!
//! [`receive`] writes to a spool file that is gone again unless a [`Files`] keeps it, so an upload that breaks off
//! leaves nothing. A kept file that no row names is an orphan, and housekeeping takes it away after a day.

use axum::body::Bytes;
use contract::Chunks;
use futures_util::{StreamExt, TryStreamExt, future::BoxFuture};
use sha2::{Digest, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tokio::{fs, io::AsyncWriteExt, time::timeout};
use tokio_util::io::ReaderStream;

/// A sender that is silent for so long is given up.
const STALLED: Duration = Duration::from_secs(20);
/// What is looked at to tell the kind.
const HEAD: usize = 8 * 1024;

#[derive(Debug)]
pub enum FileFault {
    TooLarge,
    /// No room on the disk.
    Full,
    /// The sender broke off or stood still.
    BrokenOff,
    /// The bytes are not there.
    Missing,
    Io(io::Error),
}

impl From<io::Error> for FileFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

/// A file that has arrived whole and is not kept yet; dropped, it is gone.
#[derive(Debug)]
pub struct Received {
    path: PathBuf,
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
    /// How it begins.
    pub head: Vec<u8>,
}

impl Drop for Received {
    fn drop(&mut self) {
        // Kept files have been moved away already.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Where files are kept.
pub trait Files: Send + Sync {
    /// Where files arrive, before anybody has looked at them.
    fn spool(&self) -> &Path;
    /// Keeps what arrived under its hash; the same bytes are kept once for each company.
    fn keep<'a>(&'a self, company: &'a str, file: &'a Received) -> BoxFuture<'a, Result<(), FileFault>>;
    /// How long it is, and its bytes.
    fn open<'a>(
        &'a self,
        company: &'a str,
        sha256: &'a str,
    ) -> BoxFuture<'a, Result<(u64, Chunks), FileFault>>;
    /// The companies that have files.
    fn companies(&self) -> BoxFuture<'_, Result<Vec<String>, FileFault>>;
    /// The files of a company whose hash begins with `prefix` and that were kept before `before`.
    fn older<'a>(
        &'a self,
        company: &'a str,
        prefix: &'a str,
        before: SystemTime,
    ) -> BoxFuture<'a, Result<Vec<String>, FileFault>>;
    /// Takes a file away if it was kept before `before`.
    fn forget<'a>(
        &'a self,
        company: &'a str,
        sha256: &'a str,
        before: SystemTime,
    ) -> BoxFuture<'a, Result<(), FileFault>>;
}

/// Takes a file in, piece by piece, and at most so many bytes.
///
/// # Errors
/// What kept it from arriving; nothing is left of it then.
pub async fn receive(spool: &Path, mut chunks: Chunks, most: u64) -> Result<Received, FileFault> {
    fs::create_dir_all(spool).await?;
    let path = spool.join(crate::secret::random());
    let mut received = Received { path, size: 0, sha256: String::new(), head: Vec::new() };
    let mut file = fs::File::create_new(&received.path).await?;
    let mut hash = Sha256::new();
    loop {
        let next = timeout(STALLED, chunks.next()).await.map_err(|_| FileFault::BrokenOff)?;
        let Some(chunk) = next else { break };
        let chunk: Bytes = chunk.map_err(|_| FileFault::BrokenOff)?;
        received.size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if received.size > most {
            return Err(FileFault::TooLarge);
        }
        let room = HEAD.saturating_sub(received.head.len()).min(chunk.len());
        received.head.extend_from_slice(&chunk[..room]);
        hash.update(&chunk);
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    file.sync_all().await?;
    received.sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(received)
}

/// A folder of this machine, or one that several machines share.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    spool: PathBuf,
}

impl Folder {
    /// Nothing is made before the first file comes.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Self { spool: root.join("arriving"), root }
    }

    fn place(&self, company: &str, sha256: &str) -> PathBuf {
        self.root.join(company).join(&sha256[..2]).join(sha256)
    }
}

async fn names(folder: &Path) -> Result<Vec<String>, FileFault> {
    let mut names = Vec::new();
    let mut entries = match fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(names),
        Err(error) => return Err(error.into()),
    };
    while let Some(entry) = entries.next_entry().await? {
        names.extend(entry.file_name().into_string().ok());
    }
    Ok(names)
}

impl Files for Folder {
    fn spool(&self) -> &Path {
        &self.spool
    }

    fn keep<'a>(&'a self, company: &'a str, file: &'a Received) -> BoxFuture<'a, Result<(), FileFault>> {
        Box::pin(async move {
            let place = self.place(company, &file.sha256);
            let folder = place.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder).await?;
            // Also over the same bytes: what is kept anew is young, and nobody sweeps it away.
            fs::rename(&file.path, &place).await?;
            fs::File::open(folder).await?.sync_all().await?;
            Ok(())
        })
    }

    fn open<'a>(
        &'a self,
        company: &'a str,
        sha256: &'a str,
    ) -> BoxFuture<'a, Result<(u64, Chunks), FileFault>> {
        Box::pin(async move {
            let file = fs::File::open(self.place(company, sha256)).await?;
            let size = file.metadata().await?.len();
            let chunks: Chunks = Box::pin(ReaderStream::with_capacity(file, 64 * 1024).map_err(Into::into));
            Ok((size, chunks))
        })
    }

    fn companies(&self) -> BoxFuture<'_, Result<Vec<String>, FileFault>> {
        Box::pin(async move {
            let mut companies = names(&self.root).await?;
            companies.retain(|name| name != "arriving");
            Ok(companies)
        })
    }

    fn older<'a>(
        &'a self,
        company: &'a str,
        prefix: &'a str,
        before: SystemTime,
    ) -> BoxFuture<'a, Result<Vec<String>, FileFault>> {
        Box::pin(async move {
            let mut older = Vec::new();
            for name in names(&self.root.join(company).join(prefix)).await? {
                let kept_at = fs::metadata(self.place(company, &name)).await?.modified()?;
                if kept_at < before {
                    older.push(name);
                }
            }
            Ok(older)
        })
    }

    fn forget<'a>(
        &'a self,
        company: &'a str,
        sha256: &'a str,
        before: SystemTime,
    ) -> BoxFuture<'a, Result<(), FileFault>> {
        Box::pin(async move {
            let place = self.place(company, sha256);
            if fs::metadata(&place).await?.modified()? < before {
                fs::remove_file(&place).await?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(parts: Vec<Result<Bytes, &'static str>>) -> Chunks {
        Box::pin(futures_util::stream::iter(parts).map_err(Into::into))
    }

    #[tokio::test]
    async fn the_same_bytes_are_kept_once_and_what_breaks_off_leaves_nothing() {
        let root = std::env::temp_dir().join(format!("naru-files-{}", crate::secret::random()));
        let files = Folder::new(root.clone());
        let whole = || chunks(vec![Ok("가나".into()), Ok("다".into())]);
        let first = receive(files.spool(), whole(), 9).await.expect("nine bytes");
        assert_eq!((first.size, first.head.as_slice()), (9, "가나다".as_bytes()));
        files.keep("000-00-00001", &first).await.expect("kept");
        let again = receive(files.spool(), whole(), 9).await.expect("again");
        assert_eq!(again.sha256, first.sha256);
        files.keep("000-00-00001", &again).await.expect("kept again");
        drop((first, again));
        assert!(matches!(receive(files.spool(), whole(), 8).await, Err(FileFault::TooLarge)));
        let broken = chunks(vec![Ok("가".into()), Err("gone")]);
        assert!(matches!(receive(files.spool(), broken, 9).await, Err(FileFault::BrokenOff)));
        assert!(names(files.spool()).await.expect("a folder").is_empty(), "nothing is left in the spool");

        assert_eq!(files.companies().await.expect("one"), ["000-00-00001"]);
        let sha256 = "7f9a0e8a3d5b";
        assert!(matches!(files.open("000-00-00001", sha256).await, Err(FileFault::Missing)));
        #[expect(clippy::disallowed_methods, reason = "files bear the time of the disk")]
        let later = SystemTime::now() + Duration::from_secs(60);
        let all = async || {
            let mut all = Vec::new();
            for prefix in 0..=255_u8 {
                all.extend(
                    files.older("000-00-00001", &format!("{prefix:02x}"), later).await.expect("names"),
                );
            }
            all
        };
        let kept = all().await;
        assert_eq!(kept.len(), 1);
        let (size, bytes) = files.open("000-00-00001", &kept[0]).await.expect("there");
        let bytes: Vec<Bytes> = bytes.try_collect().await.expect("readable");
        assert_eq!((size, bytes.concat()), (9, "가나다".into()));
        files.forget("000-00-00001", &kept[0], SystemTime::UNIX_EPOCH).await.expect("too young to go");
        assert_eq!(all().await.len(), 1);
        files.forget("000-00-00001", &kept[0], later).await.expect("gone");
        assert!(all().await.is_empty());
        std::fs::remove_dir_all(root).expect("tidied");
    }
}
