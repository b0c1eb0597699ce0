//! Near-duplicates: the same text in another format or with small changes.
//!
//! MinHash over the character shingles of the words, cut into bands (Broder 1997; Leskovec, Rajaraman and
//! Ullman, *Mining of Massive Datasets*, 3.4): texts that share a band are candidates, and the share of
//! common shingles decides. The bands lie in a table, so that a search reads the few rows of its own bands
//! and not all texts.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::Result;
use crate::items::ItemId;
use crate::receipts::SubmissionId;

/// Characters of a shingle; two Chinese words of two characters overlap in every one.
const SHINGLE: usize = 3;

/// Bands and hashes in each: of texts that share 60 % of their shingles 99 of 100 meet in a band, of texts
/// that share 5 % one in 400.
const BANDS: usize = 20;
const ROWS: usize = 3;

/// Share of common shingles from which two texts are reported, in thousandths.
const REPORTED: u16 = 600;

/// Candidates that are compared at most, those with the most common bands: a boilerplate text would otherwise
/// be compared with every copy.
const CANDIDATES: usize = 20;

/// Texts of a band that are looked at, the newest: the band of a boilerplate has them all.
const NEWEST: u32 = 200;

/// An earlier item that says nearly the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The earlier item.
    pub earlier: ItemId,
    /// Share of common shingles, in thousandths.
    pub permille: u16,
}

