//! D11: five nodes that die, hang and are cut off, from each other and from the database, by 10,000 seeds. Whatever they decide,
//! one of them writes; and soon after all is well again somebody answers.

use std::collections::BTreeMap;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::place::{BEATS_EVERY, Claim, ClusterView, Decision, Failures, Reach};
use crate::domain::ConversationId;
use crate::store::{Epoch, NodeId, NodeIntroduction, Owner, Place, RegisteredNode};

const NODES: usize = 5;
const STEP: u64 = 50;
const FAULTS_UNTIL: u64 = 40_000;
const ANSWERED_WITHIN: u64 = 5_000;

fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// What the database holds.
#[derive(Default)]
struct Database {
    owner: Option<(NodeId, u64)>,
    epoch: i64,
    /// When each registered node said last that it is there.
    beats: BTreeMap<NodeId, u64>,
    next_id: i64,
    stalled_until: u64,
    up_since: u64,
    /// Who wrote in each epoch.
    writers: BTreeMap<i64, NodeId>,
    claims: Vec<(u64, Claim)>,
}

impl Database {
    fn join(&mut self, now: u64) -> NodeId {
        self.next_id += 1;
        let id = NodeId(self.next_id);
        self.beats.insert(id, now);
        id
    }

    fn place(&self, now: u64) -> Place {
        let owner = self.owner.map(|(node, since)| Owner { node, owned_for: ms(now - since) });
        Place { conversation: ConversationId::from_stored(7), epoch: Epoch(self.epoch), owner }
    }

    fn claim(&mut self, node: NodeId, seen: Epoch, why: Claim, now: u64) -> Option<i64> {
        if self.epoch != seen.0 {
            return None;
        }
        self.epoch += 1;
        self.owner = Some((node, now));
        self.claims.push((now, why));
        Some(self.epoch)
    }

    /// The fence, as it stands in the statement that appends.
    fn write(&mut self, node: NodeId, epoch: i64) -> bool {
        if epoch != self.epoch {
            return false;
        }
        let writer = *self.writers.entry(epoch).or_insert(node);
        assert_eq!(writer, node, "two nodes write in epoch {epoch}");
        true
    }
}

struct Node {
    id: NodeId,
    view: ClusterView,
    held: Option<i64>,
    /// A claim on its way, and what was seen before it.
    claiming: Option<(Epoch, Claim, u64)>,
    last_beats: [Option<u64>; 3],
    next_beat: u64,
    unreached: BTreeMap<NodeId, Failures>,
    dead_until: u64,
    hangs_until: u64,
    cut_until: u64,
    /// How fast its own clock runs, in per cent.
    pace: u64,
}

impl Node {
    fn start(database: &mut Database, now: u64, rng: &mut StdRng) -> Self {
        let id = database.join(now);
        Self {
            id,
            view: ClusterView { me: id, nodes: Vec::new(), is_steady: false, is_draining: false },
            held: None,
            claiming: None,
            last_beats: [None; 3],
            next_beat: now,
            unreached: BTreeMap::new(),
            dead_until: 0,
            hangs_until: 0,
            cut_until: 0,
            pace: rng.gen_range(90..=110),
        }
    }

    /// By its own clock.
    fn at(&self, now: u64) -> Duration {
        ms(now * self.pace / 100)
    }

    fn reach(&self, node: NodeId, now: u64) -> Reach {
        self.unreached.get(&node).map_or(Reach::Works, |failures| failures.reach(self.at(now)))
    }

    fn note_unreached(&mut self, node: NodeId, is_refused: bool, now: u64) {
        let before = self.unreached.get(&node).copied();
        self.unreached.insert(node, Failures::after(before, self.at(now), is_refused));
    }

    fn beat(&mut self, database: &mut Database, now: u64) {
        database.beats.insert(self.id, now);
        self.last_beats = [Some(now), self.last_beats[0], self.last_beats[1]];
        let apart = |a: Option<u64>, b: Option<u64>| Some(ms((a? - b?) * self.pace / 100));
        let [last, before, first] = self.last_beats;
        let up = ms(now.saturating_sub(database.up_since));
        let registered = |(id, beat): (&NodeId, &u64)| RegisteredNode {
            id: *id,
            said: NodeIntroduction {
                address: "there".into(),
                certificate: String::new(),
                version: String::new(),
            },
            silent_for: ms(now - beat),
            is_draining: false,
        };
        self.view = ClusterView {
            me: self.id,
            nodes: database.beats.iter().map(registered).collect(),
            is_steady: ClusterView::is_steady([apart(last, before), apart(before, first)], up),
            is_draining: false,
        };
        let asked = self.at(now);
        for (node, failures) in &mut self.unreached {
            if let Some(beat) = database.beats.get(node) {
                failures.note_beat(asked, ms(now - beat));
            }
        }
        let is_mine = database.owner.is_some_and(|(node, _)| node == self.id);
        if self.held.is_some_and(|epoch| !is_mine || epoch != database.epoch) {
            self.held = None;
        }
    }
}

