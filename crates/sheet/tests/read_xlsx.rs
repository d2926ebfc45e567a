//! Workbooks as Excel makes them, and archives made to do harm.

use std::io::{Cursor, Write};

use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use sheet::{Cell, Encoding, Limits, SheetError, Table, read, write_xlsx};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn ok(bytes: &[u8]) -> Table {
    read(bytes, Limits::default()).unwrap()
}

fn err(bytes: &[u8]) -> SheetError {
    read(bytes, Limits::default()).unwrap_err()
}

fn small() -> Vec<u8> {
    write_xlsx("멘티", &["이름"], [vec!["나루".into()]]).unwrap()
}

/// The workbook with one part replaced or added.
fn with_part(workbook: &[u8], name: &str, body: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let part = from.by_index(at).unwrap();
        if part.name_raw() != name.as_bytes() {
            to.raw_copy_file(part).unwrap();
        }
    }
    to.start_file(name, SimpleFileOptions::default()).unwrap();
    to.write_all(body).unwrap();
    to.finish().unwrap().into_inner()
}

#[test]
fn what_is_written_is_read() {
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let old = NaiveDate::from_ymd_opt(1899, 12, 31).unwrap();
    let rows = [
        vec!["=SUM(A1)".into(), 42_i64.into(), 2.5.into(), day.into(), Cell::Empty],
        vec!["이 메일".into(), 9_007_199_254_740_993_i64.into(), (-1.0).into(), old.into(), "＠멘션".into()],
    ];
    let bytes = write_xlsx("멘티", &["글", "정수", "실수", "날짜", "빈칸"], rows).unwrap();
    let table = ok(&bytes);
    assert_eq!(table.encoding, Encoding::Xlsx);
    assert_eq!(table.header, ["글", "정수", "실수", "날짜", "빈칸"]);
    assert_eq!(table.rows[0].cells, ["=SUM(A1)", "42", "2.5", "2026-09-01", ""]);
    assert_eq!(table.rows[1].cells, ["이 메일", "9007199254740993", "-1", "1899-12-31", "＠멘션"]);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn the_header_is_frozen_filtered_and_bold_and_nothing_is_a_formula() {
    let rows = [vec!["=1+1".into(), "\t=1".into()]];
    let bytes = write_xlsx("표", &["=머리", "b"], rows).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    for part in ["state=\"frozen\"", "<autoFilter ref=\"A1:B2\"", "<cols>", "'=1+1", "'=머리"] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(!sheet.contains("<f>"));
    let styles = std::io::read_to_string(archive.by_name("xl/styles.xml").unwrap()).unwrap();
    assert!(styles.contains("<b/>"));
}

#[test]
fn fifty_thousand_rows_and_one_more() {
    let rows = |n: i64| (0..n).map(|i| vec![Cell::from(format!("N{i:05}")), "개발팀".into(), i.into()]);
    let bytes = write_xlsx("사원", &["사번", "부서", "순번"], rows(50_000)).unwrap();
    let table = ok(&bytes);
    assert_eq!(table.rows.len(), 50_000);
    assert_eq!((table.rows[49_999].line, table.rows[49_999].cells[0].as_str()), (50_001, "N49999"));
    let bytes = write_xlsx("사원", &["사번", "부서", "순번"], rows(50_001)).unwrap();
    assert_eq!(err(&bytes), SheetError::TooManyRows { max: 50_000 });
}

#[test]
fn cells_as_excel_keeps_them() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("빈 시트").unwrap();
    let hidden = book.add_worksheet();
    hidden.write(0, 0, "숨김").unwrap();
    hidden.set_hidden(true);
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy\"년\" m\"월\" d\"일\"");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (at, heading) in ["참", "식", "날짜", "때", "수"].into_iter().enumerate() {
        sheet.write(2, at as u16, heading).unwrap();
    }
    sheet.write(4, 0, true).unwrap();
    sheet.write(4, 1, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_with_format(4, 2, ExcelDateTime::from_ymd(2026, 9, 1).unwrap(), &date).unwrap();
    sheet
        .write_with_format(4, 3, ExcelDateTime::parse_from_str("2026-09-01T09:30:00").unwrap(), &moment)
        .unwrap();
    sheet.write(4, 4, 1234567.0).unwrap();
    let table = ok(&book.save_to_buffer().unwrap());
    assert_eq!(table.header, ["참", "식", "날짜", "때", "수"]);
    assert_eq!(table.rows[0].line, 5);
    assert_eq!(table.rows[0].cells, ["true", "2", "2026-09-01", "2026-09-01T09:30:00", "1234567"]);
}

