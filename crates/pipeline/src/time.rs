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

/// A moment as the machine's users read it: `2025-03-27 08:30:00`.
pub fn shown(at: Moment) -> String {
    let Ok(at) = Timestamp::from_millisecond(at.0) else { return String::new() };
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
