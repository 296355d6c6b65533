//! What is forgotten, kept, copied and written by mail.

use boule::conversation::{
    DeletionPlanned, LinksDestroyed, NewEvent, ParticipantErased, ParticipantJoined, RecordedActor, VoteCast,
};
use boule::domain::{
    Choice, ConversationId, EmailAddress, ParticipantNumber, Role, Seq, StatementNumber, Timestamp, TokenHash,
};
use boule::instance::{Grant, InstanceAct, InstanceActor, Link, LinkPurpose, Scope};
use boule::store::{DueAct, FollowTopic, Follower, MailKind, NewEvents, NewMail, NewToken};

use super::{Engine, events, slug, submitted};

on_every_engine! {
    pages_about_the_site_are_changed_and_go_back_to_what_boule_brings,
    the_outbox_holds_what_was_written_until_it_is_done_and_nothing_is_written_twice,
    a_copy_has_all_logs_and_nothing_that_lets_anybody_in,
    an_instance_is_copied_to_either_engine_and_goes_on_there,
    who_is_erased_loses_words_and_token_and_is_noted_outside,
    what_is_kept_of_a_deleted_conversation_is_found_under_its_address_and_only_then,
    a_provider_signs_in_whom_an_account_was_joined_with_and_nobody_else,
    a_follower_is_confirmed_written_to_once_and_forgotten,
    where_the_outbox_is_full_a_follower_waits_on_and_staff_is_still_written_to,
}

const BY: InstanceActor = InstanceActor::CommandLine;
const NOW: Timestamp = Timestamp(1_000_000_000);
const LATER: Timestamp = Timestamp(NOW.0 + 3_600_000_000);

fn invitation() -> Link {
    let grant = Grant { role: Role::Moderator, scope: Scope::Instance };
    Link::new(LinkPurpose::Invitation(grant), None, NOW)
}

async fn pages_about_the_site_are_changed_and_go_back_to_what_boule_brings(engine: Engine) {
    let store = &engine.store;
    assert_eq!(store.site_page("privacy", "en").await.unwrap(), None);
    store.change_site_page(BY, ("privacy", "en"), Some("# Ours"), NOW).await.unwrap();
    assert_eq!(store.site_page("privacy", "en").await.unwrap().as_deref(), Some("# Ours"));
    assert_eq!(store.site_page("privacy", "de").await.unwrap(), None);
    store.change_site_page(BY, ("privacy", "en"), None, LATER).await.unwrap();
    assert_eq!(store.site_page("privacy", "en").await.unwrap(), None);
    assert_eq!(store.instance_head().await.unwrap().0, Seq(2), "both are in the log");
}