#[test]
fn shape_limits_hold() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "a").unwrap();
    sheet.write(3, 1, "밖").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(err(&bytes), SheetError::RaggedRow { line: 4, expected: 1, found: 2 });

    let mut book = Workbook::new();
    book.add_worksheet().write(1_048_575, 16_383, "모퉁이").unwrap();
    assert_eq!(err(&book.save_to_buffer().unwrap()), SheetError::TooManyColumns { max: 100 });

    let mut book = Workbook::new();
    book.add_worksheet().write(0, 2, "가".repeat(10_001)).unwrap();
    let long = SheetError::CellTooLong { line: 1, column: 3, max: 10_000 };
    assert_eq!(err(&book.save_to_buffer().unwrap()), long);

    assert_eq!(err(&Workbook::new().save_to_buffer().unwrap()), SheetError::Empty);
}

#[test]
fn bombs_do_not_go_off() {
    let zeroes = vec![0_u8; 30 * 1024 * 1024];
    let bomb = with_part(&small(), "xl/media/image1.bin", &zeroes);
    assert_eq!(err(&bomb), SheetError::ZipBomb);

    // The same bomb with a directory that claims the part holds one byte.
    let real = (zeroes.len() as u32).to_le_bytes();
    let mut liar = bomb.clone();
    let places: Vec<usize> = (0..liar.len() - 4).filter(|&at| liar[at..at + 4] == real).collect();
    assert!(places.len() >= 2, "local and central header both hold the size");
    for at in places {
        liar[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert!(matches!(err(&liar), SheetError::ZipBomb | SheetError::Unreadable));

    let nested = with_part(&small(), "xl/embeddings/inner.xlsx", &small());
    assert_eq!(err(&nested), SheetError::ZipBomb);

    let few = Limits { max_entries: 3, ..Limits::default() };
    assert_eq!(read(&small(), few).unwrap_err(), SheetError::ZipBomb);
    let tight = Limits { max_unpacked_bytes: 1000, ..Limits::default() };
    assert_eq!(read(&small(), tight).unwrap_err(), SheetError::ZipBomb);
}

#[test]
fn a_string_table_that_claims_all_memory_is_refused() {
    let claim =
        br#"<?xml version="1.0"?><sst count="1" uniqueCount="99999999999999"><si><t>a</t></si></sst>"#;
    assert_eq!(err(&with_part(&small(), "xl/sharedStrings.xml", claim)), SheetError::Unreadable);
}

#[test]
fn one_shared_string_in_many_cells_stays_within_bounds() {
    let strings = format!(r#"<sst uniqueCount="1"><si><t>{}</t></si></sst>"#, "가".repeat(9_000));
    let cells: String =
        (2..4_000).map(|r| format!(r#"<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>"#)).collect();
    let sheet = format!(r#"<worksheet><sheetData>{cells}</sheetData></worksheet>"#);
    let book = with_part(&small(), "xl/sharedStrings.xml", strings.as_bytes());
    let book = with_part(&book, "xl/worksheets/sheet1.xml", sheet.as_bytes());
    assert_eq!(ok(&book).rows.len(), 3_997);
    let tight = Limits { max_unpacked_bytes: 2 * 1024 * 1024, ..Limits::default() };
    assert_eq!(read(&book, tight).unwrap_err(), SheetError::ZipBomb);
}

#[test]
fn broken_workbooks_are_errors() {
    let whole = small();
    for cut in [4, 30, whole.len() / 2, whole.len() - 1] {
        assert_eq!(err(&whole[..cut]), SheetError::Unreadable, "cut at {cut}");
    }
    for sheet in
        ["", "<worksheet>", "<worksheet><sheetData><row r='x'><c r='A99999999999999'><v>1</v></c></row>"]
    {
        let bytes = with_part(&whole, "xl/worksheets/sheet1.xml", sheet.as_bytes());
        assert_eq!(err(&bytes), SheetError::Unreadable, "{sheet}");
    }
    let mut other = ZipWriter::new(Cursor::new(Vec::new()));
    other.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    assert_eq!(err(&other.finish().unwrap().into_inner()), SheetError::NotASheet);
}

#[test]
fn what_excel_cannot_hold_is_a_write_error() {
    assert!(write_xlsx("이름/부서", &["a"], []).is_err());
    assert!(write_xlsx("표", &["a"], [vec!["가".repeat(32_768).into()]]).is_err());
}
