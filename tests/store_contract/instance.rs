//! Accounts, roles, links, sessions, departments, and the instance's own log of all that.

use boule::conversation::{NewEvent, RecordedActor, StatementModerated};
use boule::domain::{
    ConversationId, DepartmentNumber, EmailAddress, Moderation, PersonalText, Role, Seq, StaffNumber,
    StatementNumber, Timestamp, TokenHash,
};
use boule::instance::{Grant, InstanceAct, InstanceActor, Link, LinkPurpose, NewInstanceEvent, Scope};
use boule::store::DueAct;
use boule::store::{
    Accepted, Changed, JournalFilter, Listing, LogHead, NewSession, Newcomer, Proof, SessionStage, Store,
};

use super::{Engine, events, submitted};

on_every_engine! {
    an_invitation_works_once_makes_an_account_and_gives_its_role,
    a_session_goes_from_step_to_step_and_no_proof_works_twice,
    roles_hold_where_they_are_given_and_the_last_owner_stays,
    i6_the_instances_log_says_all_of_it_in_a_chain,
    whoever_may_not_give_a_role_any_more_gives_it_by_no_link_and_no_form,
    who_only_knows_a_password_pushes_nobody_out_and_sets_no_app,
    what_is_beside_the_instances_log_is_held_against_it,
    conversations_are_put_away_and_found_when_they_are_due,
    acts_of_staff_in_a_conversation_are_found_without_a_look_at_its_votes,
}

const BY: InstanceActor = InstanceActor::CommandLine;
const NOW: Timestamp = Timestamp(1_000_000_000);
const LATER: Timestamp = Timestamp(NOW.0 + 3_600_000_000);

fn address(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@town.example")).unwrap()
}

fn token(name: &str) -> TokenHash {
    TokenHash::of(name)
}

fn session(name: &str, stage: SessionStage) -> NewSession {
    let offer = (stage == SessionStage::SetUp).then(|| "OFFERED".to_owned());
    NewSession {
        token: token(name),
        stage,
        offer,
        recovers: false,
        browser: format!("Browser {name}"),
        expires_at: LATER,
    }
}

fn newcomer(name: &str) -> Newcomer {
    Newcomer::New { address: address(name), password: format!("hash of {name}"), salt: [6; 16] }
}

async fn invite(store: &Store, key: &str, grant: Grant) {
    let link = Link::new(LinkPurpose::Invitation(grant), None, NOW);
    assert!(store.add_link(BY, token(key), &link, [3; 16]).await.unwrap());
}

fn everywhere(role: Role) -> Grant {
    Grant { role, scope: Scope::Instance }
}

