//! Number formats: how a counter is written, from `一` and `甲` to `IV` and `①`.
//!
//! Pure functions, known by both names of a format: the code of the binary format (MS-OSHARED
//! 2.2.1.3 `MSONFC`) and the name in `w:numFmt` (ECMA-376 §17.18.59 `ST_NumberFormat`). Where a
//! format has no sign for a number, the number is written in Arabic digits, as Word does.

/// `MSONFC` of a bullet: the level's text is the mark.
pub const BULLET: u8 = 0x17;

/// A way to write a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberFormat {
    /// `1`.
    Decimal,
    /// `I`.
    UpperRoman,
    /// `i`.
    LowerRoman,
    /// `A`, after Z `AA`, `BB`.
    UpperLetter,
    /// `a`, after z `aa`, `bb`.
    LowerLetter,
    /// `1st`.
    Ordinal,
    /// `One`.
    CardinalText,
    /// `First`.
    OrdinalText,
    /// `1F`.
    Hex,
    /// `*`, `†`, `‡`, `§`, doubled after that.
    Chicago,
    /// Digits by place, `一〇`.
    IdeographDigital,
    /// `十`, `百`, `千`, `一千` from 1,000 in tens of thousands.
    JapaneseCounting,
    /// `壱`.
    JapaneseLegal,
    /// `１`.
    DecimalFullWidth,
    /// `1`, in half width.
    DecimalHalfWidth,
    /// `①`.
    DecimalEnclosedCircle,
    /// `01`.
    DecimalZero,
    /// `⒈`.
    DecimalEnclosedFullstop,
    /// `⑴`.
    DecimalEnclosedParen,
    /// `㊀`.
    IdeographEnclosedCircle,
    /// `甲`.
    IdeographTraditional,
    /// `子`.
    IdeographZodiac,
    /// `甲子`.
    IdeographZodiacTraditional,
    /// `一`, `十一`; from 100 digits by place.
    ChineseCounting,
    /// `一百二十三`.
    ChineseCountingThousand,
    /// `壹佰贰拾叁`.
    ChineseLegalSimplified,
    /// `壹佰貳拾參`.
    IdeographLegalTraditional,
    /// `- 1 -`.
    NumberInDash,
    /// Nothing.
    None,
}

impl NumberFormat {
    /// The format of a binary document's code; unknown ones count as decimal, as in Word.
    #[must_use]
    pub fn from_nfc(code: u8) -> Self {
        match code {
            0x01 => Self::UpperRoman,
            0x02 => Self::LowerRoman,
            0x03 => Self::UpperLetter,
            0x04 => Self::LowerLetter,
            0x05 => Self::Ordinal,
            0x06 => Self::CardinalText,
            0x07 => Self::OrdinalText,
            0x08 => Self::Hex,
            0x09 => Self::Chicago,
            0x0A | 0x24 => Self::IdeographDigital,
            0x0B => Self::JapaneseCounting,
            0x0E | 0x13 => Self::DecimalFullWidth,
            0x0F => Self::DecimalHalfWidth,
            0x10 => Self::JapaneseLegal,
            0x12 | 0x1C => Self::DecimalEnclosedCircle,
            0x16 => Self::DecimalZero,
            0x1A => Self::DecimalEnclosedFullstop,
            0x1B => Self::DecimalEnclosedParen,
            0x1D => Self::IdeographEnclosedCircle,
            0x1E => Self::IdeographTraditional,
            0x1F => Self::IdeographZodiac,
            0x20 => Self::IdeographZodiacTraditional,
            0x21 | 0x25 => Self::ChineseCounting,
            0x22 => Self::IdeographLegalTraditional,
            0x23 | 0x27 => Self::ChineseCountingThousand,
            0x26 => Self::ChineseLegalSimplified,
            0x39 => Self::NumberInDash,
            0x17 | 0xFF => Self::None,
            _ => Self::Decimal,
        }
    }

