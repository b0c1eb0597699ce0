//! Lines become drafts: where an item begins and ends, and which lines belong to none.

use jianbao_model::item::Paragraph;
use jianbao_model::{Code, Diagnostic, DropReason, Dropped, Format, Location, Origin};

use crate::config::Config;
use crate::draft::{Draft, Surroundings};
use crate::line::{Content, Line, Look, Text};
use crate::{contact, contributor, section, title};

/// What the segmenter found.
#[derive(Default)]
pub(crate) struct Segments {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Walks over the lines once and fills drafts.
pub(crate) struct Segmenter<'a> {
    config: &'a Config,
    around: &'a Surroundings<'a>,
    segments: Segments,
    current: Draft,
    section: Option<String>,
    /// The look of the first title: another line that looks so begins another item.
    title_look: Option<Look>,
}

impl<'a> Segmenter<'a> {
    pub(crate) fn new(config: &'a Config, around: &'a Surroundings<'a>) -> Self {
        Self {
            config,
            around,
            segments: Segments::default(),
            current: Draft::default(),
            section: None,
            title_look: None,
        }
    }

    pub(crate) fn run(mut self, lines: Vec<Line>) -> Segments {
        let last_text = lines.iter().rposition(is_running_text);
        let mut lines = lines.into_iter().enumerate().peekable();
        while let Some((number, line)) = lines.next() {
            match line.content {
                Content::Table(table) if contact::is_contact_table(&table) => {
                    self.drop(DropReason::ContactTable, &table.text(), &line.at);
                }
                Content::Table(table) => self.owner().tables.push(table),
                Content::Image(image) => self.owner().images.push(image),
                Content::Text(text) => {
                    let more = last_text.is_some_and(|last| last > number);
                    let next = lines.peek().and_then(|(_, line)| match &line.content {
                        Content::Text(text) => Some(text),
                        _ => None,
                    });
                    self.text(&text, &line.at, next, !more);
                }
            }
        }
        self.finish_draft();
        self.keep_attachments();
        self.tell_contacts();
        self.segments
    }

    /// The draft to which a table or picture between two items belongs: the one before.
    fn owner(&mut self) -> &mut Draft {
        if self.current.is_empty()
            && let Some(previous) = self.segments.drafts.last_mut()
        {
            return previous;
        }
        &mut self.current
    }

    fn text(&mut self, text: &Text, at: &Origin, next: Option<&Text>, last: bool) {
        let shown = text.shown();
        if contact::is_contact_line(&shown) {
            self.drop(DropReason::ContactLine, &shown, at);
        } else if let Some(section) = section::announced(&shown, self.config) {
            let id = section.id.clone();
            self.finish_draft();
            self.section = Some(id);
            self.drop(DropReason::SectionLine, &shown, at);
        } else if self.is_unit_masthead(text) {
            self.drop(DropReason::UnitMasthead, &shown, at);
        } else if !self.signature(text, at) && !self.closing_line(&shown, at, last) {
            self.title_or_body(text, at, next, last);
        }
    }

    /// A unit's own masthead in the text: 姑苏城管信息, 第15期, before anything else.
    fn is_unit_masthead(&self, text: &Text) -> bool {
        if !self.current.is_empty() || !self.segments.drafts.is_empty() || !text.look.stands_out() {
            return false;
        }
        let words = text.text.trim_matches(['（', '）']);
        let numbered = words.starts_with('第') && words.ends_with('期') && words.chars().count() <= 20;
        let named = ["信息", "简报", "专报", "快报", "信息专报"].iter().any(|end| words.ends_with(end));
        numbered || (named && words.chars().count() <= 20 && !words.contains(['。', '，']))
    }

    /// Unit and date under the text (落款).
    fn signature(&mut self, text: &Text, at: &Origin) -> bool {
        if self.current.body.is_empty() || !text.marker.is_empty() {
            return false;
        }
        if let Some(date) = date(&text.text) {
            self.current.date = Some((date, at.clone()));
            self.drop(DropReason::Signature, &text.text, at);
            return true;
        }
        let unit = contributor::registered(&text.text, self.config).is_some()
            || (text.look.right && contributor::looks_like_unit(&text.text));
        if unit {
            // After a closing （…） the signature says the same again.
            if !self.current.is_closed() {
                self.current.signature = Some((text.text.clone(), at.clone()));
            }
            self.drop(DropReason::Signature, &text.text, at);
        }
        unit
    }

    /// A line that holds nothing but the closing （…）.
    fn closing_line(&mut self, shown: &str, at: &Origin, last: bool) -> bool {
        let Some((before, words)) = contributor::split_closing(shown) else { return false };
        if !before.is_empty() || self.current.body.is_empty() || self.current.closing.is_some() {
            return false;
        }
        let Some(found) = contributor::from_closing(words, last, self.config) else { return false };
        self.current.closing = Some((found, at.clone()));
        true
    }

