//! The shape of the workspace: imports go down only, and rank 1 does not import itself.

use std::collections::BTreeMap;
use std::process::Command;

/// The table of ARCHITECTURE.md.
const RANKS: [(&str, u8); 10] = [
    ("model", 0),
    ("pdf-text", 0),
    ("ms-doc", 0),
    ("read", 1),
    ("normalize", 1),
    ("check", 1),
    ("publish", 1),
    ("store", 1),
    ("pipeline", 2),
    ("cli", 3),
];

/// The members that look at all the others and that nothing imports.
const JUDGES: [&str; 2] = ["jianbao-tests", "jianbao-fuzz"];

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(jianbao_tests::root())
        .output()
        .expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// Crate → names of the crates that it depends on outside of tests.
fn edges() -> BTreeMap<String, Vec<String>> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages
        .map(|package| {
            let name = package["name"].as_str().expect("name").to_owned();
            let needs = package["dependencies"].as_array().expect("dependencies").iter();
            let needs =
                needs.filter(|d| d["kind"].is_null()).map(|d| d["name"].as_str().expect("name").to_owned());
            (name, needs.collect())
        })
        .collect()
}

#[test]
fn imports_go_down_only() {
    let ranks: BTreeMap<String, u8> =
        RANKS.iter().map(|(name, rank)| (format!("jianbao-{name}"), *rank)).collect();
    let edges = edges();
    let mut wrong = Vec::new();
    for (name, needs) in edges.iter().filter(|(name, _)| !JUDGES.contains(&name.as_str())) {
        let Some(rank) = ranks.get(name) else {
            wrong.push(format!("{name} is not in the table"));
            continue;
        };
        for need in needs {
            if ranks.get(need).is_some_and(|below| below >= rank) {
                wrong.push(format!("{name} → {need}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(edges.len(), RANKS.len() + JUDGES.len(), "every crate of the table is there");
}

#[test]
fn libraries_stay_where_they_belong() {
    // Crate → the only crates of the workspace that may use it.
    let homes: [(&str, &[&str]); 8] = [
        ("rayon", &["jianbao-pipeline"]),
        ("anyhow", &["jianbao-cli"]),
        ("clap", &["jianbao-cli"]),
        ("indicatif", &["jianbao-cli"]),
        ("docx-rs", &["jianbao-publish"]),
        ("lopdf", &["jianbao-pdf-text"]),
        ("walkdir", &["jianbao-pipeline"]),
        ("rusqlite", &["jianbao-store"]),
    ];
    for (name, needs) in edges() {
        for (library, home) in homes {
            assert!(
                !needs.iter().any(|need| need == library) || home.contains(&name.as_str()),
                "{name} → {library}"
            );
        }
    }
}
