//! Looks an XLSX archive over before the workbook parser may touch it. The sizes in a zip directory are only
//! claims, so every part is unpacked into nothing and counted, stopping at the first limit it passes.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::{Limits, SheetError};

/// Small parts may compress as well as they like: a page of zeroes harms nobody.
const RATIO_MATTERS_FROM: u64 = 1024 * 1024;
const HEAD: usize = 4096;

/// Archives inside the archive, by how they begin: zip, gzip, 7z, RAR, bzip2, xz, zstd.
const ARCHIVE_MAGIC: [&[u8]; 7] = [
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
];

pub(crate) fn inspect(bytes: &[u8], limits: Limits) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
    if archive.len() > limits.max_entries {
        return Err(SheetError::ZipBomb);
    }
    if archive.has_duplicate_names() {
        return Err(SheetError::Unreadable);
    }
    let is_workbook = |name: &[u8]| name.to_ascii_lowercase().ends_with(b"workbook.xml");
    if !archive.file_names_raw().any(is_workbook) {
        return Err(SheetError::NotASheet);
    }
    let whole = bytes.len() as u64;
    let mut left = limits.max_unpacked_bytes.min(allowed(whole, limits));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| SheetError::Unreadable)?;
        if part.encrypted() || part.is_symlink() {
            return Err(SheetError::Unreadable);
        }
        let most = left.min(allowed(part.compressed_size().min(whole), limits));
        if part.size() > most {
            return Err(SheetError::ZipBomb);
        }
        let strings = part.name_raw().to_ascii_lowercase().ends_with(b"sharedstrings.xml");
        let (head, size) = unpack(&mut part, most)?;
        if ARCHIVE_MAGIC.iter().any(|magic| head.starts_with(magic)) {
            return Err(SheetError::ZipBomb);
        }
        if strings && !counts_honestly(&head, size) {
            return Err(SheetError::Unreadable);
        }
        left -= size;
    }
    Ok(())
}

fn allowed(packed: u64, limits: Limits) -> u64 {
    packed.saturating_mul(limits.max_ratio).max(RATIO_MATTERS_FROM)
}

/// The first bytes of a part and its real size.
fn unpack(part: &mut impl Read, most: u64) -> Result<(Vec<u8>, u64), SheetError> {
    let mut head = Vec::new();
    let mut block = [0_u8; 16 * 1024];
    let mut size = 0_u64;
    loop {
        let read = part.read(&mut block).map_err(|_| SheetError::Unreadable)?;
        if read == 0 {
            return Ok((head, size));
        }
        size += read as u64;
        if size > most {
            return Err(SheetError::ZipBomb);
        }
        let missing = HEAD.saturating_sub(head.len()).min(read);
        head.extend_from_slice(&block[..missing]);
    }
}

/// The parser reserves memory for as many strings as the string table claims to hold, and a claim beyond all
/// memory aborts the process, which nothing can catch. So the claim must be plainly written at the very start
/// of the part, in UTF-8, and be no larger than the part itself.
fn counts_honestly(head: &[u8], size: u64) -> bool {
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if rest.starts_with(b"<?") {
        let Some(end) = rest.iter().position(|&b| b == b'>') else { return false };
        let prolog = String::from_utf8_lossy(&rest[..end]).to_ascii_lowercase();
        if prolog.contains("encoding") && !prolog.contains("utf-8") {
            return false;
        }
        rest = rest[end + 1..].trim_ascii_start();
    }
    let Some(end) = rest.iter().position(|&b| b == b'>') else { return false };
    let Ok(root) = std::str::from_utf8(&rest[..end]) else { return false };
    let name = root.trim_start_matches('<').split([' ', '\t', '\r', '\n', '/']).next().unwrap_or_default();
    if name.rsplit(':').next() != Some("sst") || root.contains('\0') {
        return false;
    }
    root.match_indices("uniqueCount").all(|(at, word)| {
        let value = root[at + word.len()..].trim_start().trim_start_matches('=').trim_start();
        let digits: String = value.chars().skip(1).take_while(char::is_ascii_digit).collect();
        digits.is_empty() || digits.parse::<u64>().is_ok_and(|claimed| claimed <= size)
    })
}

#[cfg(test)]
mod tests {
    use super::counts_honestly;

    #[test]
    fn string_counts_beyond_the_part_are_refused() {
        let xml =
            |count: &str| format!(r#"<?xml version="1.0" encoding="UTF-8"?><sst uniqueCount="{count}">"#);
        assert!(counts_honestly(xml("12").as_bytes(), 400));
        assert!(counts_honestly(b"<x:sst xmlns:x='y' count='3'/>", 30));
        assert!(!counts_honestly(xml("401").as_bytes(), 400));
        assert!(!counts_honestly(xml("99999999999999999999999").as_bytes(), 400));
        assert!(!counts_honestly(br#"<!-- <sst> --><sst uniqueCount="999">"#, 40));
        assert!(!counts_honestly(br#"<?xml version="1.0" encoding="UTF-16"?><sst>"#, 40));
        assert!(!counts_honestly(b"", 0));
    }
}