async fn an_invitation_works_once_makes_an_account_and_gives_its_role(engine: Engine) {
    let store = &engine.store;
    assert!(!store.has_owner().await.unwrap());
    assert_eq!(store.last_staff_number().await.unwrap(), StaffNumber(0));
    invite(store, "key", everywhere(Role::Owner)).await;
    let link = store.link(token("key"), NOW).await.unwrap().unwrap();
    assert_eq!(link.purpose, LinkPurpose::Invitation(everywhere(Role::Owner)));
    assert!(store.link(token("key"), link.expires_at).await.unwrap().is_none(), "seven days");
    assert!(store.link(token("other"), NOW).await.unwrap().is_none());
    let open = store.open_links(Scope::Instance, NOW).await.unwrap();
    assert_eq!((open.len(), &open[0].link), (1, &link));
    let late = store.accept_invitation(token("key"), &newcomer("ada"), None, link.expires_at).await.unwrap();
    assert_eq!(late, Accepted::NoLink);
    let opened = session("first", SessionStage::SetUp);
    let done = store.accept_invitation(token("key"), &newcomer("ada"), Some(&opened), NOW).await.unwrap();
    let ada = StaffNumber(1);
    assert_eq!(done, Accepted::Done { staff: ada, grant: everywhere(Role::Owner) });
    let again = store.accept_invitation(token("key"), &newcomer("eve"), None, NOW).await.unwrap();
    assert_eq!(again, Accepted::NoLink, "once");
    assert!(store.has_owner().await.unwrap());
    assert_eq!(store.last_staff_number().await.unwrap(), ada);
    assert_eq!(store.staff_name(ada).await.unwrap().as_deref(), Some("ada@town.example"));
    assert_eq!(store.staff_names().await.unwrap(), [(ada, "ada@town.example".to_owned())]);
    let account = store.account(&address("ada")).await.unwrap().unwrap();
    assert_eq!((account.number, account.password.as_deref()), (ada, Some("hash of ada")));
    assert_eq!(store.account_of(ada).await.unwrap().unwrap().address, address("ada"));
    assert!(store.account(&address("eve")).await.unwrap().is_none());
    // The same address again; and somebody who is known, who loses nothing by accepting less.
    invite(store, "second", everywhere(Role::Moderator)).await;
    let taken = store.accept_invitation(token("second"), &newcomer("ada"), None, NOW).await.unwrap();
    assert_eq!(taken, Accepted::AddressTaken);
    let known = store.accept_invitation(token("second"), &Newcomer::Known(ada), None, NOW).await.unwrap();
    assert_eq!(known, Accepted::Done { staff: ada, grant: everywhere(Role::Moderator) });
    assert_eq!(store.all_grants().await.unwrap(), [(ada, everywhere(Role::Owner))]);
    invite(store, "third", everywhere(Role::Overseer)).await;
    let number = store.open_links(Scope::Instance, NOW).await.unwrap()[0].number;
    let elsewhere = Scope::Department(DepartmentNumber(7));
    assert!(!store.withdraw_link(BY, number, elsewhere, NOW).await.unwrap(), "of another scope");
    assert!(store.withdraw_link(BY, number, Scope::Instance, NOW).await.unwrap());
    assert!(store.link(token("third"), NOW).await.unwrap().is_none());
}

