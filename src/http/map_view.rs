//! The opinion map as shapes of an SVG: hulls, crowds, letters, "you are here".

use std::sync::LazyLock;

use askama::filters::Safe;

use crate::clock::random_token;
use crate::disclosure::{Crowd, MAP_FROM_PLACED, SharedGroup, SharedMap};
use crate::domain::ParticipantNumber;
use crate::live::PublishedMap;
use crate::opinion::{MapNote, Status};

use crate::texts::Texts;

/// The drawing's size; the same numbers are in web/static/map.js.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 44.0;
/// Colours that groups have; a group after the last has the first again.
const COLOURS: u32 = 5;

/// A drawn map, or the reason why there is none.
pub(super) struct MapView {
    pub version: u64,
    pub placed: u32,
    /// People missing until a map is shown.
    pub missing: u32,
    pub groups: Vec<GroupShape>,
    pub dots: Vec<Dot>,
    /// People drawn who have voted too little to tell which group is theirs.
    pub unsure: u32,
    /// Groups that the publication minimum hides.
    pub hidden_groups: usize,
    /// The last part of a message's key, when the map has something to say about itself.
    pub note: Option<&'static str>,
    /// The last part of a message's key: whether the groups are to be believed.
    pub status: &'static str,
    /// The version of the map that this was found out of.
    pub status_at: Option<u64>,
    /// The number of groups that may be shown soon instead.
    pub settling: Option<u32>,
    /// Whether newer votes are missing because the map could not be computed in time.
    pub late: bool,
}

pub(super) struct GroupShape {
    pub colour: u32,
    pub label: String,
    pub size: u32,
    pub percent: u32,
    pub path: String,
    pub at: DrawingPoint,
}

pub(super) struct Dot {
    pub colour: u32,
    /// Whether most people there have voted too little to tell which group is theirs.
    pub vague: bool,
    pub at: DrawingPoint,
    pub radius: String,
}

pub(super) struct DrawingPoint {
    pub x: String,
    pub y: String,
}

impl MapView {
    /// Draws what is published, the same for everybody.
    pub fn new(published: &PublishedMap) -> Self {
        let map = published.shared_map();
        let frame = Viewport::of(map);
        Self {
            version: published.version.0,
            placed: map.placed,
            missing: map.missing,
            groups: map.groups.iter().map(|group| GroupShape::new(group, &frame)).collect(),
            dots: map.crowds.iter().map(|crowd| Dot::new(crowd, map, &frame)).collect(),
            unsure: map.unsure,
            hidden_groups: map.hidden_groups,
            note: map.note.map(note_key),
            status: status_key(published.status()),
            status_at: published.status_version().map(|version| version.0),
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
            dots: Vec::new(),
            unsure: 0,
            hidden_groups: 0,
            note: None,
            status: "unknown",
            status_at: None,
            settling: None,
            late: false,
        }
    }

    /// Whether a dot is drawn hollow.
    pub fn has_vague(&self) -> bool {
        self.dots.iter().any(|dot| dot.vague)
    }

    /// The message that says whether the groups are to be believed.
    pub fn status_message(&self) -> &'static str {
        match self.status {
            "clear" if 2 * self.unsure > self.placed => "map-status-clear-most-unsure",
            "clear" if self.unsure > 0 => "map-status-clear-some-unsure",
            "clear" => "map-status-clear",
            "fragile" => "map-status-fragile",
            "none" => "map-status-none",
            _ => "map-status-unknown",
        }
    }
}

impl GroupShape {
    fn new(group: &SharedGroup, frame: &Viewport) -> Self {
        Self {
            colour: group.letter % COLOURS,
            label: group.label.clone(),
            size: group.size,
            percent: group.percent,
            path: frame.path(&group.outline),
            at: frame.point(group.centre),
        }
    }
}

