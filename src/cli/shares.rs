//! `boule shares`

use std::collections::HashMap;
use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::cli::printed::print_result;
use crate::conversation::{ConversationRecord, Event, EventBody};
use crate::domain::{Choice, ParticipantNumber, Slug, StatementNumber};
use crate::opinion::findings::weighted::WeightedShare;

use super::DataArgs;

/// Say how far shares of agreement depend on who was asked what
///
/// The draw offers a statement to some people more often than to others, and the log says how probable each offer was.
/// Beside the raw share of each statement stands the one in which each vote counts as the inverse of that
/// probability (docs/OPINION.md). Statements with fewer votes than the publication minimum are left out. It works beside a
/// running server.
#[derive(Args)]
pub(super) struct Shares {
    /// The conversation, as in /c/SLUG
    slug: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For programs
    Json,
    /// For people
    Table,
}

/// One statement's share of agreement.
#[derive(Serialize)]
struct Line {
    statement: u32,
    /// Votes that count now.
    votes: u32,
    /// Those of them whose probability is stored.
    offered: u32,
    agree: f64,
    agree_weighted: f64,
    effective_votes: f64,
}

impl Shares {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (record, offers) = self.read().await?;
        let min = record.conversation.settings.privacy_min;
        let lines: Vec<Line> =
            lines(&record, &offers).into_iter().filter(|line| line.offered >= min).collect();
        let left_out = record.statements.len() - lines.len();
        let note = format!("left out: {left_out}, of whose votes fewer than {min} have a stored probability");
        let text = match self.format {
            Format::Json => serde_json::to_string_pretty(&lines)? + "\n",
            Format::Table => table(&lines),
        };
        print_result(&text, (left_out > 0).then_some(note))?;
        Ok(ExitCode::SUCCESS)
    }

    async fn read(&self) -> anyhow::Result<(ConversationRecord, Offers)> {
        let slug = Slug::parse(&self.slug)?;
        let (store, id) = self.data.conversation(&slug).await?;
        let events = store.events(id).await?;
        store.close().await;
        let offers = offers(&events);
        let record = ConversationRecord::fold(id, events)?;
        let record = record.ok_or_else(|| anyhow::anyhow!("the conversation “{slug}” has no events"))?;
        Ok((record, offers))
    }
}

/// With which probability statements were offered, in millionths.
type Offers = HashMap<(ParticipantNumber, StatementNumber), u32>;

fn offers(events: &[Event]) -> Offers {
    let offer = |event: &Event| match &event.what.body {
        EventBody::VoteCast(vote) => Some(((vote.participant, vote.statement), vote.offered_ppm?)),
        _ => None,
    };
    events.iter().filter_map(offer).collect()
}

fn lines(record: &ConversationRecord, offers: &Offers) -> Vec<Line> {
    let mut votes: HashMap<StatementNumber, Vec<(ParticipantNumber, Choice)>> = HashMap::new();
    for (number, own) in &record.participants {
        for vote in own.votes.iter() {
            votes.entry(vote.statement).or_default().push((*number, vote.choice));
        }
    }
    let line = |number: &StatementNumber| {
        let all = votes.get(number)?;
        let offered = all
            .iter()
            .filter_map(|(who, choice)| Some((*choice == Choice::Agree, *offers.get(&(*who, *number))?)));
        let share = WeightedShare::of(offered)?;
        Some(Line {
            statement: number.0,
            votes: u32::try_from(all.len()).unwrap_or(u32::MAX),
            offered: share.votes,
            agree: share.raw,
            agree_weighted: share.weighted,
            effective_votes: share.effective,
        })
    };
    record.statements.keys().filter_map(line).collect()
}

fn table(lines: &[Line]) -> String {
    let mut text = String::from("statement   votes  offered   agree  weighted  differs  effective votes\n");
    for line in lines {
        let points = 100.0 * (line.agree_weighted - line.agree);
        let _ = writeln!(
            text,
            "{:>9} {:>7} {:>8} {:>6.1}% {:>8.1}% {:>+7.1} {:>16.0}",
            line.statement,
            line.votes,
            line.offered,
            100.0 * line.agree,
            100.0 * line.agree_weighted,
            points,
            line.effective_votes
        );
    }
    text
}
