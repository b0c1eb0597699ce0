//! How an issue looks, as data: page, faces and sizes, with the standard as default.
//!
//! Clauses are those of GB/T 9704-2012. Lengths are twips (1 mm = 56.7), sizes half-points.

/// Everything about the look of an issue that is not in the issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Paper, margins and grid.
    pub page: Page,
    /// Names of the faces.
    pub faces: Faces,
    /// Sizes of the faces.
    pub sizes: Sizes,
    /// What an issue consists of.
    pub parts: Parts,
    /// Where an item's title stands.
    pub titles: Titles,
    /// How the headings of points (一是……。) are set.
    pub points: Points,
}

/// What an issue consists of besides its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// What stands above the text.
    pub head: Head,
    /// The contents (目录).
    pub contents: Contents,
    /// Whether sections have their heads, 【动态】. Under a plain title they do not.
    pub sections: bool,
    /// Whether the issuing offices and the date close the text (落款, 7.3.5.2).
    pub signature: bool,
    /// Where distribution and editors stand (版记).
    pub colophon: ColophonPlace,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            head: Head::Masthead,
            contents: Contents::Titles,
            sections: true,
            signature: false,
            colophon: ColophonPlace::LastPage,
        }
    }
}

/// What stands above the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Head {
    /// Name, number, offices and date above a red rule (版头).
    #[default]
    Masthead,
    /// A title alone (7.3.1), as in a plain official document: that of the one item. Of several items it
    /// is the bulletin's, and theirs are numbered: 一、……（一）…….
    Title,
}

/// The contents of an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contents {
    /// None.
    None,
    /// Titles without page numbers.
    #[default]
    Titles,
    /// Titles with the pages that they stand on, as fields.
    Pages,
}

/// Where the colophon stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColophonPlace {
    /// Nowhere.
    None,
    /// At the foot of the last page (7.4.1).
    #[default]
    LastPage,
    /// At the foot of an even page, which may be one of its own.
    EvenPage,
}

/// How the headings of points are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Points {
    /// As the text around them.
    #[default]
    Plain,
    /// In 楷体, as second level headings are (7.3.3).
    Kai,
}

/// Where an item's title stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Titles {
    /// In the item's first line, closed by a full stop, the text goes on behind it.
    #[default]
    RunIn,
    /// In a line of its own, without full stop.
    OwnLine,
}

/// Paper, margins and grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Width of the paper: 11906, 210 mm (5.1).
    pub width: u32,
    /// Height of the paper: 16838, 297 mm (5.1).
    pub height: u32,
    /// 天头: 2098, 37 mm (5.2.1).
    pub top: u32,
    /// 订口: 1588, 28 mm (5.2.1).
    pub left: u32,
    /// Right margin: 1474, 26 mm (the type area is 156 mm wide, 5.2.1).
    pub right: u32,
    /// Bottom margin: 1984, 35 mm (the type area is 225 mm high, 5.2.1).
    pub bottom: u32,
    /// Footer from the edge of the paper: 1417, 25 mm. With it the dashes of the page number are
    /// 7 mm below the type area (7.5) in Word and LibreOffice alike.
    pub footer: u32,
    /// Pitch of the lines: 579, 28.95 pt, exact: 22 lines a page (5.2.3). 580 gives 21.
    pub line: u32,
    /// Lines that a full page must hold: 22 (5.2.3).
    pub lines: u32,
    /// Characters in a line of body text: 28 (5.2.3).
    pub characters: u32,
    /// Added to every character: −5, −0.25 pt. 28 characters of 16 pt are wider than 156 mm.
    pub character_spacing: i32,
    /// Whether left and right change places on even pages (6.1: printed on both sides).
    pub mirrored: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            width: 11906,  // 210 mm
            height: 16838, // 297 mm
            top: 2098,     // 37 mm
            left: 1588,    // 28 mm
            right: 1474,   // 26 mm
            bottom: 1984,  // 35 mm
            footer: 1417,  // 25 mm
            line: 579,     // 28.95 pt
            lines: 22,
            characters: 28,
            character_spacing: -5, // −0.25 pt
            mirrored: true,
        }
    }
}

