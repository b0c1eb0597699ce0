//! Owner files: what an office program leaves beside a document that is open.

use std::collections::BTreeSet;

/// Whether a folder with these names has an owner file for the document of this name: `~$稿.docx` of Word
/// (which leaves out up to two characters of a long name), `.~lock.稿.docx#` of LibreOffice, `.~稿.docx`
/// of WPS.
pub(super) fn is_open(name: &str, folder: &BTreeSet<String>) -> bool {
    let without = |count: usize| name.chars().skip(count).collect::<String>();
    let word = (0..=2).map(|count| format!("~${}", without(count)));
    word.chain([format!(".~lock.{name}#"), format!(".~{name}")]).any(|owner| folder.contains(&owner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_file_belongs_to_its_document() {
        let folder = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        for owner in [
            "~$关于优化政务服务的信息.docx",
            "~$优化政务服务的信息.docx",
            ".~lock.关于优化政务服务的信息.docx#",
        ] {
            assert!(is_open("关于优化政务服务的信息.docx", &folder(&[owner])), "{owner}");
        }
        assert!(!is_open(
            "关于优化政务服务的信息.docx",
            &folder(&["~$别的.docx", "关于优化政务服务的信息.docx"])
        ));
    }
}
