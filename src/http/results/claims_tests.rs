//! Each sentence's claim is recomputed from the row beside it, in conversations drawn at random.

use std::sync::Arc;

use proptest::prelude::*;

use crate::conversation::{
    Brief, By, ConversationCreated, ConversationOpened, ConversationRecord, Event, EventBody, NewEvent,
    ParticipantJoined, ResultsRule, Schedule, Settings, StatementModerated, StatementSubmitted, VoteCast,
};
use crate::domain::{
    ChainHash, Choice, ConversationId, Moderation, ParticipantNumber, PersonalText, Seq, Slug,
    StatementNumber, Tally, Timestamp,
};
use crate::http::map_view::MapView;
use crate::live::{Published, RoomState};
use crate::opinion;

use super::rows::{Bar, Others, Row, Rows, Typical};

/// People in camps who vote on some of the statements.
#[derive(Clone, Debug)]
struct Public {
    camps: u32,
    people: u32,
    statements: u32,
    seen: u32,
    noise: u32,
    seed: u32,
}

impl Public {
    fn draw(&self, person: u32, statement: u32, of: u32) -> u32 {
        // Any mixing will do: these are test data.
        let mixed = (person.wrapping_mul(2_654_435_761) ^ statement.wrapping_mul(40_503) ^ self.seed)
            .wrapping_mul(2_246_822_519);
        (mixed >> 8) % of.max(1)
    }

    fn choice(&self, person: u32, statement: u32) -> Option<Choice> {
        if self.draw(person, statement, 100) >= self.seen {
            return None;
        }
        if self.draw(person + 7, statement + 13, 100) < self.noise {
            return Some(Choice::ALL[self.draw(person + 1, statement, 3) as usize]);
        }
        let camp = person % self.camps;
        Some(Choice::ALL[((camp + 2 * statement + camp * statement) % 3) as usize])
    }

    fn state(&self) -> RoomState {
        let text = |words: &str| PersonalText::new(words, [1; 16]);
        let brief = Brief {
            question: "What?".into(),
            organiser: "us".into(),
            settings: Settings { results: ResultsRule::Always, ..Settings::default() },
            ..Brief::default()
        };
        let slug = Slug::parse("a").unwrap();
        let created = ConversationCreated::new(slug, &brief, &mut || [1; 16]).unwrap();
        let opened =
            ConversationOpened { promise: text(""), policy: Vec::new(), schedule: Schedule::default() };
        let mut bodies: Vec<EventBody> = vec![created.into(), opened.into()];
        for n in 0..self.statements {
            let (statement, text) = (StatementNumber(n), text(&format!("Statement {n}")));
            let submitted = StatementSubmitted::new(statement, text);
            bodies.push(StatementSubmitted { seed: true, ..submitted }.into());
            bodies.push(StatementModerated { statement, to: Moderation::Accepted, rule: None }.into());
        }
        for person in 0..self.people {
            let participant = ParticipantNumber(person);
            bodies.push(ParticipantJoined::new(participant).into());
            for n in 0..self.statements {
                let Some(choice) = self.choice(person, n) else { continue };
                bodies.push(VoteCast::new(participant, StatementNumber(n), choice).into());
            }
        }
        let place = |(seq, body): (u64, EventBody)| {
            let what = NewEvent::new(By::System, body);
            Event { seq: Seq(seq), at: Timestamp(0), what, hash: ChainHash([0; 32]) }
        };
        let events = (1..).zip(bodies).map(place);
        let record = ConversationRecord::fold(ConversationId::from_stored(1), events).unwrap().unwrap();
        let map = opinion::compute(&opinion::Votes::of_record(&record), &opinion::Params::default());
        let published = Published::new(&record, Arc::new(map), Timestamp(0));
        RoomState::new(record, Default::default(), Arc::new(published))
    }
}

fn public() -> impl Strategy<Value = Public> {
    (1u32..5, 0u32..60, 1u32..16, 5u32..101, 0u32..60, any::<u32>()).prop_map(
        |(camps, people, statements, seen, noise, seed)| Public {
            camps,
            people,
            statements,
            seen,
            noise,
            seed,
        },
    )
}

fn check_bar(bar: &Bar) -> Result<(), TestCaseError> {
    let [agree, pass, disagree] = [bar.agree, bar.pass, bar.disagree];
    prop_assert_eq!(bar.n, agree + pass + disagree);
    let shares = [bar.agree_percent, bar.pass_percent, bar.disagree_percent];
    prop_assert_eq!(shares.iter().sum::<u32>(), if bar.n == 0 { 0 } else { 100 });
    for (count, share) in [agree, pass, disagree].into_iter().zip(shares) {
        prop_assert!((100.0 * f64::from(count) / f64::from(bar.n.max(1)) - f64::from(share)).abs() < 1.0);
    }
    // The picture: agree, pass and disagree one after the other.
    prop_assert_eq!(
        bar.pass_from + bar.pass_percent + bar.disagree_percent,
        if bar.n == 0 { 0 } else { 100 }
    );
    Ok(())
}

