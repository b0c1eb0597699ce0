//! A part's XML cut into its pieces, without copies: one look at each byte is all that most of it gets.
//!
//! Well-formedness is judged as quick-xml judges it, which the tests hold: every element is closed by
//! its own name, references end with a semicolon, quotes hide a `>`. What stands between the quotes of
//! an attribute is looked at only where somebody asks for it.

use memchr::{memchr2, memmem};

/// The XML is not well-formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// A piece of XML as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// `<name …>` or `<name …/>`.
    Start(Tag<'a>),
    /// `</name>`, or what stands for it behind `<name …/>`.
    End,
    /// Characters between markup and references, line ends as they are.
    Text(&'a str),
    /// The name in `&name;`, with the `#` of a number.
    Reference(&'a str),
    /// `<!DOCTYPE`: nobody reads on behind it.
    DocType,
}

/// What stands between `<` and `>` of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Name and attributes.
    pub(crate) content: &'a str,
    /// Where the name ends.
    pub(crate) name: usize,
    /// Where the name begins without its prefix.
    pub(crate) local: usize,
}

/// Cuts a text into pieces.
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
    /// Where the last element began.
    begun: usize,
    /// Names of the open elements.
    open: Vec<&'a str>,
    /// The last element was empty: its end comes next.
    is_empty: bool,
}

impl<'a> Tag<'a> {
    fn new(content: &'a str) -> Self {
        let mut local = 0;
        let mut name = content.len();
        for (at, byte) in content.bytes().enumerate() {
            if is_blank(byte) {
                name = at;
                break;
            }
            if byte == b':' {
                local = at + 1;
            }
        }
        Self { content, name, local }
    }
}

/// The attributes of a tag as they are written. What is no attribute is passed over.
pub(crate) struct Attributes<'a>(&'a str);

impl<'a> Tag<'a> {
    /// Keys with their prefix, and values without quotes.
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes(&self.content[self.name..])
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = behind_blanks(self.0);
            let end = 1 + start.bytes().skip(1).position(|byte| byte == b'=' || is_blank(byte))?;
            let (key, rest) = start.split_at(end);
            let rest = behind_blanks(rest);
            let Some(rest) = rest.strip_prefix('=') else {
                self.0 = rest;
                continue;
            };
            let value = behind_blanks(rest);
            let Some(quote @ (b'"' | b'\'')) = value.bytes().next() else {
                self.0 = &value[value.bytes().position(is_blank)?..];
                continue;
            };
            let inside = &value[1..];
            let length = inside.bytes().position(|byte| byte == quote)?;
            self.0 = &inside[length + 1..];
            return Some((key, &inside[..length]));
        }
    }
}

