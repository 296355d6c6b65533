//! How far somebody is: to the place where they see where they stand, then in rounds of ten. Never out of all
//! statements: there is no need to vote on all.

use crate::live::Progress;
use crate::texts::Texts;

/// Votes in a round.
const ROUND: u32 = 10;

/// The pieces of the line above a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Steps {
    voted: u32,
    done: u32,
    all: u32,
    place: Option<Place>,
}

/// What somebody sees who has voted enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// Where they stand on the map.
    OnMap,
    /// The map, as soon as there are more people on it.
    WhenThereAreMore,
}

impl Place {
    /// The message that leads there.
    fn message(self) -> &'static str {
        match self {
            Place::OnMap => "steps-to-place",
            Place::WhenThereAreMore => "steps-to-compare",
        }
    }

    /// The same for scripts.
    pub fn template(self) -> &'static str {
        match self {
            Place::OnMap => "steps-to-place-template",
            Place::WhenThereAreMore => "steps-to-compare-template",
        }
    }
}

impl Steps {
    /// The pieces for somebody who is so far. `leads_to` is what they see after some votes and how many own votes
    /// the results ask for; nothing where they are shown at the end only.
    pub fn of(progress: Progress, leads_to: Option<(Place, u32)>) -> Self {
        let Progress { voted, shown, placed_at } = progress;
        let place = leads_to.map(|(place, least)| (place, placed_at.max(least.min(shown))));
        let place = place.filter(|(_, needed)| voted < *needed);
        let start = if place.is_some() { 0 } else { voted / ROUND * ROUND };
        let all = place.map_or(ROUND.min(shown.saturating_sub(start)), |(_, needed)| needed);
        Self { voted, done: voted - start, all, place: place.map(|(place, _)| place) }
    }

    /// Each piece, and whether it is done.
    pub fn pieces(&self) -> Vec<bool> {
        (0..self.all).map(|piece| piece < self.done).collect()
    }

    /// The same in words.
    pub fn words(&self, texts: &Texts) -> String {
        let key = match (self.place, self.all) {
            (Some(place), _) => place.message(),
            (None, 0) => "steps-all",
            (None, _) => "steps-round",
        };
        texts.msg(key).num("voted", self.voted).num("done", self.done).num("all", self.all).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(voted: u32, shown: u32, leads_to: Option<(Place, u32)>) -> (u32, u32, bool) {
        let progress = Progress { voted, shown, placed_at: 7.min(shown) };
        let steps = Steps::of(progress, leads_to);
        assert_eq!(steps.pieces().iter().filter(|done| **done).count(), steps.done as usize);
        (steps.done, steps.all, steps.place.is_some())
    }

    #[test]
    fn the_way_leads_to_a_place_and_then_in_rounds_of_ten_as_long_as_there_are_statements() {
        let place = Some((Place::OnMap, 0));
        assert_eq!(steps(0, 100, place), (0, 7, true));
        assert_eq!(steps(6, 100, place), (6, 7, true));
        assert_eq!(steps(7, 100, place), (7, 10, false));
        assert_eq!(steps(14, 100, place), (4, 10, false));
        assert_eq!(steps(20, 22, place), (0, 2, false));
        assert_eq!(steps(9, 9, place), (9, 9, false));
        assert_eq!(steps(10, 10, place), (0, 0, false));
        assert_eq!(steps(0, 0, place), (0, 0, false));
        assert_eq!(steps(7, 100, Some((Place::OnMap, 12))), (7, 12, true), "results ask for more");
        assert_eq!(steps(3, 100, None), (3, 10, false), "no map is promised");
    }
}
