//! The statements of one list of the workbench, in its order.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use crate::disclosure::{PublicTally, Results};
use crate::domain::{Moderation, StatementNumber};
use crate::http::sought::has_words;
use crate::live::{
    Board, BoardStatement, Contents, FirstAlike, FoundLanguage, Languages, RoomHandle, Writer,
};
use crate::texts::Texts;

use super::flags::Flag;
use super::place::{Order, Place, Show};

/// Of so many in a hundred who pass, a statement may be unclear.
pub(super) const MANY_PASS: u32 = 40;
/// The letters of authors: those that are not taken for a number or for each other.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

/// What lists go by, beside what stands on the board.
#[derive(Default)]
pub(super) struct Known {
    /// The results, where a list is of what they say: they are computed anew after each decision, and the other lists need none.
    pub results: Option<Arc<Results>>,
    pub languages: Arc<Languages>,
    /// Which statements are like an older one, where the order asks for it.
    first_alike: FirstAlike,
}

impl Known {
    /// What a list goes by.
    pub async fn of(place: &Place, room: &RoomHandle, board: &Arc<Board>) -> Self {
        Self {
            results: if place.show == Show::Unclear { Some(board.results().await) } else { None },
            languages: room.languages(board).await,
            first_alike: match place.order {
                Order::Alike => room.first_alike(board).await,
                Order::Oldest | Order::Newest | Order::Writer => FirstAlike::default(),
            },
        }
    }

    /// The first of those that a statement is like: itself, where it is like none.
    pub fn first_of(&self, one: &BoardStatement) -> StatementNumber {
        self.first_alike.get(&one.number).copied().unwrap_or(one.number)
    }

    /// The languages of statements of a kind, the most frequent first, with how many there are.
    pub fn languages_of(&self, show: Show, contents: &Contents) -> Vec<(FoundLanguage, usize)> {
        let mut counted: HashMap<FoundLanguage, usize> = HashMap::new();
        let listed = contents.statements.iter().filter(|one| is_of_kind(show, one, self.results.as_deref()));
        for found in listed.filter_map(|one| self.languages.get(&one.number)) {
            *counted.entry(*found).or_default() += 1;
        }
        let mut counted: Vec<_> = counted.into_iter().collect();
        counted.sort_by_key(|(language, count)| (Reverse(*count), *language));
        counted
    }
}

/// How many statements are of a kind.
pub(super) fn counted(show: Show, contents: &Contents, results: Option<&Results>) -> usize {
    contents.statements.iter().filter(|statement| is_of_kind(show, statement, results)).count()
}

fn is_of_kind(show: Show, statement: &BoardStatement, results: Option<&Results>) -> bool {
    match show {
        Show::Waiting => statement.moderation == Moderation::Pending,
        Show::Accepted => statement.moderation == Moderation::Accepted,
        Show::Rejected => statement.moderation == Moderation::Rejected,
        Show::Flagged => statement.moderation == Moderation::Pending && !Flag::of(&statement.text).is_empty(),
        Show::Unclear => statement.is_shown && pass_percent(statement.number, results) >= Some(MANY_PASS),
    }
}

/// The statements of a list, in its order.
pub(super) fn listed<'a>(place: &Place, contents: &'a Contents, known: &Known) -> Vec<&'a BoardStatement> {
    let results = known.results.as_deref();
    let speaks = |number| known.languages.get(&number).is_some_and(|found| found.code == place.language);
    let is_in = |statement: &&BoardStatement| {
        is_of_kind(place.show, statement, results)
            && has_words(&statement.text, &place.sought)
            && (place.language.is_empty() || speaks(statement.number))
    };
    let mut all: Vec<&BoardStatement> = contents.statements.iter().filter(is_in).collect();
    match (place.order, place.show) {
        (Order::Oldest, Show::Waiting | Show::Flagged) => {}
        (Order::Oldest, Show::Accepted | Show::Rejected) => {
            all.sort_by_key(|one| Reverse((one.decision.map(|decision| decision.seq), one.number)));
        }
        (Order::Oldest, Show::Unclear) => {
            all.sort_by_key(|one| (Reverse(pass_percent(one.number, results)), one.number));
        }
        (Order::Newest, _) => all.reverse(),
        (Order::Alike, _) => {
            let mut like: HashMap<StatementNumber, usize> = HashMap::new();
            all.iter().for_each(|one| *like.entry(known.first_of(one)).or_default() += 1);
            let most = |one: &BoardStatement| like.get(&known.first_of(one)).copied().unwrap_or(0);
            all.sort_by_key(|one| (Reverse(most(one)), known.first_of(one), one.number));
        }
        (Order::Writer, _) => {
            let mut written: HashMap<Option<Writer>, usize> = HashMap::new();
            all.iter().for_each(|one| *written.entry(one.writer).or_default() += 1);
            let most = |one: &BoardStatement| written.get(&one.writer).copied().unwrap_or(0);
            all.sort_by_key(|one| (one.writer.is_none(), Reverse(most(one)), one.writer, one.number));
        }
    }
    all
}

/// How many in a hundred pass, of those who voted on it, where that is told.
pub(super) fn pass_percent(number: StatementNumber, results: Option<&Results>) -> Option<u32> {
    let percents = results?.statement(number)?.cells.overall.as_ref().map(PublicTally::percents)?;
    Some(percents[1])
}

/// What a writer is called here: A, B, …, Z, A2, B2, …
pub(super) fn writer_name(writer: Writer, texts: &Texts) -> String {
    let place = writer.0 as usize;
    let letter = LETTERS.get(place % LETTERS.len()).copied().map_or('A', char::from);
    let round = place / LETTERS.len() + 1;
    if round == 1 { letter.to_string() } else { format!("{letter}{}", texts.digits(&round.to_string())) }
}

/// What somebody has written so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct History {
    pub written: usize,
    pub accepted: usize,
    pub rejected: usize,
}

impl History {
    /// Of one writer.
    pub fn of(writer: Writer, contents: &Contents) -> Self {
        let theirs = contents.statements.iter().filter(|statement| statement.writer == Some(writer));
        theirs.fold(Self::default(), |so_far, statement| Self {
            written: so_far.written + 1,
            accepted: so_far.accepted + usize::from(statement.moderation == Moderation::Accepted),
            rejected: so_far.rejected + usize::from(statement.moderation == Moderation::Rejected),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_are_called_by_letters_and_then_by_letters_and_numbers() {
        let names: Vec<String> =
            [0, 7, 8, 23, 24, 50].map(|at| writer_name(Writer(at), Texts::english())).into();
        assert_eq!(names, ["A", "H", "J", "Z", "A2", "C3"]);
    }
}
