use crate::server::naru;
use std::process::Output;

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_wrong_configuration_is_refused_and_every_bad_key_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("naru.toml");
    std::fs::write(
        &file,
        "data = 'd'\ncolour = 'red'\n[api]\nlisten = 'everywhere'\n[web]\nidle_minutes = 0\n",
    )
    .expect("written");
    let output =
        naru().args(["doctor", "--config"]).arg(&file).env("NARU__API__ACCESS_MINUTES", "ten").output();
    let text = refused(&output.expect("it runs"));
    for name in
        ["colour", "api.listen", "web.idle_minutes", "api.access_minutes", "NARU__API__ACCESS_MINUTES"]
    {
        assert!(text.contains(name), "{name} is missing in {text}");
    }
    assert!(!folder.path().join("d").exists(), "nothing was made");
}

#[test]
fn a_short_secret_is_refused_by_its_name_and_never_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    for secret in ["abc-short-one", "your-secret-key-please-change-in-production"] {
        let output = naru()
            .args(["api", "--data"])
            .arg(folder.path())
            .env("NARU__API__TOKEN_SECRETS", secret)
            .output()
            .expect("it runs");
        let text = refused(&output);
        assert!(text.contains("NARU__API__TOKEN_SECRETS") && !text.contains(secret), "{text}");
    }
}

#[test]
fn a_weak_secret_in_the_data_folder_is_refused_too() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("token.key"), "short").expect("written");
    let output = naru()
        .args(["api", "--metrics-listen", "off", "--data"])
        .arg(folder.path())
        .output()
        .expect("it runs");
    assert!(refused(&output).contains("token.key"));
}

#[test]
fn doctor_says_what_is_wrong_and_what_is_in_force_without_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let doctor = || {
        naru()
            .args(["doctor", "--data"])
            .arg(folder.path())
            .env("NARU__MAIL__SMTP_URL", "smtp://naru:hidden-word@127.0.0.1:9")
            .output()
            .expect("it runs")
    };
    let output = doctor();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("problem  database"), "{text}");
    assert!(text.contains("problem  mail"), "{text}");
    assert!(text.contains("ok       data folder"), "{text}");
    assert!(!text.contains("hidden-word"), "{text}");

    let migrated = naru().args(["migrate", "--data"]).arg(folder.path()).output().expect("it runs");
    assert!(migrated.status.success());
    let output = naru().args(["doctor", "--data"]).arg(folder.path()).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_documents_are_printed() {
    let openapi = naru().arg("openapi").output().expect("it runs");
    let document: serde_json::Value = serde_json::from_slice(&openapi.stdout).expect("JSON");
    assert!(document["paths"]["/api/auth/login"]["post"].is_object());
    let permissions = naru().arg("permissions").output().expect("it runs");
    assert!(String::from_utf8_lossy(&permissions.stdout).contains("| `read_task` |"));
}