/// The letters and digits of a text: blanks and punctuation differ between formats.
fn letters(words: &str) -> Vec<char> {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The hashes of a text's shingles, sorted, each once.
fn shingles(words: &str) -> Vec<u64> {
    let letters = letters(words);
    if letters.is_empty() {
        return Vec::new();
    }
    let mut shingles: Vec<u64> = letters.windows(SHINGLE.min(letters.len())).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// FNV-1a over the characters, mixed: the bands lie in the file, so the hash must never change.
fn hash(shingle: &[char]) -> u64 {
    let fold = |state: u64, c: &char| (state ^ u64::from(u32::from(*c))).wrapping_mul(0x0000_0100_0000_01b3);
    mix(shingle.iter().fold(0xcbf2_9ce4_8422_2325, fold))
}

/// The finaliser of SplitMix64.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The bands of a text; none of a text without letters.
fn bands(shingles: &[u64]) -> Vec<i64> {
    if shingles.is_empty() {
        return Vec::new();
    }
    let least = |row: usize| {
        let seed = mix(row as u64 + 1);
        shingles.iter().fold(u64::MAX, |least, shingle| least.min(mix(shingle ^ seed)))
    };
    let band = |band: usize| {
        let rows = (band * ROWS)..(band + 1) * ROWS;
        rows.fold(band as u64, |state, row| mix(state ^ least(row))).cast_signed()
    };
    (0..BANDS).map(band).collect()
}

/// Share of common shingles of two texts (Jaccard), in thousandths.
fn likeness(one: &[u64], other: &[u64]) -> u16 {
    let (mut at, mut of, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(at), other.get(of)) {
        let order = a.cmp(b);
        at += usize::from(order != Ordering::Greater);
        of += usize::from(order != Ordering::Less);
        common += usize::from(order == Ordering::Equal);
    }
    let all = one.len() + other.len() - common;
    (common * 1000).checked_div(all).map_or(0, |share| share as u16)
}

/// A text that is compared with earlier ones.
pub(crate) struct Compared {
    shingles: Vec<u64>,
    bands: Vec<i64>,
}

impl Compared {
    pub(crate) fn new(words: &str) -> Self {
        let shingles = shingles(words);
        Self { bands: bands(&shingles), shingles }
    }

    /// Lets a revision be found by its bands.
    pub(crate) fn index(&self, connection: &Connection, revision: i64) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO bands (band, revision) VALUES (?, ?)";
        let mut insert = connection.prepare_cached(sql)?;
        for band in &self.bands {
            insert.execute(params![band, revision])?;
        }
        Ok(())
    }

    /// Share of common shingles with another text, in thousandths.
    pub(crate) fn likeness(&self, words: &str) -> u16 {
        likeness(&self.shingles, &shingles(words))
    }

    /// The earlier item most like this text, apart from the item itself and those of the same submission.
    pub(crate) fn find(
        &self,
        connection: &Connection,
        item: Option<ItemId>,
        submission: SubmissionId,
    ) -> Result<Option<Near>> {
        let mut best: Option<Near> = None;
        let mut read = connection.prepare_cached(
            "SELECT item, words FROM revisions WHERE id = ? AND item IS NOT ? AND submission IS NOT ?",
        )?;
        let mut compared = 0;
        for revision in self.candidates(connection)? {
            let other = read.query_row(params![revision, item, submission], |row| {
                Ok((row.get::<_, ItemId>(0)?, row.get::<_, String>(1)?))
            });
            let Some((earlier, words)) = other.optional()? else { continue };
            let permille = likeness(&self.shingles, &shingles(&words));
            if permille >= REPORTED && best.is_none_or(|near| near.permille < permille) {
                best = Some(Near { earlier, permille });
            }
            compared += 1;
            if compared == CANDIDATES {
                break;
            }
        }
        Ok(best)
    }

    /// The revisions that share a band, those with the most common bands first.
    fn candidates(&self, connection: &Connection) -> Result<Vec<i64>> {
        // Nothing but the index is read here: a row of the revisions is large, and few are needed.
        let sql = "SELECT revision FROM bands WHERE band = ? ORDER BY revision DESC LIMIT ?";
        let mut rows = connection.prepare_cached(sql)?;
        let mut found = BTreeMap::<i64, usize>::new();
        for band in &self.bands {
            let mut rows = rows.query(params![band, NEWEST])?;
            while let Some(row) = rows.next()? {
                *found.entry(row.get(0)?).or_default() += 1;
            }
        }
        let mut found: Vec<(i64, usize)> = found.into_iter().collect();
        found.sort_by_key(|(revision, common)| (Reverse(*common), *revision));
        Ok(found.into_iter().map(|(revision, _)| revision).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "区残联聚焦残疾人就业需求，联合人社部门举办专场招聘会。一是摸清底数，对辖区内有就业意愿的\
        残疾人逐户走访登记，建立台账。二是搭建平台，组织28家企业提供岗位136个，现场达成意向42人。三是\
        跟踪服务，安排专人开展岗前培训和上岗后的回访，确保稳得住、能发展。";

    fn share(other: &str) -> (u16, usize) {
        let [one, other] = [TEXT, other].map(Compared::new);
        let common = one.bands.iter().filter(|band| other.bands.contains(band)).count();
        (likeness(&one.shingles, &other.shingles), common)
    }

    #[test]
    fn what_an_office_changes_in_a_text_leaves_it_near() {
        let variants = [
            // As a PDF gives it: blanks at the ends of lines, half-width punctuation.
            TEXT.replace('，', ",").replace("登记", "登 记\n"),
            // Figures corrected.
            TEXT.replace("28", "31").replace("136", "150").replace("42", "47"),
            // A sentence more.
            format!("3月25日上午，{TEXT}下一步，区残联将持续发力。"),
            // The unit's name written out and a word replaced.
            TEXT.replace("区残联", "姑苏区残疾人联合会").replace("聚焦", "围绕"),
            // A point left out.
            TEXT.split("三是").next().unwrap().to_owned(),
        ];
        for variant in variants {
            let (likeness, common) = share(&variant);
            assert!(likeness >= REPORTED && common > 0, "{likeness} {common} {variant}");
        }
    }

    #[test]
    fn another_text_of_the_same_kind_is_not_near() {
        let other = "区民卫局聚焦老年人健康需求，联合社区卫生服务中心开展义诊活动。一是摸清底数，对辖区内的\
            老年人逐户走访登记，建立档案。二是搭建平台，组织12名医生提供问诊，现场服务260人。三是跟踪服务，\
            安排专人开展慢性病随访，确保早发现、早干预。";
        let (likeness, _) = share(other);
        assert!(likeness < REPORTED, "{likeness}");
    }

    #[test]
    fn short_and_empty_texts_have_their_own_bands() {
        assert!(bands(&shingles(" ，。")).is_empty());
        assert_eq!(bands(&shingles("甲")).len(), BANDS);
        assert_ne!(bands(&shingles("甲")), bands(&shingles("乙")));
        assert_eq!(likeness(&shingles(""), &shingles("")), 0);
    }

    #[test]
    fn the_bands_of_a_text_stay_as_they_lie_in_files() {
        // As another program computes them from the description above.
        assert_eq!(
            bands(&shingles("三是跟踪服务"))[..2],
            [-1_939_312_649_581_419_555, -7_444_178_288_129_288_053]
        );
    }
}
