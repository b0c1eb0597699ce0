//! The command line: its shape here, its words in the message files.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jianbao_pipeline::batch::Password;
use jianbao_pipeline::messages::{Language, Messages};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "jianbao", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// Language of the messages.
    #[arg(long, global = true, default_value = "zh", value_parser = ["zh", "en"])]
    pub(crate) lang: String,
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// The scheduled job.
    Run(Run),
    /// Files to items.
    Convert(Convert),
    /// Chosen items to an issue.
    Compose(Compose),
    /// An issue back to items.
    Import(Import),
    /// Diagnostics only.
    Check(Check),
    /// The configuration.
    #[command(subcommand)]
    Config(ConfigTask),
    /// The look of an issue.
    #[command(subcommand)]
    Layout(LayoutTask),
    /// What came, and what the editor decides about it.
    #[command(subcommand)]
    Items(ItemsTask),
    /// The plan of the issue that is due.
    Plan(Plan),
    /// What was set aside.
    #[command(subcommand)]
    Quarantine(QuarantineTask),
    /// The issues and their numbers.
    #[command(subcommand)]
    Issues(IssuesTask),
    /// The database of the unattended job.
    #[command(subcommand)]
    Store(StoreTask),
    /// Jobs of the configuration, by name.
    Job(Jobs),
    /// Whether the machine has what the job needs.
    Doctor {
        #[command(flatten)]
        common: Common,
    },
    /// The files by which systemd starts the job.
    InstallService(InstallService),
    /// The JSON Schema.
    Schema,
    /// A process that parses for another one.
    #[command(hide = true)]
    Worker,
}

