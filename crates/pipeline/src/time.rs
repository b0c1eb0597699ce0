//! The clock and the calendar of the place: read here and handed down as values.

use jianbao_model::issue::Date;
use jianbao_store::Moment;
use jiff::{Timestamp, Zoned};

/// Now.
pub fn now() -> Moment {
    Moment(Timestamp::now().as_millisecond())
}

/// Today, in the time zone of the machine.
pub fn today() -> Option<Date> {
    let date = Zoned::now().date();
    let part = |number: i8| u8::try_from(number).ok();
    Date::new(u16::try_from(date.year()).ok()?, part(date.month())?, part(date.day())?)
}

/// A moment in a file's name, local time: `20250327-083000`.
pub(crate) fn stamp(at: Moment) -> String {
    formatted(at, "%Y%m%d-%H%M%S")
}

/// The year of a moment.
pub(crate) fn year(at: Moment) -> i16 {
    Timestamp::from_millisecond(at.0).map_or(0, |at| at.to_zoned(jiff::tz::TimeZone::system()).year())
}

/// A moment as the machine's users read it: `2025-03-27 08:30:00`.
pub fn shown(at: Moment) -> String {
    formatted(at, "%Y-%m-%d %H:%M:%S")
}

fn formatted(at: Moment, format: &str) -> String {
    let Ok(at) = Timestamp::from_millisecond(at.0) else { return String::new() };
    at.to_zoned(jiff::tz::TimeZone::system()).strftime(format).to_string()
}
