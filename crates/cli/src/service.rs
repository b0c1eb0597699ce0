//! `install-service`: the files by which systemd starts the job.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jianbao_model::{Code, Diagnostic, Origin};
use jianbao_pipeline::output;
use jianbao_pipeline::service::{self, Service};

use crate::arguments::InstallService;
use crate::session::{Session, Stop};
use crate::{job, tasks, terminal};

/// Writes the unit and the timer, or prints them; the answer is whether the service will see all its files.
pub(crate) fn install(session: &Session, task: &InstallService) -> Result<bool, Stop> {
    for (option, text) in [("--user", &task.user), ("--unit", &task.unit)] {
        require_name(option, text)?;
    }
    for (option, text) in
        [("--on-calendar", Some(&task.on_calendar)), ("--on-failure", task.on_failure.as_ref())]
    {
        if let Some(text) = text.filter(|text| text.trim().is_empty() || text.chars().any(char::is_control)) {
            return Err(wrong(option, text));
        }
    }
    let (file, layers) = Session::layers(&task.common, None)?;
    let config = Session::config(&file, &layers)?;
    job::require_known(&config, &task.run_jobs)?;
    let folders = service::written(&config);
    let written = folders.iter().map(|path| absolute(path)).collect::<Result<Vec<PathBuf>, Stop>>()?;
    let program = std::env::current_exe().context("program")?;
    let (program, file) = (absolute(&program)?, absolute(&file)?);
    let inbox = absolute(&config.inbox)?;
    let service = Service {
        program: &program,
        config: &file,
        jobs: &task.run_jobs,
        user: &task.user,
        on_calendar: &task.on_calendar,
        on_failure: task.on_failure.as_deref(),
        inbox: &inbox,
        written: &written,
    };
    let messages = &session.messages;
    let files = [("service", service.unit()), ("timer", service.timer())];
    let files = files.map(|(ending, text)| (task.dir.join(format!("{}.{ending}", task.unit)), text));
    for (path, text) in &files {
        if task.dry_run {
            terminal::print(&format!("# {}\n{text}\n", path.display()))?;
        } else {
            output::write(path, text.as_bytes(), true).map_err(|error| tasks::refused(path, error))?;
            terminal::line(&messages.text("service-written", &[("path", path.display().to_string())]));
        }
    }
    let hidden = service.hidden();
    for path in &hidden {
        terminal::line(&messages.text("service-hidden", &[("path", path.display().to_string())]));
    }
    let next = [("unit", task.unit.clone()), ("user", task.user.clone())];
    terminal::line(&messages.text("service-next", &next));
    Ok(hidden.is_empty())
}

/// The path as systemd wants it; what is not there yet could not be given to the service.
fn absolute(path: &Path) -> Result<PathBuf, Stop> {
    path.canonicalize().map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            let missing = Diagnostic::new(Code::FolderMissing, Origin::File).with("path", path.display());
            return Stop::told(path, missing);
        }
        tasks::unreadable(path, &error)
    })
}

/// Names of users and units: letters, digits and a few signs, none that ends a line or begins an option.
fn require_name(option: &'static str, name: &str) -> Result<(), Stop> {
    let good = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if name.is_empty() || name.starts_with(['-', '.']) || !name.chars().all(good) {
        return Err(wrong(option, name));
    }
    Ok(())
}

fn wrong(option: &'static str, text: &str) -> Stop {
    Stop::Words {
        id: "service-option",
        arguments: vec![("option", option.to_owned()), ("text", text.escape_debug().to_string())],
    }
}
