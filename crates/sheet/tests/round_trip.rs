//! Whatever is exported can be imported, and whatever is thrown at the reader, it answers.

use proptest::collection::vec;
use proptest::prelude::*;
use sheet::{Cell, Limits, read, write_csv, write_xlsx};

const HEADER: [&str; 3] = ["사번", "이;름", "=메\t모"];

/// What comes back is trimmed, so what goes in is too.
fn texts() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof!["['=+@＝－a가 \n;,\"-]{0,6}", "[ -~가-힣]{0,12}",];
    vec(vec(cell.prop_map(|text| text.trim().to_owned()), 3), 0..8)
}

fn cells(rows: &[Vec<String>]) -> impl Iterator<Item = Vec<Cell<'_>>> {
    rows.iter().map(|row| row.iter().map(|text| Cell::from(text.as_str())).collect())
}

fn imported(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let table = read(bytes, Limits::default()).unwrap();
    (table.header, table.rows.into_iter().map(|row| row.cells).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn exports_can_be_imported(rows in texts()) {
        let held: Vec<_> = rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).cloned().collect();
        let expected = (HEADER.map(String::from).to_vec(), held);
        prop_assert_eq!(imported(&write_csv(&HEADER, cells(&rows))), expected.clone());
        prop_assert_eq!(imported(&write_xlsx("표", &HEADER, cells(&rows)).unwrap()), expected);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, Limits::default());
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a가,;\t\r\n\"'=\0 ]{0,60}") {
        if let Ok(table) = read(text.as_bytes(), Limits::default()) {
            for row in &table.rows {
                prop_assert_eq!(row.cells.len(), table.header.len());
            }
        }
    }

    #[test]
    fn no_damage_to_a_workbook_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = write_xlsx("표", &HEADER, [vec!["나루".into(), 1_i64.into()]]).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&bytes, Limits::default());
    }
}

#[test]
fn a_csv_export_is_what_excel_expects() {
    let rows = [vec!["김\"나루\"".into(), Cell::Int(-5)], vec!["-5".into(), "a,b".into()]];
    let bytes = write_csv(&["이름", "값"], rows);
    let text = std::str::from_utf8(&bytes).unwrap();
    assert_eq!(text, "\u{feff}이름,값\r\n\"김\"\"나루\"\"\",-5\r\n'-5,\"a,b\"\r\n");
}

#[test]
fn tabs_returns_and_nul_survive_csv() {
    for text in ["\t=1", "\r=1", "\0=1", "'\t=1", "\tx"] {
        let bytes = write_csv(&["a"], [vec![text.into()]]);
        assert_eq!(imported(&bytes).1, [[text]], "{text:?}");
        assert!(bytes.windows(2).any(|pair| pair[0] == b'\''));
    }
}
