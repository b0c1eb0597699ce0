//! Room on the disk: a run that would fill it does not begin.

use super::{Fault, Job};
use crate::system;

/// Twice what lies in the inbox, since a file lies in the archive and perhaps in the quarantine, and a
/// reserve. What was taken earlier needs no more room.
pub(super) fn require(job: &Job<'_>, pending: u64) -> Result<(), Fault> {
    let wanted = pending.saturating_mul(2).saturating_add(job.config.arrival.reserve);
    match system::free_space(job.places.data()) {
        Some(free) if free < wanted => Err(Fault::Full),
        _ => Ok(()),
    }
}
