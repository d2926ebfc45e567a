use super::*;

fn from_toml(text: &str) -> anyhow::Result<Config> {
    let mut given = BTreeMap::new();
    setting::flatten("", text.parse().expect("valid TOML"), "naru.toml", &mut given);
    Config::from_given(&given)
}

#[test]
fn with_nothing_set_it_starts_on_sqlite_and_loopback() {
    let config = from_toml("").expect("the defaults can be used");
    assert_eq!(config.database(), "sqlite:./naru-data/naru.db");
    assert!(config.api_listen.ip().is_loopback() && config.web_listen.ip().is_loopback());
    assert_eq!(config.links(), "http://127.0.0.1:8001");
}

#[test]
fn every_wrong_key_is_named_at_once() {
    let refused = from_toml(
        "dat = 'x'\nlog_format = 'xml'\n[api]\nlisten = 'here'\ntoken_secrets = ['shortsecret']\naccess_minutes = 0\n\
         cors_origins = ['*']\n[database]\nurl = 'mysql://x'\n[metrics]\nlisten = 'nowhere'",
    );
    let text = refused.expect_err("nothing of it can be used").to_string();
    for name in [
        "dat ",
        "log_format",
        "api.listen",
        "api.token_secrets",
        "api.access_minutes",
        "api.cors_origins",
        "database.url",
        "metrics.listen",
    ] {
        assert!(text.contains(name), "{name} is missing in: {text}");
    }
    assert!(!text.contains("shortsecret"), "a secret is repeated in: {text}");
}

#[test]
fn lists_come_as_arrays_or_with_commas() {
    let config = from_toml("[api]\ntrusted_proxies = ['10.0.0.1', '::1']").expect("an array");
    assert_eq!(config.trusted_proxies.len(), 2);
    let config = from_toml("[api]\ntrusted_proxies = '10.0.0.1, ::1'").expect("commas");
    assert_eq!(config.trusted_proxies.len(), 2);
}

#[test]
fn short_and_well_known_secrets_are_weak() {
    assert!(weakness("tooshort").is_some());
    assert!(weakness("your-secret-key-change-this-in-production").is_some());
    assert!(weakness(&"ab".repeat(40)).is_some());
    assert!(weakness("Jx3vV0lJ8mQ2ZcS7rT5yKq1wE9uI4oP6").is_none());
}
