//! PostgreSQL limit: tokio-postgres by hand, borrowed rows to JSON bytes.
//! MODE=pool: deadpool, statements cached per connection (one request holds one connection).
//! MODE=shared: $POOL connections shared by all requests, queries pipelined, statements prepared once.
use std::sync::{Arc, LazyLock, atomic::{AtomicUsize, Ordering::Relaxed}};

use axum::{Json as Body, Router, extract::{Path, Query, State}, http::StatusCode, response::IntoResponse, routing::{get, post, put}};
use chrono::{DateTime, NaiveDate, Utc};
use reference::{AssignedQuery, Error, ListQuery, Me, MemoIn, Result, StatusIn, env, env_str};
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use futures_util::{TryStreamExt, future::try_join, pin_mut};
use limit::*;
use tokio_postgres::{Client, NoTls, Row, Statement, types::ToSql};

const GET: usize = 8;
const ASSIGNED: usize = 9;
const STATUS: usize = 10;
const MEMO: usize = 11;
const MENTORSHIP: usize = 12;
const MY_TASKS: usize = 13;

static SQL: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut v: Vec<String> = (0..8).map(|m| list_sql(m, "ILIKE")).collect();
    v.push(format!("SELECT {USER_COLS} WHERE u.id=$1"));
    v.push(format!("SELECT {TASK_COLS} FROM task_assign WHERE mentorship_id=$1 ORDER BY week,id"));
    v.push(format!("UPDATE task_assign SET status=$2 WHERE id=$1 RETURNING {TASK_COLS}"));
    v.push("INSERT INTO memo(task_id,user_id,content) VALUES($1,$2,$3) RETURNING id,created_at".into());
    v.push("SELECT m.id,m.start_date,m.end_date,u.id,u.name,u.email,c.id,c.title,c.weeks FROM mentorship m \
        JOIN users u ON u.id=m.mentor_id JOIN curriculum c ON c.id=m.curriculum_id \
        WHERE m.mentee_id=$1 AND m.is_active ORDER BY m.id LIMIT 1".into());
    v.push(format!("SELECT {TASK_COLS} FROM task_assign WHERE mentorship_id=(SELECT id FROM mentorship \
        WHERE mentee_id=$1 AND is_active ORDER BY id LIMIT 1) ORDER BY week,id"));
    v
});

struct Conn { client: Client, stmts: Vec<Statement> }
enum Db { Pool(Pool), Shared(Vec<Conn>, AtomicUsize) }
enum Handle<'a> { Pooled(deadpool_postgres::Client), Shared(&'a Conn) }

impl Db {
    async fn open() -> Self {
        let conf: tokio_postgres::Config = env_str("DATABASE_URL", "postgresql://naru@127.0.0.1:5432/reference").parse().unwrap();
        let n = env("POOL", 8usize);
        if env_str("MODE", "shared") == "pool" {
            let m = Manager::from_config(conf, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
            return Db::Pool(Pool::builder(m).max_size(n).build().unwrap());
        }
        let mut v = Vec::new();
        for _ in 0..n {
            let (client, conn) = conf.connect(NoTls).await.unwrap();
            tokio::spawn(conn);
            let mut stmts = Vec::new();
            for q in SQL.iter() { stmts.push(client.prepare(q).await.unwrap()); }
            v.push(Conn { client, stmts });
        }
        Db::Shared(v, AtomicUsize::new(0))
    }
    async fn get(&self) -> Result<Handle<'_>> {
        Ok(match self {
            Db::Pool(p) => Handle::Pooled(p.get().await?),
            Db::Shared(v, n) => Handle::Shared(&v[n.fetch_add(1, Relaxed) % v.len()]),
        })
    }
}

impl Handle<'_> {
    async fn stmt(&self, q: usize) -> Result<Statement> {
        Ok(match self {
            Handle::Pooled(c) => c.prepare_cached(&SQL[q]).await?,
            Handle::Shared(c) => c.stmts[q].clone(),
        })
    }
    fn client(&self) -> &Client {
        match self { Handle::Pooled(c) => c, Handle::Shared(c) => &c.client }
    }
    async fn each(&self, q: usize, params: &[&(dyn ToSql + Sync)], mut f: impl FnMut(&Row)) -> Result<()> {
        let st = self.stmt(q).await?;
        let rows = self.client().query_raw(&st, params.iter().copied()).await?;
        pin_mut!(rows);
        while let Some(r) = rows.try_next().await? { f(&r) }
        Ok(())
    }
    async fn one(&self, q: usize, params: &[&(dyn ToSql + Sync)]) -> Result<Row> {
        let st = self.stmt(q).await?;
        self.client().query_opt(&st, params).await?.ok_or(Error::NotFound)
    }
}

