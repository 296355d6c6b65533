//! What one person has given to a conversation, as a file that they take away.

use std::collections::HashMap;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::conversation::{Event, EventBody};
use crate::domain::{Choice, Moderation, ParticipantNumber, PersonalText, StatementNumber};
use crate::edge::{Context, HttpError};
use crate::live::{RoomHandle, RoomState};
use crate::texts::iso_moment;

/// Each reads a whole log: one at a time, so that there are connections for others.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// All of it. The number by which the log knows somebody is not in it: it would lead back to them.
#[derive(Serialize)]
pub(super) struct OwnData {
    question: String,
    address: String,
    written_at: String,
    /// When they came in.
    joined_at: Option<String>,
    /// Every vote, the earliest first; a later one on the same statement counts instead of it.
    votes: Vec<OwnVote>,
    /// Every statement, and what became of it.
    statements: Vec<OwnStatement>,
    /// What was said of them: a cohort, a district.
    about: Vec<String>,
}

#[derive(Serialize)]
struct OwnVote {
    at: String,
    statement: StatementNumber,
    text: String,
    choice: Choice,
    important: bool,
}

#[derive(Serialize)]
struct OwnStatement {
    at: String,
    text: String,
    state: &'static str,
    reason: Option<String>,
}

/// A statement of theirs as it stands, by the commitment of their words.
struct Standing {
    words: String,
    state: &'static str,
    reason: Option<String>,
}

/// What the room knows: the words of what they voted on, and how their statements stand.
struct Known {
    question: String,
    words: HashMap<StatementNumber, String>,
    statements: Vec<Standing>,
}

impl Known {
    fn of(state: &RoomState, participant: ParticipantNumber) -> Self {
        let record = &state.desk.record;
        let own = record.participants.get(&participant);
        let voted = own.into_iter().flat_map(|own| own.votes.iter()).map(|vote| vote.statement);
        let standing = record.statements.values().filter_map(|statement| {
            let words = statement.words_of(participant)?.commitment().to_owned();
            let state = match statement.moderation {
                Moderation::Accepted => "accepted",
                Moderation::Pending => "waiting",
                Moderation::Rejected => "rejected",
            };
            let reason = statement.reason.as_ref().map(|reason| reason.text().to_owned());
            Some(Standing { words, state, reason })
        });
        Self {
            question: record.conversation.text.question.text().to_owned(),
            words: voted.filter_map(|number| Some((number, state.shown(number)?.text))).collect(),
            statements: standing.collect(),
        }
    }
}

impl OwnData {
    /// Collects it from the log.
    pub async fn collect(
        context: &Context,
        room: &RoomHandle,
        participant: ParticipantNumber,
        address: String,
    ) -> Result<Self, HttpError> {
        let _permit = ONE_AT_A_TIME.try_acquire().map_err(|_| HttpError::Busy)?;
        let known = room.read(move |state| Known::of(state, participant)).await?;
        let mut data = Self {
            question: known.question.clone(),
            address,
            written_at: iso_moment(context.clock.now()),
            joined_at: None,
            votes: Vec::new(),
            statements: Vec::new(),
            about: Vec::new(),
        };
        for event in context.store.events_of(room.conversation, participant).await? {
            data.add(event, participant, &known);
        }
        Ok(data)
    }

    fn add(&mut self, event: Event, participant: ParticipantNumber, known: &Known) {
        let at = iso_moment(event.at);
        match event.what.body {
            EventBody::ParticipantJoined(joined) if joined.participant == participant => {
                self.joined_at = Some(at);
            }
            EventBody::VoteCast(vote) if vote.participant == participant => {
                let words = known.words.get(&vote.statement);
                self.votes.push(OwnVote {
                    at,
                    statement: vote.statement,
                    text: words.cloned().unwrap_or_default(),
                    choice: vote.choice,
                    important: vote.important,
                });
            }
            EventBody::StatementSubmitted(new) if new.author == Some(participant) => {
                self.add_statement(at, &new.text, known);
            }
            EventBody::StatementSeconded(new) if new.participant == participant => {
                self.add_statement(at, &new.text, known);
            }
            EventBody::CohortAssigned(assigned) if assigned.participant == participant => {
                self.about.push(assigned.cohort.text().to_owned());
            }
            EventBody::PlaceStated(stated) if stated.participant == participant => {
                self.about.push(stated.place.text().to_owned());
            }
            _ => {}
        }
    }

    fn add_statement(&mut self, at: String, text: &PersonalText, known: &Known) {
        let standing = known.statements.iter().find(|standing| standing.words == text.commitment());
        self.statements.push(OwnStatement {
            at,
            text: text.text().to_owned(),
            state: standing.map_or("withdrawn", |standing| standing.state),
            reason: standing.and_then(|standing| standing.reason.clone()),
        });
    }

    /// The file, as browsers save it.
    pub fn send(&self, slug: &str) -> Result<Response, HttpError> {
        let body = serde_json::to_string_pretty(self).map_err(|_| HttpError::BadForm)?;
        let name = format!("attachment; filename=\"{slug}-my-data.json\"");
        let headers = [
            (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        Ok((headers, body).into_response())
    }
}
