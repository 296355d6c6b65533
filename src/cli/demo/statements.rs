//! What the town's people can say about their riverside.

/// A statement with what it means to people: how much agreement it gets from everybody, and from
/// those who want a green riverside, or business there.
#[derive(Clone, Copy, Debug)]
pub(super) struct DemoStatement {
    pub text: &'static str,
    pub appeal: f64,
    pub green: f64,
    pub trade: f64,
}

pub(super) const QUESTION: &str = "What should become of our riverside?";
pub(super) const ORGANISER: &str = "The town council of Lindenau (a simulated town)";
pub(super) const DESCRIPTION: &str = "The freight yard on the river closes next year. Eleven hectares \
between the old bridge and the lock will belong to the town.\n\
What people agree on here becomes the agenda of a citizens’ assembly of forty people drawn by lot. \
The council answers each of the assembly’s recommendations within three months.\n\
This is a demonstration: the three hundred people are simulated, and the town is too. Your own votes \
are real, and count.";

const fn say(text: &'static str, appeal: f64, green: f64, trade: f64) -> DemoStatement {
    DemoStatement { text, appeal, green, trade }
}

/// The organiser's statements.
pub(super) const SEEDS: [DemoStatement; 40] = [
    say("Everybody should be able to walk along the whole river, without fences.", 2.6, 0.1, 0.0),
    say("The riverside should first of all be a park.", 0.0, 1.0, -0.2),
    say(
        "Without new shops and offices the riverside will cost the town more than it brings in.",
        -0.1,
        -0.6,
        0.8,
    ),
    say("At least a third of any new flats must be affordable for people on ordinary wages.", 0.9, 0.2, -0.9),
    say("Cars have no place by the river.", -0.3, 0.9, -0.3),
    say("There must be enough parking, or nobody from the villages will come.", -0.1, -0.9, 0.3),
    say("Old trees by the water must stay, whatever is built.", 1.5, 0.6, 0.0),
    say("A hotel by the old bridge would do the town good.", -0.4, -0.4, 0.9),
    say("The old crane should be kept as a landmark.", 1.8, 0.1, 0.0),
    say("Children need a place where they can get to the water safely.", 2.4, 0.1, -0.1),
    say("The council should sell part of the land to pay for the rest.", -0.6, -0.3, 0.9),
    say("The land must stay in the town’s hands, for ever.", 0.2, 0.4, -0.9),
    say("Flood protection comes before everything else.", 1.7, 0.2, -0.1),
    say("A new riverside is worth a small rise in local taxes.", -0.5, 0.7, -0.3),
    say("What we build must pay for itself within twenty years.", 0.0, -0.5, 0.7),
    say("There should be benches with backs, and toilets that are open.", 2.5, 0.0, 0.0),
    say("Concerts and markets on the riverside until ten in the evening are fine.", 1.1, 0.0, 0.3),
    say("The freight hall should become a place for clubs and youth groups.", 1.2, 0.3, -0.4),
    say("Startups would make more of the freight hall than clubs would.", -0.7, -0.3, 0.8),
    say("A swimming area in the river is worth the cost of clean water.", 0.7, 0.7, -0.2),
    say("Dogs should run free on a part of the meadow.", 0.2, 0.1, 0.1),
    say("The riverside should be lit at night so that people feel safe.", 1.6, -0.3, 0.2),
    say("Darkness by the water matters for bats and insects: no lamps there.", -0.5, 0.9, -0.2),
    say("Buildings by the river should not be higher than four floors.", 0.9, 0.4, -0.6),
    say("Taller buildings leave more ground free for everybody.", -0.4, 0.0, 0.6),
    say("A footbridge to the other bank would connect us more than any road.", 1.9, 0.3, 0.0),
    say("The bus must stop at the riverside, also on Sundays.", 2.0, 0.2, -0.2),
    say("A fast cycle path along the river is more important than quiet.", -0.1, 0.4, 0.1),
    say("People who live next to the riverside should have a stronger say than others.", -1.0, 0.0, -0.3),
    say("Young people should decide about a part of it by themselves.", 1.0, 0.3, -0.3),
    say("Rents in the streets behind will rise, and nobody is talking about it.", 0.5, 0.1, -1.0),
    say("Investors are needed; the town can’t do this alone.", 0.0, -0.4, 1.0),
    say("Private flats right on the water are wrong in principle.", 0.0, 0.4, -0.9),
    say("The craftspeople in the yard must get a place nearby before they have to leave.", 1.8, 0.0, -0.2),
    say("Leave half of the area to itself: nature needs no plan.", -0.6, 1.1, -0.3),
    say("A café with fair prices belongs on the riverside.", 2.2, 0.0, 0.1),
    say("Large events should be allowed no more than five times a year.", 0.4, 0.4, -0.3),
    say("The riverside must be fully accessible with a wheelchair or a pram.", 2.8, 0.0, 0.0),
    say("The council has decided already, and this is for show.", -0.9, 0.0, -0.5),
    say("Whatever is decided, the council must publish its reasons.", 2.9, 0.1, -0.1),
];

/// What people of the simulated public write themselves.
pub(super) const SUBMISSIONS: [DemoStatement; 12] = [
    say("Plant fruit trees that anybody may pick from.", 1.6, 0.5, -0.2),
    say("We need drinking water taps by the path.", 2.4, 0.2, 0.0),
    say("Let the rowing club stay where it is.", 1.3, 0.0, 0.0),
    say("A covered market hall would bring life in winter too.", 0.9, -0.1, 0.5),
    say("Give the land to housing cooperatives first.", 0.0, 0.2, -1.0),
    say("Build nothing until the flood maps are new.", 0.6, 0.5, -0.4),
    say("A company that moves its offices here should get the best spot.", -0.9, -0.4, 0.9),
    say("Signs about the forced labourers of the freight yard belong there.", 1.5, 0.2, -0.3),
    say("Skaters need a place of their own, with a roof.", 0.8, 0.1, 0.0),
    say("No barbecue on the meadow.", -0.4, 0.3, 0.2),
    say("The lock keeper’s house could be a small museum.", 1.1, 0.1, 0.0),
    say("Ask us again in two years whether it works.", 1.9, 0.1, -0.1),
];

/// The statement with these words, if one of ours.
pub(super) fn by_text(text: &str) -> Option<&'static DemoStatement> {
    SEEDS.iter().chain(&SUBMISSIONS).find(|drafted| drafted.text == text)
}
