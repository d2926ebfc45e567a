//! What people write, as HTML that can do nothing: GFM without raw HTML, then only known elements.

use ammonia::Builder;
use comrak::{Arena, Options, markdown_to_html, nodes::NodeValue, parse_document};
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
    use super::{html, plain};

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
