//! `boule-bench similar`: how well statements that say the same are found among many, and how long it takes.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use super::median;
use boule::domain::StatementNumber;
use boule::exchange::polis;
use boule::similar::{NEARLY_THE_SAME, SAME_BUT_FOR_SPELLING, SimilarIndex};

/// How well statements that say the same are found among many
///
/// The statements are those of the given exports, and made-up ones beside them. Pairs are made of random ones by one or two
/// typing errors and other punctuation and capitals. Each is looked for as if it had just come in. Recall is the share of them
/// whose statement is found, precision the share of what is found that is it. Rewordings were written beforehand
/// (`tools/bench/rewordings.csv`); for them the share whose statement is found is told, and where it stands on average.
#[derive(Args)]
pub(crate) struct Similar {
    /// Directories of Polis exports
    dirs: Vec<PathBuf>,
    /// Statements to look among
    #[arg(long, default_value_t = 10_000)]
    statements: usize,
    /// Pairs
    #[arg(long, default_value_t = 1_000)]
    pairs: usize,
}

/// Statements and what somebody else made of them, a pair a line.
const REWORDINGS: &str = include_str!("../rewordings.csv");
/// What is found of each, at most.
const MOST: usize = 10;

impl Similar {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let mut rng = Xoshiro256Plus::seed_from_u64(17);
        let rewordings: Vec<(&str, &str)> =
            REWORDINGS.lines().filter_map(|line| line.split_once(';')).collect();
        let mut said: Vec<String> = rewordings.iter().map(|(first, _)| (*first).to_owned()).collect();
        for dir in &self.dirs {
            said.extend(polis::read_export(dir)?.statements.into_iter().map(|one| one.text));
        }
        let public = said.len() - rewordings.len();
        said.truncate(self.statements);
        let mut words = Words::new(&mut rng);
        while said.len() < self.statements {
            said.push(words.sentence(&mut rng));
        }
        let mut index = SimilarIndex::default();
        let begun = Instant::now();
        index.hold((0..).map(StatementNumber).zip(said.iter().map(String::as_str)));
        let built = begun.elapsed().as_secs_f64() * 1e3;
        boule::say!("{} statements, {public} of them public; the index is made in {built:.0} ms", said.len());
        let long: Vec<usize> =
            (rewordings.len()..said.len()).filter(|at| said[*at].chars().count() >= 20).collect();
        let pairs: Vec<(StatementNumber, String)> = long
            .choose_multiple(&mut rng, self.pairs)
            .map(|at| (StatementNumber(*at as u32), mistyped(&said[*at], &mut rng)))
            .collect();
        boule::say!("| pairs by typing errors and punctuation | found as | recall | precision | ms each |");
        boule::say!("|---|---|---|---|---|");
        for (name, least) in
            [("the same but for spelling", SAME_BUT_FOR_SPELLING), ("nearly the same", NEARLY_THE_SAME)]
        {
            let found = look(&index, &pairs, least);
            boule::say!(
                "| {} | {name} ({least}) | {:.3} | {:.3} | {:.1} |",
                pairs.len(),
                found.recall(),
                found.precision(),
                median(found.times)
            );
        }
        let reworded: Vec<(StatementNumber, String)> = (0..)
            .map(StatementNumber)
            .zip(&rewordings)
            .map(|(number, (_, second))| (number, (*second).to_owned()))
            .collect();
        let found = look(&index, &reworded, NEARLY_THE_SAME);
        boule::say!("{} rewordings: {:.2} found as nearly the same", reworded.len(), found.recall());
        Ok(ExitCode::SUCCESS)
    }
}

/// What came of looking for some statements.
struct Found {
    wanted: usize,
    right: usize,
    all: usize,
    times: Vec<f64>,
}

impl Found {
    fn recall(&self) -> f64 {
        self.right as f64 / self.wanted as f64
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

fn look(index: &SimilarIndex, pairs: &[(StatementNumber, String)], least: f32) -> Found {
    let mut found = Found { wanted: pairs.len(), right: 0, all: 0, times: Vec::new() };
    for (of, text) in pairs {
        let begun = Instant::now();
        let similar = index.nearest(text, MOST, least);
        found.times.push(begun.elapsed().as_secs_f64() * 1e3);
        found.right += usize::from(similar.iter().any(|one| one.number == *of));
        found.all += similar.len();
    }
    found
}

/// A text with one or two typing errors, other capitals and other punctuation.
fn mistyped(text: &str, rng: &mut Xoshiro256Plus) -> String {
    let mut letters: Vec<char> = text.trim_end_matches(['.', '!', '?']).chars().collect();
    for _ in 0..rng.gen_range(1..=2) {
        let at = rng.gen_range(1..letters.len() - 1);
        match rng.gen_range(0..3) {
            0 => letters.swap(at, at - 1),
            1 => drop(letters.remove(at)),
            _ => letters.insert(at, letters[at]),
        }
    }
    let mut text: String = letters.into_iter().filter(|letter| *letter != ',').collect();
    if rng.gen_bool(0.5) {
        text = text.to_lowercase();
    }
    text + ["", "!", "!!", "...", "?"].choose(rng).copied().unwrap_or_default()
}

/// Made-up words, some of them far more common than others, as in any language.
struct Words(Vec<String>);

impl Words {
    fn new(rng: &mut Xoshiro256Plus) -> Self {
        let (starts, middles) = (
            ["b", "d", "f", "gr", "l", "m", "p", "r", "st", "tr", "v", "w"],
            ["a", "e", "i", "o", "u", "ea"],
        );
        let ends = ["n", "r", "t", "l", "ck", "ng", "s"];
        let mut syllable = || {
            let mut part = |of: &[&'static str]| of[rng.gen_range(0..of.len())];
            format!("{}{}{}", part(&starts), part(&middles), part(&ends))
        };
        Self((0..3_000).map(|at| if at < 60 { syllable() } else { syllable() + &syllable() }).collect())
    }

    fn sentence(&mut self, rng: &mut Xoshiro256Plus) -> String {
        let word = |rng: &mut Xoshiro256Plus| {
            let rank = ((self.0.len() as f64).powf(rng.r#gen::<f64>()) as usize).saturating_sub(1);
            self.0[rank.min(self.0.len() - 1)].clone()
        };
        let words: Vec<String> = (0..rng.gen_range(8..16)).map(|_| word(rng)).collect();
        words.join(" ") + "."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use boule::domain::twin_key;

    #[test]
    fn a_mistyped_text_is_another_one_and_rewordings_have_two_sides() {
        let mut rng = Xoshiro256Plus::seed_from_u64(1);
        let text = "Build a bicycle lane along the river.";
        let others = (0..100).filter(|_| twin_key(&mistyped(text, &mut rng)) != twin_key(text)).count();
        assert!(others > 90, "{others}");
        assert!(REWORDINGS.lines().count() >= 50);
        assert!(REWORDINGS.lines().all(|line| line.split(';').count() == 2), "each has two sides");
    }
}