/// `items …`; an item is named by its number, its stable name or its title.
#[derive(Debug, Subcommand)]
pub(crate) enum ItemsTask {
    /// Lists them.
    List {
        #[command(flatten)]
        common: Common,
        #[arg(long, value_name = "STATE", value_parser = ["new", "adopted", "rejected", "issued"])]
        state: Option<String>,
        #[arg(long, value_name = "ID")]
        section: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        to: Lines,
    },
    /// Prints one with its history.
    Show {
        #[arg(value_name = "ITEM")]
        item: String,
        #[command(flatten)]
        common: Common,
        #[arg(long, value_enum, default_value = "text")]
        to: Lines,
    },
    /// To be printed.
    Adopt {
        #[arg(required = true, value_name = "ITEM")]
        items: Vec<String>,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Not to be printed.
    Reject {
        #[arg(required = true, value_name = "ITEM")]
        items: Vec<String>,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Changes its text.
    Edit(EditItem),
    /// Moves it to another section.
    Move {
        #[arg(value_name = "ITEM")]
        item: String,
        #[arg(value_name = "SECTION")]
        section: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Makes one of two.
    Merge {
        #[arg(value_name = "INTO")]
        into: String,
        #[arg(value_name = "FROM")]
        from: String,
        #[command(flatten)]
        deciding: Deciding,
    },
}

/// `items edit`
#[derive(Debug, Args)]
pub(crate) struct EditItem {
    #[arg(value_name = "ITEM")]
    pub(crate) item: String,
    #[arg(long = "file", value_name = "FILE")]
    pub(crate) text: Option<PathBuf>,
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// Options of commands by which an editor changes something.
#[derive(Debug, Args)]
pub(crate) struct Deciding {
    #[command(flatten)]
    pub(crate) common: Common,
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) editor: Option<String>,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lines {
    /// A table.
    Text,
    /// A JSON line for each.
    Jsonl,
}

/// `plan`
#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) common: Common,
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
}

/// `quarantine …`
#[derive(Debug, Subcommand)]
pub(crate) enum QuarantineTask {
    /// Lists what is set aside.
    List {
        #[command(flatten)]
        common: Common,
        #[arg(long, value_enum, default_value = "text")]
        to: Lines,
    },
    /// Lets the next run try again.
    Retry(Retry),
    /// Closes a record by hand.
    Release(Release),
}

/// `quarantine retry`
#[derive(Debug, Args)]
pub(crate) struct Retry {
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    pub(crate) ids: Vec<i64>,
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// `quarantine release`
#[derive(Debug, Args)]
pub(crate) struct Release {
    #[arg(value_name = "ID")]
    pub(crate) held: i64,
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// `issues …`
#[derive(Debug, Subcommand)]
pub(crate) enum IssuesTask {
    /// Lists them.
    List {
        #[command(flatten)]
        common: Common,
        #[arg(long, value_enum, default_value = "text")]
        to: Lines,
    },
    /// Prints one with its items.
    Show {
        #[arg(value_name = "N")]
        issue: String,
        #[command(flatten)]
        common: Common,
    },
    /// Writes the file of one again, as it was.
    Write(Write),
    /// Gives one up.
    Void(Void),
    /// Notes numbers that were used without this program.
    Skip(Skip),
}

/// `issues skip`
#[derive(Debug, Args)]
pub(crate) struct Skip {
    #[arg(id = "used", long = "number", value_name = "N", value_parser = clap::value_parser!(u32).range(1..10_000))]
    pub(crate) number: u32,
    #[arg(id = "used-cumulative", long = "cumulative", value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..10_000))]
    pub(crate) cumulative: Option<u32>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<String>,
    #[arg(long)]
    pub(crate) supplement: bool,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// `issues write`
#[derive(Debug, Args)]
pub(crate) struct Write {
    #[arg(value_name = "N")]
    pub(crate) issue: String,
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// `issues void`
#[derive(Debug, Args)]
pub(crate) struct Void {
    #[arg(value_name = "N")]
    pub(crate) issue: String,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// `store …`
#[derive(Debug, Subcommand)]
pub(crate) enum StoreTask {
    /// Looks whether everything holds together.
    Check {
        #[command(flatten)]
        common: Common,
    },
    /// Copies the database to a file.
    Backup(StoreCopy),
    /// Brings a backup back.
    Restore(StoreCopy),
    /// Prints everything as JSON lines.
    Export {
        #[command(flatten)]
        common: Common,
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        #[arg(long)]
        force: bool,
    },
}

/// `store backup` and `store restore`.
#[derive(Debug, Args)]
pub(crate) struct StoreCopy {
    #[arg(value_name = "FILE")]
    pub(crate) copy: PathBuf,
    #[command(flatten)]
    pub(crate) common: Common,
    #[arg(long)]
    pub(crate) force: bool,
}

/// `job`
#[derive(Debug, Args)]
pub(crate) struct Jobs {
    #[arg(required = true, value_name = "NAME")]
    pub(crate) names: Vec<String>,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// `install-service`
#[derive(Debug, Args)]
pub(crate) struct InstallService {
    /// Jobs of the configuration instead of `run`.
    #[arg(value_name = "JOB")]
    pub(crate) run_jobs: Vec<String>,
    #[command(flatten)]
    pub(crate) common: Common,
    #[arg(long, value_name = "NAME", default_value = "jianbao")]
    pub(crate) user: String,
    #[arg(long, value_name = "DIR", default_value = "/etc/systemd/system")]
    pub(crate) dir: PathBuf,
    #[arg(long, value_name = "NAME", default_value = "jianbao")]
    pub(crate) unit: String,
    #[arg(long, value_name = "WHEN", default_value = "hourly")]
    pub(crate) on_calendar: String,
    #[arg(long, value_name = "UNIT")]
    pub(crate) on_failure: Option<String>,
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `layout …`
#[derive(Debug, Subcommand)]
pub(crate) enum LayoutTask {
    /// Lists the measures.
    Show {
        #[command(flatten)]
        common: Common,
    },
    /// Holds a Word file against the measures.
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        common: Common,
    },
    /// Lists the placeholders of a Word file.
    Template {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// `config …`
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigTask {
    /// Lists the values.
    Show {
        #[command(flatten)]
        common: Common,
        #[arg(long)]
        origin: bool,
    },
}

/// Options that every command has that reads the configuration.
#[derive(Debug, Args)]
pub(crate) struct Common {
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// Where the result and the report go.
#[derive(Debug, Default, Args)]
pub(crate) struct Output {
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// Number and date of the issue.
#[derive(Debug, Default, Args)]
pub(crate) struct Numbering {
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<String>,
    #[arg(long, value_name = "N")]
    pub(crate) number: Option<u32>,
    #[arg(long, value_name = "N")]
    pub(crate) cumulative: Option<u32>,
    #[arg(long)]
    pub(crate) supplement: bool,
    #[command(flatten)]
    pub(crate) target: Output,
    #[command(flatten)]
    pub(crate) proofs: Proofs,
}

/// What is made of the issue besides the Word file.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Proofs {
    #[arg(long)]
    pub(crate) pdf: bool,
    #[arg(long)]
    pub(crate) png: bool,
}

/// `run`
#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) numbering: Numbering,
    #[arg(long, value_enum)]
    pub(crate) only: Option<Half>,
}

/// A half of `run`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Half {
    /// The inbox is taken in.
    Ingest,
    /// The issue that is due is made.
    Compose,
}

/// `compose`
#[derive(Debug, Args)]
pub(crate) struct Compose {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(flatten)]
    pub(crate) numbering: Numbering,
    #[arg(long, value_name = "FILE")]
    pub(crate) plan: Option<PathBuf>,
}

/// `convert`, and of `import` what is alike.
#[derive(Debug, Args)]
pub(crate) struct Convert {
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
    #[arg(long, value_name = "PASSWORD")]
    pub(crate) password: Option<Password>,
    #[arg(long)]
    pub(crate) isolate: bool,
    #[arg(long, value_enum, default_value = "jsonl")]
    pub(crate) to: Target,
    #[command(flatten)]
    pub(crate) target: Output,
}

/// `import`
#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) issue: Convert,
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
}

/// `check`
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
    #[arg(long, value_name = "PASSWORD")]
    pub(crate) password: Option<Password>,
    #[arg(long)]
    pub(crate) isolate: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// Formats of `convert`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// One JSON line a file.
    Jsonl,
    /// Text as Word would show it (`convert`), as printed (`import`).
    Text,
    /// Markdown.
    Markdown,
}

/// Reads the command line; help and usage errors speak the language that it asks for.
pub(crate) fn parse(words: &[std::ffi::OsString]) -> Result<Arguments, clap::Error> {
    let english = words.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en")
        || words.iter().any(|word| word == "--lang=en");
    let messages = Messages::new(if english { Language::English } else { Language::Chinese });
    let command = speak(Arguments::command(), "cli", &messages);
    let matches = command.try_get_matches_from(words)?;
    Arguments::from_arg_matches(&matches)
}

/// Gives a command and everything below it the words of the message file.
fn speak(command: Command, id: &str, messages: &Messages) -> Command {
    let word = |id: &str| messages.text(id, &[]);
    let has_commands = command.has_subcommands();
    let has_values = command.get_positionals().next().is_some();
    let parts = [
        Some(format!("{{about}}\n\n{}: {{usage}}", word("cli-usage"))),
        has_commands.then(|| format!("{}:\n{{subcommands}}", word("cli-commands"))),
        has_values.then(|| format!("{}:\n{{positionals}}", word("cli-arguments"))),
        Some(format!("{}:\n{{options}}", word("cli-options"))),
    ];
    let template: Vec<String> = parts.into_iter().flatten().collect();
    let help = clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help);
    let mut command = command
        .about(word(id))
        .help_template(template.join("\n\n") + "\n")
        .disable_help_flag(true)
        .arg(help.help(word("cli-arg-help")))
        .mut_args(|argument| {
            let id = argument.get_id().to_string();
            let own = if id == "lang" { "cli-lang".to_owned() } else { format!("cli-arg-{id}") };
            argument.help(messages.text(&own, &[])).hide_possible_values(false)
        });
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |below| speak(below, &format!("{id}-{name}"), messages));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed_and_every_word_is_translated() {
        for language in [Language::Chinese, Language::English] {
            let command = speak(Arguments::command(), "cli", &Messages::new(language));
            command.clone().debug_assert();
            untranslated(&command);
        }
    }

    fn untranslated(command: &Command) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.starts_with("cli"), "{about}");
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty() && !help.starts_with("cli-"), "{}", argument.get_id());
        }
        command.get_subcommands().for_each(untranslated);
    }
}