impl Page {
    /// Height of the type area (版心): 12756, 225 mm.
    pub fn text_height(&self) -> u32 {
        self.height.saturating_sub(self.top.saturating_add(self.bottom))
    }

    /// Width of the type area (版心): 8844, 156 mm.
    pub fn text_width(&self) -> u32 {
        self.width.saturating_sub(self.left.saturating_add(self.right))
    }
}

/// What a page does not hold; lengths are twips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// More lines are wanted than the type area is high.
    Lines {
        /// Lines wanted.
        wanted: u32,
        /// Lines that there is room for.
        fit: u32,
        /// Height of the type area.
        room: u32,
        /// Pitch with which there would be room.
        pitch: u32,
    },
    /// More characters are wanted than the type area is wide.
    Characters {
        /// Characters wanted.
        wanted: u32,
        /// Characters that there is room for.
        fit: u32,
        /// Width of the type area.
        room: u32,
        /// Spacing with which there would be room.
        spacing: i32,
    },
    /// The page number would stand within the type area or off the paper.
    Footer {
        /// The bottom margin.
        bottom: u32,
    },
}

/// Names of the faces. None is embedded; what is missing on a machine is replaced there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faces {
    /// The bulletin's name: 方正小标宋简体 (7.2.4).
    pub name: String,
    /// Body: 仿宋_GB2312 (5.2.2).
    pub body: String,
    /// Edition labels: 楷体_GB2312.
    pub edition: String,
    /// Section heads and titles: 黑体 (7.3.3, first level).
    pub title: String,
    /// Titles in a line of their own: 黑体; 方正小标宋简体 where they are the document's (7.3.1).
    pub headline: String,
    /// Page numbers: 宋体 (7.5).
    pub number: String,
    /// Latin letters and digits: Times New Roman (the standard is silent).
    pub latin: String,
    /// The bulletin's name is red: FF0000 (7.2.4); its rule too (7.2.7).
    pub red: String,
}

impl Default for Faces {
    fn default() -> Self {
        Self {
            name: "方正小标宋简体".to_owned(),
            body: "仿宋_GB2312".to_owned(),
            edition: "楷体_GB2312".to_owned(),
            title: "黑体".to_owned(),
            headline: "黑体".to_owned(),
            number: "宋体".to_owned(),
            latin: "Times New Roman".to_owned(),
            red: "FF0000".to_owned(),
        }
    }
}

/// Sizes, in half-points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The bulletin's name at most: 144, 72 pt. A long name is set smaller, so that it fits.
    pub name: u32,
    /// Edition labels: 36, 18 pt.
    pub edition: u32,
    /// Body and all that is not named here: 32, 三号, 16 pt (5.2.2).
    pub body: u32,
    /// Titles in a line of their own: 32, 三号, 16 pt; 二号 where they are the document's (7.3.1).
    pub headline: u32,
    /// Tables: 24, 小四, 12 pt.
    pub table: u32,
    /// Tables of many columns: 18, 小五, 9 pt.
    pub dense_table: u32,
    /// Colophon: 28, 四号, 14 pt (7.4.2).
    pub colophon: u32,
    /// Pitch of the colophon's lines, in twips: 500, 25 pt.
    pub colophon_line: u32,
    /// Page number: 28, 四号, 14 pt (7.5).
    pub number: u32,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            name: 144,
            edition: 36,
            body: 32,
            headline: 32,
            table: 24,
            dense_table: 18,
            colophon: 28,
            colophon_line: 500,
            number: 28,
        }
    }
}

