//! The agenda as OpenSlides imports topics: `title` is needed, `agenda_duration` is whole minutes or nothing, `agenda_type` is
//! `common`, `internal` or `hidden`. `text` is shown to everybody and is HTML; `agenda_comment` only those see who lead the
//! meeting.

use super::written::{Written, WrittenItem};

/// The columns, as OpenSlides names them.
pub(super) const COLUMNS: [&str; 5] = ["title", "text", "agenda_comment", "agenda_duration", "agenda_type"];

/// A row for each item.
pub(super) fn rows(written: &Written) -> impl Iterator<Item = Vec<String>> + '_ {
    written.items.iter().map(|item| {
        let minutes = if item.minutes > 0 { item.minutes.to_string() } else { String::new() };
        let comment = std::iter::once(item.when.clone()).chain(item.notes.iter().cloned());
        let comment = comment.collect::<Vec<_>>().join("\n");
        vec![item.heading.clone(), html(item), comment, minutes, "common".to_owned()]
    })
}

fn html(item: &WrittenItem) -> String {
    let statements = item.statements.iter().map(|text| format!("<blockquote>{}</blockquote>", escaped(text)));
    let why = item.why.iter().chain(&item.votes).map(|text| format!("<p>{}</p>", escaped(text)));
    let read = item.read.iter().map(|(title, link)| match link.as_str() {
        "" => format!("<li>{}</li>", escaped(title)),
        link => format!("<li><a href=\"{}\">{}</a></li>", escaped(link), escaped(title)),
    });
    let read: String = read.collect();
    let read =
        if read.is_empty() { read } else { format!("<p>{}</p><ul>{read}</ul>", escaped(&item.read_title)) };
    statements.chain(why).chain([read]).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::written::sample;
    use super::*;

    /// What OpenSlides demands of a row (`topic.json_upload`): the error it gives, if any.
    fn refused(row: &[String]) -> Option<&'static str> {
        let [title, _, _, duration, kind] = row else { return Some("five columns") };
        if title.trim().is_empty() {
            return Some("a topic needs a title");
        }
        if !duration.is_empty() && duration.parse::<u32>().is_err() {
            return Some("agenda_duration is a whole number, not negative");
        }
        (!["common", "internal", "hidden"].contains(&kind.as_str())).then_some("agenda_type is one of three")
    }

    #[test]
    fn openslides_takes_every_row_by_its_own_rules() {
        assert_eq!(COLUMNS.join(","), "title,text,agenda_comment,agenda_duration,agenda_type");
        let rows: Vec<Vec<String>> = rows(&sample()).collect();
        assert_eq!(rows.len(), 2);
        for row in &rows {
            assert_eq!(refused(row), None, "{row:?}");
        }
        assert_eq!((rows[0][3].as_str(), rows[1][3].as_str()), ("60", ""));
        assert!(rows[0][1].contains("More *trees* in &lt;the&gt; park"));
        assert!(rows[0][1].contains("href=\"https://town.example/a?b=1&amp;c=2\""));
        // The rules are rules: rows that break one are refused.
        for (at, wrong) in [(0, " "), (3, "1:30 h"), (3, "-5"), (4, "public")] {
            let mut row = rows[0].clone();
            wrong.clone_into(&mut row[at]);
            assert!(refused(&row).is_some(), "{wrong}");
        }
    }
}
