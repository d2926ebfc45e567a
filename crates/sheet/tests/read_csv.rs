//! Delimited files as they come: from Korean Excel, from other programs, and broken in every way.

use encoding_rs::EUC_KR;
use sheet::{Encoding, Limits, SheetError, Table, read};

const HEADER: &str =
    "사번,성,이름,이메일,부서,직급,직무,mentee/mentor,입사일,관리자여부(o/x),활성화여부(o/x)";
const ROW: &str = "N001,김,나루,naru@example.com,개발팀,사원,백엔드,mentee,2026-09-01,x,o";

fn ok(bytes: impl AsRef<[u8]>) -> Table {
    read(bytes.as_ref(), Limits::default()).unwrap()
}

fn err(bytes: impl AsRef<[u8]>) -> SheetError {
    read(bytes.as_ref(), Limits::default()).unwrap_err()
}

fn lines(table: &Table) -> Vec<u64> {
    table.rows.iter().map(|row| row.line).collect()
}

#[test]
fn cp949_from_korean_excel() {
    // 똠 is in CP949 but not in plain EUC-KR.
    let text = format!("{HEADER}\r\n{ROW}\r\n{}\r\n", ROW.replace("나루", "똠방"));
    let (bytes, _, lossy) = EUC_KR.encode(&text);
    assert!(!lossy && std::str::from_utf8(&bytes).is_err());
    let table = ok(bytes);
    assert_eq!(table.encoding, Encoding::Cp949);
    assert_eq!(table.header, HEADER.split(',').collect::<Vec<_>>());
    assert_eq!(table.rows[0].cells, ROW.split(',').collect::<Vec<_>>());
    assert_eq!(table.rows[1].cells[2], "똠방");
    assert_eq!(lines(&table), [2, 3]);
}

#[test]
fn utf8_and_utf16_with_their_marks() {
    let text = format!("{HEADER}\n{ROW}");
    let expected = ok(&text);
    assert_eq!(expected.encoding, Encoding::Utf8);
    let with_bom = ok(format!("\u{feff}{text}"));
    assert_eq!(with_bom, expected);
    let little: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big] {
        let table = ok(bytes);
        assert_eq!(table.encoding, Encoding::Utf16);
        assert_eq!((table.header, table.rows), (expected.header.clone(), expected.rows.clone()));
    }
}

#[test]
fn bad_bytes_are_named_by_line() {
    let mut utf8 = "이름\n나루\n".as_bytes().to_vec();
    utf8.extend(b"\xff\xff\n");
    assert_eq!(err(utf8), SheetError::BadEncoding { line: 3 });
    let mut cp949 = EUC_KR.encode("이름\r\n나루\r\n강\r\n").0.into_owned();
    cp949.extend(b"\xff\xff");
    assert_eq!(err(cp949), SheetError::BadEncoding { line: 4 });
    assert_eq!(err(b"\xff\xfea\0\n\0\x00\xd8b\0"), SheetError::BadEncoding { line: 2 });
}

#[test]
fn the_header_line_decides_the_delimiter() {
    for delimiter in [",", ";", "\t"] {
        let table = ok(["이름", "부서", "메모"].join(delimiter) + "\n" + &["a", "b", "c"].join(delimiter));
        assert_eq!(table.header, ["이름", "부서", "메모"]);
        assert_eq!(table.rows[0].cells, ["a", "b", "c"]);
    }
    assert_eq!(ok("\"a;b;c\",d\n1,2").header, ["a;b;c", "d"]);
    assert_eq!(ok(",,\n\t\n이름;부서\n나루;a").header, ["이름", "부서"]);
    assert_eq!(ok("이름\n나루").rows[0].cells, ["나루"]);
}

#[test]
fn quotes_newlines_and_line_numbers() {
    let table = ok("a,b\r\n\"x\r\ny\",\"say \"\"hi\"\"\"\r\n\r\n , \n5\" 모니터,\"q\"z\rlast,1");
    assert_eq!(lines(&table), [2, 6, 7]);
    assert_eq!(table.rows[0].cells, ["x\r\ny", "say \"hi\""]);
    assert_eq!(table.rows[1].cells, ["5\" 모니터", "qz"]);
    assert_eq!(table.rows[2].cells, ["last", "1"]);
}

