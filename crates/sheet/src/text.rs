//! Bytes of a text file to a string: UTF-8, UTF-16 with a BOM, else CP949 (what Korean Excel saves as "CSV").
//! Nothing is ever replaced: a byte that fits no encoding is an error with its line.

use encoding_rs::{DecoderResult, EUC_KR, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Encoding, SheetError};

pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Encoding), SheetError> {
    if let Some(body) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return strictly(UTF_8, body).map(|text| (text, Encoding::Utf8)).map_err(bad);
    }
    if let Some(body) = bytes.strip_prefix(b"\xff\xfe") {
        return strictly(UTF_16LE, body).map(|text| (text, Encoding::Utf16)).map_err(bad);
    }
    if let Some(body) = bytes.strip_prefix(b"\xfe\xff") {
        return strictly(UTF_16BE, body).map(|text| (text, Encoding::Utf16)).map_err(bad);
    }
    let utf8_line = match strictly(UTF_8, bytes) {
        Ok(text) => return Ok((text, Encoding::Utf8)),
        Err(line) => line,
    };
    match strictly(EUC_KR, bytes) {
        Ok(text) => Ok((text, Encoding::Cp949)),
        // The encoding that got further is the one the file was meant to be in.
        Err(line) => Err(bad(line.max(utf8_line))),
    }
}

fn bad(line: u64) -> SheetError {
    SheetError::BadEncoding { line }
}

/// The whole text, or the line of the first bytes that do not belong to this encoding.
fn strictly(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, u64> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true).0 {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::Malformed(..) | DecoderResult::OutputFull => Err(1 + line_breaks(&text)),
    }
}

/// Line ends as an editor counts them: CRLF, LF and a lone CR are one each.
pub(crate) fn line_breaks(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|&pair| ends(pair)).count() as u64
}
