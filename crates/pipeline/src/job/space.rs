//! Room on the disk: a run that would fill it does not begin.

use super::{Fault, Job};
use crate::system;

/// What is left free for the office, in bytes.
const RESERVE: u64 = 512 << 20;

/// Twice what lies in the inbox, since a file lies in the archive and perhaps in the quarantine, and a
/// reserve. What was taken earlier needs no more room.
pub(super) fn require(job: &Job<'_>, pending: u64) -> Result<(), Fault> {
    let wanted = pending.saturating_mul(2).saturating_add(job.config.arrival.reserve.unwrap_or(RESERVE));
    match system::free_space(job.places.data()) {
        Some(free) if free < wanted => Err(Fault::Full),
        _ => Ok(()),
    }
}
