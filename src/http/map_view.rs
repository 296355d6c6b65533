//! The opinion map as shapes of an SVG: hulls, crowds, letters, "you are here".

use crate::domain::ParticipantNumber;
use crate::live::{MAP_FROM_PLACED, Published};
use crate::opinion;

use super::shares;

/// The drawing's size; the same numbers are in web/static/map.js.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 44.0;
const CELLS: usize = 32;

/// A drawn map, or the reason why there is none.
pub(super) struct MapView {
    pub version: u64,
    pub placed: u32,
    /// People missing until a map is shown.
    pub missing: u32,
    pub groups: Vec<GroupShape>,
    pub dots: Vec<Dot>,
    pub you: Option<You>,
    /// The letter of the visitor's own group.
    pub your_group: Option<String>,
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

/// Where a visitor stands.
pub(super) struct You {
    pub at: Point,
    /// How far that may be off, because they have not voted on everything.
    pub radius: String,
}

pub(super) struct GroupShape {
    pub index: u32,
    pub label: String,
    pub size: u32,
    pub percent: u32,
    pub path: String,
    pub at: Point,
}

pub(super) struct Dot {
    pub group: u32,
    /// Whether most people there have voted too little to tell which group is theirs.
    pub vague: bool,
    pub at: Point,
    pub radius: String,
}

pub(super) struct Point {
    pub x: String,
    pub y: String,
}

impl MapView {
    /// Draws what is published, for one visitor.
    pub fn new(published: &Published, participant: Option<ParticipantNumber>) -> Self {
        let map = &published.map;
        let placed = map.counts.placed;
        let missing = MAP_FROM_PLACED.saturating_sub(placed);
        let mut view = Self {
            version: published.version.0,
            placed,
            missing,
            groups: Vec::new(),
            dots: Vec::new(),
            you: None,
            your_group: None,
            unsure: 0,
            hidden_groups: 0,
            note: map.note.map(note_key),
            status: status_key(published.status()),
            status_at: published.status_version().map(|version| version.0),
            settling: map.k.settling,
            late: published.late,
        };
        if missing == 0 {
            view.draw(published, participant);
        }
        view
    }

    /// The empty frame of a map that this visitor may not see yet: nothing of it is in the page.
    pub fn withheld() -> Self {
        Self {
            version: 0,
            placed: 0,
            missing: MAP_FROM_PLACED,
            groups: Vec::new(),
            dots: Vec::new(),
            you: None,
            your_group: None,
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

    fn draw(&mut self, published: &Published, participant: Option<ParticipantNumber>) {
        let map = &published.map;
        let min = published.settings.privacy_min;
        let cells = opinion::picture(map, CELLS, min, published.shows_groups());
        let divided = published.shows_groups();
        let mut shown: Vec<_> = map.groups.iter().filter(|group| divided && group.size >= min).collect();
        shown.sort_by(|a, b| a.label.cmp(&b.label));
        self.hidden_groups = if divided { map.groups.len() - shown.len() } else { 0 };
        let you = participant.and_then(|p| map.participant(p)).and_then(|p| p.place);
        let points = cells.iter().map(|cell| [cell.x, cell.y]);
        let frame = Frame::around(points.chain(you.map(|place| place.at)));
        let sizes: Vec<u32> = shown.iter().map(|group| group.size).collect();
        let shares = size_percents(&sizes, self.placed);
        self.groups = shown
            .iter()
            .zip(shares)
            .map(|(group, percent)| GroupShape {
                index: opinion::letter_index(map, group.id),
                label: group.label.clone(),
                size: group.size,
                percent,
                path: frame.path(&opinion::outline(&cells, group.id)),
                at: frame.point(group.centre),
            })
            .collect();
        self.dots = cells
            .iter()
            .map(|cell| Dot {
                group: if divided { opinion::letter_index(map, cell.group) } else { 0 },
                vague: divided && cell.is_vague(),
                at: frame.point([cell.x, cell.y]),
                radius: format!("{:.1}", (2.5 + 1.5 * f64::from(cell.people).sqrt()).min(14.0)),
            })
            .collect();
        self.unsure = if divided { cells.iter().map(|cell| cell.unsure).sum() } else { 0 };
        self.you = you.map(|place| You {
            at: frame.point(place.at),
            radius: format!("{:.1}", (f64::from(place.radius) * frame.scale()).min(WIDTH / 2.0)),
        });
        self.your_group = participant
            .and_then(|p| map.group_of(p))
            .filter(|group| divided && group.size >= min)
            .map(|group| group.label.clone());
    }
}

/// The shares of groups of these sizes among everybody placed, in whole percents. Those who are in no
/// group that is shown are one part more.
pub(super) fn size_percents(sizes: &[u32], placed: u32) -> Vec<u32> {
    let rest = placed.saturating_sub(sizes.iter().sum());
    let mut shares = shares::percents(&[sizes, &[rest]].concat());
    shares.truncate(sizes.len());
    shares
}

fn status_key(status: Option<opinion::Status>) -> &'static str {
    match status {
        None => "unknown",
        Some(opinion::Status::Clear) => "clear",
        Some(opinion::Status::Fragile) => "fragile",
        Some(opinion::Status::NoClearGroups) => "none",
    }
}

fn note_key(note: opinion::MapNote) -> &'static str {
    match note {
        opinion::MapNote::NoVotes => "no-votes",
        opinion::MapNote::TooFewPeople => "too-few",
        opinion::MapNote::IdenticalVotes => "identical",
        opinion::MapNote::PcaNotConverged | opinion::MapNote::ArbitraryAxes => "arbitrary",
        opinion::MapNote::NoClearGroups => "no-groups",
        opinion::MapNote::OneDimension => "one-dimension",
    }
}

/// From map units to the drawing's: both axes by the same factor, or distances would lie.
struct Frame {
    low: [f64; 2],
    high: [f64; 2],
}

impl Frame {
    fn around(points: impl Iterator<Item = [f64; 2]>) -> Self {
        let mut frame = Frame { low: [f64::MAX; 2], high: [f64::MIN; 2] };
        for [x, y] in points {
            frame.low = [frame.low[0].min(x), frame.low[1].min(y)];
            frame.high = [frame.high[0].max(x), frame.high[1].max(y)];
        }
        if frame.low[0] > frame.high[0] {
            frame = Frame { low: [0.0; 2], high: [0.0; 2] };
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

    fn point(&self, point: [f64; 2]) -> Point {
        let (x, y) = self.at(point);
        Point { x: format!("{x:.1}"), y: format!("{y:.1}") }
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
        let frame = Frame::around([[-3.0, -1.0], [5.0, 2.0]].into_iter());
        for corner in [[-3.0, -1.0], [5.0, 2.0]] {
            let (x, y) = frame.at(corner);
            assert!((MARGIN..=WIDTH - MARGIN).contains(&x) && (MARGIN..=HEIGHT - MARGIN).contains(&y));
        }
        assert!(frame.at([0.0, 2.0]).1 < frame.at([0.0, -1.0]).1);
    }

    #[test]
    fn one_point_and_none_are_drawn_in_the_middle() {
        for frame in [Frame::around([[7.0, 7.0]].into_iter()), Frame::around(std::iter::empty())] {
            let (x, y) = frame.at(frame.low);
            assert_eq!((x, y), (WIDTH / 2.0, HEIGHT / 2.0));
        }
    }
}
