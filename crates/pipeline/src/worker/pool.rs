//! The parent's side: one worker a thread, watched, replaced when it has to be.

use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jianbao_model::{Code, Diagnostic, Origin, SourceId};

use super::protocol::{Answer, FRAME, Greeting, Request, Setup, receive, receive_bytes, send};
use super::{Launch, WorkerError};
use crate::parse::{Parsed, Task};
use crate::system::{self, End, Protection};

/// How often the watch looks at the clock; a file may take so much longer than it is allowed.
const TICK: Duration = Duration::from_millis(50);

/// Time in which a worker has to be ready for its first file.
const START: Duration = Duration::from_secs(30);

/// Bytes of a dead worker's error channel that are looked at.
const LAST_WORDS: u64 = 4096;

/// The workers of a batch.
pub(crate) struct Pool<'a> {
    launch: &'a Launch,
    task: Task<'a>,
    mark: (u64, u128),
    slots: Vec<Slot>,
    missing: Mutex<BTreeSet<Protection>>,
    /// Watches until the pool is dropped.
    _watch: Watch,
}

/// The place of one thread's worker.
#[derive(Default)]
struct Slot {
    worker: Mutex<Option<Worker>>,
    watched: Arc<Mutex<Option<Watched>>>,
}

/// A running worker.
struct Worker {
    process: Arc<Process>,
    input: ChildStdin,
    output: ChildStdout,
    errors: ChildStderr,
    /// Files that it has read.
    served: usize,
}

/// The process of a worker, which its thread and the watch both may have to kill.
struct Process {
    child: Mutex<Child>,
    overdue: AtomicBool,
}

/// A process and when its time is over.
struct Watched {
    process: Arc<Process>,
    until: Instant,
}

/// Why a worker gave no answer.
#[derive(Debug)]
enum Failure {
    Crashed { how: &'static str, said: String },
    OverTime,
    OverMemory,
    Garbage,
}

impl<'a> Pool<'a> {
    /// Places for so many threads; workers are started when they are needed.
    pub(crate) fn new(launch: &'a Launch, task: Task<'a>, threads: usize) -> Result<Self, WorkerError> {
        let slots: Vec<Slot> = (0..threads.max(1)).map(|_| Slot::default()).collect();
        let watched = slots.iter().map(|slot| Arc::clone(&slot.watched)).collect();
        Ok(Self {
            launch,
            task,
            mark: system::mark(&launch.program).map_err(WorkerError::Start)?,
            slots,
            missing: Mutex::default(),
            _watch: Watch::new(watched).map_err(WorkerError::Watch)?,
        })
    }

    /// What the system could not give to shut the workers in, as far as any was started.
    pub(crate) fn missing(&self) -> Vec<Protection> {
        held(&self.missing).iter().copied().collect()
    }

    /// Has a file parsed by the worker of this thread.
    pub(crate) fn parse(
        &self,
        bytes: &[u8],
        name: &str,
        folder: Option<&str>,
    ) -> Result<Parsed, WorkerError> {
        let request = self.request(bytes, name, folder, None);
        let identity = request.identity;
        let slot = self.slot();
        let mut worker = held(&slot.worker);
        let answered =
            self.answered(slot, &mut worker, &request, bytes, |worker| match receive(&mut worker.output)? {
                Answer::Parsed(parsed) if is_of(&parsed, identity) => Ok(Some(*parsed)),
                Answer::TooLarge => Ok(None),
                _ => Err(io::ErrorKind::InvalidData.into()),
            })?;
        let panicked = |parsed: &Parsed| parsed.diagnostics.iter().any(|told| told.code == Code::ReaderPanic);
        let identity = Some(identity);
        Ok(match answered {
            Ok(Some(parsed)) => {
                if panicked(&parsed) {
                    *worker = None;
                }
                parsed
            }
            Ok(None) => {
                let told = Diagnostic::new(Code::LimitExceeded, Origin::File).with("what", "answer-bytes");
                Parsed { source: identity, ..Parsed::failed(told.with("limit", FRAME)) }
            }
            Err(failure) => Parsed { source: identity, ..Parsed::failed(self.told(&failure, bytes)) },
        })
    }

