//! The opinion map as shapes of an SVG: areas, marks, letters, "you are here".

use std::sync::LazyLock;

use askama::filters::Safe;

use crate::clock::random_token;
use crate::disclosure::{MAP_FROM_PLACED, SharedGroup};
use crate::domain::ParticipantNumber;
use crate::drawing::{GroupArea, GroupMarks, MapDrawing, OwnMark};
use crate::live::PublishedMap;
use crate::opinion::{MapNote, Status};

use crate::texts::{Texts, zone_name};

/// Colours and shapes that groups have; a group after the last has the first again.
const COLOURS: u32 = 5;
/// The marks of groups around a point: circle, square, triangle, diamond, cross. The script takes them from the
/// page.
const SHAPES: [&str; COLOURS as usize] = [
    "m-3.7 0a3.7 3.7 0 1 0 7.4 0a3.7 3.7 0 1 0-7.4 0",
    "m-3.3-3.3h6.6v6.6h-6.6z",
    "m0-4.4l4.3 7.6h-8.6z",
    "m0-4.6l4.6 4.6l-4.6 4.6l-4.6-4.6z",
    "m-1.5-4.2h3v2.7h2.7v3h-2.7v2.7h-3v-2.7h-2.7v-3h2.7z",
];

/// A drawn map, or the reason why there is none.
pub(super) struct MapView {
    pub version: u64,
    pub placed: u32,
    /// People missing until a map is shown.
    pub missing: u32,
    pub groups: Vec<GroupShape>,
    pub drawn: Vec<DrawnGroup>,
    pub people_per_mark: u32,
    /// People drawn who have voted too little to tell which group is theirs.
    pub unsure: u32,
    /// Groups that the publication minimum hides.
    pub hidden_groups: usize,
    /// The last part of a message's key, when the map has something to say about itself.
    pub note: Option<&'static str>,
    /// The last part of a message's key: whether the groups are to be believed.
    pub status: &'static str,
    /// The version of the map that this was found out of.
    status_at: Option<u64>,
    /// When the map was computed.
    pub at: String,
    /// The number of groups that may be shown soon instead.
    pub settling: Option<u32>,
    /// Whether newer votes are missing because the map could not be computed in time.
    pub late: bool,
}

pub(super) struct GroupShape {
    pub label: String,
    pub size: u32,
    pub percent: u32,
    /// People drawn in it who might be in another.
    pub unsure: u32,
}

/// What is drawn of a group.
pub(super) struct DrawnGroup {
    pub colour: u32,
    pub area: String,
    pub marks: String,
    pub hollow: String,
    pub badge: Option<(String, [i32; 2])>,
}

impl MapView {
    /// Draws what is published, the same for everybody.
    pub fn new(published: &PublishedMap, texts: &Texts) -> Self {
        let map = published.shared_map();
        let drawing = published.drawing();
        let group = |group: &SharedGroup| GroupShape {
            label: group.label.clone(),
            size: group.size,
            percent: group.percent,
            unsure: map.crowds.iter().filter(|c| c.group == group.id).map(|c| c.unsure).sum(),
        };
        Self {
            version: published.version.0,
            placed: map.placed,
            missing: map.missing,
            groups: map.groups.iter().map(group).collect(),
            drawn: if map.missing == 0 { drawn(drawing) } else { Vec::new() },
            people_per_mark: drawing.people_per_mark,
            unsure: map.unsure,
            hidden_groups: map.hidden_groups,
            note: map.note.map(note_key),
            status: status_key(published.status()),
            status_at: published.status_version().map(|version| version.0),
            at: texts.moment(&published.at),
            settling: map.settling,
            late: published.late,
        }
    }

    /// The empty frame of a map that this visitor may not see yet: nothing of it is in the page.
    pub fn withheld() -> Self {
        Self {
            version: 0,
            placed: 0,
            missing: MAP_FROM_PLACED,
            groups: Vec::new(),
            drawn: Vec::new(),
            people_per_mark: 5,
            unsure: 0,
            hidden_groups: 0,
            note: None,
            status: "unknown",
            status_at: None,
            at: String::new(),
            settling: None,
            late: false,
        }
    }

    /// Whether a mark is drawn hollow.
    pub fn has_hollow(&self) -> bool {
        self.drawn.iter().any(|group| !group.hollow.is_empty())
    }

    /// The marks' shapes, for the script.
    #[expect(clippy::unused_self, reason = "templates call methods only")]
    pub fn shapes(&self) -> String {
        SHAPES.join("|")
    }

