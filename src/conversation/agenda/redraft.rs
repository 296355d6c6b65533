//! What becomes of an agenda that was made by hand when there is a new draft from the votes.

use super::edit::item_of;
use crate::domain::{Agenda, AgendaItem, BackedStatement, ItemReason, ProposedItem, StatementNumber};

/// The agenda of a new draft: an item that was there keeps what was made of it, and what organisers put on it stays, at
/// the end. Each statement stands once.
pub(super) fn drafted_again(before: &Agenda, proposed: Vec<ProposedItem>, proposal: u32) -> Agenda {
    let taken: Vec<StatementNumber> =
        proposed.iter().flat_map(|item| &item.statements).map(|backed| backed.statement).collect();
    let mut agenda = Agenda { proposal, items: Vec::new(), ..before.clone() };
    let mut kept = before.items.clone();
    for ProposedItem { statements } in proposed {
        let head = statements.first().map(|head| head.statement);
        let is_proposed = |number: &StatementNumber| statements.iter().any(|one| one.statement == *number);
        // The item that has most of them: votes may have moved another one to the head.
        let shared = |item: &AgendaItem| {
            let count = item.numbers().filter(is_proposed).count();
            (count > 0).then_some((item.numbers().next() == head, count))
        };
        let best =
            kept.iter().enumerate().filter_map(|(at, item)| Some((shared(item)?, std::cmp::Reverse(at))));
        let item = match best.max().map(|(_, at)| at.0) {
            Some(at) => {
                let mut item = kept.remove(at);
                let before: Vec<StatementNumber> = item.numbers().collect();
                // What else was put there by hand, and is not proposed elsewhere, stays with it.
                item.statements.retain(|one| !taken.contains(&one.statement));
                let is_new = |one: &BackedStatement| {
                    one.reason == ItemReason::Alike && !before.contains(&one.statement)
                };
                item.unconfirmed |= statements.iter().any(is_new);
                item.statements.splice(..0, statements);
                item
            }
            None => item_of(&mut agenda, statements),
        };
        agenda.items.push(item);
    }
    let by_hand =
        |item: &AgendaItem| item.statements.first().is_none_or(|first| first.reason.is_no_rule_of_choice());
    agenda.items.extend(kept.into_iter().filter(by_hand).filter_map(|mut item| {
        let is_own = item.statements.is_empty();
        item.statements.retain(|one| !taken.contains(&one.statement));
        (is_own || !item.statements.is_empty()).then_some(item)
    }));
    agenda
}
