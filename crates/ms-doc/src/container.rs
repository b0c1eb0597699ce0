//! A tolerant, bounded reader of OLE compound files (MS-CFB): header, FAT, directory, streams.
//!
//! Own code instead of a crate because it must go on where others refuse ("Malformed FAT" on
//! files that Word opens), stop at every cycle and charge each byte to one budget. It reads
//! whole streams by name from the root storage and nothing else.

use crate::bytes::{slice, u8_at, u16_at, u32_at, utf16_at};
use crate::error::{Error, Warning};
use crate::limits::Budget;

const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const HEADER_LEN: usize = 512; // bytes, MS-CFB 2.2
const DIRECTORY_ENTRY_LEN: usize = 128; // bytes, MS-CFB 2.6.1
const HEADER_DIFAT_LEN: u32 = 109; // entries of the DIFAT inside the header
const MAX_REGULAR_SECTOR: u32 = 0xFFFF_FFFA; // MS-CFB 2.1; above: end of chain, free, FAT
const NO_STREAM: u32 = 0xFFFF_FFFF;
const MAX_DIRECTORY_ENTRIES: usize = 65_536;

/// An opened compound file: where the sectors of each root stream are.
#[derive(Debug)]
pub(crate) struct Container<'a> {
    data: &'a [u8],
    sector_shift: u32,
    mini_shift: u32,
    mini_cutoff: u64,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
    root_children: Vec<usize>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