    /// The pictures of a file that `wanted` names; none if its worker fails, as the file was read before
    /// and the issue tells what it could not print.
    pub(crate) fn pictures(
        &self,
        bytes: &[u8],
        name: &str,
        wanted: &BTreeSet<SourceId>,
    ) -> Result<Vec<Vec<u8>>, WorkerError> {
        let request = self.request(bytes, name, None, Some(wanted.clone()));
        let slot = self.slot();
        let mut worker = held(&slot.worker);
        let answered =
            self.answered(slot, &mut worker, &request, bytes, |worker| match receive(&mut worker.output)? {
                Answer::Pictures(count) if count <= wanted.len() => {
                    (0..count).map(|_| receive_bytes(&mut worker.output)).collect()
                }
                _ => Err(io::ErrorKind::InvalidData.into()),
            })?;
        let mut pictures: Vec<Vec<u8>> = answered.unwrap_or_default();
        pictures.retain(|picture| wanted.contains(&SourceId::of(picture)));
        Ok(pictures)
    }

    fn request(
        &self,
        bytes: &[u8],
        name: &str,
        folder: Option<&str>,
        pictures: Option<BTreeSet<SourceId>>,
    ) -> Request {
        Request {
            name: name.to_owned(),
            folder: folder.map(ToOwned::to_owned),
            identity: SourceId::of(bytes),
            length: bytes.len() as u64,
            processor_seconds: self.launch.limits.time(bytes).0,
            pictures,
        }
    }

    /// Each thread of the pool of threads has its own; all others share the first.
    fn slot(&self) -> &Slot {
        &self.slots[rayon::current_thread_index().unwrap_or(0) % self.slots.len()]
    }

    /// Asks the worker of a place, a second one if the first dies after other files.
    fn answered<T>(
        &self,
        slot: &Slot,
        place: &mut Option<Worker>,
        request: &Request,
        bytes: &[u8],
        mut answer: impl FnMut(&mut Worker) -> io::Result<T>,
    ) -> Result<Result<T, Failure>, WorkerError> {
        loop {
            let mut worker = match place.take() {
                Some(worker) => worker,
                None => self.start(slot)?,
            };
            let until = Instant::now() + self.launch.limits.time(bytes).1;
            let asked = watched(slot, &mut worker, until, |worker| {
                send(&mut worker.input, request)?;
                worker.input.write_all(bytes)?;
                answer(worker)
            });
            match asked {
                Ok(answer) => {
                    worker.served += 1;
                    if worker.served < self.launch.limits.files {
                        *place = Some(worker);
                    }
                    return Ok(Ok(answer));
                }
                Err(error) => {
                    let fresh = worker.served == 0;
                    let failure = worker.fail(&error);
                    let again = matches!(failure, Failure::Crashed { .. } | Failure::OverMemory);
                    if fresh || !again {
                        return Ok(Err(failure));
                    }
                }
            }
        }
    }

    /// Starts a worker, which has to say that it is the same program and shut in.
    fn start(&self, slot: &Slot) -> Result<Worker, WorkerError> {
        let mut worker = Worker::spawn(self.launch).map_err(WorkerError::Start)?;
        let setup = Setup {
            memory: self.launch.limits.memory,
            kind: self.task.kind,
            keep_text: self.task.keep_text,
            file_bytes: self.task.reading.limits.file_bytes,
            password: self.task.reading.password.as_ref().map(|password| password.reveal().to_owned()),
            normalize: self.task.normalize.clone(),
        };
        let greeted = watched(slot, &mut worker, Instant::now() + START, |worker| {
            send(&mut worker.input, &setup)?;
            receive::<Greeting>(&mut worker.output)
        });
        let greeting = match greeted {
            Ok(greeting) => greeting,
            Err(error) => {
                let (how, said) = match worker.fail(&error) {
                    Failure::Crashed { how, said } => (how, said),
                    Failure::OverTime => ("over-time", String::new()),
                    Failure::OverMemory => ("over-memory", String::new()),
                    Failure::Garbage => ("garbage", String::new()),
                };
                return Err(WorkerError::Greeting { how, said });
            }
        };
        if greeting.version != env!("CARGO_PKG_VERSION") || greeting.mark != self.mark {
            return Err(WorkerError::Version { found: greeting.version });
        }
        held(&self.missing).extend(greeting.missing);
        Ok(worker)
    }