impl Style {
    /// Everything that the page does not hold, in the order of [`Misfit`].
    ///
    /// Word and LibreOffice alike leave out the line that is a twip too high: 29 pt, 580 twips, gives 21
    /// lines on the page of the standard.
    pub fn misfits(&self) -> Vec<Misfit> {
        let page = &self.page;
        let mut all = Vec::new();
        let room = page.text_height();
        let fit = room / page.line.max(1);
        if fit < page.lines || fit == 0 {
            all.push(Misfit::Lines { wanted: page.lines, fit, room, pitch: room / page.lines.max(1) });
        }
        let room = page.text_width();
        let wide = self.characters(100, self.sizes.body).max(1).unsigned_abs();
        let fit = room / wide;
        if fit < page.characters || fit == 0 {
            let most = (room / page.characters.max(1)).cast_signed();
            let spacing = most - (self.sizes.body * 10).cast_signed();
            all.push(Misfit::Characters { wanted: page.characters, fit, room, spacing });
        }
        // The line of the number grows upwards from the footer's distance.
        if page.footer.saturating_add(self.sizes.number * 10) > page.bottom || page.footer == 0 {
            all.push(Misfit::Footer { bottom: page.bottom });
        }
        all
    }

    /// Whether something that is printed rests on an estimate of where pages end.
    pub fn estimates_pages(&self) -> bool {
        self.parts.contents == Contents::Pages || self.parts.colophon == ColophonPlace::EvenPage
    }

    /// Size of a bulletin's name of that many full-width characters, in half-points: as large as
    /// the type area allows, one character left free, never smaller than the body.
    pub(crate) fn name_size(&self, characters: u32) -> u32 {
        let fits = self.page.text_width() / 10 / (characters + 1);
        fits.clamp(self.sizes.body, self.sizes.name.max(self.sizes.body)) / 2 * 2
    }

    /// Height of the name's line: whole lines of the page, so that all below stays on the grid.
    pub(crate) fn name_line(&self, size: u32) -> u32 {
        let wanted = size * 10 * 5 / 4;
        wanted.div_ceil(self.page.line.max(1)) * self.page.line
    }

    /// Width of `hundredths` of a character of that size, in twips.
    pub(crate) fn characters(&self, hundredths: i32, size: u32) -> i32 {
        let advance = size.cast_signed() * 10 + self.page.character_spacing;
        hundredths * advance / 100
    }
}

#[cfg(test)]
mod tests {
    use super::{Misfit, Page, Style};

    fn misfits(page: Page) -> Vec<Misfit> {
        Style { page, ..Style::default() }.misfits()
    }

    #[test]
    fn a_page_that_does_not_hold_its_lines_is_told() {
        assert_eq!(misfits(Page::default()), []);
        let wide = Misfit::Lines { wanted: 22, fit: 21, room: 12756, pitch: 579 };
        assert_eq!(misfits(Page { line: 580, ..Page::default() }), [wide]);
        let long = Misfit::Characters { wanted: 28, fit: 27, room: 8844, spacing: -5 };
        assert_eq!(misfits(Page { character_spacing: 0, ..Page::default() }), [long]);
        let low = Misfit::Footer { bottom: 1984 };
        assert_eq!(misfits(Page { footer: 1900, ..Page::default() }), [low]);
        let none = Page { left: 8000, right: 8000, top: 9000, bottom: 9000, ..Page::default() };
        assert_eq!(misfits(none).len(), 2);
    }

    #[test]
    fn a_name_fits_the_type_area() {
        let style = Style::default();
        assert_eq!(style.name_size(4), 144);
        for characters in 1..26 {
            let width = style.name_size(characters) * 10 * characters;
            assert!(width <= style.page.text_width(), "{characters} characters are {width} wide");
        }
    }

    #[test]
    fn the_default_page_holds_22_lines_of_28_characters() {
        let style = Style::default();
        let page = &style.page;
        assert_eq!((page.height - page.top - page.bottom) / page.line, 22);
        assert!(style.characters(2800, style.sizes.body) <= page.text_width().cast_signed());
        assert!(style.characters(2900, style.sizes.body) > page.text_width().cast_signed());
    }
}