/// What a reader can work out of a row: nothing about few people.
fn check_row(row: &Row, min: u32) -> Result<(), TestCaseError> {
    check_bar(&row.overall)?;
    prop_assert_eq!(row.few, row.overall.n < min);
    let shown: Vec<&Bar> = row.groups.iter().filter_map(|group| group.bar.as_ref()).collect();
    for bar in &shown {
        check_bar(bar)?;
        prop_assert!(bar.n >= min && !row.few);
    }
    let rest = row.overall.n - shown.iter().map(|bar| bar.n).sum::<u32>();
    prop_assert!(shown.is_empty() || rest == 0 || rest >= min, "everyone without the groups are {rest}");
    if let Some(gap) = &row.gap {
        let share = |label: &str| {
            let bar = row.groups.iter().find(|group| group.label == label).unwrap().bar.as_ref().unwrap();
            if gap.agrees { bar.agree_percent } else { bar.disagree_percent }
        };
        prop_assert_eq!((share(&gap.more), share(&gap.less)), (gap.more_percent, gap.less_percent));
        prop_assert!(gap.least <= gap.more_percent - gap.less_percent + 1, "at least {}", gap.least);
    }
    // What is said of all groups together would tell what is hidden of one.
    let is_all_shown = shown.len() == row.groups.len();
    prop_assert!(is_all_shown || row.consensus.is_none() && row.gap.is_none());
    if let Some(numbers) = row.consensus.as_ref().filter(|_| !shown.is_empty()) {
        prop_assert_eq!(Some(numbers.smallest_n), shown.iter().map(|bar| bar.n).min());
    }
    Ok(())
}

fn check_typical(label: &str, typical: &Typical) -> Result<(), TestCaseError> {
    let share = |bar: &Bar| if typical.agrees { bar.agree_percent } else { bar.disagree_percent };
    let own = typical.row.groups.iter().find(|group| group.label == label).unwrap();
    let own = own.bar.as_ref().expect("what is said in words is in the row");
    prop_assert_eq!((typical.percent, typical.seen), (share(own), own.n));
    prop_assert_eq!(typical.count, if typical.agrees { own.agree } else { own.disagree });
    let others = || typical.row.groups.iter().filter(|group| group.label != label);
    let highest = others().filter_map(|group| group.bar.as_ref()).map(share).max();
    match &typical.others {
        Others::Unknown => prop_assert_eq!(highest, None),
        Others::Less { percent, label } => {
            prop_assert_eq!(Some(*percent), highest);
            let named = others().find(|group| group.label == *label).unwrap();
            prop_assert!(share(named.bar.as_ref().unwrap()) == *percent && *percent < typical.percent);
        }
        Others::Same { percent, .. } => {
            prop_assert_eq!((Some(*percent), *percent), (highest, typical.percent));
        }
        Others::More { percent, label } => {
            prop_assert_eq!(Some(*percent), highest);
            let named = others().find(|group| group.label == *label).unwrap();
            prop_assert!(share(named.bar.as_ref().unwrap()) == *percent && *percent > typical.percent);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_sentence_says_more_than_its_row(public in public()) {
        let state = public.state();
        let (rows, min) = (Rows::of(&state), state.map.settings.privacy_min);
        let all = rows.all();
        for row in &all {
            check_row(row, min)?;
        }
        let sections = rows.sections();
        let sizes: u32 = sections.iter().map(|section| section.percent).sum();
        prop_assert!(sizes <= 100);
        for section in &sections {
            prop_assert!(section.size >= min);
            for typical in &section.typical {
                check_row(&typical.row, min)?;
                check_typical(&section.label, typical)?;
            }
        }
        let consensus = &state.map.map.consensus;
        for (listed, agrees) in [(&consensus.agree, true), (&consensus.disagree, false)] {
            for row in rows.consensus(listed) {
                check_row(&row, min)?;
                let side = if agrees { row.overall.agree } else { row.overall.disagree };
                prop_assert!(2 * side > row.overall.n, "a majority of everybody who voted on it");
                let bound = row.consensus.as_ref().map_or(50, |numbers| numbers.lowest_bound);
                for bar in row.groups.iter().filter_map(|group| group.bar.as_ref()) {
                    let share = if agrees { bar.agree } else { bar.disagree };
                    prop_assert!(u64::from(share) * 100 >= u64::from(bound) * u64::from(bar.n));
                }
            }
        }
        // The map's table and the sections are the same groups with the same figures.
        let map = MapView::new(&state.map, None);
        let table: Vec<_> = map.groups.iter().map(|g| (g.label.clone(), g.size, g.percent)).collect();
        let headings: Vec<_> = sections.iter().map(|s| (s.label.clone(), s.size, s.percent)).collect();
        if map.missing == 0 {
            prop_assert_eq!(table, headings);
        }
        let verdict = map.status_message();
        prop_assert!(verdict != "map-status-clear" || map.unsure == 0, "clear, and nobody is unsure");
        prop_assert!(verdict != "map-status-clear-some-unsure" || 2 * map.unsure <= map.placed);
    }

    #[test]
    fn percents_are_the_same_wherever_they_stand(agree in 0u32..900, pass in 0u32..900, disagree in 0u32..900) {
        let tally = Tally { agree, pass, disagree };
        let bar = Bar::from(tally);
        check_bar(&bar)?;
        prop_assert_eq!(crate::http::shares::of_votes(&tally), [bar.agree_percent, bar.pass_percent, bar.disagree_percent]);
    }
}
