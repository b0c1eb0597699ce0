//! Faces and programs that are useful and not needed.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{Finding, Level};
use crate::proof;

/// The faces of official documents (GB/T 9704 5.2.2), each by the names that its file may have.
const FACES: [[&str; 2]; 5] = [
    ["方正小标宋简体", "FZXiaoBiaoSong-B05S"],
    ["仿宋_GB2312", "FangSong_GB2312"],
    ["楷体_GB2312", "KaiTi_GB2312"],
    ["黑体", "SimHei"],
    ["宋体", "SimSun"],
];

pub(super) fn examine() -> Vec<Finding> {
    let mut findings = vec![faces()];
    for program in proof::PROGRAMS {
        let name = ("program", program.name.to_owned());
        findings.push(if let Some(path) = find(program.name) {
            let path = ("path", path.display().to_string());
            Finding::words(Level::Fine, "doctor-program", vec![name, path])
        } else {
            let package = ("package", program.package.to_owned());
            Finding::words(Level::Note, "doctor-program-missing", vec![name, package])
        });
    }
    let unused = find("tesseract").map(|path| ("path", path.display().to_string()));
    findings.extend(unused.map(|path| Finding::words(Level::Fine, "doctor-program-unused", vec![path])));
    findings
}

/// The first file of this name in the folders of `PATH`.
fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The issue names its faces, and Word puts others in the place of those that a machine does not have.
fn faces() -> Finding {
    let listed = Command::new("fc-list").args([":", "family"]).stdin(Stdio::null()).output();
    let Some(listed) = listed.ok().filter(|done| done.status.success()) else {
        return Finding::words(Level::Note, "doctor-faces-unknown", Vec::new());
    };
    let missing = missing(&String::from_utf8_lossy(&listed.stdout));
    if missing.is_empty() {
        Finding::words(Level::Fine, "doctor-faces", Vec::new())
    } else {
        Finding::words(Level::Note, "doctor-faces-missing", vec![("faces", missing.join("、"))])
    }
}

/// The faces that a list does not have: a line a file, its names with commas between them.
fn missing(listed: &str) -> Vec<&'static str> {
    let names: Vec<&str> = listed.lines().flat_map(|line| line.split(',')).map(str::trim).collect();
    let there = |face: &[&str]| face.iter().any(|name| names.contains(name));
    FACES.iter().filter(|face| !there(&face[..])).map(|face| face[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_counts_by_each_of_its_names() {
        let listed = "SimSun,宋体\nSimHei\nKaiTi,楷体\nFZXiaoBiaoSong\\-B05S,方正小标宋简体\n";
        assert_eq!(missing(listed), ["仿宋_GB2312", "楷体_GB2312"]);
        assert_eq!(missing("").len(), FACES.len());
    }
}