#[test]
fn headers_are_trimmed_and_composed() {
    let table = ok("\n\n 이름 ,\u{3000}부서\u{feff},,\n나루, 개발팀\u{a0},,\n");
    assert_eq!(table.header, ["이름", "부서"]);
    assert_eq!(
        (table.rows[0].line, table.rows[0].cells.as_slice()),
        (4, ["나루", "개발팀"].map(String::from).as_slice())
    );
}

#[test]
fn ragged_rows_are_named() {
    assert_eq!(err("a,b,c\n1,2,3\n1,2\n"), SheetError::RaggedRow { line: 3, expected: 3, found: 2 });
    assert_eq!(err("a,b\n\n1,2,3,,\n"), SheetError::RaggedRow { line: 3, expected: 2, found: 3 });
    assert_eq!(ok("a,b\n1,\n").rows[0].cells, ["1", ""]);
}

#[test]
fn an_unclosed_quote_is_named_where_it_opens() {
    assert_eq!(err("a,b\n1,2\n3,\"4\n5,6\n"), SheetError::UnclosedQuote { line: 3 });
    assert_eq!(err("\"").code(), "unclosed_quote");
}

#[test]
fn nothing_and_nothing_but_blanks() {
    for text in ["", "\u{feff}", "\n\r\n", " , ,\n,,\n", ";;\n"] {
        assert_eq!(err(text), SheetError::Empty, "{text:?}");
    }
    assert!(ok("이름,부서\n").rows.is_empty());
}

#[test]
fn every_limit_holds() {
    let mut many = "a\n".to_owned() + &"1\n".repeat(50_000);
    assert_eq!(ok(&many).rows.len(), 50_000);
    assert_eq!(ok(&many).rows[49_999].line, 50_001);
    many.push_str("1\n");
    assert_eq!(err(&many), SheetError::TooManyRows { max: 50_000 });

    let columns = |n: usize| (0..n).map(|i| format!("c{i}")).collect::<Vec<_>>().join(",");
    assert_eq!(ok(columns(100)).header.len(), 100);
    assert_eq!(err(columns(101)), SheetError::TooManyColumns { max: 100 });
    assert_eq!(err(",".repeat(5_000_000)), SheetError::Empty);

    let cell = |n: usize| format!("a,b\n1,{}\n", "가".repeat(n));
    assert_eq!(ok(cell(10_000)).rows.len(), 1);
    assert_eq!(err(cell(10_001)), SheetError::CellTooLong { line: 2, column: 2, max: 10_000 });
    assert_eq!(err("x".repeat(1024 * 1024)), SheetError::CellTooLong { line: 1, column: 1, max: 10_000 });

    let max = 10 * 1024 * 1024;
    assert_eq!(err(vec![b'a'; max + 1]), SheetError::TooLarge { max });
}

#[test]
fn other_files_are_no_sheets() {
    for bytes in [
        &b"%PDF-1.7\n"[..],
        b"\x89PNG\r\n\x1a\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xls",
        b"ab\0cd\x01\n1",
        b"PK\x05\x06",
    ] {
        assert_eq!(err(bytes), SheetError::NotASheet, "{bytes:?}");
    }
}

#[test]
fn nul_bytes_in_cells_are_kept_for_the_caller_to_judge() {
    assert_eq!(ok("a,b\nx\0y,\0\n").rows[0].cells, ["x\0y", "\0"]);
}

#[test]
fn the_apostrophe_before_a_formula_goes_and_others_stay() {
    let table = ok("a,b,c\n'=1+1,'90s,'+82 10\n=1+1,-5,''=x");
    assert_eq!(table.rows[0].cells, ["=1+1", "'90s", "+82 10"]);
    assert_eq!(table.rows[1].cells, ["=1+1", "-5", "'=x"]);
}
