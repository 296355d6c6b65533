//! Files that must be refused, each with the sentence that says where and why.

use super::*;

const COMMENTS: &str = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n";
const VOTES: &str = "timestamp,datetime,comment-id,voter-id,vote\n";
const COMMENT: &str = "1403054214196,,0,1,1,0,1,Raise it\n";
const VOTE: &str = "1403054214196,,0,1,1\n";

/// What reading the directory says.
fn refusal(files: &[(&str, &[u8])]) -> String {
    match read_export(directory(files).path()) {
        Ok(export) => format!("taken, with {} votes", export.votes.len()),
        Err(error) => error.to_string(),
    }
}

/// Runs a table of "lines under the header → sentence" against one of two files that are else right.
fn check(file: &str, table: &[(&str, &str)]) {
    for (lines, expected) in table {
        let mut comments = format!("{COMMENTS}{COMMENT}");
        let mut votes = format!("{VOTES}{VOTE}");
        if file == "comments.csv" {
            comments.push_str(lines);
        } else {
            votes.push_str(lines);
        }
        let found = refusal(&[("comments.csv", comments.as_bytes()), ("votes.csv", votes.as_bytes())]);
        assert_eq!(found, format!("{file}, line {expected}"), "for the line {lines:?}");
    }
}

#[test]
fn a_wrong_statement_is_refused_with_line_and_column() {
    check(
        "comments.csv",
        &[
            ("1403054214196,,1,1\n", "3, column 5: the line should have 8 fields, but has 4"),
            ("\n\r\n,,x,1,0,0,1,a\n", "5, column “comment-id”: “x” is not a whole number"),
            (",,,1,0,0,1,a\n", "3, column “comment-id”: “” is not a whole number"),
            (",,1.5,1,0,0,1,a\n", "3, column “comment-id”: “1.5” is not a whole number"),
            (",,1.,1,0,0,1,a\n", "3, column “comment-id”: “1.” is not a whole number"),
            (",, 1,1,0,0,1,a\n", "3, column “comment-id”: “ 1” is not a whole number"),
            (",,+1,1,0,0,1,a\n", "3, column “comment-id”: “+1” is not a whole number"),
            (",,１,1,0,0,1,a\n", "3, column “comment-id”: “１” is not a whole number"),
            (",,-1,1,0,0,1,a\n", "3, column “comment-id”: “-1” is negative"),
            (",,2147483648,1,0,0,1,a\n", "3, column “comment-id”: “2147483648” is larger than 2147483647"),
            (
                ",,9223372036854775808,1,0,0,1,a\n",
                "3, column “comment-id”: “9223372036854775808” is larger than 2147483647",
            ),
            (",,0,1,0,0,1,a\n", "3, column “comment-id”: statement 0 is there twice"),
            (",,000,1,0,0,1,a\n", "3, column “comment-id”: statement 0 is there twice"),
            (",,1,-7,0,0,1,a\n", "3, column “author-id”: “-7” is negative"),
            (",,1,anna,0,0,1,a\n", "3, column “author-id”: “anna” is not a whole number"),
            (
                ",,1,1,0,0,2,a\n",
                "3, column “moderated”: “2” is not a moderation value (1 accepted, 0 pending, -1 rejected)",
            ),
            (
                ",,1,1,0,0,,a\n",
                "3, column “moderated”: “” is not a moderation value (1 accepted, 0 pending, -1 rejected)",
            ),
            ("1.4e12,,1,1,0,0,1,a\n", "3, column “timestamp”: “1.4e12” is not a whole number"),
            ("-5,,1,1,0,0,1,a\n", "3, column “timestamp”: “-5” is negative"),
            (
                "9223372036854775807,,1,1,0,0,1,a\n",
                "3, column “timestamp”: “9223372036854775807” is larger than 253402207200000",
            ),
            (",,1,1,0,0,1,\"one\ntwo\n", "3, column 8: a quotation mark is opened here and never closed"),
            (
                ",,1,1,0,0,1,\"one\ntwo\" three\n",
                "3, column 8: there is text after the closing quotation mark (write a quotation mark inside a text twice: \"\")",
            ),
            (
                ",,1,\"1\"1,0,0,1,a\n",
                "3, column 4: there is text after the closing quotation mark (write a quotation mark inside a text twice: \"\")",
            ),
            (
                ",,1,\"1\"\r,0,0,1,a\n",
                "3, column 4: there is text after the closing quotation mark (write a quotation mark inside a text twice: \"\")",
            ),
            (",,1,1,0,0,1,a\u{0}b\n", "3, column 8: there is a NUL character at byte 127 of the file"),
            (
                ",,1,1,0,0,1,\"one\ntwo\"\n,,2,1,0,0,9,a\n",
                "5, column “moderated”: “9” is not a moderation value (1 accepted, 0 pending, -1 rejected)",
            ),
            (
                ",,1,1,0,0,\u{202e}\u{1b}[2J,a\n",
                "3, column “moderated”: “\\u{202e}\\u{1b}[2J” is not a moderation value (1 accepted, 0 pending, -1 rejected)",
            ),
        ],
    );
}