impl<'a> Container<'a> {
    /// Reads header, FAT and directory; a broken chain ends where it breaks.
    pub(crate) fn open(data: &'a [u8], budget: &mut Budget) -> Result<Self, Error> {
        if data.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(Error::NotCompoundFile);
        }
        let damaged = |what, at| Error::Damaged { what, at };
        let header = slice(data, 0, HEADER_LEN).ok_or(damaged("CFB header", 0))?;
        let number = |at| u32_at(header, at).unwrap_or(NO_STREAM);
        let sector_shift = u32::from(u16_at(header, 30).unwrap_or(0));
        let mini_shift = u32::from(u16_at(header, 32).unwrap_or(0));
        if !(7..=16).contains(&sector_shift) || mini_shift < 2 || mini_shift > sector_shift {
            return Err(damaged("CFB sector size", 30));
        }
        let mut container = Self {
            data,
            sector_shift,
            mini_shift,
            mini_cutoff: u64::from(number(56)),
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
            root_children: Vec::new(),
        };
        container.read_fat(header, budget)?;
        container.read_directory(number(48), budget)?;
        let mini_fat = container.chain_bytes(number(60), u64::MAX, budget)?;
        container.mini_fat = words(&mini_fat);
        if let Some((start, size)) = container.entries.first().map(|root| (root.start, root.size)) {
            container.mini_stream = container.chain_bytes(start, size, budget)?;
        }
        container.root_children = container.children_of_root();
        Ok(container)
    }

    /// The names of the streams and storages directly at the root.
    pub(crate) fn root_names(&self) -> impl Iterator<Item = &str> {
        let name = |&index: &usize| self.entries.get(index).map(|entry| entry.name.as_str());
        self.root_children.iter().filter_map(name)
    }

    /// Whether the root holds `name` (compared without case, as MS-CFB 2.6.4 does).
    pub(crate) fn has(&self, name: &str) -> bool {
        self.root_names().any(|found| found.eq_ignore_ascii_case(name))
    }

    /// Whether any entry of the directory, at any depth, has this name.
    pub(crate) fn has_anywhere(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// A root stream's bytes, as many as there are; `None` when there is no such stream.
    pub(crate) fn stream(
        &self,
        name: &str,
        budget: &mut Budget,
        warnings: &mut Vec<Warning>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let wanted = |entry: &&Entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name);
        let mut children = self.root_children.iter().filter_map(|&index| self.entries.get(index));
        let Some(entry) = children.find(wanted) else {
            return Ok(None);
        };
        let bytes = if entry.size < self.mini_cutoff {
            self.mini_chain_bytes(entry.start, entry.size, budget)?
        } else {
            self.chain_bytes(entry.start, entry.size, budget)?
        };
        if (bytes.len() as u64) < entry.size {
            warnings.push(Warning::StreamCut {
                stream: name.to_owned(),
                declared: entry.size,
                found: bytes.len() as u64,
            });
        }
        Ok(Some(bytes))
    }

    /// A sector's bytes; the last one of a file may be cut short.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let size = 1_usize << self.sector_shift;
        // The header takes one sector's place, also where sectors are 4 KiB.
        let at = (id as usize).checked_add(1)?.checked_mul(size)?;
        let rest = self.data.get(at..)?;
        (!rest.is_empty()).then(|| rest.get(..size).unwrap_or(rest))
    }

    fn read_fat(&mut self, header: &[u8], budget: &mut Budget) -> Result<(), Error> {
        let sectors_in_file = self.data.len() >> self.sector_shift;
        let per_sector = 1_u32 << (self.sector_shift - 2);
        let mut fat_sectors: Vec<u32> =
            (0..HEADER_DIFAT_LEN).filter_map(|slot| u32_at(header, 76 + 4 * slot as usize)).collect();
        let mut next = u32_at(header, 68).unwrap_or(NO_STREAM);
        // A DIFAT chain that is longer than the file has sectors is a cycle.
        for _ in 0..=sectors_in_file {
            let Some(sector) = (next < MAX_REGULAR_SECTOR).then(|| self.sector(next)).flatten() else {
                break;
            };
            let entries = words(sector);
            let used = entries.iter().take(per_sector as usize - 1);
            fat_sectors.extend(used.copied());
            next = entries.get(per_sector as usize - 1).copied().unwrap_or(NO_STREAM);
        }
        fat_sectors.retain(|&id| id < MAX_REGULAR_SECTOR);
        // One FAT sector maps `per_sector` sectors; what a longer FAT maps is not in the file.
        fat_sectors.truncate(sectors_in_file / per_sector as usize + 1);
        budget.spend(fat_sectors.len() << self.sector_shift)?;
        for id in fat_sectors {
            let mut entries = self.sector(id).map(words).unwrap_or_default();
            entries.resize(per_sector as usize, NO_STREAM);
            self.fat.extend(entries);
        }
        Ok(())
    }

    fn read_directory(&mut self, start: u32, budget: &mut Budget) -> Result<(), Error> {
        let bytes = self.chain_bytes(start, u64::MAX, budget)?;
        let wide_sizes = self.sector_shift > 9; // MS-CFB 2.6.1: version 3 has 32-bit sizes
        let entries = bytes.chunks_exact(DIRECTORY_ENTRY_LEN).take(MAX_DIRECTORY_ENTRIES);
        self.entries = entries.filter_map(|raw| Entry::parse(raw, wide_sizes)).collect();
        if self.entries.is_empty() {
            return Err(Error::Damaged { what: "CFB directory", at: u64::from(start) });
        }
        Ok(())
    }

    /// The root's red-black tree, walked without recursion and without visiting twice.
    fn children_of_root(&self) -> Vec<usize> {
        let mut seen = vec![false; self.entries.len()];
        let mut found = Vec::new();
        let mut open: Vec<u32> = self.entries.first().map(|root| root.child).into_iter().collect();
        while let Some(id) = open.pop() {
            let index = id as usize;
            let (Some(entry), Some(mark)) = (self.entries.get(index), seen.get_mut(index)) else {
                continue;
            };
            if std::mem::replace(mark, true) || index == 0 {
                continue;
            }
            found.push(index);
            open.extend([entry.left, entry.right]);
        }
        found
    }

    /// The bytes of a chain of sectors, at most `size`; ends at a cycle or outside the file.
    fn chain_bytes(&self, start: u32, size: u64, budget: &mut Budget) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let mut id = start;
        let wanted = usize::try_from(size).unwrap_or(usize::MAX);
        // Each sector is at most once in an honest chain.
        for _ in 0..self.fat.len() {
            if id >= MAX_REGULAR_SECTOR || bytes.len() >= wanted {
                break;
            }
            let Some(sector) = self.sector(id) else { break };
            let take = sector.len().min(wanted - bytes.len());
            budget.spend(take)?;
            bytes.extend_from_slice(sector.get(..take).unwrap_or(sector));
            id = self.fat.get(id as usize).copied().unwrap_or(NO_STREAM);
        }
        Ok(bytes)
    }

    fn mini_chain_bytes(&self, start: u32, size: u64, budget: &mut Budget) -> Result<Vec<u8>, Error> {
        let mini = 1_usize << self.mini_shift;
        let wanted = usize::try_from(size).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut id = start;
        for _ in 0..self.mini_fat.len() {
            if id >= MAX_REGULAR_SECTOR || bytes.len() >= wanted {
                break;
            }
            let rest = (id as usize).checked_mul(mini).and_then(|at| self.mini_stream.get(at..));
            let Some(rest) = rest else { break };
            let take = rest.len().min(mini).min(wanted - bytes.len());
            budget.spend(take)?;
            bytes.extend_from_slice(rest.get(..take).unwrap_or(rest));
            id = self.mini_fat.get(id as usize).copied().unwrap_or(NO_STREAM);
        }
        Ok(bytes)
    }
}

impl Entry {
    fn parse(raw: &[u8], wide_sizes: bool) -> Option<Self> {
        let name_bytes = usize::from(u16_at(raw, 64)?).min(64);
        let size_low = u64::from(u32_at(raw, 120)?);
        let size_high = if wide_sizes { u64::from(u32_at(raw, 124)?) } else { 0 };
        Some(Self {
            name: utf16_at(raw, 0, (name_bytes / 2).saturating_sub(1))?,
            kind: u8_at(raw, 66)?,
            left: u32_at(raw, 68)?,
            right: u32_at(raw, 72)?,
            child: u32_at(raw, 76)?,
            start: u32_at(raw, 116)?,
            size: size_high << 32 | size_low,
        })
    }
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|chunk| u32_at(chunk, 0)).collect()
}
