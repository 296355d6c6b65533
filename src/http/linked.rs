//! Text of an organiser, with what is an address made a link. PURE.

/// A part of a text.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Words.
    Text(String),
    /// An address of a page.
    Link(String),
}

/// A paragraph in parts.
pub(super) type Paragraph = Vec<Part>;

/// The paragraphs of a text. Nothing is a link but `https://` and `http://` and what follows without a space;
/// the full stop at the end of a sentence is not of it.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(paragraph).collect()
}

fn paragraph(line: &str) -> Paragraph {
    let (mut parts, mut words) = (Vec::new(), String::new());
    for piece in line.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let address = word.trim_start_matches(['(', '“', '„', '"', '<']);
        let is_address = ["https://", "http://"].iter().any(|start| {
            address.strip_prefix(start).is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric()))
        });
        if !is_address {
            words.push_str(piece);
            continue;
        }
        let end = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”', '“', '"', '>']);
        let (before, after) = (&word[..word.len() - address.len()], &address[end.len()..]);
        words.push_str(before);
        if !words.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut words)));
        }
        parts.push(Part::Link(end.to_owned()));
        words.push_str(after);
        words.push_str(&piece[word.len()..]);
    }
    if !words.is_empty() {
        parts.push(Part::Text(words));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_nothing_else_does() {
        let text = |text: &str| Part::Text(text.to_owned());
        let link = |address: &str| Part::Link(address.to_owned());
        assert_eq!(
            paragraphs("See https://town.example/plan?a=1, and (http://b.example).\n\n javascript:alert(1)"),
            [
                vec![
                    text("See "),
                    link("https://town.example/plan?a=1"),
                    text(", and ("),
                    link("http://b.example"),
                    text(")."),
                ],
                vec![text("javascript:alert(1)")],
            ]
        );
        assert_eq!(paragraphs("https:// nothing"), [vec![text("https:// nothing")]]);
        assert_eq!(paragraphs(""), Vec::<Paragraph>::new());
    }
}
