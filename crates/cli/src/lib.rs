//! The binary `jianbao`: arguments, terminal output, exit codes.
//!
//! A library, so that the suites can build the same program; `main.rs` only calls it.
//!
//! Exit codes: 0 all well; 1 done, but some submission has errors; 2 not done. Of jobs and the database also
//! 73 output not writable, 74 input or output failed, 75 busy, 78 configuration (sysexits.h).

mod arguments;
mod doctor;
mod issues;
mod items;
mod job;
mod quarantine;
mod service;
mod session;
mod store;
mod tasks;
mod terminal;

use std::process::ExitCode;

use arguments::{Arguments, ConfigTask, LayoutTask, Task};
use jianbao_pipeline::{batch, worker};
use session::{Session, Stop};

/// The program: reads the command line, does the task, gives the exit code.
pub fn main() -> ExitCode {
    quiet_readers();
    let words: Vec<_> = std::env::args_os().collect();
    let arguments = match arguments::parse(&words) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    if matches!(arguments.task, Task::Worker) {
        return work();
    }
    let session = Session::new(&arguments.lang);
    let is_job = matches!(
        arguments.task,
        Task::Run(_) | Task::Compose(_) | Task::Job(_) | Task::Doctor { .. } | Task::InstallService(_)
    );
    match perform(&session, arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(stop) => {
            session.explain(&stop);
            ExitCode::from(if is_job { stop.exit_of_job() } else { stop.exit() })
        }
    }
}

/// Does the task; the answer is whether no submission had errors.
fn perform(session: &Session, arguments: Arguments) -> Result<bool, Stop> {
    match arguments.task {
        Task::Run(task) => job::run(session, &task),
        Task::Compose(task) => job::compose(session, &task),
        Task::Job(task) => job::named(session, &task),
        Task::Doctor { common } => doctor::examine(session, &common),
        Task::InstallService(task) => service::install(session, &task),
        Task::Convert(task) => tasks::convert(session, &task, batch::Kind::Submission, None),
        Task::Import(task) => tasks::import(session, &task),
        Task::Check(task) => tasks::check(session, &task),
        Task::Config(ConfigTask::Show { common, origin }) => tasks::show_config(session, &common, origin),
        Task::Layout(LayoutTask::Show { common }) => tasks::show_layout(session, &common),
        Task::Layout(LayoutTask::Check { file, common }) => tasks::check_layout(session, &file, &common),
        Task::Layout(LayoutTask::Template { file }) => tasks::show_template(session, &file),
        Task::Items(task) => items::perform(session, &task),
        Task::Quarantine(task) => quarantine::perform(session, &task),
        Task::Issues(task) => issues::perform(session, &task),
        Task::Plan(task) => items::plan(session, &task),
        Task::Store(task) => store::perform(session, &task),
        Task::Schema => {
            terminal::print(&jianbao_pipeline::record::json_schema())?;
            Ok(true)
        }
        // Done before there are any words.
        Task::Worker => Ok(true),
    }
}

/// `worker`: the parent reads what went wrong from the error channel.
fn work() -> ExitCode {
    match worker::serve(None) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::line(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// A panic in a reading thread becomes a diagnostic of its file; its trace would only frighten the
/// editor. Any other panic is printed as usual.
fn quiet_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let reader = std::thread::current().name().is_some_and(|name| name.starts_with(batch::THREAD_NAME));
        if !reader || std::env::var_os("RUST_BACKTRACE").is_some() {
            usual(info);
        }
    }));
}
