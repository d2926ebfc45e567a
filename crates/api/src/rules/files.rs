//! What files may be handed in: a kind is allowed by the ending of its name and proved by how its bytes begin.
//!
//! What a browser could run (HTML, SVG) is not among them, whatever it is called.

use unicode_normalization::UnicodeNormalization;

/// What the bytes of a kind begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    Starts(&'static [u8]),
    /// RIFF....WEBP
    Webp,
    /// ISO media: `ftyp` after the length.
    Media,
    /// Text without control characters; any encoding that leaves ASCII as it is.
    Text,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    ending: &'static str,
    pub media_type: &'static str,
    proof: Proof,
}

const ZIP: Proof = Proof::Starts(b"PK\x03\x04");
/// Documents of the older office programs, and of 한글.
const OLE: Proof = Proof::Starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");

const fn kind(ending: &'static str, media_type: &'static str, proof: Proof) -> FileKind {
    FileKind { ending, media_type, proof }
}

const KINDS: [FileKind; 27] = [
    kind("pdf", "application/pdf", Proof::Starts(b"%PDF-")),
    kind("png", "image/png", Proof::Starts(b"\x89PNG\r\n\x1a\n")),
    kind("jpg", "image/jpeg", Proof::Starts(b"\xFF\xD8\xFF")),
    kind("jpeg", "image/jpeg", Proof::Starts(b"\xFF\xD8\xFF")),
    kind("gif", "image/gif", Proof::Starts(b"GIF8")),
    kind("webp", "image/webp", Proof::Webp),
    kind("heic", "image/heic", Proof::Media),
    kind("mp4", "video/mp4", Proof::Media),
    kind("mov", "video/quicktime", Proof::Media),
    kind("zip", "application/zip", ZIP),
    kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    kind("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP),
    kind("odt", "application/vnd.oasis.opendocument.text", ZIP),
    kind("hwpx", "application/hwp+zip", ZIP),
    kind("hwp", "application/x-hwp", OLE),
    kind("doc", "application/msword", OLE),
    kind("xls", "application/vnd.ms-excel", OLE),
    kind("ppt", "application/vnd.ms-powerpoint", OLE),
    kind("txt", "text/plain", Proof::Text),
    kind("md", "text/markdown", Proof::Text),
    kind("csv", "text/csv", Proof::Text),
    kind("log", "text/plain", Proof::Text),
    kind("json", "application/json", Proof::Text),
    kind("yaml", "application/yaml", Proof::Text),
    kind("yml", "application/yaml", Proof::Text),
    kind("sql", "application/sql", Proof::Text),
];

/// The endings there are, as one text.
#[must_use]
pub fn endings() -> String {
    KINDS.iter().map(|kind| kind.ending).collect::<Vec<_>>().join(", ")
}

/// The kind a name promises.
#[must_use]
pub fn kind_of(name: &str) -> Option<FileKind> {
    let (_, ending) = name.rsplit_once('.')?;
    KINDS.iter().find(|kind| kind.ending.eq_ignore_ascii_case(ending)).copied()
}

impl FileKind {
    /// Whether the bytes are what the name promises.
    #[must_use]
    pub fn is_proved_by(&self, head: &[u8]) -> bool {
        match self.proof {
            Proof::Starts(bytes) => head.starts_with(bytes),
            Proof::Webp => head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"),
            Proof::Media => head.get(4..8) == Some(b"ftyp"),
            Proof::Text => {
                let is_binary = |byte: &u8| *byte < 0x20 && !b"\t\r\n\x0C".contains(byte) || *byte == 0x7F;
                !head.iter().any(is_binary)
            }
        }
    }
}

/// A name without folders, control characters and signs that turn the writing round, at most 120 characters;
/// `None` when nothing is left.
#[must_use]
pub fn safe_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_bad = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
            || "<>:\"|?*".contains(c)
    };
    let clean: String = last.nfc().filter(|c| !is_bad(*c)).collect();
    let clean = clean.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    let (stem, ending) = clean.rsplit_once('.').unwrap_or((clean, ""));
    let stem = stem.trim();
    if stem.is_empty() {
        return None;
    }
    let room = 119_usize.saturating_sub(ending.chars().count());
    let stem: String = stem.chars().take(room).collect();
    Some(if ending.is_empty() { stem } else { format!("{stem}.{ending}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_folders_and_signs_that_do_something() {
        let safe = |name: &str| safe_name(name).unwrap_or_default();
        assert_eq!(safe("../../etc/passwd.txt"), "passwd.txt");
        assert_eq!(safe("C:\\tmp\\보고서.pdf"), "보고서.pdf");
        assert_eq!(safe("a\u{202E}gnp.exe.png\r\nX: y"), "agnp.exe.pngX y");
        assert_eq!(safe("  .. .png"), "", "nothing before the ending");
        assert_eq!(safe("\u{1112}\u{1161}\u{11AB}.md"), "한.md", "composed");
        assert_eq!(safe(&format!("{}.pdf", "가".repeat(300))).chars().count(), 120);
        assert_eq!(safe(".env"), "env");
    }

    #[test]
    fn what_a_name_promises_the_bytes_must_keep() {
        let proved = |name: &str, head: &[u8]| kind_of(name).map(|kind| kind.is_proved_by(head));
        assert_eq!(proved("a.PNG", b"\x89PNG\r\n\x1a\n...."), Some(true));
        assert_eq!(proved("a.png", b"<svg onload=x>"), Some(false));
        assert_eq!(proved("a.jpg", b"\xFF\xD8\xFF\xE0"), Some(true));
        assert_eq!(proved("a.xlsx", b"PK\x03\x04"), Some(true));
        assert_eq!(proved("a.hwp", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Some(true));
        assert_eq!(proved("a.txt", "한글\n".as_bytes()), Some(true));
        assert_eq!(proved("a.txt", b"\x7FELF\x00"), Some(false));
        assert_eq!(proved("a.webp", b"RIFF0000WEBPVP8 "), Some(true));
        assert_eq!(proved("a.mp4", b"\0\0\0\x20ftypisom"), Some(true));
        for name in ["a.html", "a.svg", "a.exe", "a", "a.png.js", "a.htm"] {
            assert_eq!(kind_of(name), None, "{name}");
        }
    }
}