async fn a_session_goes_from_step_to_step_and_no_proof_works_twice(engine: Engine) {
    let store = &engine.store;
    let ada = store.add_account(&address("ada"), [4; 16], NOW).await.unwrap();
    store.give_role(BY, ada, everywhere(Role::Organiser), NOW).await.unwrap();
    store.open_session(ada, &session("set-up", SessionStage::SetUp), NOW).await.unwrap();
    let half = store.staff_session(token("set-up"), NOW).await.unwrap().unwrap();
    assert_eq!(
        (half.stage, half.offer.as_deref(), half.grants.len()),
        (SessionStage::SetUp, Some("OFFERED"), 0)
    );
    let app = |codes: &[&str]| Proof::NewApp {
        secret: "OFFERED".into(),
        step: 10,
        codes: codes.iter().map(|code| token(code)).collect(),
    };
    let full = |name| session(name, SessionStage::Full);
    assert!(store.finish_session(token("set-up"), &app(&["a", "b"]), &full("one"), NOW).await.unwrap());
    assert!(
        !store.finish_session(token("set-up"), &app(&[]), &full("two"), NOW).await.unwrap(),
        "it is over"
    );
    let account = store.account_of(ada).await.unwrap().unwrap();
    assert_eq!(
        (account.totp.as_deref(), account.totp_step, account.recovery_codes),
        (Some("OFFERED"), 10, 2)
    );
    let inside = store.staff_session(token("one"), NOW).await.unwrap().unwrap();
    assert_eq!((inside.staff, inside.grants), (ada, vec![everywhere(Role::Organiser)]));
    // A code that was used, and one of the next half minute; a printed code, twice.
    for (name, proof, works) in [
        ("c", Proof::Step(10), false),
        ("d", Proof::Step(11), true),
        ("e", Proof::Step(11), false),
        ("f", Proof::RecoveryCode(token("a")), true),
        ("g", Proof::RecoveryCode(token("a")), false),
        ("h", Proof::RecoveryCode(token("z")), false),
    ] {
        store.open_session(ada, &session("half", SessionStage::Code), NOW).await.unwrap();
        let done = store.finish_session(token("half"), &proof, &full(name), NOW).await.unwrap();
        assert_eq!(done, works, "{name}: {proof:?}");
        store.end_sessions(ada, Some(token("half")), NOW).await.unwrap();
    }
    assert!(store.use_code(ada, &Proof::Step(12), &[], NOW).await.unwrap());
    assert!(!store.use_code(ada, &Proof::Step(12), &[], NOW).await.unwrap());
    let mine = store.sessions_of(ada, NOW).await.unwrap();
    assert_eq!(mine.len(), 3, "one, d and f: {mine:?}");
    // Idle for half a day, or past its end.
    let idle = Timestamp(NOW.0 + 12 * 3_600_000_000);
    assert!(store.staff_session(token("one"), LATER).await.unwrap().is_none(), "its end");
    assert!(store.staff_session(token("one"), idle).await.unwrap().is_none());
    let soon = Timestamp(NOW.0 + 120_000_000);
    store.note_use(token("one"), NOW, soon).await.unwrap();
    assert_eq!(store.staff_session(token("one"), soon).await.unwrap().unwrap().seen_at, soon);
    let before = store.rights_version().await.unwrap();
    store.set_password(ada, "another hash", token("one"), &[], soon).await.unwrap();
    assert_eq!(store.sessions_of(ada, soon).await.unwrap().len(), 1, "every other one has ended");
    assert_eq!(store.end_sessions(ada, None, soon).await.unwrap(), 1);
    assert_eq!(store.end_sessions(ada, None, soon).await.unwrap(), 0);
    assert!(store.rights_version().await.unwrap() > before);
    let link = Link::new(LinkPurpose::SignIn(ada), None, NOW);
    store.add_link(BY, token("emergency"), &link, [0; 16]).await.unwrap();
    assert_eq!(store.use_sign_in_link(token("emergency"), &full("x"), NOW).await.unwrap(), Some(ada));
    assert_eq!(store.use_sign_in_link(token("emergency"), &full("y"), NOW).await.unwrap(), None, "once");
}

async fn roles_hold_where_they_are_given_and_the_last_owner_stays(engine: Engine) {
    let store = &engine.store;
    let [parks, roads] = [engine.conversation(1, "parks").await, engine.conversation(2, "roads").await];
    let ada = store.add_account(&address("ada"), [4; 16], NOW).await.unwrap();
    let bea = store.add_account(&address("bea"), [5; 16], NOW).await.unwrap();
    let give = async |who, role, scope| store.give_role(BY, who, Grant { role, scope }, NOW).await.unwrap();
    assert_eq!(give(ada, Role::Owner, Scope::Instance).await, Changed::Done);
    assert_eq!(give(ada, Role::Owner, Scope::Instance).await, Changed::Nothing);
    assert_eq!(give(ada, Role::Overseer, Scope::Instance).await, Changed::LastOwner);
    assert_eq!(store.take_role(BY, ada, Scope::Instance, NOW).await.unwrap(), Changed::LastOwner);
    assert_eq!(give(bea, Role::Owner, Scope::Instance).await, Changed::Done);
    assert_eq!(give(ada, Role::Moderator, Scope::Instance).await, Changed::Done);
    assert_eq!(store.take_role(BY, ada, Scope::Instance, NOW).await.unwrap(), Changed::Done);
    assert_eq!(store.take_role(BY, ada, Scope::Instance, NOW).await.unwrap(), Changed::Nothing);
    // A department, and what is listed for whom.
    let name = |name: &str| PersonalText::new(name, [5; 16]);
    let green = store.add_department(BY, name("Green"), NOW).await.unwrap().unwrap();
    assert_eq!(store.add_department(BY, name("Green"), NOW).await.unwrap(), None, "the name is taken");
    assert!(store.rename_department(BY, green, PersonalText::new("Parks", [6; 16]), NOW).await.unwrap());
    assert!(!store.rename_department(BY, DepartmentNumber(9), name("None"), NOW).await.unwrap());
    assert_eq!(store.departments().await.unwrap()[0].name, "Parks");
    assert!(store.assign_conversation(BY, parks, Some(green), NOW).await.unwrap());
    assert!(!store.assign_conversation(BY, parks, Some(green), NOW).await.unwrap(), "it does already");
    assert!(!store.assign_conversation(BY, roads, Some(DepartmentNumber(9)), NOW).await.unwrap());
    assert_eq!(store.department_of(parks).await.unwrap(), Some(green));
    assert_eq!(store.department_of(roads).await.unwrap(), None);
    assert_eq!(give(ada, Role::Organiser, Scope::Department(green)).await, Changed::Done);
    assert_eq!(give(ada, Role::Moderator, Scope::Conversation(roads)).await, Changed::Done);
    for (listing, found) in [
        (Listing::Organised(ada), 1),
        (Listing::Moderated(ada), 2),
        (Listing::Organised(bea), 2),
        (Listing::Every, 2),
        (Listing::Public, 0),
    ] {
        assert_eq!(store.count_conversations(listing).await.unwrap(), found, "{listing:?}");
        assert_eq!(store.conversations(listing, 0, 10).await.unwrap().len(), found, "{listing:?}");
    }
    let people = store.people(&[Scope::Instance, Scope::Department(green)]).await.unwrap();
    let held: Vec<_> = people.iter().map(|person| (person.staff, person.grant.role)).collect();
    assert_eq!(held, [(bea, Role::Owner), (ada, Role::Organiser)]);
}

