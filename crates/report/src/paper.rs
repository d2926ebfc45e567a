//! Paper: a place that moves down the page, and begins a new one where there is no room.
//!
//! What is drawn is kept until the end, since a page's foot says how many there are.

use crate::{
    Error,
    fonts::{Fonts, Weight},
    markdown::{Block, blocks},
    wrap::{Line, Span, clean, wrap},
};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
};

pub type Colour = (u8, u8, u8);
/// Dark ink, quieter ink, thin lines, the one accent and its wash.
pub const INK: Colour = (24, 34, 42);
pub const QUIET: Colour = (94, 106, 116);
pub const LINE: Colour = (221, 227, 230);
pub const ACCENT: Colour = (0, 106, 122);
pub const WASH: Colour = (238, 246, 248);

pub const A4: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 58.0;
const FOOT: f32 = 46.0;

pub enum Mark {
    Text {
        at: (f32, f32),
        weight: Weight,
        size: f32,
        colour: Colour,
        spacing: f32,
        text: String,
    },
    Rect {
        at: (f32, f32),
        size: (f32, f32),
        colour: Colour,
    },
    Frame {
        at: (f32, f32),
        size: (f32, f32),
        colour: Colour,
        width: f32,
    },
    /// Waves of the river, from left to right.
    Wave {
        at: (f32, f32),
        width: f32,
        height: f32,
        colour: Colour,
        line: f32,
    },
}

pub struct Paper {
    pub fonts: Fonts,
    pub size: (f32, f32),
    pub y: f32,
    pages: Vec<Vec<Mark>>,
}

impl Paper {
    pub fn new(size: (f32, f32)) -> Result<Self, Error> {
        Ok(Self { fonts: Fonts::load()?, size, y: MARGIN, pages: vec![Vec::new()] })
    }

    pub const fn left(&self) -> f32 {
        MARGIN
    }

    pub const fn width(&self) -> f32 {
        self.size.0 - 2.0 * MARGIN
    }

    fn bottom(&self) -> f32 {
        self.size.1 - MARGIN - FOOT / 2.0
    }

