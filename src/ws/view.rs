//! What of a room's state goes into frames.

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;

use crate::disclosure::{Crowd, OwnPlacement, SharedGroup};
use crate::domain::{ParticipantNumber, Rights, Seq, StatementNumber, TokenHash};
use crate::drawing::MapDrawing;
use crate::live::{PublishedMap, RoomState};
use crate::opinion;
use crate::opinion::findings::priority::DrawRng;

use super::protocol::{CountsFrame, OwnMarkFrame, ProgressFrame, ServerFrame, StatementFrame, VERSION};

/// The welcome of a socket; who is there, their own votes, and the end of the log, which nobody is told.
pub(super) fn welcome(
    state: &RoomState,
    identity: Option<TokenHash>,
    rights: Rights,
    rng: DrawRng,
) -> (ServerFrame, Option<ParticipantNumber>, u32, Seq) {
    let participant = identity.and_then(|token| state.desk.participant_of(&token));
    let conversation = &state.desk.record.conversation;
    let last = participant.and_then(|p| state.desk.record.participants.get(&p)).and_then(|p| {
        let statement = p.last_vote?;
        let shown = StatementFrame::from(state.shown(statement)?);
        Some(StatementFrame { choice: p.votes.on(statement), important: p.marks(statement), ..shown })
    });
    let frame = ServerFrame::Welcome {
        v: VERSION,
        slug: conversation.slug.to_string(),
        question: conversation.text.question.text().to_owned(),
        state: conversation.state,
        role: rights.leading(),
        joined: participant.is_some(),
        // Where the last map stands, not the log: its growth would tell when others vote.
        seq: state.map.version,
        progress: progress(state, participant, rights),
        next: state.next_shown(participant, &[], rng).map(StatementFrame::from),
        last,
        max_statement_characters: conversation.settings.max_characters,
        asks_important: conversation.settings.important,
    };
    (frame, participant, state.progress(participant).voted, state.desk.record.seq)
}

/// Another statement.
pub(super) fn next(
    state: &RoomState,
    participant: Option<ParticipantNumber>,
    rights: Rights,
    skip: &[StatementNumber],
    rng: DrawRng,
) -> ServerFrame {
    ServerFrame::Next {
        statement: state.next_shown(participant, skip, rng).map(StatementFrame::from),
        progress: progress(state, participant, rights),
    }
}

fn progress(state: &RoomState, participant: Option<ParticipantNumber>, rights: Rights) -> ProgressFrame {
    let progress = state.progress(participant);
    let conversation = &state.desk.record.conversation;
    let results = conversation.settings.shows_results(conversation.state, rights, progress.voted);
    ProgressFrame::new(progress, results)
}

/// Where a participant is on the map, once placed.
pub(super) fn you(published: &PublishedMap, participant: ParticipantNumber) -> Option<ServerFrame> {
    let placement = published.own_placement(participant)?;
    let drawn = published.drawing().own(&placement);
    let OwnPlacement { at: [x, y], radius, group } = placement;
    let mark = OwnMarkFrame { at: drawn.at, reach: drawn.reach, label: drawn.side.word() };
    Some(ServerFrame::You { version: published.version, x, y, radius, group, mark })
}

#[derive(Serialize)]
struct MapFrame {
    t: &'static str,
    version: Seq,
    head: String,
    at_ms: i64,
    state: crate::conversation::ConversationState,
    counts: CountsFrame,
    placed: u32,
    placed_needed: u32,
    note: Option<opinion::MapNote>,
    /// Whether the groups are to be believed; null until it is computed.
    status: Option<opinion::Status>,
    /// The version of the map that this was found out of.
    status_version: Option<Seq>,
    /// The number of groups that may be shown soon instead.
    settling: Option<u32>,
    /// Whether newer votes are missing because the map could not be computed in time.
    late: bool,
    groups: Vec<GroupFrame>,
    cells: Vec<CrowdFrame>,
    drawing: DrawingFrame,
}

#[derive(Serialize)]
struct GroupFrame {
    label: String,
    size: u32,
    centre: [f64; 2],
}

/// The picture that pages show: coordinates in a box of 640 × 420.
#[derive(Serialize)]
struct DrawingFrame {
    /// How many people a mark stands for.
    people_per_mark: u32,
    groups: Vec<GroupDrawingFrame>,
}

#[derive(Serialize)]
struct GroupDrawingFrame {
    /// The group's letter: A is 0; always 0 when no groups are shown.
    letter: u32,
    /// The `d` of an SVG path around everybody of the group.
    area: String,
    marks: Vec<[i32; 2]>,
    /// Marks of people who may belong to another group.
    hollow: Vec<[i32; 2]>,
    /// Where the letter stands; null when no groups are shown.
    badge: Option<[i32; 2]>,
}

/// A crowd: its middle, its group's letter (A is 0), how many people, and how many of them may belong to
/// another group.
#[derive(Serialize)]
struct CrowdFrame(f64, f64, u32, u32, u32);

/// The frame of a map: built once, shared by every socket.
pub(super) fn map_frame(published: &PublishedMap) -> Utf8Bytes {
    let bytes = published.frame.get_or_init(|| {
        let text = serde_json::to_string(&map(published)).unwrap_or_default();
        text.into()
    });
    Utf8Bytes::try_from(bytes.clone()).unwrap_or_default()
}

fn map(published: &PublishedMap) -> MapFrame {
    let map = published.shared_map();
    let group = |group: &'_ SharedGroup| GroupFrame {
        label: group.label.clone(),
        size: group.size,
        centre: group.centre,
    };
    let crowd = |crowd: &Crowd| {
        CrowdFrame(crowd.at[0], crowd.at[1], map.letter_of(crowd.group), crowd.people, crowd.unsure)
    };
    MapFrame {
        t: "map",
        version: published.version,
        head: published.head.to_string(),
        at_ms: published.at.as_ms(),
        state: published.state,
        counts: published.counts.into(),
        placed: map.placed,
        placed_needed: map.missing,
        note: map.note,
        status: published.status(),
        status_version: published.status_version(),
        settling: map.settling,
        late: published.late,
        groups: map.groups.iter().map(group).collect(),
        cells: map.crowds.iter().map(crowd).collect(),
        drawing: drawing(published.drawing()),
    }
}

fn drawing(drawn: &MapDrawing) -> DrawingFrame {
    let groups = drawn.areas.iter().zip(&drawn.marks).map(|(area, marks)| GroupDrawingFrame {
        letter: area.letter,
        area: area.path.clone(),
        marks: marks.solid.clone(),
        hollow: marks.hollow.clone(),
        badge: drawn.badges.iter().find(|badge| badge.letter == area.letter).map(|badge| badge.at),
    });
    DrawingFrame { people_per_mark: drawn.people_per_mark, groups: groups.collect() }
}