#[test]
fn a_wrong_vote_is_refused_with_line_and_column() {
    check(
        "votes.csv",
        &[
            (",,0,2,2\n", "3, column “vote”: “2” is not a vote (1 agree, 0 pass, -1 disagree)"),
            (",,0,2,\n", "3, column “vote”: “” is not a vote (1 agree, 0 pass, -1 disagree)"),
            (",,0,2,agree\n", "3, column “vote”: “agree” is not a vote (1 agree, 0 pass, -1 disagree)"),
            (
                ",,0,2,-9223372036854775809\n",
                "3, column “vote”: “-9223372036854775809” is not a vote (1 agree, 0 pass, -1 disagree)",
            ),
            (",,0,2,0.5\n", "3, column “vote”: “0.5” is not a vote (1 agree, 0 pass, -1 disagree)"),
            (",,0,4294967296,1\n", "3, column “voter-id”: “4294967296” is larger than 2147483647"),
            (",,0,,1\n", "3, column “voter-id”: “” is not a whole number"),
            (",,0,2\n", "3, column 5: the line should have 5 fields, but has 4"),
            (",,0,2,1,\n", "3, column 6: the line should have 5 fields, but has 6"),
            ("\"", "3, column 1: a quotation mark is opened here and never closed"),
            ("yesterday,,0,2,1\n", "3, column “timestamp”: “yesterday” is not a whole number"),
        ],
    );
}

#[test]
fn a_wrong_header_or_matrix_is_refused_with_line_and_column() {
    let comments = format!("{COMMENTS}{COMMENT}");
    let header = "participant,group-id,n-votes,0\n";
    let long = "9".repeat(60);
    let matrices = [
        (String::new(), "1, column 1: the file is empty: not even the names of the columns are there"),
        (
            "\u{feff}\n\n".into(),
            "1, column 1: the file is empty: not even the names of the columns are there",
        ),
        ("voter,0\n".into(), "1, column “participant”: this column is missing"),
        ("participant,0,0\n".into(), "1, column “0”: this column is there twice"),
        ("participant,0,00\n".into(), "1, column “00”: this column is there twice"),
        ("participant,-5\n".into(), "1, column “-5”: “-5” is negative"),
        (
            format!("participant,{long}\n"),
            "1, column “9999999999999999999999999999999999999999…”: \
            “9999999999999999999999999999999999999999…” is larger than 2147483647",
        ),
        (format!("{header}1,,1\n"), "2, column 4: the line should have 4 fields, but has 3"),
        (format!("{header}1,,1,1,1\n"), "2, column 5: the line should have 4 fields, but has 5"),
        (format!("{header}1,,1,3\n"), "2, column “0”: “3” is not a vote (1 agree, 0 pass, -1 disagree)"),
        (format!("{header}1,a,1,1\n"), "2, column “group-id”: “a” is not a whole number"),
        (format!("{header}1,,1,1\n1,,1,0\n"), "3, column “participant”: participant 1 is there twice"),
        (format!("{header}-1,,1,1\n"), "2, column “participant”: “-1” is negative"),
    ];
    for (matrix, expected) in matrices {
        let found =
            refusal(&[("comments.csv", comments.as_bytes()), ("participants-votes.csv", matrix.as_bytes())]);
        assert_eq!(found, format!("participants-votes.csv, line {expected}"), "for {matrix:?}");
    }
    for (votes, column) in
        [("comment-id,voter-id\n", "vote"), ("vote,voter-id\n", "comment-id"), ("\"a\"\n", "comment-id")]
    {
        let found = refusal(&[("comments.csv", comments.as_bytes()), ("votes.csv", votes.as_bytes())]);
        assert_eq!(found, format!("votes.csv, line 1, column “{column}”: this column is missing"));
    }
    let found = refusal(&[("comments.csv", b"comment-id,comment-body\n"), ("votes.csv", VOTES.as_bytes())]);
    assert_eq!(found, "comments.csv, line 1, column “moderated”: this column is missing");
    let found = refusal(&[("comments.csv", b"\"comment-id\"s,x\n"), ("votes.csv", VOTES.as_bytes())]);
    assert!(found.starts_with("comments.csv, line 1, column 1: there is text after"), "{found}");
}