    fn title_or_body(&mut self, text: &Text, at: &Origin, next: Option<&Text>, last: bool) {
        if self.current.is_closed() {
            self.finish_draft();
        }
        let fresh = self.current.body.is_empty();
        if self.is_title(text, next, fresh) {
            if !fresh {
                self.finish_draft();
            }
            self.add_title(text, at);
        } else if fresh && self.current.lead.is_none() && is_lead(&text.text) {
            self.current.lead = Some(text.shown());
        } else {
            self.body(text, at, last);
        }
    }

    /// Whether the line is a title. At the beginning of an item the look or the form decides; inside
    /// of one only a line that looks as the first title did begins another item.
    fn is_title(&self, text: &Text, next: Option<&Text>, fresh: bool) -> bool {
        let words = strip_ordinal(&text.text).1;
        let sentence = words.strip_suffix('。').unwrap_or(words);
        if self.untitled_section()
            || !title::could_be_title(sentence, self.config)
            || title::is_label(&text.shown())
        {
            return false;
        }
        if text.look.right
            || contributor::split_closing(&text.text).is_some_and(|(before, _)| before.is_empty())
        {
            return false;
        }
        if !fresh {
            return text.look.stands_out() && self.title_look == Some(text.look) && next.is_some();
        }
        if !self.current.title.is_empty() {
            // A further line of the same look goes on with the title; a full stop has ended it.
            let ended = self.current.title.last().is_some_and(|(line, _)| line.ends_with('。'));
            return !ended && text.look.stands_out() && self.title_look == Some(text.look);
        }
        let announces = next.is_some_and(|next| !next.look.stands_out() && next.text.chars().count() > 20);
        text.look.stands_out() || (announces && (sentence.len() != words.len() || !ends_sentence(words)))
    }

    fn add_title(&mut self, text: &Text, at: &Origin) {
        self.title_look = Some(text.look);
        let (ordinal, words) = strip_ordinal(&text.text);
        let marker = format!("{}{ordinal}", text.marker);
        if !marker.is_empty() {
            self.drop(DropReason::ItemMarker, &marker, at);
        }
        let words = words.to_owned();
        self.current.section.clone_from(&self.section);
        self.current.title.push((words, at.clone()));
    }

    fn body(&mut self, text: &Text, at: &Origin, last: bool) {
        let begins = self.current.is_empty();
        let mut shown = text.shown();
        if begins {
            self.current.section.clone_from(&self.section);
            let marker = self.item_marker(text);
            if !marker.is_empty() {
                shown = shown[marker.len()..].trim_start().to_owned();
                self.drop(DropReason::ItemMarker, &marker, at);
            }
        }
        let mut closing = None;
        if let Some((before, words)) = contributor::split_closing(&shown)
            && !before.is_empty()
            && (ends_sentence(before) || last)
            && let Some(found) = contributor::from_closing(words, last, self.config)
        {
            closing = Some((found, at.clone()));
            shown = before.to_owned();
        }
        self.add_paragraph(shown, at);
        self.current.closing = closing;
    }

    /// Bullet or number before an item: the automatic marker, or a typed one in front of a brief.
    fn item_marker(&self, text: &Text) -> String {
        if !text.marker.is_empty() {
            let label = title::is_label(&text.shown()) && text.marker.ends_with(['是', '要']);
            return if label { String::new() } else { text.marker.clone() };
        }
        let typed = strip_ordinal(&text.text).0;
        let bullet = typed.chars().any(|c| BULLETS.contains(&c));
        if bullet || self.untitled_section() { typed.to_owned() } else { String::new() }
    }

    fn untitled_section(&self) -> bool {
        let by_name =
            || section::by_file_name(&self.around.document.file_name, self.config).map(|(s, _)| s.titled);
        let by_line = self.section.as_deref().and_then(|id| self.config.section(id)).map(|s| s.titled);
        by_line.or_else(by_name) == Some(false)
    }

    /// Adds a paragraph, or joins it to the one before if that was cut in mid-sentence.
    fn add_paragraph(&mut self, text: String, at: &Origin) {
        // Only formats without paragraphs of their own cut them: a Word paragraph is one.
        let cut = matches!(self.around.document.format, Format::Text | Format::Pdf);
        if let Some(previous) = self.current.body.last_mut()
            && cut
            && !ends_sentence(&previous.text)
            && previous.text.chars().count() > 20
            && !title::is_label(&text)
        {
            let place = Location::with_text(at, &text);
            let before: Vec<char> = previous.text.chars().collect();
            let tail: String = before[before.len().saturating_sub(10)..].iter().collect();
            self.segments
                .diagnostics
                .push(Diagnostic::new(Code::ParagraphJoined, place).with("before", tail));
            previous.text.push_str(&text);
            previous.at.push(at.clone());
            return;
        }
        self.current.body.push(Paragraph { text, at: vec![at.clone()] });
    }

