//! Markdown as blocks of text: what people write in reports, with its lists and bold words.

use crate::wrap::Span;
use comrak::{
    Arena, Options,
    nodes::{AstNode, ListType, NodeValue},
    parse_document,
};

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading(Vec<Span>),
    Paragraph(Vec<Span>),
    /// How deep it lies, from 0, and what stands before it: a bullet, a number, a box.
    Item(usize, String, Vec<Span>),
    Quote(Vec<Span>),
    Code(String),
    Rule,
}

pub fn blocks(text: &str) -> Vec<Block> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.cjk_friendly_emphasis = true;
    let mut blocks = Vec::new();
    for node in parse_document(&arena, text, &options).children() {
        block(node, 0, &mut blocks);
    }
    blocks
}

fn block<'a>(node: &'a AstNode<'a>, depth: usize, blocks: &mut Vec<Block>) {
    let value = node.data.borrow().value.clone();
    match value {
        NodeValue::Heading(_) => blocks.push(Block::Heading(bold(spans(node)))),
        NodeValue::Paragraph => blocks.push(Block::Paragraph(spans(node))),
        NodeValue::CodeBlock(code) => blocks.push(Block::Code(code.literal.trim_end().to_owned())),
        NodeValue::ThematicBreak => blocks.push(Block::Rule),
        NodeValue::List(list) => {
            for (item, number) in node.children().zip(list.start..) {
                let marker = match (&item.data.borrow().value, list.list_type) {
                    (NodeValue::TaskItem(task), _) if task.symbol.is_some() => "✓".to_owned(),
                    (NodeValue::TaskItem(_), _) => "□".to_owned(),
                    (_, ListType::Ordered) => format!("{number}."),
                    (_, ListType::Bullet) => "•".to_owned(),
                };
                list_item(item, depth, marker, blocks);
            }
        }
        NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
            let mut inner = Vec::new();
            node.children().for_each(|child| block(child, depth, &mut inner));
            blocks.extend(inner.into_iter().map(|block| match block {
                Block::Paragraph(spans) => Block::Quote(spans),
                other => other,
            }));
        }
        NodeValue::Table(_) => {
            for row in node.children() {
                let is_head = matches!(row.data.borrow().value, NodeValue::TableRow(true));
                let mut line = Vec::new();
                for (index, cell) in row.children().enumerate() {
                    if index > 0 {
                        line.push(Span::regular("  |  "));
                    }
                    line.extend(spans(cell));
                }
                blocks.push(Block::Paragraph(if is_head { bold(line) } else { line }));
            }
        }
        NodeValue::HtmlBlock(html) => blocks.push(Block::Code(html.literal.trim_end().to_owned())),
        _ => node.children().for_each(|child| block(child, depth, blocks)),
    }
}

fn list_item<'a>(item: &'a AstNode<'a>, depth: usize, marker: String, blocks: &mut Vec<Block>) {
    let mut marker = Some(marker);
    for child in item.children() {
        if matches!(child.data.borrow().value, NodeValue::Paragraph) {
            blocks.push(Block::Item(depth, marker.take().unwrap_or_default(), spans(child)));
        } else {
            block(child, depth + 1, blocks);
        }
    }
    if let Some(marker) = marker.filter(|_| item.first_child().is_none()) {
        blocks.push(Block::Item(depth, marker, Vec::new()));
    }
}

fn bold(spans: Vec<Span>) -> Vec<Span> {
    spans.into_iter().map(|span| Span::bold(span.text)).collect()
}

fn spans<'a>(node: &'a AstNode<'a>) -> Vec<Span> {
    let mut found = Vec::new();
    node.children().for_each(|child| inline(child, false, &mut found));
    found
}

fn inline<'a>(node: &'a AstNode<'a>, is_bold: bool, found: &mut Vec<Span>) {
    let mut say = |text: &str| {
        found.push(if is_bold { Span::bold(text) } else { Span::regular(text) });
    };
    let value = node.data.borrow().value.clone();
    match value {
        NodeValue::Text(text) => say(&text),
        NodeValue::Code(code) => say(&code.literal),
        NodeValue::HtmlInline(html) => say(&html),
        NodeValue::SoftBreak => say(" "),
        NodeValue::LineBreak => say("\n"),
        NodeValue::Strong => node.children().for_each(|child| inline(child, true, found)),
        NodeValue::Link(link) => {
            let before = found.len();
            node.children().for_each(|child| inline(child, is_bold, found));
            let shown: String = found[before..].iter().map(|span| span.text.as_str()).collect();
            // On paper a link is its address.
            if shown != link.url && format!("mailto:{shown}") != link.url {
                found.push(Span::regular(format!(" ({})", link.url)));
            }
        }
        _ => node.children().for_each(|child| inline(child, is_bold, found)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_bold_and_links_become_blocks() {
        let text = "## 한 일\n\n**\"필수\"**는 모두 끝냈어요.\n\n1. 첫째\n   - 안쪽 [위키](https://w.example)\n2. 둘째\n\n> 고마워요\n\n```\nls\n```\n- [x] 됨\n- [ ] 아직\n";
        assert_eq!(
            blocks(text),
            [
                Block::Heading(vec![Span::bold("한 일")]),
                Block::Paragraph(vec![Span::bold("\"필수\""), Span::regular("는 모두 끝냈어요.")]),
                Block::Item(0, "1.".into(), vec![Span::regular("첫째")]),
                Block::Item(
                    1,
                    "•".into(),
                    vec![
                        Span::regular("안쪽 "),
                        Span::regular("위키"),
                        Span::regular(" (https://w.example)")
                    ]
                ),
                Block::Item(0, "2.".into(), vec![Span::regular("둘째")]),
                Block::Quote(vec![Span::regular("고마워요")]),
                Block::Code("ls".into()),
                Block::Item(0, "✓".into(), vec![Span::regular("됨")]),
                Block::Item(0, "□".into(), vec![Span::regular("아직")]),
            ]
        );
    }
}