    /// The format of a `w:numFmt` name; unknown ones count as decimal.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::CardinalText,
            "ordinalText" => Self::OrdinalText,
            "hex" => Self::Hex,
            "chicago" => Self::Chicago,
            "ideographDigital" | "taiwaneseDigital" => Self::IdeographDigital,
            "japaneseCounting" => Self::JapaneseCounting,
            "japaneseLegal" => Self::JapaneseLegal,
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "decimalHalfWidth" => Self::DecimalHalfWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::DecimalEnclosedCircle,
            "decimalZero" => Self::DecimalZero,
            "decimalEnclosedFullstop" => Self::DecimalEnclosedFullstop,
            "decimalEnclosedParen" => Self::DecimalEnclosedParen,
            "ideographEnclosedCircle" => Self::IdeographEnclosedCircle,
            "ideographTraditional" => Self::IdeographTraditional,
            "ideographZodiac" => Self::IdeographZodiac,
            "ideographZodiacTraditional" => Self::IdeographZodiacTraditional,
            "chineseCounting" | "taiwaneseCounting" => Self::ChineseCounting,
            "chineseCountingThousand" | "taiwaneseCountingThousand" => Self::ChineseCountingThousand,
            "chineseLegalSimplified" => Self::ChineseLegalSimplified,
            "ideographLegalTraditional" => Self::IdeographLegalTraditional,
            "numberInDash" => Self::NumberInDash,
            "none" | "bullet" => Self::None,
            _ => Self::Decimal,
        }
    }
}

/// Writes `value` in a format.
///
/// ```
/// use jianbao_ms_doc::numbers::{NumberFormat, format};
/// assert_eq!(format(21, NumberFormat::ChineseCountingThousand), "二十一");
/// assert_eq!(format(4, NumberFormat::DecimalEnclosedCircle), "④");
/// ```
#[must_use]
pub fn format(value: i32, format: NumberFormat) -> String {
    let written = u32::try_from(value).ok().and_then(|number| write(number, format));
    written.unwrap_or_else(|| value.to_string())
}

fn write(number: u32, format: NumberFormat) -> Option<String> {
    match format {
        NumberFormat::Decimal | NumberFormat::DecimalHalfWidth => Some(number.to_string()),
        NumberFormat::UpperRoman => roman(number),
        NumberFormat::LowerRoman => roman(number).map(|text| text.to_lowercase()),
        NumberFormat::UpperLetter => letters(number, 'A'),
        NumberFormat::LowerLetter => letters(number, 'a'),
        NumberFormat::Ordinal => Some(format!("{number}{}", ordinal_suffix(number))),
        NumberFormat::CardinalText => english(number).map(|(cardinal, _)| capitalised(&cardinal)),
        NumberFormat::OrdinalText => english(number).map(|(_, ordinal)| capitalised(&ordinal)),
        NumberFormat::Hex => Some(format!("{number:X}")),
        NumberFormat::Chicago => chicago(number),
        NumberFormat::IdeographDigital => Some(by_place(number, "〇一二三四五六七八九")),
        NumberFormat::DecimalFullWidth => Some(by_place(number, "０１２３４５６７８９")),
        NumberFormat::DecimalZero => Some(format!("{number:02}")),
        NumberFormat::DecimalEnclosedCircle => circled(number),
        NumberFormat::DecimalEnclosedFullstop => sign(number, 0x2488, 20),
        NumberFormat::DecimalEnclosedParen => sign(number, 0x2474, 20),
        NumberFormat::IdeographEnclosedCircle => sign(number, 0x3280, 10),
        NumberFormat::IdeographTraditional => nth(number, "甲乙丙丁戊己庚辛壬癸"),
        NumberFormat::IdeographZodiac => nth(number, "子丑寅卯辰巳午未申酉戌亥"),
        NumberFormat::IdeographZodiacTraditional => sexagenary(number),
        NumberFormat::ChineseCounting if number >= 100 => Some(by_place(number, "○一二三四五六七八九")),
        NumberFormat::ChineseCounting | NumberFormat::ChineseCountingThousand => counted(number, &CHINESE),
        NumberFormat::ChineseLegalSimplified => counted(number, &LEGAL_SIMPLIFIED),
        NumberFormat::IdeographLegalTraditional => counted(number, &LEGAL_TRADITIONAL),
        NumberFormat::JapaneseCounting => counted(number, &JAPANESE),
        NumberFormat::JapaneseLegal => counted(number, &JAPANESE_LEGAL),
        NumberFormat::NumberInDash => Some(format!("- {number} -")),
        NumberFormat::None => Some(String::new()),
    }
}