    /// Begins a new page unless this much still fits.
    pub fn need(&mut self, height: f32) {
        if self.y + height > self.bottom() && self.y > MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    pub fn draw(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub fn space(&mut self, height: f32) {
        // No page begins with a gap.
        if self.y > MARGIN {
            self.y += height;
        }
    }

    /// One line of text at a place; it is not broken.
    pub fn text(&mut self, at: (f32, f32), weight: Weight, size: f32, colour: Colour, text: &str) {
        let text = clean(&self.fonts, text).replace('\n', " ");
        self.draw(Mark::Text { at, weight, size, colour, spacing: 0.0, text });
    }

    /// The same, ending at `at`.
    pub fn text_right(&mut self, at: (f32, f32), weight: Weight, size: f32, colour: Colour, text: &str) {
        let width = self.fonts.width(weight, &clean(&self.fonts, text), size, 0.0);
        self.text((at.0 - width, at.1), weight, size, colour, text);
    }

    pub fn text_centred(
        &mut self,
        y: f32,
        weight: Weight,
        size: f32,
        colour: Colour,
        spacing: f32,
        text: &str,
    ) {
        let text = clean(&self.fonts, text).replace('\n', " ");
        let width = self.fonts.width(weight, &text, size, spacing) - spacing;
        let at = ((self.size.0 - width) / 2.0, y);
        self.draw(Mark::Text { at, weight, size, colour, spacing, text });
    }

    /// A text as long as it may, cut with dots where there is no more room.
    pub fn shortened(&self, weight: Weight, size: f32, width: f32, text: &str) -> String {
        let text = clean(&self.fonts, text).replace('\n', " ");
        if self.fonts.width(weight, &text, size, 0.0) <= width {
            return text;
        }
        let mut cut = String::new();
        let mut used = self.fonts.width(weight, "…", size, 0.0);
        for character in text.chars() {
            used += self.fonts.advance(weight, character) * size;
            if used > width {
                break;
            }
            cut.push(character);
        }
        cut.trim_end().to_owned() + "…"
    }

    pub fn rule(&mut self, colour: Colour) {
        let at = (self.left(), self.y);
        self.draw(Mark::Rect { at, size: (self.width(), 0.7), colour });
        self.y += 0.7;
    }

    /// Lines from `x` on; each goes to the next page when this one is full.
    pub fn lines(&mut self, x: f32, lines: &[Line], size: f32, leading: f32, colour: Colour) {
        for line in lines {
            self.need(leading);
            let mut at = x;
            for span in line {
                let weight = span.weight;
                let mark = Mark::Text {
                    at: (at, self.y + size),
                    weight,
                    size,
                    colour,
                    spacing: 0.0,
                    text: span.text.clone(),
                };
                at += self.fonts.width(weight, &span.text, size, 0.0);
                self.draw(mark);
            }
            self.y += leading;
        }
    }

    /// Spans broken into lines across the page.
    pub fn paragraph(&mut self, spans: &[Span], size: f32, colour: Colour) {
        let lines = wrap(&self.fonts, spans, size, self.width());
        self.lines(self.left(), &lines, size, size * 1.62, colour);
    }

    /// What people wrote.
    pub fn markdown(&mut self, text: &str, size: f32) {
        let leading = size * 1.68;
        let mut was_item = false;
        for block in blocks(text) {
            let is_item = matches!(block, Block::Item(..));
            if was_item && !is_item {
                self.space(5.0);
            }
            was_item = is_item;
            self.block(&block, size, leading);
        }
    }

    fn block(&mut self, block: &Block, size: f32, leading: f32) {
        let (left, width) = (self.left(), self.width());
        let set = |paper: &Self, spans: &[Span], size: f32, indent: f32| {
            wrap(&paper.fonts, spans, size, width - indent)
        };
        match block {
            Block::Heading(spans) => {
                self.space(5.0);
                // A heading stays with what it is about.
                self.need(leading * 3.0);
                let lines = set(self, spans, size + 1.0, 0.0);
                self.lines(left, &lines, size + 1.0, leading, INK);
                self.y += 1.0;
            }
            Block::Paragraph(spans) => {
                let lines = set(self, spans, size, 0.0);
                self.lines(left, &lines, size, leading, INK);
                self.space(5.0);
            }
            Block::Item(depth, marker, spans) => {
                let indent = 16.0 + 14.0 * f32::from(u8::try_from((*depth).min(6)).unwrap_or(6));
                let lines = set(self, spans, size, indent);
                self.need(leading);
                let at = (left + indent - 14.0, self.y + size);
                let weight = if marker == "•" { Weight::Bold } else { Weight::Regular };
                self.text(at, weight, size, ACCENT, marker);
                if lines.is_empty() {
                    self.y += leading;
                }
                self.lines(left + indent, &lines, size, leading, INK);
            }
            Block::Quote(spans) => {
                for line in set(self, spans, size, 14.0) {
                    self.need(leading);
                    let at = (left, self.y - 2.0);
                    self.draw(Mark::Rect { at, size: (2.0, leading), colour: LINE });
                    self.lines(left + 14.0, &[line], size, leading, QUIET);
                }
                self.space(5.0);
            }
            Block::Code(code) => {
                for line in set(self, &[Span::regular(code.as_str())], size - 1.0, 14.0) {
                    self.need(leading);
                    let at = (left, self.y - 3.0);
                    self.draw(Mark::Rect { at, size: (width, leading), colour: WASH });
                    self.lines(left + 8.0, &[line], size - 1.0, leading, INK);
                }
                self.space(5.0);
            }
            Block::Rule => {
                self.space(5.0);
                self.need(8.0);
                self.rule(LINE);
                self.space(7.0);
            }
        }
    }

    /// The document; `foot` is said at the bottom of every page, with its number.
    pub fn finish(mut self, metadata: Metadata, foot: Option<&str>) -> Result<Vec<u8>, Error> {
        let count = self.pages.len();
        let mut document = Document::new();
        document.set_metadata(metadata);
        let pages = std::mem::take(&mut self.pages);
        for (number, mut marks) in pages.into_iter().enumerate() {
            if let Some(foot) = foot {
                self.pages = vec![marks];
                let y = self.size.1 - FOOT;
                let (left, width) = (self.left(), self.width());
                self.draw(Mark::Rect { at: (left, y - 16.0), size: (width, 0.7), colour: LINE });
                let foot = self.shortened(Weight::Regular, 8.0, width - 60.0, foot);
                self.text((left, y), Weight::Regular, 8.0, QUIET, &foot);
                let page = format!("{} / {count}", number + 1);
                self.text_right((left + width, y), Weight::Regular, 8.0, QUIET, &page);
                marks = self.pages.pop().unwrap_or_default();
            }
            self.page(&mut document, &marks)?;
        }
        document.finish().map_err(|error| Error(format!("{error:?}")))
    }

    fn page(&self, document: &mut Document, marks: &[Mark]) -> Result<(), Error> {
        let settings = PageSettings::from_wh(self.size.0, self.size.1);
        let mut page =
            document.start_page_with(settings.ok_or_else(|| Error("the size of a page".to_owned()))?);
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Text { at, weight, size, colour, spacing, text } => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(fill(*colour)));
                    let glyphs = self.fonts.glyphs(*weight, text, *size, *spacing);
                    let font = self.fonts.font(*weight);
                    surface.draw_glyphs(Point::from_xy(at.0, at.1), &glyphs, font, text, *size, false);
                }
                Mark::Rect { at, size, colour } => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(fill(*colour)));
                    draw_rect(&mut surface, *at, *size);
                }
                Mark::Frame { at, size, colour, width } => {
                    surface.set_fill(None);
                    surface.set_stroke(Some(stroke(*colour, *width)));
                    draw_rect(&mut surface, *at, *size);
                }
                Mark::Wave { at, width, height, colour, line } => {
                    surface.set_fill(None);
                    surface.set_stroke(Some(stroke(*colour, *line)));
                    let mut path = PathBuilder::new();
                    let waves = 8_u8;
                    let step = width / f32::from(waves);
                    path.move_to(at.0, at.1);
                    for wave in 0..waves {
                        let from = at.0 + step * f32::from(wave);
                        let swing = if wave % 2 == 0 { *height } else { -height };
                        path.quad_to(from + step / 2.0, at.1 + swing, from + step, at.1);
                    }
                    if let Some(path) = path.finish() {
                        surface.draw_path(&path);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
        Ok(())
    }
}

fn draw_rect(surface: &mut krilla::surface::Surface<'_>, at: (f32, f32), size: (f32, f32)) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn fill((red, green, blue): Colour) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn stroke((red, green, blue): Colour, width: f32) -> Stroke {
    Stroke { paint: rgb::Color::new(red, green, blue).into(), width, ..Stroke::default() }
}