#[test]
fn a_wrong_summary_is_refused_with_line_and_key() {
    let table = [
        ("topic\n", "1, column 2: the line should have 2 fields, but has 1"),
        ("topic,a\ntopic,b\n", "2, column “topic”: this column is there twice"),
        ("topic,a\nviews,many\n", "2, column “views”: “many” is not a whole number"),
        ("topic,a\nviews,-1\n", "2, column “views”: “-1” is negative"),
        ("topic,a\nviews,9999999999\n", "2, column “views”: “9999999999” is larger than 2147483647"),
        ("topic,\"a\n\nb\n", "1, column 2: a quotation mark is opened here and never closed"),
    ];
    for (summary, expected) in table {
        let files = [("comments.csv", COMMENTS), ("votes.csv", VOTES), ("summary.csv", summary)];
        let found = refusal(&files.map(|(name, text)| (name, text.as_bytes())));
        assert_eq!(found, format!("summary.csv, line {expected}"));
    }
}

#[test]
fn bytes_that_are_no_utf8_are_named_by_line_and_byte() {
    let mut comments = format!("{COMMENTS}{COMMENT},,1,1,0,0,1,\"caf").into_bytes();
    let at = comments.len();
    comments.extend(b"\xe9\"\n");
    let votes = ("votes.csv", VOTES.as_bytes());
    let found = refusal(&[("comments.csv", &comments), votes]);
    assert_eq!(
        found,
        format!("comments.csv, line 3, column 8: the text is not UTF-8 at byte {at} of the file")
    );

    // A whole file in UTF-16, as spreadsheets save it; and half a character at the end of the file.
    let found = refusal(&[("comments.csv", b"\xff\xfec\x00o\x00"), votes]);
    assert_eq!(found, "comments.csv, line 1, column 1: there is a NUL character at byte 3 of the file");
    comments.truncate(at);
    comments.extend(b"\"\n,,2,1,0,0,1,\xe2\x82");
    let found = refusal(&[("comments.csv", &comments), votes]);
    let byte = comments.len() - 2;
    assert_eq!(
        found,
        format!("comments.csv, line 4, column 8: the text is not UTF-8 at byte {byte} of the file")
    );
    // The mark at the start of a file counts as bytes of it.
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(&comments);
    let found = refusal(&[("comments.csv", &marked), votes]);
    let byte = byte + 3;
    assert_eq!(
        found,
        format!("comments.csv, line 4, column 8: the text is not UTF-8 at byte {byte} of the file")
    );
}

