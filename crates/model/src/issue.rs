//! An issue: the numbered, printed whole.

use crate::Item;

/// A numbered issue of an edition of the bulletin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Issue {
    /// The upper part of page one.
    pub masthead: Masthead,
    /// Sections in printed order.
    pub sections: Vec<Section>,
    /// The lower part of the last page.
    pub colophon: Colophon,
}

/// Name, number, offices and date above the red rule (版头).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Masthead {
    /// Name of the bulletin, e.g. 姑苏信息.
    pub name: String,
    /// Labels of the edition, e.g. 动态 and 摘报.
    pub edition: Vec<String>,
    /// Year of the number sequence.
    pub year: u16,
    /// Number of the issue in its edition and year.
    pub number: u32,
    /// Number over all editions, where the bulletin counts so.
    pub cumulative: Option<u32>,
    /// Issuing offices.
    pub offices: Vec<String>,
    /// Date of issue.
    pub date: Date,
    /// Grade and term of secrecy (密级和保密期限), e.g. 秘密★1年.
    pub secrecy: Option<String>,
    /// A notice where there is no secrecy, e.g. 内部资料，注意保存.
    pub notice: Option<String>,
    /// Number of this copy (份号).
    pub copy_number: Option<u32>,
}

/// A calendar date, given from outside: no stage reads the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, 1–12.
    pub month: u8,
    /// Day, 1–31.
    pub day: u8,
}

impl Date {
    /// A date if the three numbers are one in the Gregorian calendar.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (year > 0 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let date =
            Self::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some(date).flatten()
    }

    /// `YYYY-MM-DD`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// As printed, without leading zeros (GB/T 9704 7.3.5.4): 2025年3月7日.
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

/// A section and its entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Id from the configuration.
    pub id: String,
    /// Printed name, e.g. 动态.
    pub name: String,
    /// Whether its entries are listed in the contents.
    pub in_contents: bool,
    /// Whether its entries are set with a bullet.
    pub bulleted: bool,
    /// The entries in printed order.
    pub entries: Vec<Entry>,
}

/// An item in its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Running number in the contents; none where the section is not listed.
    pub number: Option<u32>,
    /// What is printed.
    pub item: Item,
}

/// Distribution, editors and registration at the foot of the last page (版记).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Colophon {
    /// Superiors to whom the issue is submitted (报).
    pub submit: Vec<String>,
    /// Leaders and peers to whom it is sent (送).
    pub send: Vec<String>,
    /// Subordinates to whom it is distributed (发).
    pub distribute: Vec<String>,
    /// Responsible editors.
    pub editors: Vec<String>,
    /// Registration, e.g. （GS）简字001号.
    pub registration: Option<String>,
    /// Copies printed.
    pub copies: Option<u32>,
}

impl Issue {
    /// The contents, derived: sections with the numbers and titles of their entries.
    pub fn contents(&self) -> impl Iterator<Item = (&Section, Vec<(u32, &str)>)> {
        self.sections.iter().filter(|section| section.in_contents).map(|section| {
            let lines = section.entries.iter();
            let lines =
                lines.filter_map(|entry| Some((entry.number?, entry.item.title.as_deref()?))).collect();
            (section, lines)
        })
    }

    /// All items in printed order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| section.entries.iter().map(|entry| &entry.item))
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert_eq!(Date::from_iso("2025-03-07").map(Date::chinese).as_deref(), Some("2025年3月7日"));
        assert!(Date::from_iso("2024-02-29").is_some());
        for wrong in ["2025-02-29", "2025-13-01", "2025-00-01", "2025-03", "2025-03-07-1", "2025年3月7日"]
        {
            assert_eq!(Date::from_iso(wrong), None, "{wrong}");
        }
    }
}