struct World {
    now: u64,
    rng: StdRng,
    database: Database,
    nodes: Vec<Node>,
    /// Pairs that can't reach each other, and until when, and whether they are refused.
    cuts: BTreeMap<(usize, usize), (u64, bool)>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut database = Database::default();
        let nodes = (0..NODES).map(|_| Node::start(&mut database, 0, &mut rng)).collect();
        Self { now: 0, rng, database, nodes, cuts: BTreeMap::new() }
    }

    fn runs(&self, at: usize) -> bool {
        self.nodes[at].dead_until <= self.now && self.nodes[at].hangs_until <= self.now
    }

    fn reaches_database(&self, at: usize) -> bool {
        self.nodes[at].cut_until <= self.now && self.database.stalled_until <= self.now
    }

    fn step(&mut self, faults: impl FnOnce(&mut Self)) {
        self.now += STEP;
        faults(self);
        for at in 0..NODES {
            if self.nodes[at].dead_until == self.now {
                // Its register row goes with the start at the same address.
                let old = self.nodes[at].id;
                self.database.beats.remove(&old);
                self.nodes[at] = Node::start(&mut self.database, self.now, &mut self.rng);
            }
            if !self.runs(at) || !self.reaches_database(at) {
                continue;
            }
            if self.nodes[at].next_beat <= self.now {
                self.nodes[at].next_beat = self.now
                    + u64::try_from(BEATS_EVERY.as_millis()).unwrap()
                    + self.rng.gen_range(0..2) * STEP;
                self.nodes[at].beat(&mut self.database, self.now);
            }
            if let Some((seen, why, due)) = self.nodes[at].claiming
                && due <= self.now
            {
                self.nodes[at].claiming = None;
                let claimed = self.database.claim(self.nodes[at].id, seen, why, self.now);
                self.nodes[at].held = claimed.or(self.nodes[at].held);
            }
        }
    }

    fn fault(&mut self) {
        let until = self.now + self.rng.gen_range(1..160) * STEP;
        let at = self.rng.gen_range(0..NODES);
        match self.rng.gen_range(0..400) {
            0 => self.nodes[at].dead_until = until,
            1 => self.nodes[at].hangs_until = until,
            2 => self.nodes[at].cut_until = until,
            3..=5 => {
                let other = self.rng.gen_range(0..NODES);
                let is_refused = self.rng.gen_bool(0.3);
                self.cuts.insert((at.min(other), at.max(other)), (until, is_refused));
            }
            6 if self.rng.gen_bool(0.3) => self.database.stalled_until = until,
            7 if self.rng.gen_bool(0.1) => {
                self.database.up_since = until;
                self.database.stalled_until = until;
            }
            _ => {}
        }
    }

    /// A request at a node. Whether it was answered.
    fn ask(&mut self, at: usize, is_passed: bool) -> bool {
        if !self.runs(at) || self.nodes[at].claiming.is_some() {
            return false;
        }
        if let Some(epoch) = self.nodes[at].held {
            if !self.reaches_database(at) {
                self.nodes[at].held = None;
                return false;
            }
            let is_written = self.database.write(self.nodes[at].id, epoch);
            self.nodes[at].held = self.nodes[at].held.filter(|_| is_written);
            return is_written;
        }
        if !self.reaches_database(at) || self.nodes[at].view.nodes.is_empty() {
            return false;
        }
        let place = self.database.place(self.now);
        let reach = place.owner.map(|owner| self.nodes[at].reach(owner.node, self.now)).unwrap_or_default();
        match self.nodes[at].view.decide(&place, reach) {
            Decision::Here(why) => {
                // What was seen may be old when the claim arrives.
                let due = self.now + self.rng.gen_range(0..4) * STEP;
                self.nodes[at].claiming = Some((place.epoch, why, due));
                false
            }
            Decision::There(node) if !is_passed => self.pass(at, node),
            Decision::There(_) | Decision::Wait => false,
        }
    }

    fn pass(&mut self, at: usize, node: NodeId) -> bool {
        let Some(to) = self.nodes.iter().position(|other| other.id == node) else {
            self.nodes[at].note_unreached(node, true, self.now);
            return false;
        };
        let now = self.now;
        let cut = self.cuts.get(&(at.min(to), at.max(to))).filter(|(until, _)| *until > now);
        if cut.is_some_and(|(_, is_refused)| *is_refused) {
            self.nodes[at].note_unreached(node, true, now);
            return false;
        }
        let is_cut = cut.is_some();
        if self.nodes[to].dead_until > now && !is_cut {
            self.nodes[at].note_unreached(node, true, self.now);
            return false;
        }
        if is_cut || self.nodes[to].hangs_until > now {
            self.nodes[at].note_unreached(node, false, now);
            return false;
        }
        self.nodes[at].unreached.remove(&node);
        self.ask(to, true)
    }
}

