//! SQLite limit: rusqlite by hand (bundled), WAL.
//! Reads: one connection per runtime worker thread, run on the worker itself (a read takes tens of µs;
//! MODE=blocking moves each to the blocking pool instead). Writes: one thread that owns the write connection and
//! commits whatever waits in its queue as one transaction (group commit).
use std::{cell::RefCell, sync::{Arc, LazyLock}};

use axum::{Json as Body, Router, extract::{Path, Query, State}, http::StatusCode, response::IntoResponse, routing::{get, post, put}};
use chrono::{DateTime, Utc};
use reference::{AssignedQuery, Error, ListQuery, Me, MemoIn, Result, StatusIn, env, env_str};
use limit::*;
use rusqlite::{Connection, OpenFlags, Row, ToSql, params};
use tokio::sync::{mpsc, oneshot};

static LIST: LazyLock<Vec<String>> = LazyLock::new(|| (0..8).map(|m| list_sql(m, "LIKE")).collect());
static GET: LazyLock<String> = LazyLock::new(|| format!("SELECT {USER_COLS} WHERE u.id=$1"));
static ASSIGNED: LazyLock<String> = LazyLock::new(|| format!("SELECT {TASK_COLS} FROM task_assign WHERE mentorship_id=$1 ORDER BY week,id"));
static STATUS: LazyLock<String> = LazyLock::new(|| format!("UPDATE task_assign SET status=?2 WHERE id=?1 RETURNING {TASK_COLS}"));
const MEMO: &str = "INSERT INTO memo(task_id,user_id,content,created_at) VALUES($1,$2,$3,$4) RETURNING id";
const MENTORSHIP: &str = "SELECT m.id,m.start_date,m.end_date,u.id,u.name,u.email,c.id,c.title,c.weeks FROM mentorship m \
    JOIN users u ON u.id=m.mentor_id JOIN curriculum c ON c.id=m.curriculum_id \
    WHERE m.mentee_id=$1 AND m.is_active ORDER BY m.id LIMIT 1";

fn open(ro: bool) -> Connection {
    let f = if ro { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let c = Connection::open_with_flags(env_str("DB", "reference.db"), f | OpenFlags::SQLITE_OPEN_NO_MUTEX).unwrap();
    c.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    let sync = if env("FULL", false) { "FULL" } else { "NORMAL" };
    c.execute_batch(&format!("PRAGMA synchronous={sync}; PRAGMA mmap_size=268435456; PRAGMA cache_size=-16384;")).unwrap();
    if !ro { c.execute_batch("PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;").unwrap() }
    c.set_prepared_statement_cache_capacity(64);
    c
}

thread_local! { static READ: RefCell<Connection> = RefCell::new(open(true)); }
static BLOCKING: LazyLock<bool> = LazyLock::new(|| env_str("MODE", "inline") == "blocking");

async fn read<T: Send + 'static>(f: impl FnOnce(&Connection) -> Result<T> + Send + 'static) -> Result<T> {
    let run = || READ.with_borrow(f);
    if *BLOCKING { tokio::task::spawn_blocking(run).await? } else { run() }
}

/// A write: done inside the writer's transaction, answered after its commit.
type Job = Box<dyn FnOnce(&Connection) -> Box<dyn FnOnce() + Send> + Send>;

struct Writer(mpsc::UnboundedSender<Job>);
impl Writer {
    fn start() -> Self {
        let (tx, mut rx) = mpsc::unbounded_channel::<Job>();
        std::thread::spawn(move || {
            let c = open(false);
            let mut replies = Vec::new();
            while let Some(job) = rx.blocking_recv() {
                c.execute_batch("BEGIN IMMEDIATE").unwrap();
                replies.push(job(&c));
                while let Ok(job) = rx.try_recv() {
                    replies.push(job(&c));
                    if replies.len() == 64 { break; }
                }
                c.execute_batch("COMMIT").unwrap();
                replies.drain(..).for_each(|r| r());
            }
        });
        Writer(tx)
    }
    async fn run<T: Send + 'static>(&self, f: impl FnOnce(&Connection) -> Result<T> + Send + 'static) -> Result<T> {
        let (tx, rx) = oneshot::channel();
        let job: Job = Box::new(move |c| { let v = f(c); Box::new(move || drop(tx.send(v))) });
        self.0.send(job).map_err(|_| Error::Internal("writer is gone".into()))?;
        rx.await?
    }
}

fn user<'a>(r: &'a Row) -> rusqlite::Result<User<'a, &'a str>> {
    let s = |i| r.get_ref(i).and_then(|v| Ok(v.as_str()?));
    let o = |i| r.get_ref(i).and_then(|v| Ok(v.as_str_or_null()?));
    Ok(User {
        id: r.get(0)?, email: s(1)?, name: s(2)?, role: s(3)?, position: o(4)?, is_active: r.get(5)?, join_date: s(6)?,
        department: match r.get::<_, Option<i64>>(7)? {
            Some(id) => Some(Department { id, name: s(8)?, description: o(9)?, is_active: r.get(10)?, company_id: r.get(11)? }),
            None => None,
        },
        company: match r.get::<_, Option<i64>>(12)? { Some(id) => Some(Company { id, name: s(13)? }), None => None },
    })
}

