//! A moderator who reads the page of what happens now, and takes part with browsers of their own (I10): how often they see that one
//! other person did something, while nobody else does anything.

use super::watch::{SetName, ToldWatch, WatchNumbers};

/// How many others may be in a count.
const OTHERS: u32 = 120;

/// A count of the page.
#[derive(Clone, Copy, Debug)]
enum Count {
    Newcomers,
    Network,
    Copies,
    StraightLiners,
}

fn told(count: Count, people: u32) -> ToldWatch {
    let mut numbers = WatchNumbers::default();
    match count {
        Count::Newcomers => numbers.newcomers = (people, None),
        Count::Network => numbers.from_one_network = people,
        // Sets of fewer are not found at all.
        Count::Copies if people >= 15 => numbers.copies = vec![(SetName(1), people as usize)],
        Count::Copies => {}
        Count::StraightLiners => numbers.straight_liners = people as usize,
    }
    ToldWatch::new(&numbers, 5)
}

/// Of how many backgrounds, in percent, the page shows that one more person did it, if the attacker puts in as many browsers as suit
/// them best. Whose votes are equal to a guess is nobody in an honest public: there the background is none.
fn seen(count: Count, browsers: u32) -> f64 {
    let backgrounds: Vec<u32> = if matches!(count, Count::Copies) { vec![0] } else { (0..OTHERS).collect() };
    let is_seen = |others: &&u32| {
        (0..=browsers).any(|own| told(count, **others + own) != told(count, **others + own + 1))
    };
    100.0 * backgrounds.iter().filter(is_seen).count() as f64 / backgrounds.len() as f64
}

#[test]
fn i10_who_watches_sees_one_more_person_only_at_a_step_and_never_how_they_voted() {
    let kinds = [Count::Newcomers, Count::Network, Count::Copies, Count::StraightLiners];
    println!("| browsers | newcomers | from one network | equal votes | one answer to everything |");
    println!("|---|---|---|---|---|");
    for browsers in [0, 1, 5, 10] {
        let all = kinds.map(|kind| seen(kind, browsers));
        println!("| {browsers} | {:.0} % | {:.0} % | {:.0} % | {:.0} % |", all[0], all[1], all[2], all[3]);
        let [newcomers, network, copies, straight] = all;
        // What says something of votes: a guess of all of them is never confirmed, and of one answer only at a step.
        assert_eq!(copies, 0.0);
        assert!(straight <= 10.0 * f64::from(browsers + 1), "{straight}");
        assert!(newcomers <= 20.0 * f64::from(browsers + 1) && network <= 20.0 * f64::from(browsers + 1));
    }
    // With as many as a set needs, but one, the guess is confirmed: SECURITY says so.
    assert_eq!(seen(Count::Copies, 14), 100.0);
}