impl<'a> Pieces<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Self { text, at, begun: at, open: Vec::new(), is_empty: false }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The place behind the last piece.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The place at which the last element began.
    pub(crate) fn begun(&self) -> usize {
        self.begun
    }

    /// The next piece; `None` after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Piece<'a>>, Malformed> {
        if std::mem::take(&mut self.is_empty) {
            self.open.pop();
            return Ok(Some(Piece::End));
        }
        loop {
            let rest = &self.text[self.at..];
            let piece = match rest.as_bytes() {
                [] if self.open.is_empty() => return Ok(None),
                [] => return Err(Malformed),
                [b'<', b'/', ..] => self.end(rest)?,
                [b'<', b'?', ..] => {
                    self.at += instruction(rest)?;
                    continue;
                }
                [b'<', b'!', ..] => match self.bang(rest)? {
                    Some(piece) => piece,
                    None => continue,
                },
                [b'<', ..] => self.start(rest)?,
                [b'&', ..] => self.reference(rest)?,
                bytes => {
                    let length = memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
                    self.at += length;
                    Piece::Text(&rest[..length])
                }
            };
            return Ok(Some(piece));
        }
    }

    /// Passes over text and empty elements up to what changes the depth or has to be looked at.
    pub(crate) fn pass_plain(&mut self) {
        while !self.is_empty {
            let rest = &self.text[self.at..];
            let Some(length) = memchr2(b'<', b'&', rest.as_bytes()) else { return };
            self.at += length;
            let rest = &rest[length..];
            if !rest.starts_with('<') || rest[1..].starts_with(['/', '!', '?']) {
                return;
            }
            match tag_end(rest) {
                Ok(end) if rest[..end].ends_with('/') => self.at += end + 1,
                _ => return,
            }
        }
    }

    /// The innermost open element from here to behind its end, found without a look at its inside: nothing
    /// may stand there that could hide another end, declare a document type or name an entity.
    pub(crate) fn unread(&self) -> Option<&'a str> {
        let name = self.open.last().filter(|_| !self.is_empty)?;
        let rest = &self.text[self.at..];
        let places = memmem::find_iter(rest.as_bytes(), name);
        let mut tags = places.filter(|&at| rest[..at].ends_with('<') || rest[..at].ends_with("</"));
        let end = tags.next()?;
        let inside = &rest[..end];
        let is_end = inside.ends_with("</") && rest[end + name.len()..].starts_with('>');
        let is_plain = memchr2(b'!', b'&', inside.as_bytes()).is_none();
        (is_end && is_plain).then(|| &rest[..end + name.len() + ">".len()])
    }

    /// Passes over what [`unread`](Self::unread) gave.
    pub(crate) fn pass(&mut self, unread: &str) {
        self.at += unread.len();
        self.open.pop();
    }

    fn start(&mut self, rest: &'a str) -> Result<Piece<'a>, Malformed> {
        let end = tag_end(rest)?;
        self.begun = self.at;
        self.at += end + 1;
        let content = &rest[1..end];
        let inside = content.strip_suffix('/');
        self.is_empty = inside.is_some();
        let tag = Tag::new(inside.unwrap_or(content));
        self.open.push(&tag.content[..tag.name]);
        Ok(Piece::Start(tag))
    }

    fn end(&mut self, rest: &'a str) -> Result<Piece<'a>, Malformed> {
        let open = self.open.pop().ok_or(Malformed)?;
        let inside = &rest["</".len()..];
        if let Some(behind) = inside.strip_prefix(open)
            && behind.starts_with('>')
        {
            self.at += "</>".len() + open.len();
            return Ok(Piece::End);
        }
        // Blanks may stand behind the name.
        let end = tag_end(rest)?;
        self.at += end + 1;
        if rest["</".len()..end].trim_end_matches(BLANKS) == open { Ok(Piece::End) } else { Err(Malformed) }
    }

    fn reference(&mut self, rest: &'a str) -> Result<Piece<'a>, Malformed> {
        let inside = &rest[1..];
        let end = inside.find([';', '&', '<']).filter(|&end| inside[end..].starts_with(';'));
        let end = end.ok_or(Malformed)?;
        self.at += end + 2;
        Ok(Piece::Reference(&inside[..end]))
    }

    /// A comment gives nothing; characters in a section of their own are text.
    fn bang(&mut self, rest: &'a str) -> Result<Option<Piece<'a>>, Malformed> {
        const SECTION: &str = "<![CDATA[";
        const COMMENT: &str = "<!--";
        if let Some(inside) = rest.strip_prefix(SECTION) {
            let length = inside.find("]]>").ok_or(Malformed)?;
            self.at += SECTION.len() + length + "]]>".len();
            return Ok(Some(Piece::Text(&inside[..length])));
        }
        if let Some(inside) = rest.strip_prefix(COMMENT) {
            self.at += COMMENT.len() + inside.find("-->").ok_or(Malformed)? + "-->".len();
            return Ok(None);
        }
        let start = rest.get(.."<!DOCTYPE".len()).ok_or(Malformed)?;
        if start.eq_ignore_ascii_case("<!DOCTYPE") { Ok(Some(Piece::DocType)) } else { Err(Malformed) }
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A blank of XML.
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn behind_blanks(text: &str) -> &str {
    let blanks = text.bytes().take_while(|&byte| is_blank(byte)).count();
    &text[blanks..]
}

/// The place of the `>` that ends a tag; one in quotes does not.
fn tag_end(rest: &str) -> Result<usize, Malformed> {
    let bytes = rest.as_bytes();
    let mut quote = None;
    let mut ends = |byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        false
    };
    // Most of a part is tags: eight bytes at a time are three times as fast as one.
    let (words, last) = bytes.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let mut hits = tag_marks(u64::from_le_bytes(*word));
        while hits != 0 {
            let at = index * 8 + (hits.trailing_zeros() / 8) as usize;
            if ends(bytes[at]) {
                return Ok(at);
            }
            hits &= hits - 1;
        }
    }
    let end = last.iter().position(|&byte| ends(byte)).ok_or(Malformed)?;
    Ok(words.len() * 8 + end)
}

/// The top bit of each byte that may be a quote or a `>`; behind a true one there may be a false one.
fn tag_marks(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    let is = |mark: u8| {
        let zero = word ^ (ONES * u64::from(mark));
        zero.wrapping_sub(ONES) & !zero
    };
    (is(b'>') | is(b'"') | is(b'\'')) & (ONES * 0x80)
}

/// The length of a processing instruction or XML declaration.
fn instruction(rest: &str) -> Result<usize, Malformed> {
    let inside = &rest["<?".len()..];
    let length = inside.find("?>").filter(|_| !inside.starts_with('>')).ok_or(Malformed)?;
    Ok("<?".len() + length + "?>".len())
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::{Piece, Pieces};

    /// Pieces of XML, whole and broken, from which texts are put together.
    const FRAGMENTS: [&str; 40] = [
        "<a>",
        "</a>",
        "<a/>",
        "<w:b>",
        "</w:b>",
        "<w:b />",
        "</a >",
        "</a\n>",
        "< a>",
        "</>",
        "<>",
        "甲",
        "乙丙",
        "<a b=\"1\">",
        "<a b='>' c = \"'/\"/>",
        "<a b=\"",
        "<a b c=\"1\" d>",
        "<a b=1 c='2'/>",
        "<a =\"1\">",
        "<a b=\"1\"c='2'>",
        "&amp;",
        "&#x4E00;",
        "&",
        "&x",
        ";",
        "\r\n",
        " ",
        "\"",
        "'",
        ">",
        "/>",
        "<",
        "<!--",
        "-->",
        "<!-- > -->",
        "<![CDATA[",
        "]]>",
        "<?x y?>",
        "<?>",
        "<!x>",
    ];

    /// What is read, a line a piece, up to the first fault.
    fn ours(text: &str) -> Vec<String> {
        let mut pieces = Pieces::new(text);
        let mut lines = Vec::new();
        loop {
            match pieces.next() {
                Ok(Some(Piece::Start(tag))) => {
                    lines.push(format!("start {}", &tag.content[..tag.name]));
                    lines.extend(tag.attributes().map(|(key, value)| format!("{key} is {value}")));
                }
                Ok(Some(Piece::End)) => lines.push("end".to_owned()),
                Ok(Some(Piece::Text(text))) => lines.push(format!("text {text}")),
                Ok(Some(Piece::Reference(name))) => lines.push(format!("reference {name}")),
                Ok(Some(Piece::DocType)) => unreachable!("none is made"),
                Ok(None) => return lines,
                Err(_) => {
                    lines.push("malformed".to_owned());
                    return lines;
                }
            }
        }
    }

    /// The same by quick-xml.
    fn theirs(text: &str) -> Vec<String> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut lines = Vec::new();
        let mut depth = 0;
        loop {
            match reader.read_event() {
                Ok(Event::Start(start) | Event::Empty(start)) => {
                    depth += 1;
                    lines.push(format!("start {}", start.name().into_inner()));
                    let mut attributes = start.attributes();
                    let attributes = attributes.with_checks(false).flatten();
                    lines.extend(
                        attributes.map(|found| format!("{} is {}", found.key.into_inner(), found.value)),
                    );
                }
                Ok(Event::End(_)) => {
                    depth -= 1;
                    lines.push("end".to_owned());
                }
                Ok(Event::Text(text)) => lines.push(format!("text {}", &*text)),
                Ok(Event::CData(text)) => lines.push(format!("text {}", &*text)),
                Ok(Event::GeneralRef(name)) => lines.push(format!("reference {}", &*name)),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
                Ok(Event::Eof) if depth == 0 => return lines,
                Ok(Event::Eof | Event::DocType(_)) | Err(_) => {
                    lines.push("malformed".to_owned());
                    return lines;
                }
            }
        }
    }

    /// Numbers as good as random, the same in every run.
    fn next_number(state: &mut u64) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) as usize
    }

    #[test]
    fn pieces_are_those_of_quick_xml() {
        let mut state = 1;
        for _ in 0..50_000 {
            let count = 1 + next_number(&mut state) % 9;
            let text: String =
                (0..count).map(|_| FRAGMENTS[next_number(&mut state) % FRAGMENTS.len()]).collect();
            assert_eq!(ours(&text), theirs(&text), "{text:?}");
        }
    }

    #[test]
    fn a_document_type_is_told_before_its_end() {
        for text in ["<!DOCTYPE a>", "<!doctype a [<!ENTITY b 'c'", "<!DOCTYPE"] {
            assert_eq!(Pieces::new(text).next(), Ok(Some(Piece::DocType)));
        }
    }

    #[test]
    fn plain_pieces_are_passed_to_the_same_place() {
        let text = "<a>甲<b c='/>'/> \n<d/><e>乙</e>&amp;<!-- --><f/></a>";
        let mut pieces = Pieces::new(text);
        pieces.next().expect("well-formed");
        pieces.pass_plain();
        assert!(matches!(pieces.next(), Ok(Some(Piece::Start(tag))) if tag.content == "e"));
        pieces.pass_plain();
        assert_eq!(pieces.next(), Ok(Some(Piece::End)));
        pieces.pass_plain();
        assert_eq!(pieces.next(), Ok(Some(Piece::Reference("amp"))));
        pieces.pass_plain();
        assert_eq!(pieces.depth(), 1);
    }

    #[test]
    fn only_what_hides_nothing_is_passed_unread() {
        let passed = |inside: &str| {
            let text = format!("<a x='1'>{inside}</a><b/>");
            let mut pieces = Pieces::new(&text);
            pieces.next().expect("well-formed");
            let unread = pieces.unread();
            unread
                .inspect(|unread| pieces.pass(unread))
                .is_some_and(|_| matches!(pieces.next(), Ok(Some(Piece::Start(tag))) if tag.content == "b"))
        };
        assert!(passed("") && passed("<b a='a'/> a <c></c>"));
        assert!(!passed("<a/>") && !passed("<a></a>") && !passed("<abc/>"));
        assert!(!passed("<!-- </a> -->") && !passed("<![CDATA[</a>]]>") && !passed("&b;"));
    }
}
