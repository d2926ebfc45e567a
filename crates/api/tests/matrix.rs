//! Every mounted endpoint × nobody, each role, a colleague who has nothing to do with it, another
//! company, a suspended person and an expired token: the status equals the policy.
//!
//! A new endpoint fails here until it has its sample.

mod samples;

use axum::body::Body;
use contract::policy::{Action, Role, Roles, Scope, widest};
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use samples::{Payload, Sample, World};
use serde_json::Value;
use testkit::{Engine, Person, Stage};
use tower::ServiceExt;

struct Operation {
    name: String,
    method: Method,
    path: String,
    action: Action,
}

fn operations() -> Vec<Operation> {
    let (_, document) = api::resources::routes().finish();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation.get("x-same-as").is_some() {
                continue;
            }
            operations.push(Operation {
                name: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                action: serde_json::from_value(operation["x-action"].clone()).unwrap(),
            });
        }
    }
    operations
}

async fn send(
    stage: &Stage,
    operation: &Operation,
    sample: &Sample,
    token: Option<&str>,
) -> (StatusCode, String) {
    let mut request = Request::builder().method(operation.method.clone()).uri(sample.uri(&operation.path));
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let body = match &sample.payload {
        Payload::None => Body::empty(),
        Payload::Json(json) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(json.to_string())
        }
        Payload::File(bytes) => {
            request = request.header(header::CONTENT_TYPE, "application/octet-stream");
            Body::from(bytes.clone())
        }
    };
    let response = stage.transport.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let status = response.status();
    let statements =
        response.headers().get("naru-statements").map_or(0, |count| count.to_str().unwrap().parse().unwrap());
    assert!(statements <= most(&operation.name), "{} ran {statements} statements", operation.name);
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

/// How many statements an operation may run: four, but for those that write many rows or many things at once.
fn most(name: &str) -> u32 {
    match name {
        // Each person of a matching is a mentorship started.
        "PublishMatching" => 40,
        "ImportUsers"
        | "ImportCurriculum"
        | "CreateMentorship"
        | "ProposeMentorship"
        | "AcceptMentorship"
        | "ShiftMentorship"
        | "ResumeMentorship"
        | "EditPlan"
        | "UndoPlanChange"
        | "RestoreVersion"
        | "RestoreKeptDraft"
        | "StartUpgrade"
        | "TakeReadyCurriculum"
        | "CopyToCompany"
        | "CreateCompany"
        | "CopyCurriculum"
        | "PublishCurriculum"
        | "SaveDraft"
        | "EditDraft" => 16,
        "CreateUser" | "UpdateUser" | "UpdateUsers" | "DeleteUser" | "InviteUser" | "UpdateCompany"
        | "DeleteCompany" | "UpdateMentorship" | "UndoUpgrade" | "UpdateMatching" | "AssignMatching" => 10,
        _ => 4,
    }
}

/// What this caller must get.
fn verdict(
    operation: &Operation,
    sample: &Sample,
    role: Role,
    is_foreign: bool,
    (status, body): &(StatusCode, String),
    canary: &str,
) -> Result<(), String> {
    if status.is_server_error() {
        return Err(format!("{status} {body}"));
    }
    let scope = widest(Roles::of([role]), operation.action);
    if scope == Scope::Nobody {
        return if *status == StatusCode::FORBIDDEN {
            Ok(())
        } else {
            Err(format!("403 expected, not {status} {body}"))
        };
    }
    if !is_foreign {
        let is_refused = *status == StatusCode::UNAUTHORIZED
            || (*status == StatusCode::FORBIDDEN && !sample.may_be_denied);
        return if is_refused { Err(format!("allowed by policy, but {status} {body}")) } else { Ok(()) };
    }
    // Somebody of the right role elsewhere: the row is not there, or the list is their own.
    if sample.names_an_id && scope != Scope::Everywhere {
        let hidden = [StatusCode::NOT_FOUND, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::FORBIDDEN];
        return if hidden.contains(status) && !body.contains(canary) {
            Ok(())
        } else {
            Err(format!("404 expected, not {status} {body}"))
        };
    }
    if body.contains(canary) && scope != Scope::Everywhere {
        return Err(format!("it shows another company's data: {body}"));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_endpoint_answers_each_caller_as_the_policy_says() {
    let mut wrong = Vec::new();
    for operation in operations() {
        if operation.action.is_public() {
            continue;
        }
        let stage = Stage::new(Engine::Sqlite).await.unwrap();
        let world = World::new(&stage).await;
        let sample = samples::sample(&operation.name, &world);
        let mut note = |who: &str, outcome: Result<(), String>| {
            if let Err(why) = outcome {
                wrong.push(format!("{} as {who}: {why}", operation.name));
            }
        };
        let unauthorized = |(status, body): (StatusCode, String)| {
            if status == StatusCode::UNAUTHORIZED {
                Ok(())
            } else {
                Err(format!("401 expected, not {status} {body}"))
            }
        };

        note("nobody", unauthorized(send(&stage, &operation, &sample, None).await));
        note("garbage", unauthorized(send(&stage, &operation, &sample, Some("a.b.c")).await));
        note("expired", unauthorized(send(&stage, &operation, &sample, Some(&world.expired)).await));
        note(
            "suspended",
            unauthorized(send(&stage, &operation, &sample, Some(&world.suspended.token)).await),
        );

        let check = |role: Role, is_foreign: bool, answer: &(StatusCode, String)| {
            verdict(&operation, &sample, role, is_foreign, answer, &world.canary)
        };
        // Those who must be refused first: they change nothing.
        let foreigners: [(&str, Role, &Person); 3] = [
            ("another company's admin", Role::Admin, &world.b.admin),
            ("another company's mentor", Role::Mentor, &world.b.mentor),
            ("another company's mentee", Role::Mentee, &world.b.mentee),
        ];
        for (who, role, person) in foreigners {
            let answer = send(&stage, &operation, &sample, Some(&person.token)).await;
            note(who, check(role, true, &answer));
        }
        if sample.is_of_the_pair {
            for (who, role, person) in [
                ("an unrelated mentor", Role::Mentor, &world.a.other_mentor),
                ("an unrelated mentee", Role::Mentee, &world.a.other_mentee),
            ] {
                let answer = send(&stage, &operation, &sample, Some(&person.token)).await;
                note(who, check(role, true, &answer));
            }
        }
        let insiders: [(&str, Role, &Person); 4] = [
            ("operator", Role::Operator, &world.operator),
            ("mentee", Role::Mentee, &world.a.mentee),
            ("mentor", Role::Mentor, &world.a.mentor),
            ("admin", Role::Admin, &world.a.admin),
        ];
        for (who, role, person) in insiders {
            let answer = send(&stage, &operation, &sample, Some(&person.token)).await;
            note(who, check(role, false, &answer));
        }
        stage.finish().await;
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_sample_list_has_no_endpoint_that_is_gone() {
    let names: Vec<String> = operations().into_iter().map(|operation| operation.name).collect();
    for name in samples::NAMES {
        assert!(names.iter().any(|known| known == name), "{name} is not mounted");
    }
    assert!(names.len() >= 60, "{} operations", names.len());
}

#[test]
fn the_permission_table_says_who_reaches_how_far() {
    let mut table = Value::Object(serde_json::Map::new());
    for action in Action::ALL {
        for role in Role::ALL {
            let scope = serde_json::to_value(contract::policy::scope(*role, *action)).unwrap();
            table[action.as_str()][role.as_str()] = scope;
        }
    }
    insta::assert_json_snapshot!(table);
}