#[test]
fn a_missing_file_a_directory_and_a_pipe_are_refused() {
    let votes = ("votes.csv", VOTES.as_bytes());
    let missing = "comments.csv is missing: no file in the directory has that name or ends with “-comments.csv”; \
        the directory has “votes.csv”";
    assert_eq!(refusal(&[votes]), missing);
    let neither = "there are no votes: both votes.csv and participants-votes.csv are missing; the directory has “comments.csv”";
    assert_eq!(refusal(&[("comments.csv", COMMENTS.as_bytes())]), neither);
    let dir = directory(&[votes]);
    std::fs::create_dir(dir.path().join("comments.csv")).unwrap();
    assert_eq!(read_export(dir.path()).unwrap_err().to_string(), "comments.csv is not a file");
    let error = read_export(&dir.path().join("votes.csv")).unwrap_err();
    assert!(error.to_string().contains("votes.csv can't be read: "), "{error}");
    #[cfg(unix)]
    {
        let dir = directory(&[votes]);
        // Nothing ends a read from this one.
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("comments.csv")).unwrap();
        assert_eq!(read_export(dir.path()).unwrap_err().to_string(), "comments.csv is not a file");
    }
}

/// A line of an unquoted text that begins with a quotation mark would take the next statements in.
#[test]
fn a_quotation_that_an_unquoted_text_opens_takes_no_other_statement_in() {
    let comments = "comment-id,moderated,comment-body\n0,1,Line one\n\"Line two\n1,1,Say \"no\"\n2,1,c\n";
    let votes = ("votes.csv", "comment-id,voter-id,vote\n1,1,1\n2,1,1\n".as_bytes());
    let found = refusal(&[("comments.csv", comments.as_bytes()), votes]);
    assert!(found.starts_with("comments.csv, line 3"), "{found}");
}

#[test]
fn what_has_no_end_is_refused_before_it_is_in_memory() {
    use crate::exchange::csv::{MAX_FIELD_BYTES, MAX_FIELDS, MAX_FILE_BYTES};
    let votes = ("votes.csv", VOTES.as_bytes());
    let mut long = format!("{COMMENTS}{COMMENT},,1,1,0,0,1,\"").into_bytes();
    long.resize(long.len() + 20 * MAX_FIELD_BYTES, b'a');
    let dir = directory(&[("comments.csv", &long), votes]);
    let mut read = 0;
    let error =
        read_export_with(dir.path(), ReadOptions::default(), &mut |bytes, _| read = bytes).unwrap_err();
    let sentence = "comments.csv, line 3, column 8: the field is longer than 65536 bytes; is a closing quotation mark missing?";
    assert_eq!(error.to_string(), sentence);
    assert!(read < 4 * MAX_FIELD_BYTES as u64, "{read} bytes were read to find this out");

    // Lines of an unquoted text are counted together.
    let mut lines = format!("{COMMENTS}{COMMENT},,1,1,0,0,1,a").into_bytes();
    lines.extend("\nb b b b b b b b b b b b".repeat(MAX_FIELD_BYTES / 10).into_bytes());
    let found = refusal(&[("comments.csv", &lines), votes]);
    assert!(found.starts_with("comments.csv, line 3, column 8: the field is longer than"), "{found}");

    let wide = ",".repeat(MAX_FIELDS + 10);
    let found = refusal(&[("comments.csv", wide.as_bytes()), votes]);
    assert_eq!(found, "comments.csv, line 1, column 100001: the line has more than 100000 fields");
    let field = format!("{},", "a".repeat(60_000));
    let found = refusal(&[("comments.csv", field.repeat(80).as_bytes()), votes]);
    assert_eq!(found, "comments.csv, line 1, column 70: the line is longer than 4194304 bytes");

    // A sparse file: no bytes on the disk, but many to read.
    let dir = directory(&[votes]);
    let file = std::fs::File::create(dir.path().join("comments.csv")).unwrap();
    file.set_len(MAX_FILE_BYTES + 1).unwrap();
    let found = read_export(dir.path()).unwrap_err().to_string();
    assert_eq!(found, "comments.csv is larger than 4294967296 bytes");
}
