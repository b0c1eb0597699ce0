//! Pure functions on characters: folding of look-alikes, and classes for spacing.

/// CJK radicals supplement to unified ideographs: NFKC leaves these alone, but browsers and Word
/// write them in `ToUnicode` because the font shares the glyph (Unicode: `EquivalentUnifiedIdeograph`).
#[rustfmt::skip] // a table, not a list
const RADICALS: &[(char, char)] = &[
    ('⺁', '厂'), ('⺄', '乙'), ('⺅', '亻'), ('⺆', '冂'), ('⺇', '几'), ('⺈', '刀'), ('⺉', '刂'),
    ('⺊', '卜'), ('⺋', '㔾'), ('⺌', '小'), ('⺍', '小'), ('⺎', '尢'), ('⺏', '尣'), ('⺐', '尢'),
    ('⺑', '尣'), ('⺒', '巳'), ('⺓', '幺'), ('⺔', '彑'), ('⺕', '彐'), ('⺖', '忄'), ('⺗', '㣺'),
    ('⺘', '扌'), ('⺙', '攵'), ('⺛', '旡'), ('⺜', '日'), ('⺝', '月'), ('⺞', '歺'), ('⺟', '母'),
    ('⺠', '民'), ('⺡', '氵'), ('⺢', '氺'), ('⺣', '灬'), ('⺤', '爫'), ('⺥', '爫'), ('⺦', '丬'),
    ('⺧', '牛'), ('⺨', '犭'), ('⺩', '王'), ('⺪', '疋'), ('⺫', '罒'), ('⺬', '示'), ('⺭', '礻'),
    ('⺮', '竹'), ('⺯', '糹'), ('⺰', '纟'), ('⺱', '罓'), ('⺲', '罒'), ('⺳', '㓁'), ('⺵', '羊'),
    ('⺶', '羊'), ('⺷', '羊'), ('⺸', '羊'), ('⺹', '耂'), ('⺺', '肀'), ('⺻', '聿'), ('⺼', '肉'),
    ('⺽', '臼'), ('⺾', '艹'), ('⺿', '艹'), ('⻀', '艹'), ('⻁', '虎'), ('⻂', '衤'), ('⻃', '覀'),
    ('⻄', '西'), ('⻅', '见'), ('⻆', '角'), ('⻇', '角'), ('⻈', '讠'), ('⻉', '贝'), ('⻊', '足'),
    ('⻋', '车'), ('⻌', '辶'), ('⻍', '辶'), ('⻎', '辶'), ('⻏', '阝'), ('⻐', '钅'), ('⻑', '長'),
    ('⻒', '镸'), ('⻓', '长'), ('⻔', '门'), ('⻕', '阜'), ('⻖', '阝'), ('⻗', '雨'), ('⻘', '青'),
    ('⻙', '韦'), ('⻚', '页'), ('⻛', '风'), ('⻜', '飞'), ('⻝', '食'), ('⻞', '食'), ('⻟', '飠'),
    ('⻠', '饣'), ('⻡', '首'), ('⻢', '马'), ('⻣', '骨'), ('⻤', '鬼'), ('⻥', '鱼'), ('⻦', '鸟'),
    ('⻧', '卤'), ('⻨', '麦'), ('⻩', '黄'), ('⻪', '黾'), ('⻫', '斉'), ('⻬', '齐'), ('⻭', '歯'),
    ('⻮', '齿'), ('⻯', '竜'), ('⻰', '龙'), ('⻱', '龜'), ('⻲', '亀'), ('⻳', '龟'),
];

/// The 214 Kangxi radicals U+2F00–2FD5, in order.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Vertical presentation forms U+FE10–FE19 and U+FE30–FE44 to what they stand for.
#[rustfmt::skip] // a table, not a list
const VERTICAL: &[(char, char)] = &[
    ('︐', '，'), ('︑', '、'), ('︒', '。'), ('︓', '：'), ('︔', '；'), ('︕', '！'), ('︖', '？'),
    ('︗', '〖'), ('︘', '〗'), ('︙', '…'), ('︰', '…'), ('︱', '—'), ('︲', '–'), ('︳', '_'),
    ('︵', '（'), ('︶', '）'), ('︷', '｛'), ('︸', '｝'), ('︹', '〔'), ('︺', '〕'), ('︻', '【'),
    ('︼', '】'), ('︽', '《'), ('︾', '》'), ('︿', '〈'), ('﹀', '〉'), ('﹁', '「'), ('﹂', '」'),
    ('﹃', '『'), ('﹄', '』'),
];

/// Folds a character to the one that a reader would type.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{2E80}'..='\u{2EF3}' => lookup(RADICALS, c),
        '\u{2F00}'..='\u{2FD5}' => KANGXI.chars().nth(c as usize - 0x2F00).unwrap_or(c),
        '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE44}' => lookup(VERTICAL, c),
        _ => c,
    }
}

fn lookup(table: &[(char, char)], c: char) -> char {
    table.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

/// The letters of a Latin ligature.
pub(crate) fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Blank characters, from which only the space itself and the ideographic space are kept.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}')
}

/// Private use areas.
pub(crate) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// Characters that are set solid, without blanks between words.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{323AF}' | '\u{2460}'..='\u{24FF}'
        | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Full-width marks whose ink fills the left half, so that their right half looks like a blank.
pub(crate) fn closes(c: char) -> bool {
    "，。、；：！？．）】》〉」』〕｝”’".contains(c)
}

/// Full-width marks whose ink fills the right half.
pub(crate) fn opens(c: char) -> bool {
    "（【《〈「『〔｛“‘".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kangxi_table_is_complete_and_in_order() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(fold('⼀'), '一');
        assert_eq!(fold('⾏'), '行');
        assert_eq!(fold('\u{2FD5}'), '龠');
    }

    #[test]
    fn supplement_radicals_and_vertical_forms_fold() {
        assert_eq!(fold('⺠'), '民');
        assert_eq!(fold('⻓'), '长');
        assert_eq!(fold('︵'), '（');
        assert_eq!(fold('①'), '①');
    }
}
