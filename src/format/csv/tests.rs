//! Tables as spreadsheets and statistics offices write them.

use encoding_rs::{EUC_KR, GB18030};

use super::*;

fn sheet(text: &str) -> Sheet {
    read_csv(text.as_bytes()).expect("a table")
}

fn kinds(sheet: &Sheet) -> Vec<(u64, SheetProblemKind)> {
    sheet.problems.iter().map(|problem| (problem.line, problem.kind)).collect()
}

#[test]
fn semicolons_part_numbers_with_decimal_commas() {
    let sheet = sheet("Land;Wert;Anteil\nKR;1,5;2,5\nJP;2,25;3,75\n");
    assert_eq!(sheet.delimiter, b';');
    assert_eq!(sheet.columns, ["Land", "Wert", "Anteil"]);
    assert_eq!(sheet.rows, [["KR", "1,5", "2,5"], ["JP", "2,25", "3,75"]]);
    assert!(sheet.problems.is_empty(), "{:?}", sheet.problems);
}

#[test]
fn tabs_and_bars_are_found_and_a_single_column_is_one() {
    assert_eq!(sheet("a\tb\n1, 2\t3\n").delimiter, b'\t');
    assert_eq!(sheet("a|b\n1|3\n").delimiter, b'|');
    assert_eq!(sheet("sep=|\r\na;b|c\r\n1;2|3\r\n").columns, ["a;b", "c"]);
    assert_eq!(sheet("name\nLaos\nMongolia\n").rows, [["Laos"], ["Mongolia"]]);
}

#[test]
fn a_line_break_in_quotes_counts_as_a_line() {
    let sheet =
        sheet("name,note\r\n\"Korea, Rep.\",\"two\r\nlines \"\"and\"\" a quote\"\r\nLaos,x,extra\r\n");
    assert_eq!(sheet.rows[0], ["Korea, Rep.", "two\r\nlines \"and\" a quote"]);
    assert_eq!(sheet.lines, [2, 4]);
    assert_eq!(kinds(&sheet), [(4, SheetProblemKind::Extra(1))]);
}

#[test]
fn a_quote_that_never_closes_is_told_by_the_line_on_which_it_opens() {
    let sheet = sheet("a,b\n1,\"x\ny\"\n2,\"z\n3,4\n");
    assert_eq!(kinds(&sheet), [(4, SheetProblemKind::OpenQuote)]);
    assert_eq!(sheet.rows, [["1", "x\ny"], ["2", "\"z"], ["3", "4"]], "and takes no other row with it");
}

#[test]
fn ragged_rows_are_padded_and_told() {
    let sheet = sheet("a,b,c\n1,2,3\n4\n5,6,7,\n8,9,10,11\n");
    assert_eq!(sheet.rows, [["1", "2", "3"], ["4", "", ""], ["5", "6", "7"], ["8", "9", "10"]]);
    assert_eq!(kinds(&sheet), [(3, SheetProblemKind::Missing(2)), (5, SheetProblemKind::Extra(1))]);
}

#[test]
fn names_of_columns_are_each_there_once() {
    let sheet = sheet("name,name,,name 2, name \n1,2,3,4,5\n");
    assert_eq!(sheet.columns, ["name", "name 3", "column 3", "name 2", "name 4"]);
}

#[test]
fn blank_lines_and_rows_of_delimiters_at_the_end_are_no_rows() {
    let sheet = sheet("a,b\n\n1,2\n\n,\n3,\n,\n,\n\n");
    assert_eq!(sheet.rows, [["1", "2"], ["", ""], ["3", ""]]);
    assert_eq!(sheet.lines, [3, 5, 6]);
}

#[test]
fn titles_above_the_header_are_left_out_and_told() {
    let text = "Data Source,World Development Indicators\n\nName,Code,2019,2020,2021\nLaos,LAO,1,2,3\nChina,CHN,1,2,3\n";
    let sheet = sheet(text);
    assert_eq!(sheet.columns[..2], ["Name", "Code"]);
    assert_eq!(sheet.rows.len(), 2);
    assert_eq!(kinds(&sheet), [(1, SheetProblemKind::AboveHeader)]);
}

#[test]
fn marks_of_the_byte_order_are_no_part_of_the_first_name() {
    let text = "이름,값\n라오스,1\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe", little.as_slice()].concat(),
        [b"\xfe\xff", big.as_slice()].concat(),
    ] {
        let sheet = read_csv(&bytes).expect("a table");
        assert_eq!((sheet.columns[0].as_str(), sheet.rows[0][0].as_str()), ("이름", "라오스"));
    }
}

#[test]
fn utf_16_without_its_mark_is_read() {
    let bytes: Vec<u8> = "name,value\nLaos,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_csv(&bytes).expect("a table").rows, [["Laos", "1"]]);
}

#[test]
fn chinese_and_korean_encodings_are_told_apart() {
    let chinese = "国家名称,贸易总额（亿美元）,主要口岸\n哈萨克斯坦,310,霍尔果斯\n俄罗斯,2401,满洲里\n越南,2300,凭祥和东兴\n";
    let (bytes, _, _) = GB18030.encode(chinese);
    let sheet = read_csv(&bytes).expect("a table");
    assert_eq!(sheet.encoding, "gb18030");
    assert_eq!(sheet.rows[0], ["哈萨克斯坦", "310", "霍尔果斯"]);
    let korean = "나라 이름,무역액(억 달러),주요 통상구\n카자흐스탄,310,호르고스\n러시아,2401,만저우리\n베트남,2300,핑샹과 둥싱\n";
    let (bytes, _, _) = EUC_KR.encode(korean);
    let sheet = read_csv(&bytes).expect("a table");
    assert_eq!(sheet.encoding, "EUC-KR");
    assert_eq!(sheet.rows[0], ["카자흐스탄", "310", "호르고스"]);
}

#[test]
fn western_letters_of_one_byte_are_read() {
    let sheet = read_csv(b"pays,valeur\nC\xf4te d'Ivoire,1\nBr\xe9sil,2\nT\xfcrkiye,3\n").expect("a table");
    assert_eq!(sheet.rows[0][0], "Côte d'Ivoire");
}

#[test]
fn a_bad_byte_in_utf_8_is_a_problem_with_its_line() {
    let bytes = [&b"name,x\n"[..], "카자흐스탄 그리고 우즈베키스탄,1\n".as_bytes(), b"La\xffos,2\n"].concat();
    let sheet = read_csv(&bytes).expect("a table");
    assert_eq!(sheet.rows[0][0], "카자흐스탄 그리고 우즈베키스탄");
    assert_eq!(kinds(&sheet), [(3, SheetProblemKind::Encoding)]);
}

#[test]
fn what_is_no_table_says_why() {
    assert_eq!(read_csv(b""), Err(SheetFault::Empty));
    assert_eq!(read_csv(b"\n \n"), Err(SheetFault::Empty));
    assert_eq!(read_csv(b"a,b\n"), Err(SheetFault::NoRows { line: 1 }));
    assert_eq!(read_csv(b"PK\x03\x04rest"), Err(SheetFault::Workbook));
    assert_eq!(read_csv(b"a,b\n1,\0\n"), Err(SheetFault::NotText { line: 2 }));
}
