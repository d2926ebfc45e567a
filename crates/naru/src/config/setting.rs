//! How a value of the configuration is read from text or TOML, and shown again.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// What was given for a key, and where.
pub struct Given {
    items: Vec<String>,
    is_list: bool,
    pub from: String,
}

impl Given {
    pub fn text(value: impl Into<String>, from: impl Into<String>) -> Self {
        Self { items: vec![value.into()], is_list: false, from: from.into() }
    }

    fn one(&self) -> Result<&str, String> {
        match (self.items.as_slice(), self.is_list) {
            ([one], false) => Ok(one),
            _ => Err("one value, not a list".to_owned()),
        }
    }

    fn parse<T: std::str::FromStr>(&self, what: &str) -> Result<T, String> {
        self.one()?.trim().parse().map_err(|_| what.to_owned())
    }
}

/// Tables as dotted names.
pub fn flatten(prefix: &str, table: toml::Table, from: &str, given: &mut BTreeMap<String, Given>) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&name, inner, from, given),
            toml::Value::Array(items) => {
                let items = items.into_iter().map(plain).collect();
                given.insert(name, Given { items, is_list: true, from: from.to_owned() });
            }
            other => {
                given.insert(name, Given::text(plain(other), from));
            }
        }
    }
}

fn plain(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    }
}

pub trait Setting: Sized {
    fn read(given: &Given) -> Result<Self, String>;
    fn show(&self) -> String;
}

impl Setting for String {
    fn read(given: &Given) -> Result<Self, String> {
        Ok(given.one()?.to_owned())
    }
    fn show(&self) -> String {
        self.clone()
    }
}

impl Setting for PathBuf {
    fn read(given: &Given) -> Result<Self, String> {
        match given.one()? {
            "" => Err("a folder".to_owned()),
            path => Ok(path.into()),
        }
    }
    fn show(&self) -> String {
        self.display().to_string()
    }
}

impl Setting for u64 {
    fn read(given: &Given) -> Result<Self, String> {
        given.parse("a whole number")
    }
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Setting for SocketAddr {
    fn read(given: &Given) -> Result<Self, String> {
        given.parse("an address with a port, like 127.0.0.1:8000")
    }
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Setting for IpAddr {
    fn read(given: &Given) -> Result<Self, String> {
        given.parse("an IP address")
    }
    fn show(&self) -> String {
        self.to_string()
    }
}

impl<T: Setting> Setting for Option<T> {
    fn read(given: &Given) -> Result<Self, String> {
        if given.one().is_ok_and(str::is_empty) { Ok(None) } else { T::read(given).map(Some) }
    }
    fn show(&self) -> String {
        self.as_ref().map(Setting::show).unwrap_or_default()
    }
}

impl<T: Setting> Setting for Vec<T> {
    fn read(given: &Given) -> Result<Self, String> {
        let items: Vec<String> = if given.is_list {
            given.items.clone()
        } else {
            given
                .one()?
                .split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect()
        };
        items.iter().map(|item| T::read(&Given::text(item, ""))).collect()
    }
    fn show(&self) -> String {
        self.iter().map(Setting::show).collect::<Vec<_>>().join(", ")
    }
}

/// Where the metrics are, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricsListen(pub Option<SocketAddr>);

impl Setting for MetricsListen {
    fn read(given: &Given) -> Result<Self, String> {
        if given.one()? == "off" {
            return Ok(Self(None));
        }
        SocketAddr::read(given).map(|address| Self(Some(address))).map_err(|why| format!("{why}, or off"))
    }
    fn show(&self) -> String {
        self.0.map_or_else(|| "off".to_owned(), |address| address.to_string())
    }
}
