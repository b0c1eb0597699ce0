//! Linux: setrlimit(2), prctl(2), landlock(7), seccomp(2).

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus, Scope};
use rustix::process::{Resource, Rlimit, Signal};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch,
};

use super::{End, Protection};

/// The program of the process that reads it, even after an update has replaced the file (proc(5)).
const OWN_PROGRAM: &str = "/proc/self/exe";

pub(super) fn program() -> io::Result<PathBuf> {
    let own = PathBuf::from(OWN_PROGRAM);
    if own.exists() { Ok(own) } else { std::env::current_exe() }
}

pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(path)
}

pub(super) fn confine(memory: u64) -> Vec<Protection> {
    let mut missing = Vec::new();
    let mut note = |had: bool, protection| {
        if !had {
            missing.push(protection);
        }
    };
    // Before the bounds: Landlock's rules are a descriptor.
    note(
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL)).is_ok(),
        Protection::ParentDeath,
    );
    note(rustix::thread::set_no_new_privs(true).is_ok(), Protection::NoNewPrivileges);
    note(close_paths(), Protection::Landlock);
    note(bound(memory), Protection::Bounds);
    missing
}

/// Open files of a worker: three pipes and what a library may need.
const OPEN_FILES: u64 = 16;

fn bound(memory: u64) -> bool {
    let bounds =
        [(Resource::As, memory), (Resource::Fsize, 0), (Resource::Nofile, OPEN_FILES), (Resource::Core, 0)];
    bounds.into_iter().all(|(resource, value)| {
        rustix::process::setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) }).is_ok()
    })
}

/// Landlock without any rule: no path, no port, no signal to others. Older kernels know fewer of these and give what they have.
fn close_paths() -> bool {
    let abi = ABI::V6;
    let rules = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(abi)))
        .and_then(|rules| rules.scope(Scope::from_all(abi)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
    rules.is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced)
}

/// Calls that reading needs whatever their arguments: pipes, memory, threads that wait, the clock, the end.
const CALLS: [i64; 27] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

pub(super) fn filter_calls() -> bool {
    filter().is_some_and(|program| seccompiler::apply_filter_all_threads(&program).is_ok())
}

/// Everything else is refused with EPERM, so that a library that asks for more can go on without.
fn filter() -> Option<BpfProgram> {
    let word = |at, op, value| SeccompCondition::new(at, SeccompCmpArgLen::Dword, op, value).ok();
    let rule = |conditions: Vec<Option<SeccompCondition>>| {
        let conditions: Option<Vec<_>> = conditions.into_iter().collect();
        SeccompRule::new(conditions?).ok().map(|rule| vec![rule])
    };
    let not_executable = || word(2, SeccompCmpOp::MaskedEq(u64::from(libc::PROT_EXEC.unsigned_abs())), 0);
    let own = u64::from(std::process::id());
    let mut calls: BTreeMap<i64, Vec<SeccompRule>> =
        CALLS.into_iter().map(|call| (call, Vec::new())).collect();
    calls.insert(libc::SYS_mmap, rule(vec![not_executable()])?);
    calls.insert(libc::SYS_mprotect, rule(vec![not_executable()])?);
    // `abort` signals the process itself; nobody else is to be signalled.
    calls.insert(libc::SYS_tgkill, rule(vec![word(0, SeccompCmpOp::Eq, own)])?);
    // The bound on its own processor time is set anew for each file, and no other bound.
    let resource = u64::from(libc::RLIMIT_CPU);
    let itself = word(0, SeccompCmpOp::Eq, 0);
    calls.insert(libc::SYS_prlimit64, rule(vec![itself, word(1, SeccompCmpOp::Eq, resource)])?);
    let machine = TargetArch::try_from(std::env::consts::ARCH).ok()?;
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(calls, refused, SeccompAction::Allow, machine).ok()?.try_into().ok()
}

pub(super) fn allow_processor_time(seconds: u64) {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    // The system counts whole seconds, and the one that has begun is not charged.
    let until = u64::try_from(used).unwrap_or(0) + 1 + seconds;
    // Where it fails the time by the clock still holds.
    let _ = rustix::process::setrlimit(Resource::Cpu, Rlimit { current: Some(until), maximum: None });
}

pub(super) fn end(status: ExitStatus) -> End {
    match status.signal() {
        None => End::Exited,
        Some(libc::SIGXCPU) => End::ProcessorTime,
        Some(libc::SIGABRT) => End::Aborted,
        Some(libc::SIGSEGV | libc::SIGBUS) => End::MemoryFault,
        Some(libc::SIGKILL) => End::Killed,
        Some(_) => End::Signal,
    }
}

pub(super) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

pub(super) fn free_space(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}
