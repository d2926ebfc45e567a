//! A private PostgreSQL that a test may stop: own folder, own port, stopped by its own pid file.

use crate::server::free_addresses;
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

pub struct Cluster {
    folder: TempDir,
    bin: PathBuf,
    port: u16,
    is_root: bool,
}

/// Whether tests with PostgreSQL are wanted: `./test` and CI set it.
#[expect(clippy::disallowed_methods, reason = "tests are told of their servers by the environment")]
pub fn is_wanted() -> bool {
    let wanted = std::env::var_os("NARU_TEST_POSTGRES").is_some();
    assert!(wanted || std::env::var_os("CI").is_none(), "NARU_TEST_POSTGRES must be set on CI: run ./test");
    wanted
}

impl Cluster {
    /// Makes and starts one that waits for the disk, as in production.
    pub fn start() -> Self {
        let id = Command::new("id").arg("-u").output().expect("id runs");
        let is_root = id.stdout.starts_with(b"0\n");
        // PostgreSQL refuses to run as root, and its account must reach the folder.
        let folder = tempfile::Builder::new().prefix("naru-pg-").tempdir_in("/var/tmp").expect("a folder");
        if is_root {
            let owned =
                Command::new("chown").arg("postgres").arg(folder.path()).status().expect("chown runs");
            assert!(owned.success());
        }
        let [address] = free_addresses();
        let cluster = Self { folder, bin: newest_bin(), port: address.port(), is_root };
        cluster.run("initdb", &["-U", "naru", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
        cluster.resume();
        cluster
    }

    pub fn url(&self) -> String {
        format!("postgres://naru@127.0.0.1:{}/postgres", self.port)
    }

    /// Stops it as a crash would.
    pub fn stop(&self) {
        self.run("pg_ctl", &["stop", "-m", "immediate", "-w"]);
    }

    pub fn resume(&self) {
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", self.port);
        self.run("pg_ctl", &["start", "-w", "-l", &self.path("log"), "-o", &options]);
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        let mut command = if self.is_root {
            let mut command = Command::new("/usr/sbin/runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let data = self.path("data");
        let done =
            command.args(arguments).args(["-D", &data]).stdout(Stdio::null()).stdin(Stdio::null()).status();
        assert!(done.expect("PostgreSQL is installed").success(), "{arguments:?}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if Path::new(&self.path("data/postmaster.pid")).exists() {
            self.stop();
        }
    }
}

fn newest_bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("Debian's PostgreSQL");
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .collect();
    versions.sort();
    versions.pop().expect("a version of PostgreSQL").1
}