fn day(r: &Row, i: usize) -> Day { Day(r.get::<_, NaiveDate>(i)) }

fn user(r: &Row) -> User<'_, Day> {
    User {
        id: r.get(0), email: r.get(1), name: r.get(2), role: r.get(3), position: r.get(4), is_active: r.get(5), join_date: day(r, 6),
        department: r.get::<_, Option<i64>>(7).map(|id| Department {
            id, name: r.get(8), description: r.get(9), is_active: r.get(10), company_id: r.get(11) }),
        company: r.get::<_, Option<i64>>(12).map(|id| Company { id, name: r.get(13) }),
    }
}

fn task(r: &Row) -> Task<'_, Day> {
    Task {
        id: r.get(0), mentorship_id: r.get(1), title: r.get(2), description: r.get(3), status: r.get(4), priority: r.get(5),
        week: r.get(6), start_date: day(r, 7), end_date: day(r, 8), real_end_date: r.get::<_, Option<NaiveDate>>(9).map(Day),
    }
}

type Ctx = State<Arc<Db>>;

async fn list(State(db): Ctx, _: Me, Query(q): Query<ListQuery>) -> Result<Json> {
    let search = q.search.filter(|s| !s.is_empty()).map(|s| format!("%{s}%"));
    let (mut mask, mut p) = (0, Vec::<&(dyn ToSql + Sync)>::with_capacity(5));
    if let Some(s) = &search { mask |= SEARCH; p.push(s) }
    if let Some(d) = &q.department_id { mask |= DEPARTMENT; p.push(d) }
    if let Some(r) = &q.role { mask |= ROLE; p.push(r) }
    p.extend([&q.limit as &(dyn ToSql + Sync), &q.skip]);
    let mut out = Json::new(16 * 1024);
    out.raw("[");
    db.get().await?.each(mask, &p, |r| out.item(&user(r))).await?;
    out.raw("]");
    Ok(out)
}

async fn get_user(State(db): Ctx, _: Me, Path(id): Path<i64>) -> Result<Json> {
    let r = db.get().await?.one(GET, &[&id]).await?;
    let mut out = Json::new(512);
    out.val(&user(&r));
    Ok(out)
}

async fn assigned(State(db): Ctx, _: Me, Query(q): Query<AssignedQuery>) -> Result<Json> {
    let mut out = Json::new(16 * 1024);
    out.raw("[");
    db.get().await?.each(ASSIGNED, &[&q.mentorship_id], |r| out.item(&task(r))).await?;
    out.raw("]");
    Ok(out)
}

async fn set_status(State(db): Ctx, _: Me, Path(id): Path<i64>, Body(b): Body<StatusIn>) -> Result<Json> {
    let r = db.get().await?.one(STATUS, &[&id, &b.status]).await?;
    let mut out = Json::new(512);
    out.val(&task(&r));
    Ok(out)
}

async fn add_memo(State(db): Ctx, Me(me): Me, Body(b): Body<MemoIn>) -> Result<impl IntoResponse> {
    let r = db.get().await?.one(MEMO, &[&b.task_id, &me, &b.content]).await?;
    let mut out = Json::new(256);
    out.val(&Memo { id: r.get(0), task_id: b.task_id, user_id: me, content: &b.content, created_at: r.get::<_, DateTime<Utc>>(1) });
    Ok((StatusCode::CREATED, out))
}

/// Both queries need only the caller's id, so they go down one connection pipelined: one round trip.
async fn dashboard(State(db): Ctx, Me(me): Me) -> Result<Json> {
    let h = db.get().await?;
    let (mut g, mut total, mut done) = (Groups::default(), 0, 0);
    let p: &[&(dyn ToSql + Sync)] = &[&me];
    let (m, ()) = try_join(h.one(MENTORSHIP, p), h.each(MY_TASKS, p, |r| { total += 1; done += g.push(&task(r)) as usize })).await?;
    Ok(g.finish(&Mentorship {
        id: m.get(0), start_date: day(&m, 1), end_date: m.get::<_, Option<NaiveDate>>(2).map(Day),
        mentor: Mentor { id: m.get(3), name: m.get(4), email: m.get(5) },
        curriculum: Curriculum { id: m.get(6), title: m.get(7), weeks: m.get(8) },
    }, total, done))
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
            .with_state(Arc::new(Db::open().await))
    });
}
