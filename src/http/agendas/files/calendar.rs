//! The meeting as an event for calendars (RFC 5545).

use ics::properties::{Description, DtEnd, DtStart, Summary, URL};
use ics::{Event, ICalendar, escape_text};

use super::written::Written;
use crate::domain::Timestamp;

/// The event; `None` where nobody said yet when the meeting begins. `id` names it: the same agenda published again is the
/// same event.
pub(super) fn calendar(written: &Written, id: &str, now: Timestamp) -> Option<String> {
    let starts = written.starts_at?;
    let ends = Timestamp(starts.0 + i64::from(written.minutes.max(1)) * 60_000_000);
    let items = (1..)
        .zip(&written.items)
        .map(|(place, item): (u32, _)| format!("{place}. {} ({})", item.heading, item.when));
    let mut event = Event::new(id.to_owned(), moment(now));
    event.push(DtStart::new(moment(starts)));
    event.push(DtEnd::new(moment(ends)));
    event.push(Summary::new(escape_text(format!("{}: {}", written.title, written.question))));
    event.push(Description::new(escape_text(items.collect::<Vec<_>>().join("\n"))));
    if let Some(address) = &written.address {
        event.push(URL::new(address.clone()));
    }
    let mut calendar = ICalendar::new("2.0", "-//Boule//Agenda//EN");
    calendar.add_event(event);
    Some(calendar.to_string())
}

/// A moment in UTC: `20270123T090000Z`.
fn moment(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::written::sample;
    use super::*;

    #[test]
    fn the_meeting_is_an_event_with_its_items() {
        let text = calendar(&sample(), "park@town.example", Timestamp(0)).unwrap();
        // Long lines are folded: a reader joins them.
        let joined = text.replace("\r\n ", "");
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "UID:park@town.example",
            "DTSTART:20270115T080000Z",
            "DTEND:20270115T093000Z",
            "SUMMARY:The assembly’s agenda: What should become of the park?",
            "URL:https://town.example/c/park/agenda",
            "END:VCALENDAR",
        ] {
            assert!(joined.lines().any(|one| one == line), "{line}\n{joined}");
        }
        assert!(
            joined.contains("1. How many trees? (10:00 · 60 minutes · Decide)\\n2. =1+1\\, “quoted”"),
            "{joined}"
        );
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are short");
        assert!(calendar(&Written { starts_at: None, ..sample() }, "x", Timestamp(0)).is_none());
    }
}
