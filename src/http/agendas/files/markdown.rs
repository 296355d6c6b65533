//! The agenda as Markdown (CommonMark).

use std::fmt::Write;

use super::written::{Written, WrittenItem};

/// The whole of it. (Writing to a String does not fail: `let _`.)
pub(super) fn markdown(written: &Written) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n\n**{}**\n", plain(&written.title), plain(&written.question));
    for line in &written.about {
        let _ = writeln!(out, "{}\n", plain(line));
    }
    for (place, item) in (1..).zip(&written.items) {
        one(&mut out, place, item);
    }
    if !written.changes.is_empty() {
        let _ = writeln!(out, "## {}\n", plain(&written.changes_title));
        for change in &written.changes {
            let _ = writeln!(out, "- {}", plain(change));
        }
        out.push('\n');
    }
    if let Some(address) = &written.address {
        let _ = writeln!(out, "<{address}>");
    }
    out
}

fn one(out: &mut String, place: u32, item: &WrittenItem) {
    let _ = writeln!(out, "## {place}\\. {}\n\n{}\n", plain(&item.heading), plain(&item.when));
    for statement in &item.statements {
        let _ = writeln!(out, "> {}\n", plain(statement));
    }
    for why in &item.why {
        let _ = writeln!(out, "{}\n", plain(why));
    }
    let lines = item.votes.iter().map(|line| plain(line));
    let read = item.read.iter().map(|(title, link)| match link.as_str() {
        "" => plain(title),
        link => format!("[{}](<{}>)", plain(title), link.replace('<', "%3C").replace('>', "%3E")),
    });
    for line in lines {
        let _ = writeln!(out, "- {line}");
    }
    if !item.votes.is_empty() {
        out.push('\n');
    }
    if !item.read.is_empty() {
        let _ = writeln!(out, "{}\n", plain(&item.read_title));
        for line in read {
            let _ = writeln!(out, "- {line}");
        }
        out.push('\n');
    }
    for note in &item.notes {
        let _ = writeln!(out, "*{}*\n", plain(note));
    }
}

/// Words that are no marks.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::written::sample;
    use super::*;

    #[test]
    fn words_stay_words_and_links_are_links() {
        let text = markdown(&sample());
        for line in [
            "# The assembly’s agenda",
            "**What should become of the park?**",
            "## 1\\. How many trees?",
            "10:00 · 60 minutes · Decide",
            "> More \\*trees\\* in \\<the\\> park",
            "- Everyone: 88% agree · 2% pass · 10% disagree of 26",
            "- [Counts (Roads office)](<https://town.example/a?b=1&c=2>)",
            "<https://town.example/c/park/agenda>",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
    }
}
