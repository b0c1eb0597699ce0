//! Worker processes that do what a file tells them: hang, die, answer nonsense, reach for the system.

use std::io::Write as _;
use std::net::{TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;
use std::{fs, hint, io, process, thread};

use jianbao_model::Diagnostic;
use jianbao_pipeline::batch::{self, BatchError, Kind, Options, Processed};
use jianbao_pipeline::config::{Config, Layers};
use jianbao_pipeline::inbox;
use jianbao_pipeline::worker::{self, Launch, Limits};

/// First argument of the program that makes it such a worker.
pub const WORKER: &str = "mock-worker";

/// First argument that makes it read a folder by such workers; the folder follows.
pub const BATCH: &str = "mock-batch";

/// What a file begins with that commands a worker.
pub const COMMAND: &str = "jianbao-mock: ";

/// Exit code of a worker that got what must be refused.
const GOT_IT: i32 = 42;

/// Such a worker.
pub fn serve() -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    if worker::serve(Some(obey)).is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// Does what the bytes say, if they say anything.
fn obey(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(command) = text.strip_prefix(COMMAND) else { return };
    let word = command.split_whitespace().next().unwrap_or_default();
    match word {
        "hang" => thread::sleep(Duration::from_hours(1)),
        "spin" => loop {
            hint::spin_loop();
        },
        "slow" => thread::sleep(Duration::from_millis(200)),
        "abort" => process::abort(),
        "exit" => process::exit(0),
        "stack" => drop(hint::black_box(deeper(1))),
        "oom" => {
            let mut all: Vec<Vec<u8>> = Vec::new();
            loop {
                all.push(hint::black_box(Vec::with_capacity(64 << 20)));
            }
        }
        "panic" => panic!("as the file wants it"),
        "garbage" => say(&[5, 0, 0, 0, 255, 255, 255, 255, 255]),
        "endless" => say(&[255; 64]),
        "short" => {
            say(&[100, 0, 0, 0, 1, 2, 3]);
            process::exit(0);
        }
        _ => {
            if reach(word) {
                process::exit(GOT_IT);
            }
        }
    }
}

fn say(bytes: &[u8]) {
    let mut out = io::stdout();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

#[allow(unconditional_recursion, reason = "the stack has to overflow")]
fn deeper(depth: u64) -> u64 {
    let frame = hint::black_box([depth; 64]);
    deeper(frame[0] + 1) + frame[63]
}

/// What a worker must not get; the suite proves beside it that the process of the suite does.
pub const REACHES: [&str; 8] = ["open", "list", "write", "listen", "send", "exec", "thread", "environment"];

/// Reaches for something outside; whether it was got.
pub fn reach(what: &str) -> bool {
    match what {
        "open" => fs::File::open("/etc/passwd").is_ok(),
        "list" => fs::read_dir("/").is_ok(),
        "write" => tempfile::tempfile().and_then(|mut file| file.write_all(b"x")).is_ok(),
        "listen" => TcpListener::bind("127.0.0.1:0").is_ok(),
        "send" => UdpSocket::bind("127.0.0.1:0").is_ok(),
        "exec" => Command::new("/bin/true").status().is_ok(),
        "thread" => thread::Builder::new().spawn(|| ()).is_ok(),
        "environment" => std::env::vars_os().next().is_some(),
        _ => false,
    }
}

/// How such workers are started from the program `binary`.
pub fn launch(binary: &str, limits: Limits) -> Launch {
    Launch { program: PathBuf::from(binary), arguments: vec![WORKER.into()], limits }
}

/// A configuration of nothing but the compiled-in values.
pub fn config() -> Config {
    let named = [("bulletin.name".to_owned(), "-".to_owned())];
    Layers::new(None, Path::new("")).with_options(named).config().expect("the compiled-in values are right")
}

/// Reads a folder; what came of its files, and what is told of all.
pub fn batch(
    folder: &Path,
    jobs: usize,
    workers: Option<&Launch>,
) -> Result<(Vec<Processed>, Vec<Diagnostic>), BatchError> {
    let files = inbox::list(&[folder.to_owned()]);
    let options =
        Options { kind: Kind::Submission, jobs: Some(jobs), keep_text: true, password: None, workers };
    let mut all = Vec::new();
    let told = batch::process(&files, options, &config(), |one| all.push(one))?;
    Ok((all, told))
}

/// Reads a folder by such workers, and prints how many processes are left of them.
pub fn print_batch(folder: &str) -> ExitCode {
    let binary = std::env::current_exe().unwrap_or_default();
    let limits = Limits { clock: Duration::from_mins(1), ..Limits::default() };
    match batch(Path::new(folder), 2, Some(&launch(&binary.display().to_string(), limits))) {
        Ok((files, _)) => println!("{} files, {} processes", files.len(), children(process::id()).len()),
        Err(error) => println!("{error}"),
    }
    ExitCode::SUCCESS
}

/// Processes whose parent this is, dead ones that nobody has asked for included.
pub fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(|&number| status(number).is_some_and(|(_, of)| of == parent)).collect()
}

/// State and parent of a process (proc(5), `stat`): the name before them stands in brackets.
pub fn status(number: u32) -> Option<(char, u32)> {
    let text = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}