fn task<'a>(r: &'a Row) -> rusqlite::Result<Task<'a, &'a str>> {
    let s = |i| r.get_ref(i).and_then(|v| Ok(v.as_str()?));
    let o = |i| r.get_ref(i).and_then(|v| Ok(v.as_str_or_null()?));
    Ok(Task {
        id: r.get(0)?, mentorship_id: r.get(1)?, title: s(2)?, description: s(3)?, status: s(4)?, priority: s(5)?, week: r.get(6)?,
        start_date: s(7)?, end_date: s(8)?, real_end_date: o(9)?,
    })
}

fn none(e: rusqlite::Error) -> Error {
    match e { rusqlite::Error::QueryReturnedNoRows => Error::NotFound, e => e.into() }
}

type Ctx = State<Arc<Writer>>;

async fn list(_: Me, Query(q): Query<ListQuery>) -> Result<Json> {
    read(move |c| {
        let search = q.search.filter(|s| !s.is_empty()).map(|s| format!("%{s}%"));
        let (mut mask, mut p) = (0, Vec::<&dyn ToSql>::with_capacity(5));
        if let Some(s) = &search { mask |= SEARCH; p.push(s) }
        if let Some(d) = &q.department_id { mask |= DEPARTMENT; p.push(d) }
        if let Some(r) = &q.role { mask |= ROLE; p.push(r) }
        p.extend([&q.limit as &dyn ToSql, &q.skip]);
        let mut st = c.prepare_cached(&LIST[mask])?;
        let mut rows = st.query(&p[..])?;
        let mut out = Json::new(16 * 1024);
        out.raw("[");
        while let Some(r) = rows.next()? { out.item(&user(r)?) }
        out.raw("]");
        Ok(out)
    }).await
}

async fn get_user(_: Me, Path(id): Path<i64>) -> Result<Json> {
    read(move |c| c.prepare_cached(&GET)?.query_row([id], |r| {
        let mut out = Json::new(512);
        out.val(&user(r)?);
        Ok(out)
    }).map_err(none)).await
}

async fn assigned(_: Me, Query(q): Query<AssignedQuery>) -> Result<Json> {
    read(move |c| {
        let mut st = c.prepare_cached(&ASSIGNED)?;
        let mut rows = st.query([q.mentorship_id])?;
        let mut out = Json::new(16 * 1024);
        out.raw("[");
        while let Some(r) = rows.next()? { out.item(&task(r)?) }
        out.raw("]");
        Ok(out)
    }).await
}

async fn set_status(State(w): Ctx, _: Me, Path(id): Path<i64>, Body(b): Body<StatusIn>) -> Result<Json> {
    w.run(move |c| c.prepare_cached(&STATUS)?.query_row(params![id, b.status], |r| {
        let mut out = Json::new(512);
        out.val(&task(r)?);
        Ok(out)
    }).map_err(none)).await
}

async fn add_memo(State(w): Ctx, Me(me): Me, Body(b): Body<MemoIn>) -> Result<impl IntoResponse> {
    let out = w.run(move |c| {
        let at: DateTime<Utc> = Utc::now();
        let id = c.prepare_cached(MEMO)?.query_row(params![b.task_id, me, b.content, at], |r| r.get(0))?;
        let mut out = Json::new(256);
        out.val(&Memo { id, task_id: b.task_id, user_id: me, content: &b.content, created_at: at });
        Ok(out)
    }).await?;
    Ok((StatusCode::CREATED, out))
}

async fn dashboard(Me(me): Me) -> Result<Json> {
    read(move |c| {
        let mut st = c.prepare_cached(MENTORSHIP)?;
        let mut ms = st.query([me])?;
        let m = ms.next()?.ok_or(Error::NotFound)?;
        let s = |i| m.get_ref(i).and_then(|v| Ok(v.as_str()?));
        let m = Mentorship {
            id: m.get(0)?, start_date: s(1)?, end_date: m.get_ref(2)?.as_str_or_null()?,
            mentor: Mentor { id: m.get(3)?, name: s(4)?, email: s(5)? },
            curriculum: Curriculum { id: m.get(6)?, title: s(7)?, weeks: m.get(8)? },
        };
        let mut st = c.prepare_cached(&ASSIGNED)?;
        let mut rows = st.query([m.id])?;
        let (mut g, mut total, mut done) = (Groups::default(), 0, 0);
        while let Some(r) = rows.next()? { total += 1; done += g.push(&task(r)?) as usize }
        Ok(g.finish(&m, total, done))
    }).await
}

fn main() {
    reference::serve(|| async {
        Router::new()
            .route("/api/users/", get(list))
            .route("/api/users/{id}", get(get_user))
            .route("/api/tasks/assigned", get(assigned))
            .route("/api/tasks/{id}/status", put(set_status))
            .route("/api/memos", post(add_memo))
            .route("/api/mentee/dashboard", get(dashboard))
            .with_state(Arc::new(Writer::start()))
    });
}