#[test]
fn d11_whatever_happens_one_writes_and_soon_after_somebody_answers() {
    let (mut answered, mut claims) = (0_u64, BTreeMap::<String, u64>::new());
    for seed in 0..10_000 {
        let mut world = World::new(seed);
        while world.now < FAULTS_UNTIL {
            world.step(World::fault);
            let at = world.rng.gen_range(0..NODES);
            answered += u64::from(world.ask(at, false));
        }
        // All is well from now on.
        let now = world.now;
        world.cuts.clear();
        world.database.stalled_until = now;
        for node in &mut world.nodes {
            (node.hangs_until, node.cut_until) = (now, now);
            node.dead_until = if node.dead_until > now { now + STEP } else { node.dead_until };
        }
        let mut last = None;
        while last.is_none() && world.now < now + ANSWERED_WITHIN {
            world.step(|_| {});
            let all = (0..NODES).all(|at| world.ask(at, false));
            last = all.then_some(world.now - now);
        }
        assert!(last.is_some(), "seed {seed}: not all nodes answer {ANSWERED_WITHIN} ms after all is well");
        for (_, why) in &world.database.claims {
            *claims.entry(format!("{why:?}")).or_default() += 1;
        }
        let cut_off: Vec<u64> = world
            .database
            .claims
            .iter()
            .filter(|(_, why)| *why == Claim::CutOff)
            .map(|(at, _)| *at)
            .collect();
        assert!(
            cut_off.windows(2).all(|two| two[1] - two[0] > 9_000),
            "seed {seed}: back and forth at {cut_off:?}"
        );
    }
    println!("10,000 seeds: {answered} answers; claims {claims:?}");
    for why in ["Free", "Mine", "Silent", "Ended", "CutOff"] {
        assert!(claims.contains_key(why), "no {why} among {claims:?}");
    }
}

/// Whoever is refused by a node that goes on saying that it is there, does not take its conversations each time.
#[test]
fn nodes_that_refuse_each_other_do_not_throw_a_conversation_back_and_forth() {
    for seed in 0..200 {
        let mut world = World::new(seed);
        for pair in (0..NODES).flat_map(|at| (at + 1..NODES).map(move |other| (at, other))) {
            world.cuts.insert(pair, (u64::MAX, true));
        }
        while world.now < FAULTS_UNTIL {
            world.step(|_| {});
            let at = world.rng.gen_range(0..NODES);
            world.ask(at, false);
        }
        let claims = world.database.claims.len();
        // Each node once before it knows better, and then one after each time that it has stayed.
        let most = NODES * NODES + usize::try_from(FAULTS_UNTIL / 10_000).unwrap();
        assert!(claims <= most, "seed {seed}: {claims} claims, of which {most} have a reason");
    }
}

#[test]
fn d8_a_stalled_database_moves_no_conversation() {
    for seed in 0..1_000 {
        let mut world = World::new(seed);
        while world.now < FAULTS_UNTIL {
            world.step(|world| {
                if world.now % 10_000 == 0 {
                    world.database.stalled_until = world.now + 5_000;
                }
            });
            let at = world.rng.gen_range(0..NODES);
            world.ask(at, false);
        }
        let taken = world.database.claims.iter().filter(|(_, why)| !matches!(why, Claim::Free | Claim::Mine));
        assert_eq!(taken.count(), 0, "seed {seed}");
    }
}

/// A node that is about to end opens nothing anew that another could have, and goes on where there is no other.
#[test]
fn who_is_about_to_end_leaves_conversations_to_others() {
    let registered = |id: i64| RegisteredNode {
        id: NodeId(id),
        said: NodeIntroduction {
            address: "there".into(),
            certificate: String::new(),
            version: String::new(),
        },
        silent_for: Duration::ZERO,
        is_draining: false,
    };
    let view =
        |nodes: Vec<RegisteredNode>| ClusterView { me: NodeId(1), nodes, is_steady: true, is_draining: true };
    let place = |owner: Option<i64>| Place {
        conversation: ConversationId::from_stored(7),
        epoch: Epoch(3),
        owner: owner.map(|node| Owner { node: NodeId(node), owned_for: ms(60_000) }),
    };
    let two = view(vec![registered(1), registered(2)]);
    assert_eq!(two.decide(&place(None), Reach::Works), Decision::There(NodeId(2)));
    assert_eq!(two.decide(&place(Some(1)), Reach::Works), Decision::Wait, "until it was let go");
    let alone = view(vec![registered(1), RegisteredNode { is_draining: true, ..registered(2) }]);
    assert_eq!(alone.decide(&place(None), Reach::Works), Decision::Here(Claim::Free));
    assert_eq!(alone.decide(&place(Some(1)), Reach::Works), Decision::Here(Claim::Mine));
}
