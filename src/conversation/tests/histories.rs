//! Random histories of acts: the room, a restart from the log, and a map that only follows effects agree.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Copy, Debug)]
enum Step {
    Vote(u32, u32, i64, bool),
    Submit(u32, usize),
    Withdraw(u32, usize),
    Reword(u32, usize, usize),
    Moderate(u32, Moderation, Option<u32>),
    Seed(usize),
    State(bool),
    Rule(bool),
    Place(u32),
    Erase(u32),
    Curate(u32, u32, u32),
    Exclude(u32, u32),
    Include(usize),
}

const WORDS: [&str; 6] = ["Trees", "trees.", "Cars", "cars", "Boats", "BOATS."];

fn asked() -> impl Strategy<Value = Step> {
    let moderation =
        prop_oneof![Just(Moderation::Pending), Just(Moderation::Accepted), Just(Moderation::Rejected)];
    prop_oneof![
        6 => (0..9u32, 0..8u32, -1i64..=1, any::<bool>()).prop_map(|(p, s, c, i)| Step::Vote(p, s, c, i)),
        4 => (0..4u32, 0..6usize).prop_map(|(p, w)| Step::Submit(p, w)),
        2 => (0..4u32, 0..4usize).prop_map(|(p, n)| Step::Withdraw(p, n)),
        2 => (0..4u32, 0..4usize, 0..6usize).prop_map(|(p, n, w)| Step::Reword(p, n, w)),
        3 => (0..8u32, moderation, proptest::option::of(0..3u32)).prop_map(|(s, m, r)| Step::Moderate(s, m, r)),
        1 => (0..6usize).prop_map(Step::Seed),
        1 => any::<bool>().prop_map(Step::State),
        1 => any::<bool>().prop_map(Step::Rule),
        1 => (0..4u32).prop_map(Step::Place),
        2 => (0..4u32).prop_map(Step::Erase),
        4 => (0..9u32, 0..8u32, 0..8u32).prop_map(|(a, s, o)| Step::Curate(a, s, o)),
        2 => (0..6u32, 2..9u32).prop_map(|(first, count)| Step::Exclude(first, count)),
        1 => (0..2usize).prop_map(Step::Include),
    ]
}

fn act_of(stage: &Stage, asked: Step) -> Option<(Actor, Act)> {
    let own = |who: u32, nth: usize| {
        let Identity::Token(token) = person(who) else { panic!("a token") };
        let participant = stage.desk.participant_of(&token)?;
        let own = stage.desk.record.statements.values().filter_map(|s| s.words_of(participant));
        own.map(|words| words.commitment().to_owned()).nth(nth)
    };
    Some(match asked {
        Step::Vote(who, statement, choice, important) => {
            let ballot = Ballot::new(StatementNumber(statement), Choice::from_value(choice).unwrap());
            (person(who).into(), Ballot { important, ..ballot }.into())
        }
        Step::Submit(who, words) => (person(who).into(), Act::submit(WORDS[words], None)),
        Step::Withdraw(who, nth) => {
            (person(who).into(), StatementsAct::Withdraw { words: own(who, nth)? }.into())
        }
        Step::Reword(who, nth, words) => {
            let new = Submission::new(WORDS[words]);
            (person(who).into(), StatementsAct::Reword { words: own(who, nth)?, new }.into())
        }
        Step::Moderate(statement, to, rule) => (staff(), Act::moderate(StatementNumber(statement), to, rule)),
        Step::Seed(words) => (staff(), Act::seed(WORDS[words], false)),
        Step::State(open) => (staff(), if open { Act::open() } else { Act::close() }),
        Step::Rule(before) => {
            let now = Brief::from(&stage.desk.record.conversation);
            let moderation = if before { ModerationRule::Before } else { ModerationRule::After };
            let reason = "Asked for".to_owned();
            let terms = TermsBrief { erases_votes: before, ..now.terms };
            let brief = Brief { settings: Settings { moderation, ..now.settings }, reason, terms, ..now };
            (staff(), RulesAct::Change(Box::new(brief)).into())
        }
        Step::Curate(kind, statement, other) => (staff(), curated(stage, kind, statement, other).into()),
        Step::Exclude(first, count) => {
            let people = (first..first + count).map(ParticipantNumber).collect();
            let (basis, reason) = (ExclusionBasis::Copies, "The same votes".to_owned());
            (staff(), ExclusionAct::Exclude { people, basis, reason }.into())
        }
        Step::Include(nth) => {
            let set = stage.desk.record.exclusions.get(nth)?.set;
            (staff(), ExclusionAct::Include { set }.into())
        }
        Step::Erase(who) => (person(who).into(), ForgettingAct::Own.into()),
        Step::Place(who) => {
            let Identity::Token(token) = person(who) else { panic!("a token") };
            let identity = Identity::Participant(stage.desk.participant_of(&token)?);
            (identity.into(), MembershipAct::StatePlace { place: "North".into() }.into())
        }
    })
}

/// One of the acts that moderators have beside accepting and rejecting.
pub(super) fn curated(stage: &Stage, kind: u32, number: u32, other: u32) -> CurationAct {
    let (statement, into) = (StatementNumber(number), Some(StatementNumber(other)));
    let seen = stage.desk.record.statements.get(&statement).and_then(|one| one.decision);
    match kind {
        0 => CurationAct::Derive {
            from: statement,
            seen: seen.map_or(Seq(0), |decision| decision.seq),
            texts: (0..=other % 2).map(|part| format!("Part {part} of {number} and {other}")).collect(),
        },
        1 => CurationAct::Restore { from: statement },
        2 | 3 => CurationAct::Merge { statement, into: into.filter(|_| kind == 2) },
        4 | 5 => CurationAct::Classify { statement, meta: kind == 4 },
        6 => CurationAct::Pin { statement, hours: 24 * (other % 2) },
        7 => CurationAct::Pause { paused: other.is_multiple_of(2) },
        _ => CurationAct::Hold { statement, held: other.is_multiple_of(2) },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// I4: whatever was asked in whatever order, a restart finds what the room knew.
    #[test]
    fn i4_any_acts_in_any_order_fold_to_what_the_room_knows(
        before in any::<bool>(),
        acts in prop::collection::vec(asked(), 0..60),
        links: bool,
    ) {
        let mut stage = Stage::open(if before { ModerationRule::Before } else { ModerationRule::After });
        for asked in acts {
            let Some((actor, act)) = act_of(&stage, asked) else { continue };
            // A refusal changes nothing, which `act` checks.
            let _ = stage.act(actor, act);
        }
        if links {
            let _ = stage.act(staff(), ForgettingAct::Links);
        }
        stage.check();
    }
}
