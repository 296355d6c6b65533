//! Each sentence's claim is recomputed from the row beside it, in conversations drawn at random.

use proptest::prelude::*;

use super::public_tests::{PublicView, SamplePublic};
use super::{Contrast, PublicTally, RepresentativeFinding, ResultGroup, Results, StatementResult};

fn check_cell(cell: &PublicTally, min: u32) -> Result<(), TestCaseError> {
    let (votes, n) = (cell.votes(), cell.n());
    prop_assert!(n >= min && n == votes.agree + votes.pass + votes.disagree);
    let shares = cell.percents();
    prop_assert_eq!(shares.iter().sum::<u32>(), 100);
    for (count, share) in [votes.agree, votes.pass, votes.disagree].into_iter().zip(shares) {
        prop_assert!((100.0 * f64::from(count) / f64::from(n) - f64::from(share)).abs() < 1.0);
    }
    Ok(())
}

fn share(cell: &PublicTally, agrees: bool) -> u32 {
    let [agree, _, disagree] = cell.percents();
    if agrees { agree } else { disagree }
}

fn index_of(results: &Results, label: &str) -> usize {
    results.groups.iter().position(|group| group.label == label).expect("a group that is named is there")
}

/// What a reader can work out of a row: nothing about few people.
fn check_row(results: &Results, row: &StatementResult) -> Result<(), TestCaseError> {
    let min = results.min;
    let shown: Vec<&PublicTally> = row.cells.groups.iter().flatten().collect();
    prop_assert_eq!(row.cells.groups.len(), results.groups.len());
    for cell in shown.iter().copied().chain(row.cells.overall.as_ref()) {
        check_cell(cell, min)?;
    }
    let rest = row.cells.overall.map(|all| all.n() - shown.iter().map(|cell| cell.n()).sum::<u32>());
    prop_assert!(shown.is_empty() || rest.is_some_and(|rest| rest == 0 || rest >= min), "{rest:?}");
    if let Some(gap) = &row.gap {
        prop_assert!(row.cells.is_whole());
        let of = |label| share(&row.cells.groups[index_of(results, label)].unwrap(), gap.agrees);
        prop_assert_eq!((of(&gap.more), of(&gap.less)), (gap.more_percent, gap.less_percent));
        prop_assert!(gap.least <= gap.more_percent - gap.less_percent + 1, "at least {}", gap.least);
    }
    Ok(())
}

fn check_typical(
    results: &Results,
    group: &ResultGroup,
    typical: &RepresentativeFinding,
) -> Result<(), TestCaseError> {
    let cells = &results.statement(typical.number).unwrap().cells;
    let own = cells.groups[index_of(results, &group.label)].expect("what is said in words is in the row");
    let share = |cell: &PublicTally| share(cell, typical.agrees);
    prop_assert_eq!((typical.percent, typical.seen), (share(&own), own.n()));
    let count = if typical.agrees { own.votes().agree } else { own.votes().disagree };
    prop_assert_eq!(typical.count, count);
    let exact = 100.0 * f64::from(count) / f64::from(own.n());
    prop_assert!(f64::from(typical.low) <= exact && exact <= f64::from(typical.high));
    let of = |label: &str| share(&cells.groups[index_of(results, label)].expect("who is named is shown"));
    let others = results.groups.iter().zip(&cells.groups).filter(|(other, _)| other.label != group.label);
    let highest = others.filter_map(|(_, cell)| cell.as_ref().map(share)).max();
    match &typical.others {
        Contrast::Unknown => prop_assert_eq!(highest, None),
        Contrast::Less { percent, label } => {
            prop_assert_eq!((Some(*percent), *percent), (highest, of(label)));
            prop_assert!(*percent < typical.percent);
        }
        Contrast::Same { percent, label } => {
            prop_assert_eq!((Some(*percent), *percent, *percent), (highest, of(label), typical.percent));
        }
        Contrast::More { percent, label } => {
            prop_assert_eq!((Some(*percent), *percent), (highest, of(label)));
            prop_assert!(*percent > typical.percent);
        }
    }
    Ok(())
}

