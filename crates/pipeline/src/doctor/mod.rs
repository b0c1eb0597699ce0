//! `doctor`: whether a machine has what the unattended job needs, before the first run and whenever
//! something is wrong.
//!
//! Nothing is changed: a file that tries whether a folder can be written is removed at once, and the store
//! is only opened where there is one. Rights are those of the user who asks.

mod folders;
mod programs;
mod sandbox;

use jianbao_model::Diagnostic;
use jianbao_store::{Moment, Options, Store, StoreError};

use crate::config::Config;
use crate::job::refusal;
use crate::time;
use crate::worker::Launch;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Fine,
    /// Works, but should be known.
    Note,
    /// The job does not work so.
    Error,
}

/// What is to be told.
#[derive(Clone, Debug)]
pub enum What {
    /// A message with its arguments; that of `folder` is the key of a folder's name.
    Words(&'static str, Vec<(&'static str, String)>),
    /// A diagnostic.
    Told(Box<Diagnostic>),
}

/// A line of the examination.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How grave.
    pub level: Level,
    /// What.
    pub what: What,
}

impl Finding {
    fn words(level: Level, id: &'static str, arguments: Vec<(&'static str, String)>) -> Self {
        Self { level, what: What::Words(id, arguments) }
    }

    fn told(level: Level, diagnostic: Diagnostic) -> Self {
        Self { level, what: What::Told(Box::new(diagnostic)) }
    }
}

/// Looks at everything. `now` is the clock of the machine; `workers` is how the job would start its worker
/// processes.
pub fn examine(config: &Config, now: Moment, workers: Option<&Launch>) -> Vec<Finding> {
    let mut findings = folders::examine(config);
    findings.extend(store(config, now));
    findings.extend(programs::examine());
    findings.push(sandbox::examine(config, workers));
    findings
}

/// The database, and the clock beside the newest time that it knows.
fn store(config: &Config, now: Moment) -> Vec<Finding> {
    let path = config.store.display().to_string();
    let opened = config.store.try_exists().map_err(StoreError::from).and_then(|there| {
        let options = Options { create: false, allow_fuse: config.store_fuse, ..Options::default() };
        there.then(|| Store::open(&config.store, options)).transpose()
    });
    let told = |error: &StoreError| match refusal(&config.store, error) {
        Some(diagnostic) => Finding::told(Level::Error, diagnostic),
        None => Finding::words(
            Level::Error,
            "doctor-store-failed",
            vec![("path", path.clone()), ("what", error.to_string())],
        ),
    };
    match opened {
        Ok(None) => {
            let new = Finding::words(Level::Note, "doctor-store-new", vec![("path", path)]);
            vec![new, clock(now, None)]
        }
        Ok(Some(store)) => match store.check().and_then(|found| Ok((found.len(), store.newest()?))) {
            Ok((0, newest)) => {
                let sound = Finding::words(Level::Fine, "doctor-store-sound", vec![("path", path)]);
                vec![sound, clock(now, newest)]
            }
            Ok((count, newest)) => {
                let arguments = vec![("path", path), ("count", count.to_string())];
                let amiss = Finding::words(Level::Error, "doctor-store-amiss", arguments);
                vec![amiss, clock(now, newest)]
            }
            Err(error) => vec![told(&error), clock(now, None)],
        },
        Err(error) => vec![told(&error), clock(now, None)],
    }
}

/// A year before this one is that of a machine whose clock has never been set.
const FIRST_YEAR: i16 = 2024;

fn clock(now: Moment, newest: Option<Moment>) -> Finding {
    let shown = ("now", time::shown(now));
    match newest {
        _ if time::year(now) < FIRST_YEAR => Finding::words(Level::Error, "doctor-clock-unset", vec![shown]),
        Some(newest) if now < newest => {
            let arguments = vec![shown, ("newest", time::shown(newest))];
            Finding::words(Level::Error, "doctor-clock-back", arguments)
        }
        _ => Finding::words(Level::Fine, "doctor-clock", vec![shown]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_went_back_or_was_never_set_is_an_error() {
        let id = |now, newest: Option<i64>| match clock(Moment(now), newest.map(Moment)).what {
            What::Words(id, _) => id,
            What::Told(_) => "",
        };
        // 27 March 2025 and 1 January 1970, in milliseconds.
        let (march, epoch) = (1_743_033_600_000, 0);
        assert_eq!(id(march, None), "doctor-clock");
        assert_eq!(id(march, Some(march)), "doctor-clock");
        assert_eq!(id(march, Some(march + 1)), "doctor-clock-back");
        assert_eq!(id(epoch, None), "doctor-clock-unset");
    }
}
