//! The two fonts, and how wide their glyphs are.
//!
//! One glyph a character, without kerning: Hangul needs none, and what is measured is exactly what is drawn.

use crate::Error;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

const REGULAR: &[u8] = include_bytes!("../fonts/Pretendard-Regular.otf");
const BOLD: &[u8] = include_bytes!("../fonts/Pretendard-Bold.otf");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

struct Face {
    font: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f32,
}

impl Face {
    fn of(data: &'static [u8]) -> Result<Self, Error> {
        let parsed = FontRef::new(data).map_err(|error| Error(error.to_string()))?;
        let font = Font::new(data.into(), 0).ok_or_else(|| Error("the font can't be read".to_owned()))?;
        Ok(Self {
            units: font.units_per_em(),
            font,
            charmap: parsed.charmap(),
            metrics: parsed.glyph_metrics(Size::unscaled(), LocationRef::default()),
        })
    }
}

pub struct Fonts {
    regular: Face,
    bold: Face,
}

impl Fonts {
    pub fn load() -> Result<Self, Error> {
        Ok(Self { regular: Face::of(REGULAR)?, bold: Face::of(BOLD)? })
    }

    const fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    pub fn font(&self, weight: Weight) -> Font {
        self.face(weight).font.clone()
    }

    /// Whether the fonts can draw it.
    pub fn has(&self, character: char) -> bool {
        self.regular.charmap.map(character).is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// The width of one character of a text one point high.
    pub fn advance(&self, weight: Weight, character: char) -> f32 {
        let face = self.face(weight);
        let glyph = face.charmap.map(character).unwrap_or_default();
        face.metrics.advance_width(glyph).unwrap_or(face.units / 2.0) / face.units
    }

    pub fn width(&self, weight: Weight, text: &str, size: f32, spacing: f32) -> f32 {
        text.chars().map(|character| self.advance(weight, character) * size + spacing).sum()
    }

    /// The glyphs of a line. `spacing` is in points, and goes after each of them.
    pub fn glyphs(&self, weight: Weight, text: &str, size: f32, spacing: f32) -> Vec<KrillaGlyph> {
        let face = self.face(weight);
        let glyphs = text.char_indices().map(|(start, character)| {
            let glyph = face.charmap.map(character).unwrap_or_default();
            let advance = self.advance(weight, character) + spacing / size;
            let range = start..start + character.len_utf8();
            KrillaGlyph::new(GlyphId::new(glyph.to_u32()), advance, 0.0, 0.0, 0.0, range, None)
        });
        glyphs.collect()
    }
}
