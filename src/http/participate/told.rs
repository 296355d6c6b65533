//! What became of one statement: how people stand on it, and where it went, down to the agenda.

use super::similar::{SimilarStatement, similar_to};
use crate::access::MayTakePart;
use crate::conversation::ConversationState;
use crate::disclosure::Results;
use crate::domain::{Choice, Moderation, StatementNumber};
use crate::edge::{Access, Context, PageError};
use crate::http::results::{ResultRows, Row, Whole, may_read};
use crate::live::Board;
use crate::texts::Texts;

/// What is told below a statement.
pub(super) struct Told {
    /// Its votes, and what they say, for those who may read results.
    pub votes: Option<(Row, Option<String>)>,
    /// Where it went, in the order of time.
    pub steps: Vec<String>,
    /// Its place on the published agenda.
    pub place: Option<usize>,
    /// Whether moderators wrote it from what somebody had written.
    pub is_derived: bool,
    /// The one that is asked in its place.
    pub same_as: Option<SimilarStatement>,
    /// Those that it is asked in the place of.
    pub stands_for: Vec<SimilarStatement>,
    /// Others that say nearly the same.
    pub similar: Vec<SimilarStatement>,
}

impl Told {
    /// What is told of a statement that is shown; nothing of others.
    pub async fn of(
        (access, context): (&Access<MayTakePart>, &Context),
        board: &std::sync::Arc<Board>,
        number: StatementNumber,
        (own_votes, has_voted): (u32, bool),
    ) -> Result<Option<Self>, PageError> {
        let contents = &board.contents;
        let Some(statement) = contents.statement(number).filter(|statement| statement.is_shown) else {
            return Ok(None);
        };
        let texts = context.texts();
        // What others say sways whoever has not voted on it yet.
        let is_over = contents.conversation.state == ConversationState::Closed;
        let votes = if (has_voted || is_over) && may_read(access, &contents.conversation, own_votes) {
            votes(board, &*board.results().await, number, texts)
        } else {
            None
        };
        // An import knows that a statement was accepted, and not when.
        let is_ours = contents.conversation.source_url.is_empty();
        let accepted = statement.decision.filter(|_| is_ours && statement.moderation == Moderation::Accepted);
        let accepted = accepted
            .map(|decision| texts.msg("told-accepted").text("day", &texts.day(&decision.at)).to_string());
        let agenda = contents.agenda.latest();
        let place = agenda.and_then(|agenda| agenda.agenda.place_of(number)).map(|at| at + 1);
        let on_agenda = agenda.map(|agenda| {
            let key = if place.is_some() { "told-on-agenda" } else { "told-not-on-agenda" };
            texts.msg(key).text("day", &texts.day(&agenda.at)).to_string()
        });
        let mut similar = similar_to(&access.room, &statement.text).await?;
        similar.retain(|other| other.number != number && Some(other.number) != statement.same_as);
        let same_as = statement.same_as.and_then(|same| contents.statement(same)).cloned();
        let stands_for = contents.standing_for(number).into_iter();
        Ok(Some(Self {
            votes,
            steps: accepted.into_iter().chain(on_agenda).collect(),
            place,
            is_derived: statement.derived_from.is_some(),
            same_as: same_as.map(SimilarStatement::from),
            stands_for: stands_for.map(|(number, text)| SimilarStatement { number, text }).collect(),
            similar,
        }))
    }
}

fn votes(
    board: &Board,
    results: &Results,
    number: StatementNumber,
    texts: &Texts,
) -> Option<(Row, Option<String>)> {
    let row = ResultRows::of(board, results).row(results.statement(number)?, Choice::Agree)?;
    // Nothing is found of statements about the person, nor of those that another one is asked in the place of.
    let statement = board.contents.statement(number)?;
    if statement.meta || statement.same_as.is_some() {
        return Some((row, None));
    }
    let who = Whole::of(results.groups.len(), results.hidden_groups).word();
    let is_in = |side: &[crate::disclosure::ConsensusFinding]| side.iter().any(|f| f.number == number);
    let one_group = results.one_group.iter().find(|finding| finding.number == number);
    let sentence = if is_in(&results.agree) {
        texts.msg("told-agreed").text("who", who).to_string()
    } else if is_in(&results.disagree) {
        texts.msg("told-rejected").text("who", who).to_string()
    } else if let Some(finding) = one_group {
        texts.msg("told-one-group").text("group", &finding.group).to_string()
    } else if results.differ.contains(&number) {
        texts.get("told-differs")
    } else if results.unclear.contains(&number) {
        texts.get("told-unclear")
    } else {
        texts.get("told-open")
    };
    Some((row, Some(sentence)))
}
