//! The unit and the timer by which systemd starts the unattended job (systemd.service(5), systemd.exec(5),
//! systemd.timer(5)).
//!
//! The service may write to the folders that the configuration names and nowhere else, has no network, no
//! devices and no rights of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::{Config, Taken};
use crate::output;

/// What a unit is made from; all paths are absolute.
#[derive(Clone, Debug)]
pub struct Service<'a> {
    /// The program.
    pub program: &'a Path,
    /// The configuration file.
    pub config: &'a Path,
    /// Jobs that are run; none for `run`.
    pub jobs: &'a [String],
    /// User as whom it runs.
    pub user: &'a str,
    /// When it runs, as systemd.time(7) has it.
    pub on_calendar: &'a str,
    /// Unit that is started when a run fails.
    pub on_failure: Option<&'a str>,
    /// Folder of the submissions.
    pub inbox: &'a Path,
    /// Folders that it writes to.
    pub written: &'a [PathBuf],
}

/// Where a service with this hardening sees an empty folder instead (`ProtectHome=`, `PrivateTmp=`).
const HIDDEN: [&str; 5] = ["/home", "/root", "/run/user", "/tmp", "/var/tmp"];

/// The folders that the configuration has the job write to, each once; one that lies in another of them is
/// left to that one.
pub fn written(config: &Config) -> Vec<PathBuf> {
    let usual = [&config.output, &config.quarantine, &config.data].map(PathBuf::as_path);
    let moved = (config.arrival.taken != Taken::Leave).then_some(config.inbox.as_path());
    let of_jobs = config.jobs.iter().filter_map(|entry| entry.task.folder());
    let all = usual.into_iter().chain([output::folder_of(&config.store)]).chain(moved).chain(of_jobs);
    let all: BTreeSet<&Path> = all.collect();
    let inner = |path: &Path| all.iter().any(|other| path != *other && path.starts_with(other));
    all.iter().filter(|path| !inner(path)).map(|path| (*path).to_owned()).collect()
}

impl Service<'_> {
    /// Paths that the service would not see where they are.
    pub fn hidden(&self) -> Vec<&Path> {
        let paths = [self.program, self.config, self.inbox].into_iter();
        let paths = paths.chain(self.written.iter().map(PathBuf::as_path));
        paths.filter(|path| HIDDEN.iter().any(|folder| path.starts_with(folder))).collect()
    }

    /// The text of the `.service` file.
    pub fn unit(&self) -> String {
        let folders: Vec<String> = self.written.iter().map(|path| quoted(path)).collect();
        let written = folders.join(" ");
        let base = self.config.parent().unwrap_or(Path::new("/"));
        let words: Vec<String> = match self.jobs {
            [] => vec!["run".to_owned()],
            jobs => std::iter::once("job".to_owned())
                .chain(jobs.iter().map(|name| argument(Path::new(name))))
                .collect(),
        };
        let failure = self.on_failure.map_or(String::new(), |unit| format!("OnFailure={unit}\n"));
        format!(
            "\
# Written by `jianbao install-service`; to change it, run that again.
[Unit]
Description=Jianbao: submissions to bulletin issues
RequiresMountsFor={base} {inbox} {written}
After=local-fs.target remote-fs.target
{failure}
[Service]
Type=oneshot
User={user}
WorkingDirectory={directory}
ExecStart={program} {words} --config {config}
# 1: done, but some submission was set aside or is doubtful.
SuccessExitStatus=1
TimeoutStartSec=3600
MemoryMax=2G
TasksMax=64
UMask=0022
ReadWritePaths={written}
{HARDENING}",
            base = quoted(base),
            inbox = quoted(self.inbox),
            user = self.user,
            directory = specifiers(&base.display().to_string()),
            program = argument(self.program),
            words = words.join(" "),
            config = argument(self.config),
        )
    }

    /// The text of the `.timer` file.
    pub fn timer(&self) -> String {
        format!(
            "\
# Written by `jianbao install-service`; to change it, run that again.
[Unit]
Description=Jianbao: when it runs

[Timer]
OnCalendar={}
# A run that was missed while the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
",
            specifiers(self.on_calendar)
        )
    }
}

/// What shuts the service in. The worker processes shut themselves in further, by Landlock and seccomp,
/// whose calls are in no group of `SystemCallFilter=`.
const HARDENING: &str = "\
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
DevicePolicy=closed
PrivateNetwork=yes
PrivateUsers=yes
PrivateIPC=yes
IPAddressDeny=any
RestrictAddressFamilies=none
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
ProtectProc=invisible
ProcSubset=pid
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallFilter=landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp
";

/// A path of a list of paths: `%` begins a specifier, quotes and backslashes are escapes.
fn quoted(path: &Path) -> String {
    let escaped = specifiers(&path.display().to_string()).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// A word of a command line, where `$` begins a variable as well.
fn argument(word: &Path) -> String {
    quoted(word).replace('$', "$$")
}

fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_mean_nothing_else() {
        assert_eq!(argument(Path::new("/srv/简 报/50% $5\"")), "\"/srv/简 报/50%% $$5\\\"\"");
        assert_eq!(quoted(Path::new("/srv/$5")), "\"/srv/$5\"");
    }

    #[test]
    fn the_unit_names_each_folder_and_sees_what_is_hidden() {
        let written = ["/srv/out".into(), "/home/x/data".into()];
        let service = Service {
            program: Path::new("/opt/jianbao/jianbao"),
            config: Path::new("/srv/jianbao.toml"),
            jobs: &[],
            user: "jianbao",
            on_calendar: "hourly",
            on_failure: None,
            inbox: Path::new("/srv/inbox"),
            written: &written,
        };
        let unit = service.unit();
        assert!(unit.contains("\nReadWritePaths=\"/srv/out\" \"/home/x/data\"\n"), "{unit}");
        assert!(unit.contains("\nExecStart=\"/opt/jianbao/jianbao\" run --config \"/srv/jianbao.toml\"\n"));
        assert!(!unit.contains("OnFailure"));
        assert_eq!(service.hidden(), [Path::new("/home/x/data")]);
        let jobs = ["备份".to_owned()];
        let named = Service { jobs: &jobs, on_failure: Some("mail@%n.service"), ..service };
        assert!(named.unit().contains(" job \"备份\" --config "));
        assert!(named.unit().contains("\nOnFailure=mail@%n.service\n"));
    }
}
