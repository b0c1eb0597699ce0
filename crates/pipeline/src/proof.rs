//! Proofs (清样) of an issue: the pages as PDF and as pictures, made by programs that are installed.
//!
//! LibreOffice prints the Word file, poppler draws the pages. Both run in a folder of their own, with a
//! profile of their own, so that an office that is open on the same machine is not disturbed.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than an issue of a hundred pages takes on a slow machine.
const PATIENCE: Duration = Duration::from_mins(3);

/// How often a running program is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// Dots per inch of the pictures: A4 is 1240 × 1754.
const RESOLUTION: &str = "150";

/// A program and the package of Debian, Ubuntu, UOS and Kylin that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// Name of the program.
    pub name: &'static str,
    /// Name of the package.
    pub package: &'static str,
}

const OFFICE: Program = Program { name: "soffice", package: "libreoffice-writer" };
const PAINTER: Program = Program { name: "pdftoppm", package: "poppler-utils" };

/// All programs that proofs need.
pub(crate) const PROGRAMS: [Program; 2] = [OFFICE, PAINTER];

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The program is not installed.
    #[error("{} is not installed (package {})", .0.name, .0.package)]
    Missing(Program),
    /// The program ended without a result, or did not end.
    #[error("{}: {what}", .program.name)]
    Failed {
        /// The program.
        program: Program,
        /// What it said.
        what: String,
    },
    /// The folder for the work could not be used.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The pages of a .docx file as PDF, printed by LibreOffice.
///
/// # Errors
///
/// LibreOffice is missing, fails, or takes more than three minutes.
pub fn pdf(docx: &[u8]) -> Result<Vec<u8>, ProofError> {
    let folder = tempfile::tempdir()?;
    let (file, profile) = (folder.path().join("proof.docx"), folder.path().join("profile"));
    std::fs::write(&file, docx)?;
    let mut command = Command::new(OFFICE.name);
    command
        .args(["--headless", "--norestore", "--nolockcheck"])
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--convert-to", "pdf:writer_pdf_Export", "--outdir"])
        .args([folder.path(), &file]);
    run(OFFICE, command)?;
    result(OFFICE, &folder.path().join("proof.pdf"))
}

/// The pages of a PDF as pictures in the format PNG, in their order.
///
/// # Errors
///
/// `pdftoppm` is missing, fails, or takes more than three minutes.
pub fn pictures(pdf: &[u8]) -> Result<Vec<Vec<u8>>, ProofError> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("proof.pdf");
    std::fs::write(&file, pdf)?;
    let mut command = Command::new(PAINTER.name);
    command.args(["-png", "-r", RESOLUTION]).args([&file, &folder.path().join("page")]);
    run(PAINTER, command)?;
    // `page-01.png` where there are ten pages or more: the names sort.
    let entries = std::fs::read_dir(folder.path())?.collect::<Result<Vec<_>, _>>()?;
    let mut pages: Vec<_> = entries
        .iter()
        .map(std::fs::DirEntry::path)
        .filter(|path| path.extension().is_some_and(|e| e == "png"))
        .collect();
    pages.sort();
    if pages.is_empty() {
        return Err(ProofError::Failed { program: PAINTER, what: "0".to_owned() });
    }
    pages.iter().map(|path| result(PAINTER, path)).collect()
}

fn result(program: Program, path: &Path) -> Result<Vec<u8>, ProofError> {
    std::fs::read(path).map_err(|error| ProofError::Failed { program, what: error.to_string() })
}

fn run(program: Program, mut command: Command) -> Result<(), ProofError> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    own_group(&mut command);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ProofError::Missing(program),
        _ => ProofError::Io(error),
    })?;
    let begin = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(ProofError::Failed { program, what: status.to_string() }),
            None if begin.elapsed() > PATIENCE => {
                stop(&mut child);
                let what = format!("> {} s", PATIENCE.as_secs());
                return Err(ProofError::Failed { program, what });
            }
            None => std::thread::sleep(LOOK),
        }
    }
}

/// `soffice` starts another program, which has to be stopped with it.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

fn stop(child: &mut Child) {
    if cfg!(unix) {
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_is_named_with_its_package() {
        let program = Program { name: "jianbao-no-such-program", package: "some-package" };
        let error = run(program, Command::new(program.name)).expect_err("missing");
        assert_eq!(error.to_string(), "jianbao-no-such-program is not installed (package some-package)");
    }

    #[test]
    fn a_program_that_fails_is_told() {
        let error = run(OFFICE, Command::new("false")).expect_err("failed");
        assert!(matches!(error, ProofError::Failed { .. }), "{error}");
    }
}
