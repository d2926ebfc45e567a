//! What people write, as HTML that can do nothing: GFM without raw HTML, then only known elements.

use ammonia::Builder;
use comrak::{
    Arena, Options, markdown_to_html,
    nodes::{AstNode, NodeValue},
    parse_document,
};
use contract::memo::Mention;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.hardbreaks = true;
    options
});

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "input",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    let attributes = [
        ("a", HashSet::from(["href", "title"])),
        ("input", HashSet::from(["checked", "disabled", "type"])),
        ("ol", HashSet::from(["start"])),
    ];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .tag_attribute_values(HashMap::from([(
            "input",
            HashMap::from([("aria-label", HashSet::from(["☐", "☑"]))]),
        )]))
        .tag_attributes(HashMap::from(attributes))
        // The only input there can be is a ticked box nobody can press.
        .set_tag_attribute_values(HashMap::from([(
            "input",
            HashMap::from([("type", "checkbox"), ("disabled", "")]),
        )]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

pub fn html(text: &str) -> String {
    // The page has its own h1.
    let html = markdown_to_html(text, &OPTIONS)
        .replace("<h1>", "<h2>")
        .replace("</h1>", "</h2>")
        // A box needs a name, and its words stand outside of it.
        .replace(r#"<input type="checkbox" disabled"#, r#"<input aria-label="☐" type="checkbox" disabled"#)
        .replace(r#"<input type="checkbox" checked"#, r#"<input aria-label="☑" type="checkbox" checked"#);
    CLEANER.clean(&html).to_string()
}

/// The items of a text's task lists, by their words; the same words again get a number.
pub fn task_items(text: &str) -> Vec<String> {
    let arena = Arena::new();
    let mut items: Vec<String> = Vec::new();
    for item in parse_document(&arena, text, &OPTIONS).descendants() {
        if !matches!(item.data.borrow().value, NodeValue::TaskItem(..)) {
            continue;
        }
        let mut words = String::new();
        // Its own line, without the lists below it.
        for node in item.children().filter(|child| matches!(child.data.borrow().value, NodeValue::Paragraph))
        {
            collect(node, &mut words);
        }
        let words: String =
            words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(400).collect();
        let words = if words.is_empty() { "·".to_owned() } else { words };
        let same =
            items.iter().filter(|item| **item == words || item.starts_with(&format!("{words} #"))).count();
        items.push(if same == 0 { words } else { format!("{words} #{}", same + 1) });
    }
    items
}

fn collect<'a>(node: &'a AstNode<'a>, words: &mut String) {
    for node in node.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
}

/// The text with its task lists as boxes that stand as ticked, and that can be pressed when there is a form of this
/// id: it sends `tick`, `1` or `0` before the words.
pub fn with_boxes(text: &str, checked: &[String], form: Option<&str>) -> String {
    let mut items = task_items(text).into_iter();
    let (mut drawn, mut number) = (String::new(), 0);
    let made = html(text);
    let mut rest = made.as_str();
    // Raw HTML is off, so the only inputs there are stand for task items, in their order.
    while let Some(at) = rest.find("<input ") {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        drawn.push_str(&rest[..at]);
        drawn.push_str(&tick_box(number, &items.next().unwrap_or_default(), checked, form));
        number += 1;
        rest = &rest[end..];
    }
    drawn.push_str(rest);
    drawn
}

fn tick_box(number: usize, item: &str, checked: &[String], form: Option<&str>) -> String {
    let is_checked = checked.iter().any(|ticked| ticked == item);
    let words = ammonia::clean_text(item);
    let icons = crate::assets::url("icons.svg").unwrap_or_default();
    let sign = format!(
        "<svg class=\"icon s\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><use href=\"{icons}#i-check\"/></svg>"
    );
    let state =
        format!("class=\"box\" role=\"checkbox\" aria-checked=\"{is_checked}\" aria-label=\"{words}\"");
    match form {
        Some(form) => {
            let next = i32::from(!is_checked);
            format!(
                "<button {state} id=\"tick-{number}\" name=\"tick\" value=\"{next}{words}\" form=\"{form}\">{sign}</button>"
            )
        }
        None => format!("<span {state} aria-disabled=\"true\">{sign}</span>"),
    }
}

/// Who is called stands as a sign with the name; an id nobody is known by stays a sign without one.
pub fn with_mentions(text: &str, mentions: &[Mention]) -> String {
    let mut made = html(text);
    for mention in mentions {
        let name = ammonia::clean_text(&mention.name);
        let sign = format!("<span class=\"mention\">@{name}</span>");
        made = made.replace(&format!("&lt;@{}&gt;", mention.user_id), &sign);
    }
    made
}

/// A text as it is typed, with `@name` for `<@id>`.
pub fn named(text: &str, mentions: &[Mention]) -> String {
    mentions.iter().fold(text.to_owned(), |text, mention| {
        text.replace(&format!("<@{}>", mention.user_id), &format!("@{}", mention.name))
    })
}

/// A typed text with `<@id>` for the `@name` of anybody who can be called; the longer name first, and of two people
/// of one name the first.
pub fn called(text: &str, people: &[Mention]) -> String {
    let mut people: Vec<&Mention> = people.iter().collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.name.len()));
    people.into_iter().fold(text.to_owned(), |text, person| {
        text.replace(&format!("@{}", person.name), &format!("<@{}>", person.user_id))
    })
}

/// The words alone, on one line, at most so many characters.
pub fn plain(text: &str, most: usize) -> String {
    let arena = Arena::new();
    let mut words = String::new();
    for node in parse_document(&arena, text, &OPTIONS).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Paragraph | NodeValue::Heading(_) => {
                words.push(' ');
            }
            _ => {}
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::{called, html, named, plain, task_items, with_boxes, with_mentions};
    use contract::{UserId, memo::Mention};

    #[test]
    fn boxes_of_task_lists_stand_as_ticked_and_carry_their_words() {
        let text = "- [ ] 도구 **설치**\n- [x] `받기` \"a\" <b>\n  - [ ] 안쪽\n\n끝\n\n1. [ ] 안쪽";
        let items = task_items(text);
        assert_eq!(items, ["도구 설치", "받기 \"a\"", "안쪽", "안쪽 #2"]);
        let html = with_boxes(text, &items[1..2], Some("checks"));
        assert_eq!(html.matches("<button ").count(), 4);
        assert_eq!(html.matches("aria-checked=\"true\"").count(), 1);
        assert!(!html.contains("<input") && !html.contains("<b>"), "{html}");
        assert!(html.contains("value=\"1도구&#32;설치\"") || html.contains("value=\"1도구 설치\""), "{html}");
        assert!(with_boxes(text, &[], None).contains("aria-disabled"));
    }

    #[test]
    fn who_is_called_has_a_sign_and_nothing_else_gets_one() {
        let people =
            [(3, "한지우"), (4, "한지")].map(|(id, name)| Mention { user_id: UserId(id), name: name.into() });
        assert_eq!(called("@한지우 님, @한지 님, @누구", &people), "<@3> 님, <@4> 님, @누구");
        assert_eq!(named("<@3> <@4> <@5>", &people), "@한지우 @한지 <@5>");
        let html = with_mentions("**<@3>** <@9>", &people);
        assert!(
            html.contains("<strong><span class=\"mention\">@한지우</span></strong>")
                && html.contains("&lt;@9&gt;"),
            "{html}"
        );
    }

    #[test]
    fn korean_emphasis_tables_and_links_work() {
        assert!(html("**굵게**를 써요").contains("<strong>굵게</strong>를"));
        assert!(html("**“인용”**이에요").contains("<strong>"), "{}", html("**“인용”**이에요"));
        assert!(html("|a|\n|-|\n|b|").contains("<td>b</td>"));
        assert!(html("- [x] 함").contains("checked") && html("- [x] 함").contains(r#"aria-label="☑""#));
        assert!(html("- [ ] 안 함").contains(r#"aria-label="☐""#));
        let link = html("[문서](https://e.example/a)");
        assert!(link.contains("href=\"https://e.example/a\"") && link.contains("nofollow"), "{link}");
        assert!(html("# 제목").contains("<h2>"));
    }

    #[test]
    fn the_words_alone_are_cut_between_characters() {
        assert_eq!(
            plain("# 제목\n\n**굵은** `코드`와\n[링크](https://e.example)", 99),
            "제목 굵은 코드와 링크"
        );
        assert_eq!(plain("가나다라", 2), "가나…");
    }

    #[test]
    fn nothing_that_acts_passes() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![그림](https://e.example/a.png)",
            "[a](javascript:alert(1))",
            "[a](data:text/html,x)",
            "<a href='/x' hx-get='/y' onclick='z'>a</a>",
            "<div hx-post='/y'>a</div>",
            "<form action=/x><input type=password name=p></form>",
            "<svg/onload=alert(1)>",
        ] {
            let made = html(text);
            for bad in [
                "<script",
                "<img",
                "javascript:",
                "data:text",
                "hx-",
                "onclick",
                "onerror",
                "<form",
                "password",
                "<svg",
            ] {
                assert!(!made.contains(bad), "{text} → {made}");
            }
        }
    }
}
