//! The agenda as a document for word processors (Office Open XML).

use docx_rs::{Docx, Hyperlink, HyperlinkType, Paragraph, Run, Style, StyleType};

use super::written::{Written, WrittenItem};
use crate::texts::Direction;

/// Sizes in half points.
const TITLE: usize = 40;
const HEADING: usize = 28;

/// The document.
pub(super) fn document(written: &Written, direction: Direction) -> Result<Vec<u8>, docx_rs::DocxError> {
    let is_rtl = direction == Direction::RightToLeft;
    let mut lines = vec![
        Paragraph::new().style("Title").add_run(run(&written.title)),
        Paragraph::new().add_run(run(&written.question).bold()),
    ];
    lines.extend(written.about.iter().map(|line| Paragraph::new().add_run(run(line))));
    for (place, item) in (1..).zip(&written.items) {
        lines.extend(one(place, item));
    }
    if !written.changes.is_empty() {
        lines.push(Paragraph::new().style("Heading1").add_run(run(&written.changes_title)));
        lines.extend(written.changes.iter().map(|line| Paragraph::new().add_run(run(line))));
    }
    lines
        .extend(written.address.iter().map(|address| Paragraph::new().add_hyperlink(link(address, address))));
    let title = Style::new("Title", StyleType::Paragraph).name("Title").size(TITLE).bold();
    let heading = Style::new("Heading1", StyleType::Paragraph).name("heading 1").size(HEADING).bold();
    let empty = Docx::new().add_style(title).add_style(heading);
    let document = lines.into_iter().fold(empty, |document, line| {
        document.add_paragraph(if is_rtl { line.align(docx_rs::AlignmentType::Right) } else { line })
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    document.build().pack(&mut bytes)?;
    Ok(bytes.into_inner())
}

fn one(place: u32, item: &WrittenItem) -> Vec<Paragraph> {
    let line = |text: &String| Paragraph::new().add_run(run(text));
    let heading = Paragraph::new().style("Heading1").keep_next(true);
    let heading = heading.add_run(run(&format!("{place}. {}", item.heading)));
    let mut lines = vec![heading, line(&item.when)];
    lines.extend(item.statements.iter().map(|text| Paragraph::new().add_run(run(text).italic())));
    lines.extend(item.why.iter().chain(&item.votes).map(line));
    if !item.read.is_empty() {
        lines.push(Paragraph::new().add_run(run(&item.read_title).bold()));
    }
    lines.extend(item.read.iter().map(|(title, address)| match address.as_str() {
        "" => Paragraph::new().add_run(run(title)),
        address => Paragraph::new().add_hyperlink(link(title, address)),
    }));
    lines.extend(item.notes.iter().map(|note| Paragraph::new().add_run(run(note).italic())));
    lines
}

fn run(text: &str) -> Run {
    Run::new().add_text(text)
}

fn link(text: &str, address: &str) -> Hyperlink {
    Hyperlink::new(address, HyperlinkType::External).add_run(run(text).underline("single"))
}

#[cfg(test)]
mod tests {
    use super::super::written::sample;
    use super::*;

    #[test]
    fn the_document_is_read_again_with_all_its_words() {
        let bytes = document(&sample(), Direction::LeftToRight).unwrap();
        let read = docx_rs::read_docx(&bytes).unwrap();
        let words: String = read.document.children.iter().map(|child| format!("{child:?}\n")).collect();
        for text in [
            "The assembly’s agenda",
            "1. How many trees?",
            "More *trees* in <the> park",
            "A clear majority of every group agrees.",
            "Counts (Roads office)",
            "Changed by hand",
        ] {
            assert!(words.contains(text), "{text}");
        }
    }
}
