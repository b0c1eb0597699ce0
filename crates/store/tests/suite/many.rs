//! Many writers, each with a connection of its own.

use std::collections::BTreeSet;
use std::sync::Barrier;

use crate::{AT, Home, open, plan};

const WRITERS: usize = 8;
const ROUNDS: usize = 20;

#[test]
fn eight_writers_never_get_the_same_number_and_are_never_turned_away() {
    let home = Home::new();
    let path = home.path();
    let start = Barrier::new(WRITERS);
    let numbers: Vec<u32> = std::thread::scope(|scope| {
        let writers = (0..WRITERS).map(|writer| {
            let (path, start) = (&path, &start);
            scope.spawn(move || {
                start.wait();
                let mut store = open(path);
                let keys = (0..ROUNDS).map(|round| format!("{writer}-{round}"));
                keys.map(|key| store.reserve(&plan(&key, "动态", &[]), AT).unwrap().number)
                    .collect::<Vec<_>>()
            })
        });
        let writers: Vec<_> = writers.collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    let different: BTreeSet<u32> = numbers.iter().copied().collect();
    assert_eq!(numbers.len(), WRITERS * ROUNDS);
    assert_eq!(different, (1..=u32::try_from(WRITERS * ROUNDS).unwrap()).collect());
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn a_new_file_may_be_opened_by_all_at_once_and_one_plan_has_one_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jianbao.db");
    let start = Barrier::new(WRITERS);
    let numbers: BTreeSet<u32> = std::thread::scope(|scope| {
        let writers = (0..WRITERS).map(|_| {
            scope.spawn(|| {
                start.wait();
                open(&path).reserve(&plan("one", "动态", &[]), AT).unwrap().number
            })
        });
        let writers: Vec<_> = writers.collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(numbers, BTreeSet::from([1]));
    assert_eq!(open(&path).check().unwrap(), []);
}
