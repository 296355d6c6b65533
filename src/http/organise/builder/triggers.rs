//! Setting what comes on the agenda by itself.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayOrganise;
use crate::conversation::{AgendaAct, AgendaRecord, AgendaTriggers, Freeze, Threshold, WHOLE};
use crate::domain::{PersonalText, Rejection};
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::http::agendas::{parse_share, promises, share_text};
use crate::live::RoomError;
use crate::texts::{Texts, local_moment, parse_local_moment};

/// How many items a draft from the votes has, where nothing else is typed.
pub(super) const DEFAULT_PLACES: u32 = 10;

/// The form as it is filled in now.
pub(super) struct TriggersView {
    /// What is set, in sentences.
    pub promises: Vec<String>,
    /// Whether the draft from the votes stays as it is.
    pub is_frozen: bool,
    pub freeze_at: String,
    pub places: u32,
    pub share: String,
    pub base: String,
    pub of: String,
}

impl TriggersView {
    /// As it is set.
    pub fn new(record: &AgendaRecord, texts: &Texts) -> Self {
        let AgendaTriggers { freeze, threshold } = &record.triggers;
        let threshold = threshold.as_ref();
        Self {
            promises: promises(record, false, texts),
            is_frozen: record.frozen.is_some(),
            freeze_at: freeze.map(|freeze| local_moment(freeze.at)).unwrap_or_default(),
            places: freeze.map_or(DEFAULT_PLACES, |freeze| freeze.places),
            share: threshold.map(|threshold| share_text(threshold.share)).unwrap_or_default(),
            base: threshold.map(|threshold| threshold.base.to_string()).unwrap_or_default(),
            of: threshold
                .map(|threshold| &threshold.of)
                .map(PersonalText::text)
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct TriggersForm {
    /// None, where it is empty.
    freeze_at: String,
    freeze_places: String,
    /// None, where it is empty.
    share: String,
    base: String,
    of: String,
}

/// `POST /o/SLUG/agenda/rules`
pub(in crate::http) async fn set_agenda_triggers(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<TriggersForm>,
) -> Result<Response, PageError> {
    let triggers = read(&access, &context, &form).await?;
    access.act(AgendaAct::Triggers(Box::new(triggers))).await?;
    Ok(Redirect::to(&format!("/o/{}/agenda#rules", access.slug)).into_response())
}

async fn read(
    access: &Access<MayOrganise>,
    context: &Context,
    form: &TriggersForm,
) -> Result<AgendaTriggers<String>, PageError> {
    let bad = |key: &str| HttpError::BadInput(context.texts().get(key));
    let (freeze_at, share) = (form.freeze_at.trim(), form.share.trim());
    let freeze = if freeze_at.is_empty() {
        None
    } else {
        let at = parse_local_moment(freeze_at).ok_or_else(|| bad("error-bad-moment"))?;
        // What was fixed at a moment that a field holds to the minute stays fixed.
        let before = access.room.board().await?.contents.agenda.triggers.freeze;
        let at =
            before.map(|freeze| freeze.at).filter(|before| local_moment(*before) == freeze_at).unwrap_or(at);
        Some(Freeze { at, places: form.freeze_places.trim().parse().unwrap_or(0) })
    };
    let threshold = if share.is_empty() {
        None
    } else {
        let share = parse_share(share).filter(|share| (1..=WHOLE).contains(share));
        let share = share.ok_or_else(|| bad("error-bad-share"))?;
        let base = form.base.trim().parse().map_err(|_| bad("error-bad-base"))?;
        Some(Threshold { share, base, of: form.of.clone() })
    };
    if threshold.as_ref().is_some_and(|threshold| threshold.base == 0) {
        return Err(RoomError::from(Rejection::BadThreshold { min: 1 }).into());
    }
    Ok(AgendaTriggers { freeze, threshold })
}