    /// The message that says whether the groups are to be believed.
    pub fn status_message(&self) -> &'static str {
        match self.status {
            "clear" => "map-status-clear",
            "fragile" => "map-status-fragile",
            "none" => "map-status-none",
            _ => "map-status-unknown",
        }
    }

    /// Whether that was found out of an earlier map.
    pub fn is_status_of_earlier_map(&self) -> bool {
        self.status_at.is_some_and(|at| at != self.version)
    }

    /// The zone in which the script writes times; empty where it has no name.
    #[expect(clippy::unused_self, reason = "templates call methods only")]
    pub fn zone(&self) -> &'static str {
        zone_name()
    }
}

fn drawn(drawing: &MapDrawing) -> Vec<DrawnGroup> {
    let both = drawing.areas.iter().zip(&drawing.marks);
    let group = |(area, marks): (&GroupArea, &GroupMarks)| {
        let colour = area.letter % COLOURS;
        // In range: there are as many shapes as colours.
        let shape = SHAPES[colour as usize];
        let path = |places: &[[i32; 2]]| places.iter().map(|[x, y]| format!("M{x} {y}{shape}")).collect();
        let badge = drawing.badges.iter().find(|badge| badge.letter == area.letter);
        DrawnGroup {
            colour,
            area: area.path.clone(),
            marks: path(&marks.solid),
            hollow: path(&marks.hollow),
            badge: badge.map(|badge| (badge.label.clone(), badge.at)),
        }
    };
    both.map(group).collect()
}

/// What is one visitor's own on a map, ready to be put in its places: SVG and text of this file and of the
/// catalogue, nothing that people wrote. A page that is drawn for everybody has [`OwnMarks::slots`] there,
/// and is taken apart at them.
pub(super) struct OwnMarks {
    /// How far they may be off.
    pub around: Safe<String>,
    /// Where they are.
    pub here: Safe<String>,
    /// Which group is theirs.
    pub sentence: Safe<String>,
    /// The attribute that hides what explains the mark, where there is none.
    pub hidden: Safe<String>,
}

/// What no page holds, since it is drawn by chance for this process.
static SLOT: LazyLock<String> = LazyLock::new(random_token);

impl OwnMarks {
    fn new(in_order: [String; 4]) -> Self {
        let [around, here, sentence, hidden] = in_order.map(Safe);
        Self { around, here, sentence, hidden }
    }

    /// Of a visitor who is not on the map.
    pub fn nobody() -> Self {
        Self::new([String::new(), String::new(), String::new(), " hidden".into()])
    }

    /// What a participant sees of themselves; `None` where they are not on the map, or none is shown.
    pub fn of(published: &PublishedMap, participant: ParticipantNumber, texts: &Texts) -> Option<Self> {
        let map = published.shared_map();
        let placement = published.own_placement(participant).filter(|_| map.missing == 0)?;
        let OwnMark { at: [x, y], reach, side } = published.drawing().own(&placement);
        let side = side.word();
        let group = placement.group.filter(|_| map.groups.len() > 1);
        let sentence = group.map(|label| texts.msg("map-your-group").text("group", &label).to_string());
        Some(Self::new([
            format!(r#"<circle class="reach" cx="{x}" cy="{y}" r="{reach}"/>"#),
            format!(
                r#"<g class="you {side}" transform="translate({x} {y})"><circle r="8"/><text>{}</text></g>"#,
                texts.get("map-you")
            ),
            sentence.unwrap_or_default(),
            String::new(),
        ]))
    }

    /// In a page for everybody: the places where each visitor's own go.
    pub fn slots() -> Self {
        Self::new([const { String::new() }; 4].map(|_| SLOT.clone()))
    }

    /// In the order of their places.
    pub fn in_order(self) -> [String; 4] {
        [self.around.0, self.here.0, self.sentence.0, self.hidden.0]
    }

    /// Takes a page for everybody apart at its places.
    pub fn parts(page: &str) -> Vec<String> {
        page.split(SLOT.as_str()).map(str::to_owned).collect()
    }
}

fn status_key(status: Option<Status>) -> &'static str {
    match status {
        None => "unknown",
        Some(Status::Clear) => "clear",
        Some(Status::Fragile) => "fragile",
        Some(Status::NoClearGroups) => "none",
    }
}

fn note_key(note: MapNote) -> &'static str {
    match note {
        MapNote::NoVotes => "no-votes",
        MapNote::TooFewPeople => "too-few",
        MapNote::IdenticalVotes => "identical",
        MapNote::PcaNotConverged | MapNote::ArbitraryAxes => "arbitrary",
        MapNote::NoClearGroups => "no-groups",
        MapNote::OneDimension => "one-dimension",
    }
}