    fn drop(&mut self, reason: DropReason, text: &str, at: &Origin) {
        self.segments.dropped.push(Dropped { reason, text: text.to_owned(), origin: at.clone() });
    }

    fn finish_draft(&mut self) {
        let mut draft = std::mem::take(&mut self.current);
        if draft.is_empty() {
            // Tables and pictures before the first text wait for it.
            self.current.tables = draft.tables;
            self.current.images = draft.images;
            return;
        }
        if draft.body.is_empty() && draft.lead.is_none() {
            // A title without text is text: it would vanish otherwise.
            for (text, at) in draft.title.drain(..) {
                let place = Location::with_text(&at, &text);
                self.segments.diagnostics.push(Diagnostic::new(Code::StrayText, place));
                draft.body.push(Paragraph { text, at: vec![at] });
            }
        }
        self.segments.drafts.push(draft);
    }

    /// Tables and pictures that no text followed belong to the last item, or are one themselves.
    fn keep_attachments(&mut self) {
        let left = std::mem::take(&mut self.current);
        if left.tables.is_empty() && left.images.is_empty() {
            return;
        }
        match self.segments.drafts.last_mut() {
            Some(last) => {
                last.tables.extend(left.tables);
                last.images.extend(left.images);
            }
            None => self.segments.drafts.push(left),
        }
    }

    fn tell_contacts(&mut self) {
        let contact = |d: &&Dropped| matches!(d.reason, DropReason::ContactLine | DropReason::ContactTable);
        let contacts: Vec<&Dropped> = self.segments.dropped.iter().filter(contact).collect();
        if let Some(first) = contacts.first() {
            let place = Location::with_text(&first.origin, &first.text);
            let told = Diagnostic::new(Code::ContactsDropped, place).with("count", contacts.len());
            self.segments.diagnostics.push(told);
        }
    }
}

/// Bullets that writers type before a brief.
const BULLETS: [char; 8] = ['•', '●', '·', '◆', '■', '▪', '★', '◇'];

/// Whether the line is text that could go on with an item: no contact, no table.
fn is_running_text(line: &Line) -> bool {
    match &line.content {
        Content::Text(text) => !contact::is_contact_line(&text.shown()) && date(&text.text).is_none(),
        _ => false,
    }
}

/// An editor's or unit's note before the text.
fn is_lead(text: &str) -> bool {
    ["编者按", "按语：", "按：", "【编者按】"].iter().any(|word| text.starts_with(word))
}

/// Whether a text ends as a sentence does; closing quotes and brackets look at what they close.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end().trim_end_matches(['”', '’', '）', '】', '》', '"', ')']);
    core.ends_with(['。', '！', '？', '；', '：', '…', '!', '?', ';', ':'])
}

/// Splits a typed number or bullet off: `1.`, `（2）`, `三、`, `•`. `1-2月` and `1.5万` have none.
pub(crate) fn strip_ordinal(text: &str) -> (&str, &str) {
    let first = text.chars().next();
    if first.is_some_and(|c| BULLETS.contains(&c)) {
        let rest = text.trim_start_matches(|c| BULLETS.contains(&c) || c == ' ');
        return text.split_at(text.len() - rest.len());
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &text[digits..];
    let mark = after.chars().next();
    if (1..=2).contains(&digits) && mark.is_some_and(|c| ".．、".contains(c)) {
        let rest = after[mark.map_or(0, char::len_utf8)..].trim_start();
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return text.split_at(text.len() - rest.len());
        }
    }
    ("", text)
}

/// A line that is a date and nothing else, as `YYYY-MM-DD`.
fn date(text: &str) -> Option<String> {
    let text = text.trim_matches(['（', '）', ' ']);
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let date = jianbao_model::issue::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(date.iso())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_numbers_and_bullets_only() {
        assert_eq!(strip_ordinal("1. 区残联"), ("1. ", "区残联"));
        assert_eq!(strip_ordinal("• 1-2月，全区"), ("• ", "1-2月，全区"));
        for plain in ["1-2月，全区", "1.5万人", "2025年", "全区"] {
            assert_eq!(strip_ordinal(plain), ("", plain));
        }
    }

    #[test]
    fn a_closing_quote_does_not_end_a_sentence() {
        assert!(ends_sentence("打好“组合拳。”") && ends_sentence("（见附件。）"));
        assert!(!ends_sentence("二是在“跑”") && !ends_sentence("东吴医药产业园等重大"));
    }

    #[test]
    fn dates_stand_alone() {
        assert_eq!(date("2025年3月24日").as_deref(), Some("2025-03-24"));
        assert_eq!(date("2025年3月24日召开"), None);
        assert_eq!(date("2025年13月1日"), None);
    }
}