impl Dot {
    fn new(crowd: &Crowd, map: &SharedMap, frame: &Viewport) -> Self {
        Self {
            colour: map.letter_of(crowd.group) % COLOURS,
            vague: crowd.is_vague(),
            at: frame.point(crowd.at),
            radius: format!("{:.1}", (2.5 + 1.5 * f64::from(crowd.people).sqrt()).min(14.0)),
        }
    }
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
        let frame = Viewport::of(map);
        let DrawingPoint { x, y } = frame.point_inside(placement.at);
        let radius = (f64::from(placement.radius) * frame.scale()).min(WIDTH / 2.0);
        let (circle, label) = (r#"<circle class="you" r="9""#, r#"<text class="you-label" dy="-14""#);
        let group = placement.group.filter(|_| map.groups.len() > 1);
        let sentence = group.map(|label| texts.msg("map-your-group").text("group", &label).to_string());
        Some(Self::new([
            format!(r#"<circle class="reach" cx="{x}" cy="{y}" r="{radius:.1}"/>"#),
            format!(r#"{circle} cx="{x}" cy="{y}"/>{label} x="{x}" y="{y}">{}</text>"#, texts.get("map-you")),
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

/// From map units to the drawing's: both axes by the same factor, or distances would lie.
struct Viewport {
    low: [f64; 2],
    high: [f64; 2],
}

impl Viewport {
    /// The frame of a map: that of its crowds, the same for everybody.
    fn of(map: &SharedMap) -> Self {
        Self::around(map.crowds.iter().map(|crowd| crowd.at))
    }

    fn around(points: impl Iterator<Item = [f64; 2]>) -> Self {
        let mut frame = Viewport { low: [f64::MAX; 2], high: [f64::MIN; 2] };
        for [x, y] in points {
            frame.low = [frame.low[0].min(x), frame.low[1].min(y)];
            frame.high = [frame.high[0].max(x), frame.high[1].max(y)];
        }
        if frame.low[0] > frame.high[0] {
            frame = Viewport { low: [0.0; 2], high: [0.0; 2] };
        }
        frame
    }

    fn scale(&self) -> f64 {
        let fit = |axis: usize, room: f64| {
            let extent = self.high[axis] - self.low[axis];
            if extent > 0.0 { (room - 2.0 * MARGIN) / extent } else { f64::INFINITY }
        };
        let scale = fit(0, WIDTH).min(fit(1, HEIGHT));
        if scale.is_finite() { scale } else { 1.0 }
    }

    fn at(&self, point: [f64; 2]) -> (f64, f64) {
        let scale = self.scale();
        let middle = |axis: usize| (self.low[axis] + self.high[axis]) / 2.0;
        (WIDTH / 2.0 + (point[0] - middle(0)) * scale, HEIGHT / 2.0 - (point[1] - middle(1)) * scale)
    }

    fn point(&self, point: [f64; 2]) -> DrawingPoint {
        let (x, y) = self.at(point);
        DrawingPoint { x: format!("{x:.1}"), y: format!("{y:.1}") }
    }

    /// The same for somebody who may stand outside all crowds: at the edge of the drawing then.
    fn point_inside(&self, point: [f64; 2]) -> DrawingPoint {
        let (x, y) = self.at(point);
        let half = MARGIN / 2.0;
        let (x, y) = (x.clamp(half, WIDTH - half), y.clamp(half, HEIGHT - half));
        DrawingPoint { x: format!("{x:.1}"), y: format!("{y:.1}") }
    }

    fn path(&self, hull: &[[f64; 2]]) -> String {
        let mut path = String::new();
        for (index, point) in hull.iter().enumerate() {
            let (x, y) = self.at(*point);
            path.push_str(&format!("{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" }));
        }
        if !path.is_empty() {
            path.push('Z');
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_drawn_inside_the_picture_and_up_is_up() {
        let frame = Viewport::around([[-3.0, -1.0], [5.0, 2.0]].into_iter());
        for corner in [[-3.0, -1.0], [5.0, 2.0]] {
            let (x, y) = frame.at(corner);
            assert!((MARGIN..=WIDTH - MARGIN).contains(&x) && (MARGIN..=HEIGHT - MARGIN).contains(&y));
        }
        assert!(frame.at([0.0, 2.0]).1 < frame.at([0.0, -1.0]).1);
    }

    #[test]
    fn one_point_and_none_are_drawn_in_the_middle() {
        for frame in [Viewport::around([[7.0, 7.0]].into_iter()), Viewport::around(std::iter::empty())] {
            let (x, y) = frame.at(frame.low);
            assert_eq!((x, y), (WIDTH / 2.0, HEIGHT / 2.0));
        }
    }
}
