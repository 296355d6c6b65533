//! Days and times of day, as people write them in each language.

use std::sync::LazyLock;

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::catalogue::Texts;
use crate::domain::Timestamp;

/// The zone of the machine (`TZ`, or else its own setting): an instance serves one city.
static ZONE: LazyLock<TimeZone> = LazyLock::new(TimeZone::system);

/// A moment in the zone of the machine.
fn zoned(at: Timestamp) -> Zoned {
    jiff::Timestamp::from_microsecond(at.0).unwrap_or_default().to_zoned(ZONE.clone())
}

/// The zone's name in the time zone database; empty where it has none.
pub fn zone_name() -> &'static str {
    ZONE.iana_name().unwrap_or_default()
}

/// The day of a moment, in the zone of the machine, as `2026-11-27`.
pub fn iso_day(at: Timestamp) -> String {
    zoned(at).strftime("%Y-%m-%d").to_string()
}

/// A moment as programs write it: `2026-11-27T09:40:00Z`.
pub fn iso_moment(at: Timestamp) -> String {
    let moment = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A moment as a form's field holds it, in the zone of the machine: `2026-12-13T23:59`.
pub fn local_moment(at: Timestamp) -> String {
    zoned(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Reads such a field.
pub fn parse_local_moment(text: &str) -> Option<Timestamp> {
    let moment: jiff::civil::DateTime = text.trim().parse().ok()?;
    Some(Timestamp(moment.to_zoned(ZONE.clone()).ok()?.timestamp().as_microsecond()))
}

/// When a day begins that is written as `2026-11-27`, in the zone of the machine.
pub fn start_of_day(day: &str) -> Option<Timestamp> {
    let day: jiff::civil::Date = day.trim().parse().ok()?;
    let start = day.to_zoned(ZONE.clone()).ok()?;
    Some(Timestamp(start.timestamp().as_microsecond()))
}

/// When the day after it begins.
pub fn end_of_day(day: &str) -> Option<Timestamp> {
    let day: jiff::civil::Date = day.trim().parse().ok()?;
    start_of_day(&day.tomorrow().ok()?.to_string())
}

impl Texts {
    /// A day: `27 November 2026`.
    pub fn day(&self, at: &Timestamp) -> String {
        let at = zoned(*at);
        let month = self.get(&format!("month-{}", at.month()));
        self.msg("date-day")
            .num("day", i32::from(at.day()))
            .text("month", &month)
            .text("year", &self.digits(&at.year().to_string()))
            .to_string()
    }

    /// A time of day: `9:40`.
    pub fn time(&self, at: &Timestamp) -> String {
        self.digits(&zoned(*at).strftime("%-H:%M").to_string())
    }

    /// A day and a time of day: `27 November 2026, 9:40`.
    pub fn moment(&self, at: &Timestamp) -> String {
        self.msg("date-moment").text("day", &self.day(at)).text("time", &self.time(at)).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Locale;

    #[test]
    fn days_are_written_as_people_write_them_and_read_back() {
        let start = start_of_day("2026-11-27").unwrap();
        assert_eq!(Texts::english().day(&start), "27 November 2026");
        assert_eq!(Texts::of(Locale::German).day(&start), "27. November 2026");
        let later = Timestamp(start.0 + (9 * 60 + 5) * 60 * 1_000_000);
        assert_eq!(Texts::english().moment(&later), "27 November 2026, 9:05");
        assert_eq!(Texts::of(Locale::German).moment(&later), "27. November 2026, 9:05 Uhr");
        assert_eq!(iso_day(later), "2026-11-27");
        assert_eq!(end_of_day("2026-11-27"), start_of_day("2026-11-28"));
        assert_eq!(local_moment(later), "2026-11-27T09:05");
        assert_eq!(parse_local_moment("2026-11-27T09:05"), Some(later));
        assert_eq!(parse_local_moment("tomorrow"), None);
        assert_eq!(start_of_day("27.11.2026"), None);
        assert_eq!(start_of_day("2026-02-30"), None);
    }
}