fn check_consensus(results: &Results) -> Result<(), TestCaseError> {
    for (listed, agrees) in [(&results.agree, true), (&results.disagree, false)] {
        for consensus in listed {
            let cells = &results.statement(consensus.number).unwrap().cells;
            prop_assert!(cells.is_whole(), "what is said of all groups is said of groups that are shown");
            let side = |cell: &PublicTally| if agrees { cell.votes().agree } else { cell.votes().disagree };
            let overall = cells.overall.unwrap();
            prop_assert!(2 * side(&overall) > overall.n(), "a majority of everybody who voted on it");
            prop_assert_eq!(consensus.numbers.is_some(), results.hidden_groups == 0);
            let Some(numbers) = &consensus.numbers else { continue };
            let groups: Vec<PublicTally> = match results.groups.is_empty() {
                true => vec![overall],
                false => cells.groups.iter().flatten().copied().collect(),
            };
            prop_assert_eq!(Some(numbers.smallest_n), groups.iter().map(PublicTally::n).min());
            prop_assert!(numbers.lowest_bound >= 50);
            for cell in groups {
                prop_assert!(
                    u64::from(side(&cell)) * 100 >= u64::from(numbers.lowest_bound) * u64::from(cell.n())
                );
            }
        }
    }
    Ok(())
}

/// What is said of groups that don't agree is so by the shares in the row, and of each statement one thing is said.
fn check_standings(results: &Results) -> Result<(), TestCaseError> {
    let shares = |number| {
        let cells = &results.statement(number).expect("what is listed is in the table").cells;
        prop_assert!(cells.is_whole());
        Ok(cells.groups.iter().flatten().copied().collect::<Vec<PublicTally>>())
    };
    let most = |cell: &PublicTally, agrees: bool| {
        let side = if agrees { cell.votes().agree } else { cell.votes().disagree };
        2 * side > cell.n()
    };
    let mut said: Vec<_> =
        [&results.agree, &results.disagree].into_iter().flatten().map(|f| f.number).collect();
    let mut gaps = Vec::new();
    for number in &results.differ {
        let cells = shares(*number)?;
        let divided = |agrees| {
            cells.iter().any(|cell| most(cell, agrees)) && cells.iter().any(|cell| !most(cell, agrees))
        };
        prop_assert!(divided(true) || divided(false), "{cells:?}");
        gaps.push(results.statement(*number).unwrap().least_gap());
    }
    prop_assert!(gaps.is_sorted_by(|a, b| a >= b) && !gaps.contains(&0));
    for finding in &results.one_group {
        let cells = shares(finding.number)?;
        let at = index_of(results, &finding.group);
        for (other, cell) in cells.iter().enumerate() {
            let few = 4 * cell.votes().disagree < cell.n();
            let is_so = if other == at { most(cell, true) } else { !most(cell, true) && few };
            prop_assert!(is_so, "group {} of {:?}", other, finding);
        }
    }
    for number in &results.unclear {
        let overall = results.statement(*number).unwrap().cells.overall.expect("it is told");
        prop_assert!(2 * overall.votes().pass > overall.n());
    }
    said.extend(results.differ.iter().chain(&results.unclear));
    prop_assert!(results.one_group.iter().all(|finding| results.differ.contains(&finding.number)));
    let lists = said.len();
    said.sort_unstable();
    said.dedup();
    prop_assert_eq!(said.len(), lists);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_sentence_says_more_than_its_row(public in SamplePublic::any(60), min in 5u32..9) {
        let PublicView { results, shared, .. } = PublicView::of(&public, public.people, min);
        for row in &results.statements {
            check_row(&results, row)?;
        }
        let percents: u32 = results.groups.iter().map(|group| group.percent).sum();
        prop_assert!(percents <= 100);
        for group in &results.groups {
            prop_assert!(group.size >= min);
            for typical in &group.typical {
                check_typical(&results, group, typical)?;
            }
        }
        check_consensus(&results)?;
        check_standings(&results)?;
        // The map's table and the sections are the same groups with the same figures.
        let table: Vec<_> = shared.groups.iter().map(|g| (g.label.clone(), g.size, g.percent)).collect();
        let headings: Vec<_> = results.groups.iter().map(|g| (g.label.clone(), g.size, g.percent)).collect();
        if shared.missing == 0 && !headings.is_empty() {
            prop_assert_eq!(table, headings);
        }
        for crowd in &shared.crowds {
            prop_assert!(crowd.people >= min && crowd.unsure <= crowd.people);
        }
    }
}