async fn i6_the_instances_log_says_all_of_it_in_a_chain(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(1, "parks").await;
    let ada = store.add_account(&address("ada"), [4; 16], NOW).await.unwrap();
    store.give_role(BY, ada, everywhere(Role::Owner), NOW).await.unwrap();
    let link = Link::new(LinkPurpose::Invitation(everywhere(Role::Overseer)), Some(address("invited")), NOW);
    store.add_link(BY, token("key"), &link, [3; 16]).await.unwrap();
    store.note(LATER, BY, InstanceAct::ConversationExported { conversation: id }).await.unwrap();
    let rows = store.stored_instance_events(Seq(0), 100).await.unwrap();
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["account_made", "granted", "invited", "conversation_exported"]);
    let mut hash = boule::domain::ChainHash::genesis("instance");
    for (seq, row) in (1..).zip(&rows) {
        hash = boule::domain::ChainHash::of_event(hash, "instance", row.seq, row.at, &row.kind, &row.payload);
        assert_eq!((row.seq, row.hash.clone()), (Seq(seq), hash.to_string()));
        assert!(NewInstanceEvent::parse(&row.kind, &row.payload).is_ok());
        assert!(!row.payload.contains("town.example"), "words stand beside the log");
    }
    assert_eq!(store.instance_head().await.unwrap(), (Seq(4), hash.to_string()));
    let heads = store.log_heads().await.unwrap();
    assert_eq!(heads.iter().map(|head| head.conversation).collect::<Vec<_>>(), [None, Some(id)]);
    assert!(heads.iter().all(|head| LogHead::parse(&head.to_string()).as_ref() == Some(head)));
    let all = JournalFilter::default();
    assert_eq!(store.count_instance_events(&all).await.unwrap(), 4);
    let latest = store.instance_events(&all, 1, 2).await.unwrap();
    assert_eq!(latest.iter().map(|event| event.seq).collect::<Vec<_>>(), [Seq(3), Seq(2)]);
    assert_eq!(latest[0].what.act.words().unwrap().text(), "invited@town.example");
    for (filter, found) in [
        (JournalFilter { staff: Some(ada), ..all.clone() }, 2),
        (JournalFilter { kinds: &["invited", "granted"], ..all.clone() }, 2),
        (JournalFilter { kinds: &["grant"], ..all.clone() }, 0),
        (JournalFilter { from: Some(LATER), ..all.clone() }, 1),
        (JournalFilter { until: Some(LATER), ..all.clone() }, 3),
    ] {
        assert_eq!(store.count_instance_events(&filter).await.unwrap(), found, "{filter:?}");
    }
}

