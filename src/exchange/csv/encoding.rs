//! Which letters the bytes of a file are: UTF-8, UTF-16, or what Windows programs write.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How a file's letters are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8, with or without a mark at its start.
    Utf8,
    /// UTF-16, as spreadsheets save “Unicode text”.
    Utf16,
    /// Windows-1252: Western European programs without Unicode.
    Windows1252,
    /// A workbook, whose letters need no guess.
    Workbook,
}

impl Encoding {
    const ALL: [Self; 4] = [Self::Utf8, Self::Utf16, Self::Windows1252, Self::Workbook];

    /// A name for forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Windows1252 => "windows-1252",
            Self::Workbook => "workbook",
        }
    }

    /// That with this name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.code() == code)
    }
}

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of a file, with `\n` at the end of its lines. `None` where the bytes are not text.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
    let (text, encoding) = match utf16(bytes) {
        Some(text) => (text?, Encoding::Utf16),
        None => match std::str::from_utf8(bytes.strip_prefix(MARK).unwrap_or(bytes)) {
            Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
            Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, Encoding::Windows1252),
        },
    };
    let is_text = |c: char| !c.is_control() || c.is_whitespace();
    text.chars().all(is_text).then(|| (unix_lines(&text), encoding))
}

/// The text of UTF-16, if the bytes are that: by their mark, or because every other byte is zero, as
/// in Latin letters. The inner `None` is UTF-16 that is broken.
fn utf16(bytes: &[u8]) -> Option<Option<Cow<'_, str>>> {
    let (encoding, bytes) = match bytes {
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        [first, 0, ..] if *first != 0 => (UTF_16LE, bytes),
        [0, second, ..] if *second != 0 => (UTF_16BE, bytes),
        _ => return None,
    };
    Some(encoding.decode_without_bom_handling_and_without_replacement(bytes))
}

/// Lines of Windows (CRLF) and old Macs (CR) as everybody else writes them.
fn unix_lines(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<(String, Encoding)> {
        decode(bytes)
    }

    #[test]
    fn the_same_text_is_read_in_every_encoding() {
        let text = "Aussage\r\nMehr Bäume – für 5 €\r\n";
        let expected = "Aussage\nMehr Bäume – für 5 €\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let cases = [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked(MARK, text.as_bytes()), Encoding::Utf8),
            (le.clone(), Encoding::Utf16),
            (be.clone(), Encoding::Utf16),
            (marked(b"\xff\xfe", &le), Encoding::Utf16),
            (marked(b"\xfe\xff", &be), Encoding::Utf16),
            (WINDOWS_1252.encode(text).0.into_owned(), Encoding::Windows1252),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(read(&bytes), Some((expected.to_owned(), encoding)), "{bytes:?}");
        }
        assert_eq!(read(b"a\rb\r\nc"), Some(("a\nb\nc".into(), Encoding::Utf8)));
    }

    #[test]
    fn bytes_that_are_no_text_are_not_taken_for_some() {
        for bytes in [&b"\x89PNG\r\n\x1a\n"[..], b"a\0b", b"\xff\xfe\x00\xd8", b"text\x81"] {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }
}
