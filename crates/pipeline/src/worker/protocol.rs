//! What parent and worker say to each other: frames of a length (4 bytes, little endian) and so many bytes.
//!
//! Parent: [`Setup`], once; then for each file [`Request`] and the bytes of the file, in blocks that are
//! not framed. Worker: [`Greeting`], once; then for each file an [`Answer`], after [`Answer::Pictures`] so
//! many frames of one picture each. The values are written by postcard, which has no names of fields: both
//! sides must be the same program, which the greeting proves.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};

use jianbao_model::SourceId;
use jianbao_normalize as normalize;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::parse::{Kind, Parsed};
use crate::system::Protection;

/// Largest frame: 16 MiB.
pub(super) const FRAME: usize = 16 << 20;

/// What holds for all files of a worker.
#[derive(Serialize, Deserialize)]
pub(super) struct Setup {
    /// Address space in bytes.
    pub(super) memory: u64,
    /// What the files are.
    pub(super) kind: Kind,
    /// Whether the text as shown is wanted.
    pub(super) keep_text: bool,
    /// Largest file in bytes.
    pub(super) file_bytes: u64,
    /// What opens the files. The pipe is nobody else's.
    pub(super) password: Option<String>,
    /// What the normaliser knows.
    pub(super) normalize: normalize::Config,
}

/// What a worker says when it is shut in.
#[derive(Serialize, Deserialize)]
pub(super) struct Greeting {
    /// Version of its program.
    pub(super) version: String,
    /// Mark of its program file ([`crate::system::mark`]).
    pub(super) mark: (u64, u128),
    /// What the system could not give.
    pub(super) missing: Vec<Protection>,
}

/// A file, whose bytes follow.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    /// Its name without folders.
    pub(super) name: String,
    /// The folder it lies in.
    pub(super) folder: Option<String>,
    /// Its identity, so that it need not be hashed on both sides.
    pub(super) identity: SourceId,
    /// Its length in bytes.
    pub(super) length: u64,
    /// Seconds of processor time for it.
    pub(super) processor_seconds: u64,
    /// The pictures that are wanted; none if the text is.
    pub(super) pictures: Option<BTreeSet<SourceId>>,
}

/// What a file gave.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// Its items.
    Parsed(Box<Parsed>),
    /// More than a frame holds.
    TooLarge,
    /// So many pictures, each in a frame of its own.
    Pictures(usize),
}

/// Writes a value as a frame; `Ok(false)` and nothing written if it is larger than a frame.
pub(super) fn send(to: &mut impl Write, value: &impl Serialize) -> io::Result<bool> {
    let frame = postcard::to_extend(value, vec![0; 4]).map_err(invalid)?;
    send_frame(to, frame)
}

/// Writes bytes as a frame.
pub(super) fn send_bytes(to: &mut impl Write, bytes: &[u8]) -> io::Result<bool> {
    let mut frame = vec![0; 4];
    frame.extend_from_slice(bytes);
    send_frame(to, frame)
}

fn send_frame(to: &mut impl Write, mut frame: Vec<u8>) -> io::Result<bool> {
    let length = frame.len() - 4;
    if length > FRAME {
        return Ok(false);
    }
    frame[..4].copy_from_slice(&u32::try_from(length).map_err(invalid)?.to_le_bytes());
    to.write_all(&frame)?;
    to.flush()?;
    Ok(true)
}

/// Reads the bytes of a frame. Memory is taken as bytes arrive and never more than a frame holds.
pub(super) fn receive_bytes(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length as usize > FRAME {
        return Err(invalid("a frame is too long"));
    }
    read_block(from, u64::from(length))
}

/// Reads a value; bytes that are left over are an error too.
pub(super) fn receive<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let bytes = receive_bytes(from)?;
    match postcard::take_from_bytes(&bytes) {
        Ok((value, [])) => Ok(value),
        Ok(_) => Err(invalid("bytes are left over")),
        Err(error) => Err(invalid(error)),
    }
}

/// Reads exactly so many bytes.
pub(super) fn read_block(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(1 << 20)).unwrap_or(0));
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn invalid(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_through_unchanged() {
        let parsed = Parsed {
            source: Some(SourceId::of("稿".as_bytes())),
            shown: Some("一、正文".into()),
            ..Parsed::default()
        };
        let mut pipe = Vec::new();
        assert!(send(&mut pipe, &Answer::Parsed(Box::new(parsed.clone()))).expect("a vector takes it"));
        let Ok(Answer::Parsed(found)) = receive(&mut pipe.as_slice()) else { panic!("an answer") };
        assert_eq!(*found, parsed);
    }

    #[test]
    fn what_is_no_frame_is_an_error_and_takes_no_memory() {
        for garbage in [&[][..], &[1, 0], &[255, 255, 255, 255], &[0, 0, 0, 1, 9], &[3, 0, 0, 0, 9, 9, 9]] {
            assert!(receive::<Answer>(&mut &*garbage).is_err(), "{garbage:?}");
        }
        // `TooLarge`, and a byte more.
        assert!(receive::<Answer>(&mut &[1, 0, 0, 0, 1][..]).is_ok());
        assert!(receive::<Answer>(&mut &[2, 0, 0, 0, 1, 0][..]).is_err());
    }

    #[test]
    fn every_cut_and_every_changed_byte_of_an_answer_is_harmless() {
        let document = jianbao_read::read(
            "标题\n正文。（区残联）\n".as_bytes(),
            "a.txt",
            &jianbao_read::Limits::default(),
        );
        let submission = jianbao_normalize::normalize(
            &document.expect("a text").value,
            None,
            &normalize::Config { title_length: 60, ..normalize::Config::default() },
        );
        let parsed = Parsed {
            submission: Some(submission.value),
            diagnostics: submission.diagnostics,
            ..Parsed::default()
        };
        let mut pipe = Vec::new();
        assert!(send(&mut pipe, &Answer::Parsed(Box::new(parsed))).expect("a vector takes it"));
        for at in 0..pipe.len() {
            assert!(receive::<Answer>(&mut &pipe[..at]).is_err());
            for change in [1, 0x80, 0xFF] {
                let mut changed = pipe.clone();
                changed[at] ^= change;
                // Whether it is an answer or an error; there is no panic.
                let _ = receive::<Answer>(&mut changed.as_slice());
            }
        }
    }

    #[test]
    fn what_is_larger_than_a_frame_is_not_written() {
        let mut pipe = Vec::new();
        assert!(!send_bytes(&mut pipe, &vec![0; FRAME + 1]).expect("nothing is written"));
        assert!(pipe.is_empty());
        assert!(send_bytes(&mut pipe, &vec![0; FRAME]).expect("a vector takes it"));
    }
}