async fn whoever_may_not_give_a_role_any_more_gives_it_by_no_link_and_no_form(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(1, "parks").await;
    let [ada, bea] = [address("ada"), address("bea")];
    let (ada, bea) = (
        store.add_account(&ada, [4; 16], NOW).await.unwrap(),
        store.add_account(&bea, [5; 16], NOW).await.unwrap(),
    );
    let here = Scope::Conversation(id);
    let organiser = Grant { role: Role::Organiser, scope: here };
    store.give_role(BY, ada, organiser, NOW).await.unwrap();
    let by = InstanceActor::Staff(ada);
    let link = Link::new(LinkPurpose::Invitation(organiser), None, NOW);
    assert!(store.add_link(by, token("kept"), &link, [0; 16]).await.unwrap());
    let owner = Link::new(LinkPurpose::Invitation(everywhere(Role::Owner)), None, NOW);
    assert!(!store.add_link(by, token("more"), &owner, [0; 16]).await.unwrap(), "more than they hold");
    assert_eq!(store.give_role(by, bea, everywhere(Role::Owner), NOW).await.unwrap(), Changed::NotAllowed);
    let preview = Link::new(LinkPurpose::Preview(here), None, NOW);
    assert!(store.add_link(by, token("shown"), &preview, [0; 16]).await.unwrap());
    assert_eq!(store.take_role(BY, ada, here, NOW).await.unwrap(), Changed::Done);
    for key in ["kept", "shown"] {
        assert!(store.link(token(key), NOW).await.unwrap().is_none(), "it went with the role");
    }
    assert_eq!(store.give_role(by, bea, organiser, NOW).await.unwrap(), Changed::NotAllowed);
    assert!(!store.add_link(by, token("again"), &link, [0; 16]).await.unwrap());
    assert!(!store.add_link(by, token("again"), &preview, [0; 16]).await.unwrap());
    // Whoever runs a department makes links into its conversation, which then belongs to it no longer.
    let green = PersonalText::new("Green", [5; 16]);
    let green = store.add_department(BY, green, NOW).await.unwrap().unwrap();
    store.assign_conversation(BY, id, Some(green), NOW).await.unwrap();
    let there = Grant { role: Role::Organiser, scope: Scope::Department(green) };
    store.give_role(BY, ada, there, NOW).await.unwrap();
    for (key, link) in [("invites", &link), ("shows", &preview)] {
        assert!(store.add_link(by, token(key), link, [0; 16]).await.unwrap());
    }
    let owners = Link::new(LinkPurpose::Preview(here), None, NOW);
    assert!(store.add_link(BY, token("owners"), &owners, [0; 16]).await.unwrap());
    store.assign_conversation(BY, id, None, NOW).await.unwrap();
    for key in ["invites", "shows"] {
        assert!(
            store.link(token(key), NOW).await.unwrap().is_none(),
            "{key}: its maker has lost the conversation"
        );
    }
    assert!(store.link(token("owners"), NOW).await.unwrap().is_some());
    // Starts of the server, and the first owner.
    let free = LinkPurpose::Invitation(everywhere(Role::Owner));
    for key in ["first", "second"] {
        store.add_link(BY, token(key), &Link::new(free, None, NOW), [0; 16]).await.unwrap();
    }
    store.void_command_line_invitations(everywhere(Role::Owner), NOW).await.unwrap();
    assert!(store.link(token("first"), NOW).await.unwrap().is_none());
    for key in ["third", "fourth"] {
        store.add_link(BY, token(key), &Link::new(free, None, NOW), [0; 16]).await.unwrap();
    }
    store.accept_invitation(token("third"), &newcomer("cleo"), None, NOW).await.unwrap();
    assert!(store.link(token("fourth"), NOW).await.unwrap().is_none(), "the instance is set up");
    // A named invitation is nobody else's; and nobody loses by accepting.
    let named = Link::new(LinkPurpose::Invitation(everywhere(Role::Moderator)), Some(address("bea")), NOW);
    store.add_link(BY, token("named"), &named, [0; 16]).await.unwrap();
    let other = store.accept_invitation(token("named"), &Newcomer::Known(ada), None, NOW).await.unwrap();
    assert_eq!(other, Accepted::NotTheirs);
    store.give_role(BY, bea, everywhere(Role::Overseer), NOW).await.unwrap();
    let less = store.accept_invitation(token("named"), &Newcomer::Known(bea), None, NOW).await.unwrap();
    assert_eq!(less, Accepted::HoldsAnother(Role::Overseer));
    assert!(store.link(token("named"), NOW).await.unwrap().is_some(), "it is not used up");
}

