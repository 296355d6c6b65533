//! The first sheet of an Excel workbook (.xlsx) that holds anything, as rows of texts.
//!
//! A workbook is a compressed archive, so a small file can hold gigabytes, and one cell far out can
//! ask for a table of billions: everything is counted before it is kept.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::sheet_row::{SheetError, SheetRow};

/// The most bytes of an unpacked workbook.
const MAX_UNPACKED: u64 = 64 << 20;
/// The most cells that are kept.
const MAX_CELLS: usize = 1_000_000;
/// The most bytes of their texts: one text of the archive can be in many cells.
const MAX_TEXT: usize = 16 << 20;
/// The most columns that are looked at.
const MAX_COLUMNS: u32 = 1_000;
/// The most rows that a sheet can have.
const MAX_ROWS: u32 = 1 << 20;

/// Whether a file is an archive, as workbooks are.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether a file is a workbook of the kind that Excel wrote before 2007.
pub(super) fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Reads the first sheet that is not empty.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<SheetRow>, SheetError> {
    check_size(bytes)?;
    let broken = |_| SheetError::NotAWorkbook;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    for name in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
        let mut rows: Vec<SheetRow> = Vec::new();
        let (mut kept, mut bytes) = (0, 0);
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let ((row, column), text) = (cell.get_position(), text(cell.get_value()));
            if text.trim().is_empty() {
                continue;
            }
            bytes += text.len();
            if row >= MAX_ROWS || column >= MAX_COLUMNS || bytes > MAX_TEXT {
                return Err(SheetError::WorkbookTooLarge);
            }
            kept += put(&mut rows, u64::from(row) + 1, column as usize, text);
            if kept > MAX_CELLS {
                return Err(SheetError::WorkbookTooLarge);
            }
        }
        // As a table, all rows are as wide as the widest.
        let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        if rows.len().saturating_mul(widest) > MAX_CELLS {
            return Err(SheetError::WorkbookTooLarge);
        }
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

/// Puts a cell in its place; how many more are kept now, those before it with it. Cells come row by row.
fn put(rows: &mut Vec<SheetRow>, line: u64, column: usize, text: Cow<'_, str>) -> usize {
    if rows.last().is_none_or(|last| last.line != line) {
        rows.push(SheetRow { line, cells: Vec::new() });
    }
    let Some(SheetRow { cells, .. }) = rows.last_mut() else { return 0 };
    let more = (column + 1).saturating_sub(cells.len());
    cells.resize(cells.len() + more, String::new());
    cells[column] = text.into_owned();
    more
}

fn text<'c>(value: &'c DataRef<'_>) -> Cow<'c, str> {
    match value {
        DataRef::Empty | DataRef::Error(_) => "".into(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.into(),
        DataRef::SharedString(text) => (*text).into(),
        // 7 and not 7.0: Excel knows no whole numbers.
        DataRef::Float(number) => number.to_string().into(),
        DataRef::Int(number) => number.to_string().into(),
        DataRef::Bool(truth) => truth.to_string().into(),
        DataRef::DateTime(moment) => moment.as_f64().to_string().into(),
    }
}

/// Unpacks everything once, and keeps nothing of it: sizes that an archive declares can be wrong.
fn check_size(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::NotAWorkbook)?;
    let mut left = MAX_UNPACKED;
    let mut buffer = vec![0; 64 << 10];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| SheetError::NotAWorkbook)?;
        loop {
            let read = entry.read(&mut buffer).map_err(|_| SheetError::NotAWorkbook)? as u64;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read).ok_or(SheetError::WorkbookTooLarge)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    /// A workbook of one sheet with these cells, each an address and a text.
    fn workbook(cells: impl IntoIterator<Item = (u32, String)>) -> Vec<u8> {
        let mut rows = String::new();
        for (row, column) in cells {
            rows += &format!(
                "<row r=\"{row}\"><c r=\"{column}{row}\" t=\"inlineStr\"><is><t>x</t></is></c></row>"
            );
        }
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let parts = [
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
            ),
        ];
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(name, SimpleFileOptions::default()).expect("it begins");
            archive.write_all(content.as_bytes()).expect("it is written");
        }
        archive.finish().expect("it ends").into_inner()
    }

    #[test]
    fn cells_far_out_do_not_make_a_table_of_billions() {
        let few = read(&workbook([(1, "A".to_owned()), (3, "B".to_owned())])).expect("it is read");
        assert_eq!(few.iter().map(|row| (row.line, row.cells.len())).collect::<Vec<_>>(), [(1, 1), (3, 2)]);
        let too_large =
            |cells: Vec<(u32, String)>| read(&workbook(cells)) == Err(SheetError::WorkbookTooLarge);
        assert!(too_large(vec![(4_000_000_000, "A".to_owned())]), "a row that no sheet has");
        assert!(too_large(vec![(1, "ZZZ".to_owned())]), "a column far out");
        let wide = (1..=2_000).map(|row| (row, if row == 7 { "ALL" } else { "A" }.to_owned()));
        assert!(too_large(wide.collect()), "a table as wide as its widest row");
        assert!(too_large((1..=1_100).map(|row| (row, "ALL".to_owned())).collect()), "many wide rows");
    }
}