async fn the_outbox_holds_what_was_written_until_it_is_done_and_nothing_is_written_twice(engine: Engine) {
    let store = &engine.store;
    let mail = |body: &str| NewMail {
        kind: MailKind::Heads,
        to: EmailAddress::parse("ada@town.example").unwrap(),
        subject: "Heads".into(),
        body: body.into(),
        unsubscribe: String::new(),
    };
    let about = (MailKind::Heads, "all");
    assert!(store.post_once(about, NOW, &[mail("one"), mail("two")], NOW).await.unwrap());
    assert!(!store.post_once(about, NOW, &[mail("three")], LATER).await.unwrap());
    let due = store.due_mail(NOW, 9).await.unwrap();
    assert_eq!(due.iter().map(|mail| mail.body.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert!(!format!("{:?}", mail("a key")).contains("a key"));
    // Of several that send, one has it.
    assert!(store.take_mail(&due[0], LATER).await.unwrap());
    assert!(!store.take_mail(&due[0], LATER).await.unwrap());
    store.mail_later(due[0].number, LATER).await.unwrap();
    store.mail_is_done(due[1].number).await.unwrap();
    assert!(store.due_mail(NOW, 9).await.unwrap().is_empty());
    assert_eq!(store.due_mail(LATER, 9).await.unwrap()[0].tries, 1);
    assert_eq!(store.mail_waiting().await.unwrap(), (1, Some(NOW)));
    // An invitation and its mail are one transaction.
    let kept = (&invitation(), [0; 16]);
    assert!(store.add_link_and_write(BY, TokenHash::of("key"), kept, &[mail("four")]).await.unwrap());
    assert_eq!(store.mail_waiting().await.unwrap().0, 2);
}

async fn a_copy_has_all_logs_and_nothing_that_lets_anybody_in(engine: Engine) {
    let store = &engine.store;
    engine.conversation(7, "riverside").await;
    assert!(store.add_link(BY, TokenHash::of("key"), &invitation(), [0; 16]).await.unwrap());
    assert_eq!(store.last_backup().await.unwrap(), None);
    store.note(NOW, BY, InstanceAct::BackedUp {}).await.unwrap();
    assert_eq!(store.last_backup().await.unwrap(), Some(NOW));
    assert!(store.last_event_at().await.unwrap() >= Some(NOW));
    let to = engine.dir.path().join("copy.sqlite");
    if store.is_on_server() {
        assert!(store.copy_to(&to).await.is_err() && !to.exists(), "it is copied by its own means");
        return;
    }
    let lines = |heads: Vec<boule::store::LogHead>| heads.iter().map(ToString::to_string).collect::<Vec<_>>();
    let heads = lines(store.copy_to(&to).await.unwrap());
    assert_eq!(heads, lines(store.log_heads().await.unwrap()));
    assert_eq!(heads.len(), 2);
    let (copy, hash) = (std::fs::read(&to).unwrap(), TokenHash::of("key").to_string());
    assert!(!copy.windows(hash.len()).any(|part| part == hash.as_bytes()));
    assert!(store.copy_to(&to).await.is_err(), "it is there already");
}

/// The other engine first, and then the same one again.
async fn an_instance_is_copied_to_either_engine_and_goes_on_there(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(7, "riverside").await;
    engine.conversation(8, "market").await;
    let who = ParticipantNumber(0);
    let votes = (0..3_000u32).map(|n| {
        let vote = VoteCast::new(who, StatementNumber(0), Choice::ALL[n as usize % 3]);
        NewEvent::new(vote.by(), vote)
    });
    let joins = NewEvent::new(RecordedActor::Participant(who), ParticipantJoined::new(who));
    let first = [joins, submitted(0, "More trees")].into_iter();
    let grants = vec![NewToken { token: TokenHash::of("browser").within(id), participant: who }];
    store.record(NewEvents { grants, ..events(7, 1, first.chain(votes).collect()) }).await.unwrap();
    let ada =
        store.add_account(&EmailAddress::parse("ada@town.example").unwrap(), [1; 16], NOW).await.unwrap();
    let owner = Grant { role: Role::Owner, scope: Scope::Instance };
    store.give_role(BY, ada, owner, NOW).await.unwrap();
    assert!(store.add_link(BY, TokenHash::of("key"), &invitation(), [0; 16]).await.unwrap());
    let decision = follower("one", id, FollowTopic::Decision, "ab12");
    assert!(store.add_follower(&decision, &follow_mail("confirm")).await.unwrap());
    let mut copies = vec![Engine::sqlite().await];
    copies.extend(Engine::postgres().await);
    for copy in copies {
        let heads = store.copy_all_to(&copy.store).await.unwrap();
        assert_eq!(heads.len(), 3);
        let rows = async |of: &boule::store::Store| {
            format!("{:?}", of.stored_events(id, Seq(0), u32::MAX).await.unwrap())
        };
        assert_eq!(rows(store).await, rows(&copy.store).await);
        assert_eq!(
            copy.store.participant_tokens(id).await.unwrap(),
            store.participant_tokens(id).await.unwrap()
        );
        assert!(
            copy.store
                .record_of(id)
                .await
                .unwrap()
                .unwrap()
                .words_mut()
                .any(|words| words.text() == "More trees")
        );
        assert_eq!(copy.store.all_grants().await.unwrap(), [(ada, owner)]);
        assert_eq!(copy.store.follower(decision.key).await.unwrap(), Some(decision.clone()));
        assert!(copy.store.link(TokenHash::of("key"), NOW).await.unwrap().is_some());
        assert!(copy.store.file_problems().await.unwrap().is_empty());
        assert!(copy.store.instance_text_problems().await.unwrap().is_empty());
        // It goes on there, with numbers that nobody had.
        let bob = EmailAddress::parse("bob@town.example").unwrap();
        let bob = copy.store.add_account(&bob, [2; 16], NOW).await.unwrap();
        assert!(bob > ada, "{bob:?}");
        copy.store.record(events(7, 3_003, vec![submitted(1, "Fewer cars")])).await.unwrap();
        assert!(store.copy_all_to(&copy.store).await.is_err(), "it is not empty");
    }
}

async fn who_is_erased_loses_words_and_token_and_is_noted_outside(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(7, "riverside").await;
    let who = ParticipantNumber(0);
    let by = RecordedActor::Participant(who);
    let joins = NewEvent::new(by, ParticipantJoined::new(who));
    let says = submitted(0, "More trees");
    let commitment = says.words().next().unwrap().commitment().to_owned();
    let votes = NewEvent::new(by, VoteCast::new(who, StatementNumber(0), Choice::Agree));
    let token = TokenHash::of("browser").within(id);
    let grants = vec![NewToken { token, participant: who }];
    store.record(NewEvents { grants, ..events(7, 1, vec![joins, says, votes]) }).await.unwrap();
    assert_eq!(store.participant_tokens(id).await.unwrap(), [(token, who)]);
    let theirs = store.events_of(id, who).await.unwrap();
    assert_eq!(
        theirs.iter().map(|event| event.what.body.kind()).collect::<Vec<_>>(),
        ["participant_joined", "vote_cast"]
    );
    let erased = NewEvent::new(by, ParticipantErased { participant: who, votes: false });
    let new = NewEvents { forgotten: vec![commitment.clone()], ..events(7, 4, vec![erased]) };
    store.record(new).await.unwrap();
    assert!(store.participant_tokens(id).await.unwrap().is_empty());
    assert!(!store.words(id).await.unwrap().has(&commitment));
    let noted = engine.erasures().read().unwrap();
    assert_eq!(noted.len(), 1);
    assert_eq!(noted[0].who.as_deref(), Some(token.erasure_id().as_str()));
    assert_eq!(store.instance_head().await.unwrap().0, Seq(1), "the instance's log says so too");
}

async fn what_is_kept_of_a_deleted_conversation_is_found_under_its_address_and_only_then(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(7, "riverside").await;
    let system = |body: boule::conversation::EventBody| NewEvent::new(RecordedActor::System, body);
    let opened = super::opened();
    let planned = system(DeletionPlanned { at: Some(NOW) }.into());
    let before =
        events(7, 1, vec![opened, system(boule::conversation::ConversationClosed {}.into()), planned]);
    let documents = vec![("rows".to_owned(), "id\n".to_owned())];
    store.record(NewEvents { documents, ..before }).await.unwrap();
    assert_eq!(store.published_document(id, "rows").await.unwrap().as_deref(), Some("id\n"));
    assert_eq!(store.published_document(id, "snapshot-1").await.unwrap(), None);
    assert_eq!(store.due_conversations(NOW).await.unwrap(), [(slug("riverside"), DueAct::Delete)]);
    assert!(store.conversations_to_write_about(NOW, LATER).await.unwrap().is_empty(), "it is closed");
    assert_eq!(store.kept_results(&slug("riverside")).await.unwrap(), None, "it is still there itself");
    assert!(store.kept_conversations().await.unwrap().is_empty());
    let deleted = system(boule::conversation::ConversationDeleted {}.into());
    let kept = Some("{}".to_owned());
    store.record(NewEvents { kept, ..events(7, 4, vec![deleted]) }).await.unwrap();
    assert_eq!(store.published_document(id, "rows").await.unwrap(), None, "all of it goes");
    assert_eq!(
        store.kept_results(&slug("riverside")).await.unwrap(),
        Some(("{}".to_owned(), Timestamp(1_000)))
    );
    assert_eq!(store.kept_conversations().await.unwrap(), [(id, slug("riverside"))]);
    let here = slug("riverside");
    let which = (&here, StatementNumber(3));
    let change = |to: Option<&'static str>| {
        move |before: &str| {
            assert_eq!(before, "{}");
            Ok(to.map(str::to_owned))
        }
    };
    assert!(!store.erase_kept_statement(BY, which, change(None), LATER).await.unwrap(), "nothing to erase");
    assert!(store.erased_kept_statements(id).await.unwrap().is_empty());
    assert!(store.erase_kept_statement(BY, which, change(Some("{\"less\":1}")), LATER).await.unwrap());
    assert_eq!(store.kept_results(&slug("riverside")).await.unwrap().unwrap().0, "{\"less\":1}");
    assert_eq!(store.erased_kept_statements(id).await.unwrap(), [StatementNumber(3)]);
    let unknown = slug("nowhere");
    let which = (&unknown, StatementNumber(3));
    assert!(!store.erase_kept_statement(BY, which, change(None), LATER).await.unwrap());
    let noted = engine.erasures().read().unwrap();
    assert_eq!((noted.len(), noted[0].who.as_ref(), noted[0].statement), (2, None, None));
    let again = store.record(events(8, 0, vec![super::created("riverside")])).await;
    assert!(matches!(again, Err(boule::store::StoreError::Taken(_))));
}

async fn a_provider_signs_in_whom_an_account_was_joined_with_and_nobody_else(engine: Engine) {
    use boule::store::{Accepted, NewSession, Newcomer, SessionStage};

    let store = &engine.store;
    let session = |name: &str| NewSession {
        token: TokenHash::of(name),
        stage: SessionStage::Full,
        offer: None,
        recovers: false,
        browser: name.into(),
        expires_at: LATER,
    };
    let address = |name: &str| EmailAddress::parse(&format!("{name}@town.example")).unwrap();
    let ada = store.add_account(&address("ada"), [1; 16], NOW).await.unwrap();
    let by = |subject: &'static str| ("https://login.example", subject);
    let one = session("one");
    assert_eq!(store.sign_in_by_provider(by("7"), &one, NOW).await.unwrap(), None, "an address joins nobody");
    assert!(store.staff_session(TokenHash::of("one"), NOW).await.unwrap().is_none());
    let (here, away) = (TokenHash::of("here"), TokenHash::of("away"));
    assert!(!store.join_provider((ada, here), by("7"), &[], NOW).await.unwrap(), "nobody is signed in");
    store.open_session(ada, &session("here"), NOW).await.unwrap();
    assert!(!store.join_provider((ada, away), by("7"), &[], NOW).await.unwrap(), "signed out meanwhile");
    assert!(store.join_provider((ada, here), by("7"), &[], NOW).await.unwrap());
    assert!(store.join_provider((ada, here), by("7"), &[], NOW).await.unwrap(), "it is so already");
    assert!(!store.join_provider((ada, here), by("9"), &[], NOW).await.unwrap(), "one of each provider");
    assert_eq!(store.providers_of(ada).await.unwrap(), ["https://login.example"]);
    for name in ["one", "two"] {
        assert_eq!(store.sign_in_by_provider(by("7"), &session(name), NOW).await.unwrap(), Some(ada));
    }
    let bob = store.add_account(&address("bob"), [3; 16], NOW).await.unwrap();
    store.open_session(bob, &session("bob"), NOW).await.unwrap();
    let with = (bob, TokenHash::of("bob"));
    assert!(!store.join_provider(with, by("7"), &[], NOW).await.unwrap(), "that is Ada");
    // Parted: every other browser is out, and nobody comes in that way any more.
    let keep = TokenHash::of("one");
    assert!(store.part_from_provider(ada, "https://login.example", keep, &[], NOW).await.unwrap());
    assert!(!store.part_from_provider(ada, "https://login.example", keep, &[], NOW).await.unwrap());
    assert!(store.staff_session(keep, NOW).await.unwrap().is_some());
    assert!(store.staff_session(TokenHash::of("two"), NOW).await.unwrap().is_none());
    assert_eq!(store.sign_in_by_provider(by("7"), &session("three"), NOW).await.unwrap(), None);
    assert!(store.providers_of(ada).await.unwrap().is_empty());
    // A link of the command line lets in whoever lost the account to somebody: nobody else stays in by a provider.
    assert!(store.join_provider((ada, keep), by("7"), &[], NOW).await.unwrap());
    let sign_in = Link::new(LinkPurpose::SignIn(ada), None, NOW);
    assert!(store.add_link(BY, TokenHash::of("link"), &sign_in, [0; 16]).await.unwrap());
    let used = store.use_sign_in_link(TokenHash::of("link"), &session("recovers"), NOW).await.unwrap();
    assert_eq!(used, Some(ada));
    assert_eq!(store.sign_in_by_provider(by("7"), &session("three"), NOW).await.unwrap(), None);
    let (issuer, subject) = ("https://login.example".to_owned(), "8".to_owned());
    let eve = Newcomer::Provided { address: address("eve"), issuer, subject, salt: [2; 16] };
    let (key, four) = (TokenHash::of("key"), session("four"));
    assert!(matches!(store.accept_invitation(key, &eve, Some(&four), NOW).await.unwrap(), Accepted::NoLink));
    assert!(store.add_link(BY, key, &invitation(), [0; 16]).await.unwrap());
    let accepted = store.accept_invitation(key, &eve, Some(&four), NOW).await.unwrap();
    let Accepted::Done { staff, .. } = accepted else { panic!("{accepted:?}") };
    assert_eq!(store.sign_in_by_provider(by("8"), &session("five"), NOW).await.unwrap(), Some(staff));
}

fn follower(key: &str, conversation: ConversationId, topic: FollowTopic, words: &str) -> Follower {
    Follower {
        key: TokenHash::of(key),
        conversation,
        topic,
        words: words.to_owned(),
        address: EmailAddress::parse("ada@town.example").unwrap(),
        language: "de".into(),
        created_at: NOW,
        confirmed_at: None,
    }
}

fn follow_mail(body: &str) -> NewMail {
    NewMail {
        kind: MailKind::FollowAsked,
        to: EmailAddress::parse("ada@town.example").unwrap(),
        subject: "s".into(),
        body: body.into(),
        unsubscribe: "https://vote.example/follow/stop?key=k".into(),
    }
}

async fn a_follower_is_confirmed_written_to_once_and_forgotten(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(7, "riverside").await;
    let results = follower("one", id, FollowTopic::Results, "");
    assert!(store.add_follower(&results, &follow_mail("confirm")).await.unwrap());
    assert_eq!(store.follower(results.key).await.unwrap().as_ref(), Some(&results));
    assert!(store.followed_conversations().await.unwrap().is_empty(), "nobody has confirmed");
    assert!(store.followers_of(id).await.unwrap().is_empty());
    for key in ["two", "three"] {
        assert!(
            store
                .add_follower(&follower(key, id, FollowTopic::Answers, ""), &follow_mail(key))
                .await
                .unwrap()
        );
    }
    let fourth = follower("four", id, FollowTopic::Results, "");
    assert!(!store.add_follower(&fourth, &follow_mail("four")).await.unwrap(), "asked too often");
    assert!(store.confirm_follower(results.key, LATER).await.unwrap());
    assert!(!store.confirm_follower(TokenHash::of("nobody"), LATER).await.unwrap());
    assert!(!store.add_follower(&fourth, &follow_mail("four")).await.unwrap(), "the same is confirmed");
    assert_eq!(store.followed_conversations().await.unwrap(), [(id, slug("riverside"))]);
    assert_eq!(store.followers_of(id).await.unwrap().len(), 1);
    assert!(store.remove_follower(TokenHash::of("two")).await.unwrap());
    assert!(!store.remove_follower(TokenHash::of("two")).await.unwrap());
    assert_eq!(store.forget_followers(LATER).await.unwrap(), 0, "an hour is not long");
    let days = |n: i64| Timestamp(NOW.0 + n * 24 * 3_600_000_000);
    assert_eq!(store.forget_followers(days(3)).await.unwrap(), 1, "never confirmed");
    let due = store.due_mail(LATER, 10).await.unwrap();
    assert_eq!(due.iter().map(|mail| mail.body.as_str()).collect::<Vec<_>>(), ["confirm", "two", "three"]);
    assert_eq!(due[0].unsubscribe, "https://vote.example/follow/stop?key=k");
    let mails =
        [(results.key, follow_mail("it is over")), (TokenHash::of("two"), follow_mail("nobody any more"))];
    store.write_to_followers(&mails, LATER).await.unwrap();
    let bodies: Vec<String> = store.due_mail(LATER, 10).await.unwrap().into_iter().map(|m| m.body).collect();
    assert_eq!(bodies, ["confirm", "two", "three", "it is over"], "whoever called it off gets none");
    assert_eq!(store.follower(results.key).await.unwrap(), None);
    // With the words of a statement goes whoever waits for a decision on it.
    let decision = follower("five", id, FollowTopic::Decision, "ab12");
    assert!(store.add_follower(&decision, &follow_mail("five")).await.unwrap());
    let forgotten = vec!["ab12".to_owned()];
    store.record(NewEvents { forgotten, ..events(7, 1, vec![super::opened()]) }).await.unwrap();
    assert_eq!(store.follower(decision.key).await.unwrap(), None);
    // With the links to everybody who took part goes who wrote what; and nobody waits for ever.
    for key in ["six", "seven"] {
        let topic = if key == "six" { FollowTopic::Decision } else { FollowTopic::Answers };
        assert!(store.add_follower(&follower(key, id, topic, ""), &follow_mail(key)).await.unwrap());
        store.confirm_follower(TokenHash::of(key), LATER).await.unwrap();
    }
    let gone = NewEvent::new(RecordedActor::System, LinksDestroyed {});
    store.record(events(7, 2, vec![gone])).await.unwrap();
    assert_eq!(store.follower(TokenHash::of("six")).await.unwrap(), None);
    assert_eq!(store.forget_followers(days(300)).await.unwrap(), 0);
    assert_eq!(store.forget_followers(days(400)).await.unwrap(), 1, "seven");
}

async fn where_the_outbox_is_full_a_follower_waits_on_and_staff_is_still_written_to(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(7, "riverside").await;
    let flood: Vec<NewMail> = (0..5_000).map(|n| follow_mail(&n.to_string())).collect();
    assert!(store.post_once((MailKind::FollowAsked, "flood"), NOW, &flood, NOW).await.unwrap());
    let waits = follower("one", id, FollowTopic::Results, "");
    store.add_follower(&waits, &follow_mail("confirm")).await.unwrap();
    store.confirm_follower(waits.key, LATER).await.unwrap();
    store.write_to_followers(&[(waits.key, follow_mail("it is over"))], LATER).await.unwrap();
    assert!(store.follower(waits.key).await.unwrap().is_some(), "their mail was not written");
    let of_staff = NewMail { kind: MailKind::Heads, ..follow_mail("for staff") };
    store.post_once((MailKind::Heads, "x"), NOW, &[of_staff], NOW).await.unwrap();
    let waiting = store.due_mail(LATER, 6_000).await.unwrap();
    assert_eq!(waiting.len(), 5_001);
    assert_eq!(waiting.iter().filter(|mail| mail.body == "for staff").count(), 1);
    store.mail_is_done(waiting[0].number).await.unwrap();
    store.mail_is_done(waiting[1].number).await.unwrap();
    store.write_to_followers(&[(waits.key, follow_mail("it is over"))], LATER).await.unwrap();
    assert_eq!(store.follower(waits.key).await.unwrap(), None, "there was room");
}