/// The signs of a counting system of tens, hundreds, thousands and ten thousands.
struct Counting {
    digits: &'static str,
    units: [&'static str; 4],
    myriads: [&'static str; 3],
    /// Stands for skipped places: `一百零一`. Japanese has none.
    skipped: &'static str,
    /// 10–19 without the leading one: `十二`.
    bare_ten: bool,
    /// No one before 十, 百, 千 anywhere: `百二十`.
    bare_units: bool,
}

const CHINESE: Counting = Counting {
    digits: "零一二三四五六七八九",
    units: ["", "十", "百", "千"],
    myriads: ["", "万", "亿"],
    skipped: "零",
    bare_ten: true,
    bare_units: false,
};

const LEGAL_SIMPLIFIED: Counting =
    Counting {
        digits: "零壹贰叁肆伍陆柒捌玖", units: ["", "拾", "佰", "仟"], bare_ten: false, ..CHINESE
    };

const LEGAL_TRADITIONAL: Counting = Counting {
    digits: "零壹貳參肆伍陸柒捌玖",
    units: ["", "拾", "佰", "仟"],
    myriads: ["", "萬", "億"],
    bare_ten: false,
    ..CHINESE
};

const JAPANESE: Counting = Counting {
    digits: "〇一二三四五六七八九",
    myriads: ["", "万", "億"],
    skipped: "",
    bare_units: true,
    ..CHINESE
};

const JAPANESE_LEGAL: Counting = Counting {
    digits: "〇壱弐参四伍六七八九",
    units: ["", "拾", "百", "阡"],
    myriads: ["", "萬", "億"],
    skipped: "",
    bare_ten: false,
    bare_units: false,
};

fn counted(number: u32, system: &Counting) -> Option<String> {
    if number == 0 {
        return system.digits.chars().next().map(String::from);
    }
    let mut text = String::new();
    let mut skipped = false;
    for place in (0..10_u32).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        let unit = system.units.get(place as usize % 4)?;
        if digit == 0 {
            skipped = !text.is_empty();
        } else {
            if std::mem::take(&mut skipped) {
                text.push_str(system.skipped);
            }
            let is_bare = digit == 1
                && place % 4 != 0
                && (system.bare_units || system.bare_ten && place % 4 == 1 && text.is_empty());
            if !is_bare {
                text.push(system.digits.chars().nth(digit as usize)?);
            }
            text.push_str(unit);
        }
        let group_ends = place > 0 && place % 4 == 0;
        if group_ends && !(number / 10_u32.pow(place)).is_multiple_of(10_000) {
            text.push_str(system.myriads.get(place as usize / 4)?);
        }
    }
    Some(text)
}

fn by_place(number: u32, digits: &str) -> String {
    let sign = |digit: char| digits.chars().nth(digit.to_digit(10)? as usize);
    number.to_string().chars().filter_map(sign).collect()
}

/// The one-based `number` of a row of signs; none after the last.
fn nth(number: u32, signs: &str) -> Option<String> {
    signs.chars().nth(number.checked_sub(1)? as usize).map(String::from)
}

/// The one-based `number` of `count` code points from `first`.
fn sign(number: u32, first: u32, count: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|&index| index < count)?;
    char::from_u32(first + index).map(String::from)
}

fn circled(number: u32) -> Option<String> {
    match number {
        0 => Some("⓪".to_owned()),
        1..=20 => sign(number, 0x2460, 20),
        21..=35 => sign(number - 20, 0x3251, 15),
        _ => sign(number.checked_sub(35)?, 0x32B1, 15),
    }
}

fn sexagenary(number: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|&index| index < 60)?;
    let stem = nth(index % 10 + 1, "甲乙丙丁戊己庚辛壬癸")?;
    Some(stem + &nth(index % 12 + 1, "子丑寅卯辰巳午未申酉戌亥")?)
}

