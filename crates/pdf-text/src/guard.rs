//! Bounds on what lopdf does while it loads a file.
//!
//! lopdf parses every object that the cross-reference table names, as often as it is named, and
//! every member of an object stream. A value takes 120 bytes in memory and may take two in the file, so
//! bounds on bytes alone do not help. Here a scan of the file and a filter count the values.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use lopdf::{DecompressError, Object, ObjectId, Stream};
use memchr::memmem::find;

use crate::{Error, Limit, Limits};

/// What may still be loaded by this thread. lopdf's filter is a plain function without a state.
#[derive(Clone, Copy, Default)]
struct Watch {
    values: usize,
    decoded: usize,
    object_stream: usize,
    /// A stream of objects has been met; members of it may follow.
    members: bool,
}

thread_local! {
    static WATCH: Cell<Watch> = const { Cell::new(Watch { values: 0, decoded: 0, object_stream: 0, members: false }) };
}

/// How the filter leaves a load that has cost too much: lopdf offers no other way out of it.
struct Stop(Limit);

/// Runs a load with [`filter`] and turns its stop into an error.
pub(crate) fn watched<T>(limits: &Limits, load: impl FnOnce() -> T) -> Result<T, Error> {
    WATCH.set(Watch {
        values: limits.values,
        decoded: limits.decoded_bytes,
        object_stream: limits.object_stream_bytes,
        members: false,
    });
    catch_unwind(AssertUnwindSafe(load)).map_err(|payload| match payload.downcast::<Stop>() {
        Ok(stop) => exceeded(stop.0, limits),
        Err(other) => resume_unwind(other),
    })
}

fn exceeded(what: Limit, limits: &Limits) -> Error {
    let limit = if what == Limit::Values { limits.values } else { limits.decoded_bytes };
    Error::LimitExceeded { what, limit }
}

/// lopdf hands each parsed object to this function, a stream of objects before its members.
/// Of a member it takes the returned value, of any other object the one that stayed in place;
/// streams are never members (ISO 32000-1 §7.5.7), so that their bytes need not be copied, and nothing
/// need be before the first stream of objects.
pub(crate) fn filter(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    charge(Limit::Values, values(object));
    match object {
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => {
            check_object_stream(stream)?;
            WATCH.set(Watch { members: true, ..WATCH.get() });
            Some((id, Object::Null))
        }
        Object::Stream(_) => Some((id, Object::Null)),
        _ if !WATCH.get().members => Some((id, Object::Null)),
        other => Some((id, other.clone())),
    }
}

fn charge(what: Limit, cost: usize) {
    let mut watch = WATCH.get();
    let left = if what == Limit::Values { &mut watch.values } else { &mut watch.decoded };
    match left.checked_sub(cost) {
        Some(rest) => *left = rest,
        // Not a panic: no hook runs and nothing is printed.
        None => resume_unwind(Box::new(Stop(what))),
    }
    WATCH.set(watch);
}

/// Values of an object, itself included; lopdf bounds how deep they lie.
fn values(object: &Object) -> usize {
    match object {
        Object::Array(list) => list.iter().map(values).sum::<usize>() + 1,
        Object::Dictionary(dict) => dict.iter().map(|(_, value)| values(value)).sum::<usize>() + 1,
        Object::Stream(stream) => stream.dict.iter().map(|(_, value)| values(value)).sum::<usize>() + 1,
        _ => 1,
    }
}

/// Offsets of members increase (§7.5.7), but a hostile index names one place many times, each place
/// inside the one before, or each digit of a long number. What lopdf would parse is counted before it does.
fn check_object_stream(stream: &Stream) -> Option<()> {
    let bound = WATCH.get().object_stream;
    let content = match stream.get_plain_content_with_limit(bound) {
        Ok(content) => content,
        Err(lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
            resume_unwind(Box::new(Stop(Limit::DecodedBytes)))
        }
        Err(_) => return None,
    };
    charge(Limit::DecodedBytes, content.len());
    let first = usize::try_from(stream.dict.get(b"First").ok()?.as_i64().ok()?).ok()?;
    let body = content.get(first..)?;
    let index = std::str::from_utf8(content.get(..first)?).ok()?;
    let numbers: Vec<usize> = index.split_ascii_whitespace().map(|word| word.parse().unwrap_or(0)).collect();
    let mut offsets: Vec<usize> = numbers.chunks_exact(2).map(|pair| pair[1]).collect();
    offsets.sort_unstable();
    charge(Limit::DecodedBytes, repeated(&offsets, body.len()));
    let tokens = tokens(body);
    charge(Limit::Values, tokens.saturating_mul(overlap(body)));
    charge(Limit::DecodedBytes, offsets.len().saturating_mul(longest_run(body)));
    Some(())
}

/// Bytes of members that the index names again.
fn repeated(offsets: &[usize], end: usize) -> usize {
    let next = |at: usize| offsets.get(at + 1).copied().unwrap_or(end).min(end);
    let mut bytes = 0usize;
    let mut times = 0usize;
    for (at, offset) in offsets.iter().enumerate() {
        match next(at).saturating_sub(*offset) {
            0 => times += 1,
            size => {
                bytes = bytes.saturating_add(times.saturating_mul(size));
                times = 0;
            }
        }
    }
    bytes
}

/// Members that lie in each other are parsed as often as brackets are open around them. Real ones lie
/// a few levels deep, for which nothing is charged.
fn overlap(body: &[u8]) -> usize {
    const USUAL: usize = 40;
    let mut depth = 0usize;
    let mut deepest = 0;
    for byte in body {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' | b'>' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    if deepest > USUAL { deepest } else { 0 }
}

/// The longest run of digits, of blanks or of comment signs; usual ones count as nothing.
fn longest_run(body: &[u8]) -> usize {
    const USUAL: usize = 1024;
    let class = |byte: &u8| match byte {
        b'0'..=b'9' | b'.' | b'-' => 1,
        0 | 9 | 10 | 12 | 13 | 32 | b'%' => 2,
        _ => 0,
    };
    let runs =
        body.chunk_by(|a, b| class(a) == class(b)).filter(|run| run.first().is_some_and(|b| class(b) > 0));
    let longest = runs.map(<[u8]>::len).max().unwrap_or(0);
    if longest > USUAL { longest } else { 0 }
}

/// Refuses a file that has more values in one object than it may have altogether.
pub(crate) fn scan(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        check_run(&rest[..at], limits)?;
        rest = &rest[at + 6..];
        // Payload is no syntax. Without an end the rest is looked at as if it were.
        if let Some(end) = find(rest, b"endstream") {
            rest = &rest[end + 9..];
        }
    }
    check_run(rest, limits)
}

fn check_run(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut rest = bytes;
    // A run shorter than this cannot have so many values.
    while rest.len() > limits.values {
        let end = find(rest, b"endobj").unwrap_or(rest.len());
        if end > limits.values && tokens(&rest[..end]) > limits.values {
            return Err(exceeded(Limit::Values, limits));
        }
        rest = rest.get(end + 6..).unwrap_or_default();
    }
    Ok(())
}

/// How many words and brackets there are: at least as many as values.
fn tokens(bytes: &[u8]) -> usize {
    let mut count = 0;
    let mut inside = false;
    for byte in bytes {
        match byte {
            0 | 9 | 10 | 12 | 13 | 32 | b']' | b')' | b'>' => inside = false,
            b'[' | b'/' | b'(' | b'<' => {
                count += 1;
                inside = true;
            }
            _ => {
                count += usize::from(!inside);
                inside = true;
            }
        }
    }
    count
}
