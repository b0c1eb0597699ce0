//! What all commands share: the language, the configuration, and how a stop is explained.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jianbao_model::issue::Date;
use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_pipeline::config::{Config, Layer, Layers, Mistake};
use jianbao_pipeline::messages::{Language, Messages};
use jianbao_pipeline::typed;

use crate::arguments::{Common, Numbering};
use crate::{tasks, terminal};

/// Name of the configuration file where none is given.
const CONFIG_FILE: &str = "jianbao.toml";

/// The words of this run.
pub(crate) struct Session {
    pub(crate) messages: Messages,
}

/// Why a command was not done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A coded message about a file or folder.
    Told { path: String, diagnostic: Box<Diagnostic> },
    /// Mistakes in a configuration or plan.
    Mistakes { path: String, mistakes: Vec<Mistake> },
    /// A sentence of the message file.
    Sentence { id: &'static str },
    /// The same with values in it.
    Words { id: &'static str, arguments: Vec<(&'static str, String)> },
    /// Everything else, with its causes.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl Stop {
    pub(crate) fn told(path: &Path, diagnostic: Diagnostic) -> Self {
        Self::Told { path: path.display().to_string(), diagnostic: Box::new(diagnostic) }
    }

    /// The exit code of a command (sysexits.h where it is not 2).
    pub(crate) fn exit(&self) -> u8 {
        let Self::Told { diagnostic, .. } = self else { return 2 };
        match diagnostic.code {
            Code::StoreUnwritable => 73,
            Code::StoreFull
            | Code::StoreFailed
            | Code::StoreDamaged
            | Code::DiskFull
            | Code::JobFileFailed
            | Code::InboxBare => 74,
            Code::StoreBusy | Code::RunBusy => 75,
            Code::StoreOnNetwork | Code::StoreForeign | Code::StoreNewer | Code::DateWentBack => 78,
            _ => 2,
        }
    }

    /// The exit code of a job, which tells apart what a timer may try again.
    pub(crate) fn exit_of_job(&self) -> u8 {
        match self {
            Self::Mistakes { .. } => 78,
            Self::Told { diagnostic, .. }
                if matches!(
                    diagnostic.code,
                    Code::OutputExists | Code::OutputUnwritable | Code::NumberInUse
                ) =>
            {
                73
            }
            other => other.exit(),
        }
    }

    /// The number of the code, where there is one.
    pub(crate) fn code(&self) -> Option<&'static str> {
        match self {
            Self::Told { diagnostic, .. } => Some(diagnostic.code.number()),
            Self::Mistakes { .. } => Some(Code::BadConfiguration.number()),
            Self::Sentence { .. } | Self::Words { .. } | Self::Other(_) => None,
        }
    }
}

impl Session {
    pub(crate) fn new(language: &str) -> Self {
        let language = Language::from_tag(language).unwrap_or_default();
        Self { messages: Messages::new(language) }
    }

    /// The layers of the configuration: file, environment, command line.
    pub(crate) fn layers(common: &Common, numbering: Option<&Numbering>) -> Result<(PathBuf, Layers), Stop> {
        let path = common.config.clone().unwrap_or_else(|| PathBuf::from(CONFIG_FILE));
        let given = common.config.is_some();
        let text = match typed::read(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !given => None,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(tasks::missing(&path));
            }
            Err(error) => {
                let unreadable = Diagnostic::new(Code::Unreadable, Origin::File).with("what", error);
                return Err(Stop::told(&path, unreadable));
            }
        };
        let base = path.parent().unwrap_or(Path::new(""));
        let layers = Layers::new(text.as_deref(), base)
            .with_environment(
                std::env::vars_os()
                    .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
            )
            .with_options(options(common, numbering)?);
        Ok((path, layers))
    }

    /// What the layers mean.
    pub(crate) fn config(path: &Path, layers: &Layers) -> Result<Config, Stop> {
        let path = path.display().to_string();
        layers.config().map_err(|mistakes| Stop::Mistakes { path, mistakes })
    }

    /// Configuration for commands that can do without a file: then only the compiled-in values.
    pub(crate) fn config_or_default(common: &Common) -> Result<Config, Stop> {
        let (path, mut layers) = Self::layers(common, None)?;
        if common.config.is_none() && !path.exists() {
            layers = layers.with_options([("bulletin.name".to_owned(), "-".to_owned())]);
        }
        Self::config(&path, &layers)
    }

    /// Says on the error channel why a command was not done.
    pub(crate) fn explain(&self, stop: &Stop) {
        match stop {
            Stop::Told { path, diagnostic } => {
                terminal::line(&terminal::diagnostic(path, diagnostic, &self.messages));
            }
            Stop::Mistakes { path, mistakes } => {
                let told =
                    Diagnostic::new(Code::BadConfiguration, Origin::File).with("count", mistakes.len());
                terminal::line(&terminal::diagnostic(path, &told, &self.messages));
                for mistake in mistakes {
                    // The file, configuration or plan, is named above.
                    let place = match &mistake.layer {
                        Layer::File { line } => {
                            self.messages.text("layer-line", &[("line", line.to_string())])
                        }
                        other => self.messages.layer(other),
                    };
                    terminal::line(&format!("  {place}：{}", self.messages.mistake(mistake)));
                }
            }
            Stop::Sentence { id } => {
                terminal::line(&format!(
                    "{}：{}",
                    self.messages.text("error-label", &[]),
                    self.messages.text(id, &[])
                ));
            }
            Stop::Words { id, arguments } => {
                terminal::line(&format!(
                    "{}：{}",
                    self.messages.text("error-label", &[]),
                    self.messages.text(id, arguments)
                ));
            }
            Stop::Other(error) => {
                terminal::line(&format!("{}：{error:#}", self.messages.text("error-label", &[])));
            }
        }
    }
}

/// The largest number of an issue, as in the configuration.
const LARGEST: u32 = 100_000;

/// A wrong option is a mistake of the command and none of the configuration.
fn require_numbers(numbering: &Numbering) -> Result<(), Stop> {
    let wrong = |id, key: &str, more: &[(&'static str, String)]| {
        let arguments = [&[("key", key.to_owned())], more].concat();
        Err(Stop::Words { id, arguments })
    };
    if numbering.date.as_ref().is_some_and(|date| Date::from_iso(date).is_none()) {
        return wrong("config-date", "--date", &[]);
    }
    for (key, number) in [("--number", numbering.number), ("--cumulative", numbering.cumulative)] {
        if number.is_some_and(|number| !(1..=LARGEST).contains(&number)) {
            let range = [("min", 1.to_string()), ("max", LARGEST.to_string())];
            return wrong("config-range", key, &range);
        }
    }
    Ok(())
}

/// Options of the command line as keys of the configuration.
fn options(common: &Common, numbering: Option<&Numbering>) -> Result<Vec<(String, String)>, Stop> {
    let mut options = Vec::new();
    for pair in &common.set {
        let (key, value) = pair.split_once('=').with_context(|| format!("--set {pair}"))?;
        options.push((key.trim().to_owned(), value.trim().to_owned()));
    }
    if let Some(numbering) = numbering {
        require_numbers(numbering)?;
        let given = [
            ("issue.date", numbering.date.as_ref().map(|date| format!("{date:?}"))),
            ("issue.number", numbering.number.map(|number| number.to_string())),
            ("issue.cumulative", numbering.cumulative.map(|number| number.to_string())),
        ];
        options.extend(given.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    }
    Ok(options)
}
