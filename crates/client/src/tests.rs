use super::*;
use axum::{
    Json, Router,
    extract::{OriginalUri, Request as Incoming},
    http::StatusCode,
    response::IntoResponse,
    routing::{any, get, post, put},
};
use contract::{
    Code, CompanyId, CurriculumId, Problem, TaskId,
    auth::{Credentials, Login},
    companies::GetCompany,
    curriculum::{ExportCurriculum, FileOptions, ImportCurriculum},
    tasks::{Due, ListTasks, TaskFilter, TaskPatch, UpdateTask},
};

/// Answers every request with a 409 whose detail says what arrived.
async fn told(OriginalUri(uri): OriginalUri, request: Incoming) -> impl IntoResponse {
    let mut problem = Problem::new(Code::Conflict);
    let header =
        |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or("-").to_owned();
    let forwarded = request.extensions().get::<ForwardedFor>().map(|f| f.0.to_string());
    problem.detail = Some(format!(
        "{} {uri} if-match={} auth={} ip={} for={} key={} ext={}",
        request.method(),
        header("if-match"),
        header("authorization"),
        header("x-request-id"),
        header("x-forwarded-for"),
        header("idempotency-key"),
        forwarded.unwrap_or_default(),
    ));
    (StatusCode::CONFLICT, [("retry-after", "7")], Json(problem))
}

fn detail(error: &CallError) -> String {
    error.problem().and_then(|problem| problem.detail.clone()).unwrap_or_default()
}

async fn listening(router: Router) -> Transport {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    over_http(&format!("http://{address}/")).unwrap()
}

#[tokio::test]
async fn a_call_carries_path_query_version_token_and_peer_either_way() {
    let router = Router::new().fallback(any(told));
    for (transport, inside) in [(in_process(router.clone()), true), (listening(router).await, false)] {
        let peer = Peer {
            ip: Some([203, 0, 113, 9].into()),
            user_agent: Some("Browser".into()),
            request_id: Some("r1".into()),
        };
        let client = Client::new(transport).with_peer(&peer).with_bearer("abc").with_idempotency_key("k1");
        let update = UpdateTask { task_id: TaskId(7), patch: TaskPatch::default(), if_match: Some(3) };
        let error = client.call(update).await.unwrap_err();
        let ext = if inside { "203.0.113.9" } else { "" };
        assert_eq!(
            detail(&error),
            format!("PUT /api/tasks/7 if-match=\"3\" auth=Bearer abc ip=r1 for=203.0.113.9 key=k1 ext={ext}")
        );
        assert_eq!((error.status().as_u16(), error.retry_after()), (409, Some(7)));
        assert_eq!(error.code(), Some(Code::Conflict));

        let filter = TaskFilter { due: Some(Due::Overdue), limit: Some(5), ..TaskFilter::default() };
        let error = client.call(ListTasks { filter }).await.unwrap_err();
        assert!(detail(&error).starts_with("GET /api/tasks/?due=overdue&limit=5 if-match=-"), "{error:?}");
        let error = client.call(GetCompany { company_id: CompanyId("../x?y".into()) }).await.unwrap_err();
        assert!(detail(&error).starts_with("GET /api/companies/..%2Fx%3Fy "), "{error:?}");
        assert_eq!(client.calls(), 3);
        assert_eq!(client.counting_from_zero().calls(), 0);
    }
}

#[tokio::test]
async fn files_keep_their_bytes_type_and_name() {
    let echo = post(|request: Incoming| async move {
        let headers = request.headers().clone();
        let bytes = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
        let name = file_name(&headers).unwrap_or_default();
        (
            StatusCode::CONFLICT,
            Json(Problem { detail: Some(format!("{name} {}", bytes.len())), ..Problem::new(Code::Conflict) }),
        )
    });
    let router = Router::new().route("/api/curriculum/import", echo).route(
        "/api/curriculum/{id}/export",
        get(|| async {
            let name = "attachment; filename=\"plan.yaml\"; filename*=UTF-8''%EA%B3%84%ED%9A%8D.yaml";
            ([("content-type", "application/yaml"), ("content-disposition", name)], "a: 1\n")
        }),
    );
    let client = Client::new(in_process(router));
    let file = client
        .call(ExportCurriculum { curriculum_id: CurriculumId(1), options: FileOptions::default() })
        .await
        .unwrap();
    assert_eq!(file.name.as_deref(), Some("계획.yaml"));
    assert_eq!((file.media_type.as_str(), &file.bytes[..]), ("application/yaml", &b"a: 1\n"[..]));
    let file = File { name: Some("계획 1.yaml".into()), ..file };
    let error = client.call(ImportCurriculum { options: FileOptions::default(), file }).await.unwrap_err();
    assert_eq!(detail(&error), "계획 1.yaml 5");
}

#[tokio::test]
async fn what_is_no_problem_document_keeps_its_status_and_silence_is_unreachable() {
    let router = Router::new()
        .route("/api/auth/login", post(|| async { (StatusCode::BAD_GATEWAY, "<h1>proxy</h1>") }))
        .route("/api/tasks/{id}", put(|| async { "not json" }));
    let client = Client::new(in_process(router));
    let credentials = Credentials { email: "a@b.example".into(), password: "x".into() };
    let error = client.call(Login { credentials }).await.err().expect("a refusal");
    assert_eq!(error.status(), StatusCode::BAD_GATEWAY);
    let update = UpdateTask { task_id: TaskId(7), patch: TaskPatch::default(), if_match: None };
    let error = client.call(update.clone()).await.unwrap_err();
    assert!(matches!(error, CallError::Unreachable(_)), "{error:?}");

    // Bound and dropped, so nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client = Client::new(over_http(&format!("http://127.0.0.1:{port}")).unwrap());
    let error = client.call(update).await.unwrap_err();
    assert!(matches!(error, CallError::Unreachable(_)), "{error:?}");
    assert_eq!(error.status(), StatusCode::SERVICE_UNAVAILABLE);
}