async fn who_only_knows_a_password_pushes_nobody_out_and_sets_no_app(engine: Engine) {
    let store = &engine.store;
    let ada = store.add_account(&address("ada"), [4; 16], NOW).await.unwrap();
    store.open_session(ada, &session("in", SessionStage::Full), NOW).await.unwrap();
    store.open_session(ada, &session("early", SessionStage::SetUp), NOW).await.unwrap();
    for n in 0..40 {
        store.open_session(ada, &session(&format!("half {n}"), SessionStage::Code), NOW).await.unwrap();
    }
    assert_eq!(store.sessions_of(ada, NOW).await.unwrap().len(), 1);
    store.open_session(ada, &session("late", SessionStage::SetUp), NOW).await.unwrap();
    store.offer_app(token("in"), "MINE", NOW).await.unwrap();
    assert_eq!(store.staff_session(token("in"), NOW).await.unwrap().unwrap().offer.as_deref(), Some("MINE"));
    let later = Timestamp(NOW.0 + 15 * 60 * 1_000_000);
    let session_later = store.staff_session(token("in"), later).await.unwrap().unwrap();
    assert_eq!(session_later.offer, None, "an app that was offered can't be set up for ever");
    let app = |secret: &str| Proof::NewApp { secret: secret.into(), step: 1, codes: Vec::new() };
    assert!(store.use_code(ada, &app("MINE"), &[], NOW).await.unwrap());
    let full = session("stolen", SessionStage::Full);
    assert!(!store.finish_session(token("late"), &app("THEIRS"), &full, NOW).await.unwrap());
    assert_eq!(store.account_of(ada).await.unwrap().unwrap().totp.as_deref(), Some("MINE"));
    for n in 0..25 {
        store.open_session(ada, &session(&format!("full {n}"), SessionStage::Full), NOW).await.unwrap();
    }
    assert_eq!(store.sessions_of(ada, NOW).await.unwrap().len(), 20);
    let all = JournalFilter { kinds: &["signed_out"], ..JournalFilter::default() };
    assert!(store.count_instance_events(&all).await.unwrap() > 0, "who was pushed out is in the log");
}

async fn what_is_beside_the_instances_log_is_held_against_it(engine: Engine) {
    let store = &engine.store;
    let ada = store.add_account(&address("ada"), [4; 16], NOW).await.unwrap();
    assert_eq!(store.staff_addresses().await.unwrap(), [(ada, address("ada"))]);
    let words = store.instance_words().await.unwrap();
    assert!(words.values().any(|text| text == "ada@town.example"));
    assert_eq!(store.instance_text_problems().await.unwrap(), Vec::<String>::new());
}

