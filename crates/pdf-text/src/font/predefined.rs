//! The predefined `CMaps` (ISO 32000-1 table 118), parsed once a process and shared.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hayro_cmap::{BfString, CMap, CMapName, CidFamily};

/// A predefined map and how its codes are cut from a string.
pub(crate) struct Predefined {
    map: CMap,
    split: Split,
}

/// The code lengths of each encoding family; the tables of `hayro-cmap` do not give them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Split {
    /// Two bytes: `Identity`, `*-UCS2-*`, JIS `H` and `V`.
    Two,
    /// UTF-16: two bytes, or four for surrogates.
    Utf16,
    /// One byte up to 0x80, else two.
    Gbk,
    /// As `Gbk`, but four when the second byte is a digit (GB 18030).
    Gb18030,
    /// One byte below 0xA1, else two; 0x8E starts two (EUC-JP) or four (EUC-TW).
    Euc { after_8e: usize },
    /// Shift-JIS: 0xA0–0xDF are single bytes too.
    ShiftJis,
}

impl Split {
    fn of(name: &[u8]) -> Self {
        let has = |part: &str| name.windows(part.len()).any(|w| w == part.as_bytes());
        match () {
            () if has("UTF16") => Self::Utf16,
            () if has("RKSJ") => Self::ShiftJis,
            () if has("GBK2K") => Self::Gb18030,
            () if has("CNS-EUC") => Self::Euc { after_8e: 4 },
            () if has("GBK") || has("B5") || has("B5pc") || has("KSCms") => Self::Gbk,
            () if has("EUC") => Self::Euc { after_8e: 2 },
            () => Self::Two,
        }
    }

    pub(crate) fn code_len(self, bytes: &[u8]) -> usize {
        let first = bytes.first().copied().unwrap_or(0);
        match self {
            Self::Utf16 if (0xD8..0xDC).contains(&first) => 4,
            Self::Two | Self::Utf16 => 2,
            Self::Gbk if first > 0x80 && first < 0xFF => 2,
            Self::Gb18030 if first > 0x80 && first < 0xFF => match bytes.get(1) {
                Some(b'0'..=b'9') => 4,
                _ => 2,
            },
            Self::Euc { after_8e } if first == 0x8E => after_8e,
            Self::Euc { .. } if (0xA1..0xFF).contains(&first) => 2,
            Self::ShiftJis if matches!(first, 0x81..=0x9F | 0xE0..=0xFC) => 2,
            _ => 1,
        }
    }
}

impl Predefined {
    pub(crate) fn code_len(&self, bytes: &[u8]) -> usize {
        self.split.code_len(bytes)
    }

    pub(crate) fn cid(&self, code: u32, len: u8) -> Option<u32> {
        self.map.lookup_cid_code(code, len)
    }
}

type Cache = Mutex<HashMap<Vec<u8>, Option<Arc<Predefined>>>>;

/// The predefined map of that name.
pub(crate) fn by_name(name: &[u8]) -> Option<Arc<Predefined>> {
    static CACHE: OnceLock<Cache> = OnceLock::new();
    // Only known names enter the cache, so no file can make it grow.
    if matches!(CMapName::from_bytes(name), CMapName::Custom(_)) {
        return None;
    }
    let cache = CACHE.get_or_init(Cache::default);
    let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    cache.entry(name.to_vec()).or_insert_with(|| parse(name)).clone()
}

fn parse(name: &[u8]) -> Option<Arc<Predefined>> {
    let map = match name {
        b"Identity-H" => CMap::identity_h(),
        b"Identity-V" => CMap::identity_v(),
        _ => CMap::parse(hayro_cmap::load_embedded(CMapName::from_bytes(name))?, hayro_cmap::load_embedded)?,
    };
    let split = Split::of(name);
    Some(Arc::new(Predefined { map, split }))
}

/// The table from CIDs of a character collection to Unicode.
pub(crate) fn collection(registry: &[u8], ordering: &[u8]) -> Option<Arc<Predefined>> {
    let name = CidFamily::from_registry_ordering(registry, ordering).ucs2_cmap()?;
    by_name(name.to_bytes())
}

/// The text of a CID in a table that [`collection`] gave.
pub(crate) fn cid_text(table: &Predefined, cid: u32) -> Option<String> {
    match table.map.lookup_bf_string(cid)? {
        BfString::Char(c) => Some(c.to_string()),
        BfString::String(s) => Some(s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gbk_codes_reach_unicode_through_the_collection() {
        let map = by_name(b"GBK-EUC-H").expect("is predefined");
        let table = collection(b"Adobe", b"GB1").expect("is predefined");
        assert_eq!(map.code_len(b"\xb9\xc3"), 2);
        let cid = map.cid(0xB9C3, 2).expect("is in GBK");
        assert_eq!(cid_text(&table, cid).as_deref(), Some("姑"));
    }

    #[test]
    fn code_lengths_by_family() {
        assert_eq!(Split::of(b"GBK2K-V").code_len(b"\x81\x30\x81\x30"), 4);
        assert_eq!(Split::of(b"UniGB-UTF16-H").code_len(b"\xd8\x40\xdc\x0b"), 4);
        assert_eq!(Split::of(b"UniGB-UCS2-H").code_len(b"\xd8\x40\xdc\x0b"), 2);
        assert_eq!(Split::of(b"90ms-RKSJ-H").code_len(b"\xb1"), 1);
        assert_eq!(Split::of(b"GB-EUC-H").code_len(b"A"), 1);
    }
}