/// One letter, repeated once more for each round of 26; Word writes at most 30 of them.
fn letters(number: u32, first: char) -> Option<String> {
    let index = number.checked_sub(1).filter(|&index| index < 26 * 30)?;
    let letter = char::from_u32(u32::from(first) + index % 26)?;
    Some(std::iter::repeat_n(letter, index as usize / 26 + 1).collect())
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 32_767 {
        return None;
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

fn chicago(number: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|&index| index < 4 * 30)?;
    Some(nth(index % 4 + 1, "*†‡§")?.repeat(index as usize / 4 + 1))
}

fn ordinal_suffix(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// Cardinal and ordinal below 100; above, Arabic digits do.
fn english(number: u32) -> Option<(String, String)> {
    const ONES: &str = "zero one two three four five six seven eight nine ten eleven twelve \
        thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
    const ORDINALS: &str = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth \
        eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth";
    const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";
    let word = |words: &'static str, index: u32| words.split_whitespace().nth(index as usize);
    if number < 20 {
        return Some((word(ONES, number)?.into(), word(ORDINALS, number)?.into()));
    }
    let tens = word(TENS, number / 10 - 2)?;
    if number.is_multiple_of(10) {
        return Some((tens.into(), format!("{}ieth", tens.trim_end_matches('y'))));
    }
    let cardinal = format!("{tens}-{}", word(ONES, number % 10)?);
    Some((cardinal, format!("{tens}-{}", word(ORDINALS, number % 10)?)))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::NumberFormat as F;

    #[track_caller]
    fn check(format: F, cases: &[(i32, &str)]) {
        for &(value, expected) in cases {
            assert_eq!(super::format(value, format), expected, "{value} as {format:?}");
        }
    }

    #[test]
    fn chinese_counting_drops_the_one_only_in_front_of_a_leading_ten() {
        let cases = [
            (0, "零"),
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (99, "九十九"),
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (10_010, "一万零一十"),
            (100_000, "十万"),
            (1_000_000, "一百万"),
        ];
        check(F::ChineseCountingThousand, &cases);
    }

    #[test]
    fn chinese_counting_changes_to_places_at_a_hundred() {
        check(F::ChineseCounting, &[(10, "十"), (99, "九十九"), (100, "一○○"), (123, "一二三")]);
        check(F::IdeographDigital, &[(1, "一"), (10, "一〇"), (2025, "二〇二五")]);
    }

    #[test]
    fn legal_numbers_keep_the_one() {
        check(F::ChineseLegalSimplified, &[(3, "叁"), (12, "壹拾贰"), (105, "壹佰零伍")]);
        check(F::IdeographLegalTraditional, &[(23, "貳拾參")]);
        check(F::JapaneseLegal, &[(12, "壱拾弐")]);
    }

    #[test]
    fn japanese_has_neither_zero_nor_one_before_a_unit() {
        check(F::JapaneseCounting, &[(10, "十"), (101, "百一"), (1110, "千百十"), (10_000, "一万")]);
    }

    #[test]
    fn signs_end_and_digits_follow() {
        check(F::DecimalEnclosedCircle, &[(1, "①"), (20, "⑳"), (21, "㉑"), (50, "㊿"), (51, "51")]);
        check(F::IdeographTraditional, &[(1, "甲"), (10, "癸"), (11, "11")]);
        check(F::IdeographZodiac, &[(12, "亥"), (13, "13")]);
        check(F::IdeographZodiacTraditional, &[(1, "甲子"), (11, "甲戌"), (60, "癸亥")]);
        check(F::DecimalEnclosedParen, &[(2, "⑵"), (0, "0")]);
    }

    #[test]
    fn western_formats() {
        check(F::UpperRoman, &[(4, "IV"), (1999, "MCMXCIX"), (0, "0")]);
        check(F::LowerLetter, &[(1, "a"), (26, "z"), (27, "aa"), (53, "aaa")]);
        check(F::Ordinal, &[(1, "1st"), (12, "12th"), (22, "22nd")]);
        check(F::OrdinalText, &[(1, "First"), (20, "Twentieth"), (21, "Twenty-first")]);
        check(F::DecimalZero, &[(7, "07"), (12, "12")]);
        check(F::DecimalFullWidth, &[(10, "１０")]);
        check(F::Decimal, &[(-3, "-3")]);
    }

    #[test]
    fn both_names_of_a_format_agree() {
        let pairs = [
            (0x0A, "ideographDigital"),
            (0x12, "decimalEnclosedCircle"),
            (0x1E, "ideographTraditional"),
            (0x25, "chineseCounting"),
            (0x26, "chineseLegalSimplified"),
            (0x27, "chineseCountingThousand"),
            (0x0B, "japaneseCounting"),
        ];
        for (code, name) in pairs {
            assert_eq!(F::from_nfc(code), F::from_name(name), "{name}");
        }
    }
}