async fn conversations_are_put_away_and_found_when_they_are_due(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(1, "parks").await;
    assert!(!store.is_archived(id).await.unwrap());
    assert!(store.archive_conversation(BY, id, true, NOW).await.unwrap());
    assert!(!store.archive_conversation(BY, id, true, NOW).await.unwrap());
    assert!(store.is_archived(id).await.unwrap());
    assert!(store.archive_conversation(BY, id, false, NOW).await.unwrap());
    assert!(store.due_conversations(LATER).await.unwrap().is_empty(), "nothing was said of it");
    for (id, slug, schedule, due) in [
        (14, "opens", (Some(NOW), None), Some(DueAct::Open)),
        (15, "later", (Some(LATER), None), None),
        (16, "closes", (None, Some(NOW)), None),
    ] {
        let (opens_at, closes_at) = schedule;
        let schedule = boule::conversation::Schedule { opens_at, closes_at, forgets_at: None };
        store.record(events(id, 0, vec![super::scheduled(slug, schedule)])).await.unwrap();
        let found = store.due_conversations(NOW).await.unwrap();
        let found = found.into_iter().find(|(name, _)| name.as_str() == slug).map(|(_, act)| act);
        assert_eq!(found, due, "{slug}");
    }
    // Open since before the moment; and opened again after it.
    store.record(events(16, 1, vec![super::opened()])).await.unwrap();
    let due = store.due_conversations(NOW).await.unwrap();
    assert!(due.iter().any(|(slug, act)| slug.as_str() == "closes" && *act == DueAct::Close), "{due:?}");
}

async fn acts_of_staff_in_a_conversation_are_found_without_a_look_at_its_votes(engine: Engine) {
    let store = &engine.store;
    let id = engine.conversation(1, "parks").await;
    let (ada, bea) = (StaffNumber(1), StaffNumber(2));
    let decided = |by, statement| {
        let decided = StatementModerated {
            statement: StatementNumber(statement),
            to: Moderation::Accepted,
            rule: None,
        };
        NewEvent::new(by, decided)
    };
    let why = PersonalText::new("It was asked for", [8; 16]);
    let added = NewEvent {
        why: Some(Box::new(why)),
        ..NewEvent::new(RecordedActor::Staff(ada), submitted(1, "Trees").body)
    };
    let more = vec![
        submitted(0, "Benches"),
        added,
        decided(RecordedActor::Staff(bea), 0),
        decided(RecordedActor::System, 1),
        super::joined(0),
    ];
    store.record(events(1, 1, more)).await.unwrap();
    let all = JournalFilter::default();
    assert_eq!(store.count_staff_acts(id, &all).await.unwrap(), 3);
    let acts = store.staff_acts(id, &all, 0, 10).await.unwrap();
    assert_eq!(acts.iter().map(|act| act.seq.0).collect::<Vec<_>>(), [5, 4, 3]);
    assert_eq!(acts[2].what.why.as_ref().unwrap().text(), "It was asked for");
    for (filter, found) in [
        (JournalFilter { staff: Some(ada), ..all.clone() }, vec![3]),
        (JournalFilter { kinds: &["statement_moderated"], ..all.clone() }, vec![5, 4]),
        (JournalFilter { from: Some(Timestamp(1_001)), ..all.clone() }, vec![]),
        (JournalFilter { until: Some(Timestamp(1_001)), ..all.clone() }, vec![5, 4, 3]),
    ] {
        let acts = store.staff_acts(id, &filter, 0, 10).await.unwrap();
        assert_eq!(acts.iter().map(|act| act.seq.0).collect::<Vec<_>>(), found, "{filter:?}");
    }
    let mut staff = store.staff_of(id).await.unwrap();
    staff.sort_unstable();
    assert_eq!(staff, [ada, bea]);
    let index = store.staff_act_index(id, Seq(4)).await.unwrap();
    assert_eq!(
        index.iter().map(|act| (act.seq.0, act.staff)).collect::<Vec<_>>(),
        [(3, Some(ada)), (4, Some(bea))]
    );
    assert!(store.staff_act_index(ConversationId::from_stored(9), Seq(9)).await.unwrap().is_empty());
}
