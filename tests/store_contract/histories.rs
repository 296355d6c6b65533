//! D3: the same histories on both engines end with the same logs, records, listings and refusals.

use boule::conversation::{ParticipantErased, StatementModerated};
use boule::domain::Moderation;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use super::*;

/// What a history does next.
fn step(rng: &mut SmallRng, id: i64, after: u64) -> NewEvents {
    let person = rng.gen_range(0..6u32);
    let statement = rng.gen_range(0..4u32);
    let system = |body: EventBody| NewEvent::new(RecordedActor::System, body);
    let mut new = match rng.gen_range(0..12) {
        0 => events(id, after, vec![opened()]),
        1 => events(id, after, vec![system(ConversationClosed {}.into())]),
        2 => {
            let renamed = ConversationRenamed { slug: slug(&format!("h{}-{}", id, rng.gen_range(0..3))) };
            events(id, after, vec![system(renamed.into())])
        }
        3 => events(id, after, vec![submitted(statement, "Words that stay"), submitted(9, "Words that go")]),
        4 => {
            let moderated = StatementModerated {
                statement: StatementNumber(statement),
                to: Moderation::Accepted,
                rule: None,
            };
            events(id, after, vec![system(moderated.into())])
        }
        5 => {
            let token = TokenHash::of(&format!("{id} {person} {after}"));
            let grants = vec![NewToken { token, participant: ParticipantNumber(person) }];
            NewEvents { grants, ..events(id, after, vec![joined(person)]) }
        }
        6 => {
            let forgotten = vec![PersonalText::new("Words that go", [9; 16]).commitment().to_owned()];
            NewEvents { forgotten, ..events(id, after, vec![joined(person)]) }
        }
        7 => {
            let erased = ParticipantErased { participant: ParticipantNumber(person), votes: false };
            events(id, after, vec![system(erased.into())])
        }
        8 if rng.gen_bool(0.1) => events(id, after, vec![system(ConversationDeleted {}.into())]),
        _ => {
            let many = rng.gen_range(1..40);
            let votes = (0..many).map(|n| vote(n % 6, (n + person) % 4, Choice::ALL[n as usize % 3]));
            events(id, after, votes.collect())
        }
    };
    // Some come too late, or are of nobody's conversation.
    if rng.gen_bool(0.05) {
        new.after = Seq(new.after.0.saturating_sub(1));
    }
    new
}

/// What a store says of what it was asked, without the words of one engine.
fn said(result: &Result<Vec<Event>, StoreError>) -> String {
    match result {
        Ok(events) => events.last().map_or_else(String::new, |event| event.hash.to_string()),
        Err(error) => error.to_string(),
    }
}

async fn all_of(store: &Store, id: ConversationId) -> String {
    let rows = store.stored_events(id, Seq(0), u32::MAX).await.unwrap();
    let mut tokens = store.participant_tokens(id).await.unwrap();
    tokens.sort_unstable_by_key(|(token, number)| (token.to_string(), number.0));
    let acts = store.staff_act_index(id, Seq(u64::MAX >> 1)).await.unwrap();
    let end = store.log_end(id).await.unwrap();
    let mut words: Vec<String> = Vec::new();
    for event in store.events(id).await.unwrap() {
        words.extend(event.what.words().map(|words| words.text().to_owned()));
    }
    format!("{rows:?} {tokens:?} {acts:?} {end:?} {words:?}")
}

#[tokio::test]
async fn d3_the_same_histories_end_with_the_same_logs_records_listings_and_refusals() {
    let Some(postgres) = Engine::postgres().await else { return };
    let sqlite = Engine::sqlite().await;
    let wanted = std::env::var("BOULE_TEST_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut refused = 0;
    for seed in 1..=wanted {
        let mut rng = SmallRng::seed_from_u64(seed);
        let id = i64::try_from(seed).unwrap();
        let mut next = events(id, 0, vec![created(&format!("h{id}"))]);
        for _ in 0..rng.gen_range(4..24) {
            let both = tokio::join!(sqlite.store.record(next.clone()), postgres.store.record(next.clone()));
            assert_eq!(said(&both.0), said(&both.1), "seed {seed}");
            refused += u32::from(both.0.is_err());
            let is_over =
                next.events.iter().any(|what| matches!(what.body, EventBody::ConversationDeleted(_)));
            if is_over && both.0.is_ok() {
                break;
            }
            let conversation = ConversationId::from_stored(id);
            let after = sqlite.store.log_end(conversation).await.unwrap().head.0;
            next = step(&mut rng, id, after);
        }
        let conversation = ConversationId::from_stored(id);
        let (one, other) =
            tokio::join!(all_of(&sqlite.store, conversation), all_of(&postgres.store, conversation));
        assert_eq!(one, other, "seed {seed}");
    }
    println!("{wanted} histories, {refused} refusals");
    assert!(refused > 10, "{refused}");
    let heads = async |engine: &Engine| {
        engine.store.log_heads().await.unwrap().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(heads(&sqlite).await, heads(&postgres).await);
    assert_eq!(
        format!("{:?}", sqlite.store.every_conversation().await.unwrap()),
        format!("{:?}", postgres.store.every_conversation().await.unwrap())
    );
    assert_eq!(
        sqlite.store.stored_conversations().await.unwrap(),
        postgres.store.stored_conversations().await.unwrap()
    );
    assert_eq!(sqlite.erasures().read().unwrap(), postgres.erasures().read().unwrap());
}
