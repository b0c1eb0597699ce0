//! `doctor`: a line for everything that was looked at.

use jianbao_pipeline::doctor::{self, Level};
use jianbao_pipeline::{compose, time};

use crate::arguments::Common;
use crate::session::{Session, Stop};
use crate::{tasks, terminal};

/// Looks at the machine with the eyes of the job; the answer is whether there is no error.
pub(crate) fn examine(session: &Session, common: &Common) -> Result<bool, Stop> {
    let (path, layers) = Session::layers(common, None)?;
    let config = Session::config(&path, &layers)?;
    compose::template(&config).map_err(|error| tasks::not_composed(&config, error))?;
    let workers = tasks::launch(config.workers, &config)?;
    let messages = &session.messages;
    let label = |level| {
        messages.text(
            match level {
                Level::Fine => "doctor-fine",
                Level::Note => "doctor-note",
                Level::Error => "doctor-error",
            },
            &[],
        )
    };
    let configuration = messages.text("doctor-config", &[("path", path.display().to_string())]);
    let mut text = format!("{} {configuration}\n", label(Level::Fine));
    let findings = doctor::examine(&config, time::now(), workers.as_ref());
    for finding in &findings {
        let (sentence, hint) = messages.finding(finding);
        text += &format!("{} {sentence}", label(finding.level));
        if let Some(hint) = hint.filter(|_| finding.level != Level::Fine) {
            text += &messages.text("doctor-hint", &[("hint", hint)]);
        }
        text.push('\n');
    }
    terminal::print(&text)?;
    Ok(findings.iter().all(|finding| finding.level != Level::Error))
}
