//! What surrounds a page: the menu a person's roles give, name and face, the way here.
//!
//! A menu item shows only when its page is there: `pages::routes` says which are.

use crate::{Crumb, Page, Signed, Visitor, engine::Voice, session::Toast};
use contract::{
    auth::{Me, Theme},
    policy::Role,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// Where a role's pages are: (path, symbol, key). The key is a page's `HERE`, its label `nav-<key>`.
type Item = (&'static str, &'static str, &'static str);

const fn items(role: Role) -> &'static [Item] {
    match role {
        Role::Mentee => {
            &[("/", "house", "home"), ("/board", "square-kanban", "board"), ("/plan", "route", "plan")]
        }
        Role::Mentor => &[
            ("/", "house", "home"),
            ("/review", "inbox", "review"),
            ("/mentees", "users", "mentees"),
            ("/curricula", "layers", "curricula"),
            ("/analytics", "chart-line", "analytics"),
        ],
        Role::Admin => &[
            ("/organisation", "network", "organisation"),
            ("/mentorships", "waypoints", "mentorships"),
            ("/analytics", "chart-line", "analytics"),
            ("/curricula", "layers", "curricula"),
            ("/settings", "settings", "settings"),
        ],
        Role::Operator => &[("/companies", "building-2", "companies"), ("/installation", "server", "health")],
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Shell {
    lang: &'static str,
    /// "" follows the device.
    theme: &'static str,
    company_name: String,
    version: &'static str,
    csrf: String,
    user: Option<User>,
    nav: Vec<Section>,
    here: &'static str,
    crumbs: Vec<Crumb>,
    toast: Option<ShownToast>,
    search_enabled: bool,
    notifications_enabled: bool,
}

#[derive(Debug, Clone, Serialize)]
struct User {
    name: String,
    initials: String,
    hue: i64,
    summary: String,
}

#[derive(Debug, Clone, Serialize)]
struct Section {
    heading: Option<String>,
    items: Vec<NavItem>,
}

#[derive(Debug, Clone, Serialize)]
struct NavItem {
    href: &'static str,
    icon: &'static str,
    label: String,
    key: &'static str,
    count: i64,
    /// Whether the bottom bar of a phone has room for it.
    phone: bool,
}

#[derive(Debug, Clone, Serialize)]
struct ShownToast {
    text: String,
    undo: Option<String>,
}

/// The frame of a signed-out page.
pub fn plain(visitor: &Visitor) -> Shell {
    Shell {
        lang: visitor.locale.as_str(),
        theme: theme(visitor.theme),
        company_name: String::new(),
        version: env!("CARGO_PKG_VERSION"),
        csrf: visitor.csrf.clone(),
        user: None,
        nav: Vec::new(),
        here: "",
        crumbs: Vec::new(),
        toast: None,
        search_enabled: false,
        notifications_enabled: false,
    }
}

/// The frame of a signed-in person's page.
pub fn of<P: Page>(signed: &Signed, page: &P, voice: &Voice, toast: Option<&Toast>) -> Shell {
    let toast = toast.map(|toast| ShownToast { text: toast.text.clone(), undo: toast.undo.clone() });
    Shell { toast, ..around(page, &signed.me, voice, &signed.csrf, &signed.app.paths) }
}

/// The same without a toast.
pub fn around<P: Page>(
    page: &P,
    me: &Me,
    voice: &Voice,
    csrf: &str,
    paths: &BTreeSet<&'static str>,
) -> Shell {
    let product = || voice.tr("shell-product", &[]);
    let nav = nav(me, voice, paths);
    Shell {
        lang: voice.locale.as_str(),
        theme: theme(me.theme),
        company_name: me.company_name.clone().unwrap_or_else(product),
        version: env!("CARGO_PKG_VERSION"),
        csrf: csrf.to_owned(),
        user: Some(user(me, voice)),
        here: standing(&nav, P::HERE),
        nav,
        crumbs: page.crumbs(voice),
        toast: None,
        search_enabled: paths.contains("/search"),
        notifications_enabled: paths.contains("/notifications"),
    }
}

/// The item of the menu that a page stands under: not every role's menu has the page's own.
fn standing(nav: &[Section], own: &'static str) -> &'static str {
    let others: &[&'static str] = match own {
        "mentees" => &["mentorships", "plan"],
        "board" => &["mentees", "mentorships"],
        _ => &[],
    };
    let has = |key: &str| nav.iter().flat_map(|section| &section.items).any(|item| item.key == key);
    [own].iter().chain(others).copied().find(|key| has(key)).unwrap_or_default()
}

const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn user(me: &Me, voice: &Voice) -> User {
    let roles: Vec<String> = me.roles.iter().map(|role| voice.tr(&format!("role-{role}"), &[])).collect();
    let mut summary = roles.join(", ");
    if let Some(department) = &me.department_name {
        summary = format!("{summary} · {department}");
    }
    User { name: me.name.clone(), initials: face(&me.name), hue: hue(me.user_id.0), summary }
}

/// The sections of all one's roles; no page twice, headings only when there are several.
fn nav(me: &Me, voice: &Voice, paths: &BTreeSet<&'static str>) -> Vec<Section> {
    let mut seen = BTreeSet::new();
    let mut sections = Vec::new();
    // Own work first, then others', then the company's.
    for role in [Role::Mentee, Role::Mentor, Role::Admin, Role::Operator] {
        if !me.roles.has(role) {
            continue;
        }
        let shown: Vec<NavItem> = items(role)
            .iter()
            .filter(|(href, ..)| paths.contains(href) && seen.insert(*href))
            .map(|(href, icon, key)| NavItem {
                href,
                icon,
                label: voice.tr(&format!("nav-{key}"), &[]),
                key,
                count: 0,
                phone: true,
            })
            .collect();
        if !shown.is_empty() {
            sections.push(Section { heading: Some(voice.tr(&format!("role-{role}"), &[])), items: shown });
        }
    }
    if let [only] = sections.as_mut_slice() {
        only.heading = None;
    }
    // The bottom bar has five places.
    for (index, item) in sections.iter_mut().flat_map(|section| &mut section.items).enumerate() {
        item.phone = index < 5;
    }
    sections
}

/// The first page of a person's menu that isn't `/`.
pub fn first_page(me: &Me, paths: &BTreeSet<&'static str>) -> Option<&'static str> {
    let roles = [Role::Mentor, Role::Admin, Role::Operator].into_iter().filter(|role| me.roles.has(*role));
    roles.flat_map(items).map(|(href, ..)| *href).find(|href| *href != "/" && paths.contains(href))
}

/// What stands for a face: 지우 of 한지우, JH of Jiwoo Han.
pub fn face(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    if letters.iter().any(|c| ('가'..='힣').contains(c)) {
        return letters[letters.len().saturating_sub(2)..].iter().collect();
    }
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// One of six colours, the same everywhere for one person.
pub const fn hue(id: i64) -> i64 {
    id.rem_euclid(6) + 1
}

#[cfg(test)]
pub mod samples;
