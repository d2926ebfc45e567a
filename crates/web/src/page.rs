//! A page is a value and a template: what the handler found out, shown whole or, for htmx, one block of it.
//!
//! A name the template uses and the value lacks is an error, not an empty place;
//! every page's samples are rendered in every language by a test beside it.

use crate::{
    engine::{Setting, Voice},
    error::Result,
    form::Errors,
    shell::Shell,
};
use axum::response::Html;
use contract::{
    auth::Me,
    policy::{Action, Roles, Scope, widest},
};
use minijinja::{
    context,
    value::{Serde, Value},
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{LazyLock, PoisonError, RwLock},
};

pub trait Page: Serialize + Sized {
    /// `pages/<name>.html`
    const TEMPLATE: &'static str;
    /// The key of the menu item it belongs to (`shell::ITEMS`); "" for none.
    const HERE: &'static str;

    /// The way to it, itself last; none on a signed-out page.
    fn crumbs(&self, _voice: &Voice) -> Vec<Crumb> {
        Vec::new()
    }

    /// One of each kind it can be: full, empty, every variant that looks different.
    fn samples() -> Vec<Self>;
}

/// One step of the way to a page; the last one is the page and has no link.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    pub href: Option<String>,
    pub label: String,
}

impl Crumb {
    #[must_use]
    pub fn to(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: Some(href.into()), label: label.into() }
    }

    #[must_use]
    pub fn here(label: impl Into<String>) -> Self {
        Self { href: None, label: label.into() }
    }
}

/// What every template can name beside the page's own fields: `shell`, `errors`, `can`, `me`.
pub struct Frame {
    shell: Shell,
    errors: Value,
    can: Value,
    me: Option<Me>,
}

impl Frame {
    pub fn signed_in(shell: Shell, errors: &Errors, me: &Me) -> Self {
        Self { shell, errors: errors.value(), can: can(me.roles), me: Some(me.clone()) }
    }

    pub fn signed_out(shell: Shell, errors: &Errors) -> Self {
        Self { shell, errors: errors.value(), can: can(Roles::default()), me: None }
    }
}

/// `can.edit_people`, for every action; there are as many as sets of roles.
fn can(roles: Roles) -> Value {
    static KNOWN: LazyLock<RwLock<HashMap<Roles, Value>>> = LazyLock::new(RwLock::default);
    if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&roles) {
        return known.clone();
    }
    let all = Action::ALL.iter().map(|action| (action.as_str(), widest(roles, *action) > Scope::Nobody));
    let can = Value::from(all.collect::<BTreeMap<_, _>>());
    KNOWN.write().unwrap_or_else(PoisonError::into_inner).insert(roles, can.clone());
    can
}

/// The page, or the block that `block` names if the template has it.
pub fn render<P: Page>(
    voice: &Voice,
    setting: Setting,
    page: &P,
    frame: Frame,
    block: Option<String>,
) -> Result<Html<String>> {
    let Frame { shell, errors, can, me } = frame;
    let context = context! {
        shell => Value::from(Serde(&shell)),
        errors,
        can,
        me => Value::from(Serde(&me)),
        ..Value::from(Serde(page))
    };
    let html = crate::dates::within(setting, || {
        let template = voice.templates.get_template(P::TEMPLATE)?;
        let mut whole = template.render_captured(context)?;
        if let Some(block) = block {
            match whole.with_state_mut(|state| state.render_block(&block)) {
                // htmx swaps into an element that no block draws: it picks from the whole page.
                Err(error) if error.kind() == minijinja::ErrorKind::UnknownBlock => {}
                drawn => return drawn,
            }
        }
        Ok::<_, minijinja::Error>(whole.into_output())
    })?;
    Ok(Html(html))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use contract::{auth::Locale, policy::Role};

    /// Renders every sample in every language: the test of every page.
    pub fn renders<P: Page>() {
        assert!(!P::samples().is_empty(), "{} has no samples", P::TEMPLATE);
        for locale in Locale::ALL {
            let voice = Voice::read(*locale);
            for (index, page) in P::samples().iter().enumerate() {
                let html = sample(&voice, page, None);
                let place = format!("{} sample {index} in {locale}", P::TEMPLATE);
                assert!(html.contains("<main"), "{place} has no main region");
                assert_eq!(html.matches("<h1").count(), 1, "{place} needs one h1");
                for inline in [" style=", " onclick=", "<style", "<script>"] {
                    assert!(!html.contains(inline), "{place} has {inline}, which the policy forbids");
                }
            }
        }
    }

    /// The same for a page that is only ever a part of another.
    pub fn renders_part<P: Page>() {
        for locale in Locale::ALL {
            let voice = Voice::read(*locale);
            for page in P::samples() {
                let html = sample(&voice, &page, None);
                assert!(!html.contains("<main"), "{} stands in another page: {html}", P::TEMPLATE);
            }
        }
    }

    pub fn sample<P: Page>(voice: &Voice, page: &P, block: Option<&str>) -> String {
        let me = crate::shell::samples::me(voice.locale);
        let shell = crate::shell::samples::shell(page, voice, &me);
        let frame = Frame::signed_in(shell, &Errors::default(), &me);
        let html = render(voice, crate::shell::samples::setting(), page, frame, block.map(str::to_owned));
        html.unwrap_or_else(|error| panic!("{}: {error:?}", P::TEMPLATE)).0
    }

    #[test]
    fn templates_speak_through_the_catalogue_and_each_has_its_page() {
        let root = std::path::Path::new(crate::ROOT);
        let sources = crate::i18n::tests::sources();
        for (path, text) in sources.iter().filter(|(path, _)| path.ends_with(".html")) {
            let outside: String =
                text.split("{#").map(|part| part.rsplit("#}").next().unwrap_or_default()).collect();
            let korean = outside.chars().find(|c| ('가'..='힣').contains(c));
            assert_eq!(korean, None, "{path} has words of its own");
        }
        for entry in std::fs::read_dir(root.join("templates/pages")).unwrap() {
            let name = format!("\"pages/{}\"", entry.unwrap().file_name().to_string_lossy());
            let is_used = sources.iter().any(|(_, text)| text.contains(&name));
            assert!(is_used, "{name} is no page's template");
        }
    }

    #[test]
    fn can_follows_the_policy() {
        let mentee = can(Roles::of([Role::Mentee]));
        let may = |can: &Value, action| can.get_attr(action).unwrap().is_true();
        assert_eq!((may(&mentee, "work_task"), may(&mentee, "edit_people")), (true, false));
        assert_eq!(mentee.len(), Some(Action::ALL.len()));
        assert!(!may(&can(Roles::default()), "work_task"));
    }
}
