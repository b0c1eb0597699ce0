//! Writes the crafted PDFs of the tests below a folder: `scripts/corpora DIR --seconds 2` measures them.

#[path = "../tests/crafted/mod.rs"]
mod crafted;

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("usage: crafted DIR"))?;
    fs::create_dir_all(&folder)?;
    for (name, make, _) in crafted::CASES {
        fs::write(folder.join(format!("{name}.pdf")), make())?;
    }
    Ok(())
}