    /// A failure as a diagnostic of its file.
    fn told(&self, failure: &Failure, bytes: &[u8]) -> Diagnostic {
        let new = |code| Diagnostic::new(code, Origin::File);
        let limits = self.launch.limits;
        match failure {
            Failure::Crashed { how, .. } => new(Code::WorkerCrashed).with("how", how),
            Failure::OverTime => {
                let (processor, clock) = limits.time(bytes);
                new(Code::OverTime).with("seconds", processor.min(clock.as_secs()))
            }
            Failure::OverMemory => new(Code::OverMemory).with("mib", limits.memory >> 20),
            Failure::Garbage => new(Code::WorkerGarbage),
        }
    }
}

/// Whether an answer is about the file with this identity. A panic leaves neither identity nor items.
fn is_of(parsed: &Parsed, identity: SourceId) -> bool {
    let named = parsed.submission.as_ref().map(|submission| submission.source);
    match parsed.source {
        Some(source) => source == identity && named.is_none_or(|named| named == identity),
        None => named.is_none(),
    }
}

/// Does something with a worker, which is killed when its time is over.
fn watched<T>(slot: &Slot, worker: &mut Worker, until: Instant, work: impl FnOnce(&mut Worker) -> T) -> T {
    *held(&slot.watched) = Some(Watched { process: Arc::clone(&worker.process), until });
    let done = work(worker);
    *held(&slot.watched) = None;
    done
}

impl Worker {
    fn spawn(launch: &Launch) -> io::Result<Self> {
        // Nothing of the surroundings is for a worker: no variable, no folder.
        let mut child = Command::new(&launch.program)
            .args(&launch.arguments)
            .env_clear()
            .current_dir(if cfg!(unix) { "/" } else { "." })
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let process = Arc::new(Process { child: Mutex::new(child), overdue: AtomicBool::new(false) });
        let (Some(input), Some(output), Some(errors)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self { process, input, output, errors, served: 0 })
    }

    /// Ends a worker that gave no answer, and finds out why.
    fn fail(mut self, error: &io::Error) -> Failure {
        // A process whose pipes are closed has its status already; killing it changes nothing then.
        let status = self.process.end();
        let mut said = Vec::new();
        let _ = (&mut self.errors).take(LAST_WORDS).read_to_end(&mut said);
        let said = String::from_utf8_lossy(&said).trim().to_owned();
        if self.process.overdue.load(Ordering::Relaxed) {
            return Failure::OverTime;
        }
        if error.kind() == io::ErrorKind::InvalidData {
            return Failure::Garbage;
        }
        let how = match status.map_or(End::Signal, system::end) {
            End::ProcessorTime => return Failure::OverTime,
            // The words of the standard library before it aborts; it has no other sign.
            End::Aborted if said.contains("memory allocation of ") => return Failure::OverMemory,
            End::Aborted if said.contains("has overflowed its stack") => "stack-overflow",
            End::Aborted => "aborted",
            End::MemoryFault => "memory-fault",
            End::Killed => "killed",
            End::Exited => "exited",
            End::Signal => "signal",
        };
        Failure::Crashed { how, said }
    }
}

impl Process {
    /// Kills the process and takes its status, so that neither it nor an entry of it stays.
    fn end(&self) -> io::Result<std::process::ExitStatus> {
        let mut child = held(&self.child);
        let _ = child.kill();
        child.wait()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.process.end();
    }
}

/// The thread that kills workers whose time is over.
struct Watch {
    over: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    fn new(watched: Vec<Arc<Mutex<Option<Watched>>>>) -> io::Result<Self> {
        let over = Arc::new((Mutex::new(false), Condvar::new()));
        let told = Arc::clone(&over);
        let watching = thread::Builder::new().name("jianbao-watch".into());
        let thread = watching.spawn(move || {
            let (over, changed) = &*told;
            let mut over = held(over);
            while !*over {
                over = changed.wait_timeout(over, TICK).unwrap_or_else(PoisonError::into_inner).0;
                let now = Instant::now();
                for place in &watched {
                    kill_overdue(place, now);
                }
            }
        })?;
        Ok(Self { over, thread: Some(thread) })
    }
}

fn kill_overdue(place: &Mutex<Option<Watched>>, now: Instant) {
    let mut place = held(place);
    if let Some(overdue) = place.take_if(|watched| now >= watched.until) {
        overdue.process.overdue.store(true, Ordering::Relaxed);
        let _ = held(&overdue.process.child).kill();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        *held(&self.over.0) = true;
        self.over.1.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A lock, also where a thread has panicked with it: what it guards is whole at all times.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use jianbao_model::Submission;

    use super::*;

    #[test]
    fn an_answer_about_another_file_is_told_apart() {
        let (own, other) = (SourceId::of(b"1"), SourceId::of(b"2"));
        let submission = |source| Some(Submission { source, items: Vec::new(), dropped: Vec::new() });
        let parsed = |source, named| Parsed {
            source: Some(source),
            submission: submission(named),
            ..Parsed::default()
        };
        assert!(is_of(&parsed(own, own), own));
        assert!(is_of(&Parsed::default(), own), "after a panic");
        let unnamed = Parsed { source: None, ..parsed(own, own) };
        for wrong in [parsed(other, other), parsed(own, other), parsed(other, own), unnamed] {
            assert!(!is_of(&wrong, own));
        }
    }
}
