//! Each arrow of the states, and what is refused.

use jianbao_model::{Code, Diagnostic, Origin, SourceId};
use jianbao_store::{
    Choice, Counter, Decision, Edit, Finding, Hold, IssueState, ItemState, Look, NewItem, Plan, ReceiptState,
    Scope, Spooled, StoreError, TakenAs,
};
use serde_json::json;

use crate::{AT, EDITOR, Home, file, new, plan, spool, submit};

const HOLD: Hold<'_> = Hold { code: "R105", stage: "read", detail: "zip" };

fn refusal<T: std::fmt::Debug>(result: jianbao_store::Result<T>) -> String {
    match result.unwrap_err() {
        StoreError::Refused { state, .. } => state,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_is_stable_when_two_looks_agree() {
    let mut home = Home::new();
    let first = home.store.look(&file("a", 1), AT).unwrap();
    let id = first.receipt();
    assert_eq!(first, Look::New(id));
    assert_eq!(home.store.look(&file("a", 2), AT).unwrap(), Look::Changed(id));
    assert_eq!(
        home.store.look(&file("a", 2), AT).unwrap(),
        Look::Stable { receipt: id, since: AT, first: AT }
    );
    home.store.arriving(id, AT).unwrap();
    assert_eq!(home.store.receipt(id).unwrap(), Some(ReceiptState::Arriving));
    assert_eq!(
        home.store.look(&file("a", 2), AT).unwrap(),
        Look::Stable { receipt: id, since: AT, first: AT }
    );
    let waiting = home.store.waiting().unwrap();
    assert_eq!((waiting.len(), waiting[0].receipt, waiting[0].first_seen), (1, id, AT));
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn a_taken_file_is_known_until_it_changes() {
    let mut home = Home::new();
    let taken = home.store.look(&file("a", 1), AT).unwrap().receipt();
    home.store.spool(taken, SourceId::of(b"a"), 10, AT).unwrap();
    assert_eq!(
        home.store.look(&file("a", 1), AT).unwrap(),
        Look::Known {
            receipt: taken,
            state: ReceiptState::Spooled,
            source: Some(SourceId::of(b"a").to_string())
        }
    );
    let corrected = home.store.look(&file("a", 5), AT).unwrap();
    assert!(matches!(corrected, Look::New(id) if id != taken));
}

#[test]
fn a_file_that_went_away_may_come_back() {
    let mut home = Home::new();
    let id = home.store.look(&file("a", 1), AT).unwrap().receipt();
    home.store.gone(id, AT).unwrap();
    assert!(matches!(home.store.look(&file("a", 1), AT).unwrap(), Look::New(back) if back != id));
    let lock = home.store.look(&file("~$a", 1), AT).unwrap().receipt();
    home.store.ignore(lock, "lock-file", AT).unwrap();
    assert_eq!(
        home.store.look(&file("~$a", 1), AT).unwrap(),
        Look::Known { receipt: lock, state: ReceiptState::Ignored, source: None }
    );
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn the_same_content_is_a_duplicate_and_a_second_call_changes_nothing() {
    let mut home = Home::new();
    let (_, first) = spool(&mut home.store, "a", b"text");
    let (again, second) = spool(&mut home.store, "b", b"text");
    assert_eq!(second, Spooled::Duplicate(new(first)));
    assert_eq!(home.store.spool(again, SourceId::of(b"text"), 4, AT).unwrap(), second);
    assert_eq!(refusal(home.store.spool(again, SourceId::of(b"other"), 5, AT)), "duplicate");
    assert_eq!(home.store.receipt(again).unwrap(), Some(ReceiptState::Duplicate));
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn quarantine_holds_and_sends_on_from_where_it_held() {
    let mut home = Home::new();
    let seen = home.store.look(&file("a", 1), AT).unwrap().receipt();
    let (spooled, submission) = spool(&mut home.store, "b", b"text");
    let first = home.store.quarantine(seen, &HOLD, AT).unwrap();
    let second = home.store.quarantine(spooled, &HOLD, AT).unwrap();
    assert_eq!(refusal(home.store.quarantine(seen, &HOLD, AT)), "quarantined");
    assert_eq!(refusal(home.store.parsed(new(submission), "docx", &[], &[], AT)), "quarantined");
    let held = home.store.held().unwrap();
    assert_eq!(
        held.iter().map(|one| (one.id, one.source.is_some())).collect::<Vec<_>>(),
        [(first, false), (second, true)]
    );
    assert_eq!(home.store.check().unwrap(), []);
    assert_eq!(home.store.retry(first, &EDITOR).unwrap(), ReceiptState::Seen);
    assert_eq!(home.store.retry(second, &EDITOR).unwrap(), ReceiptState::Spooled);
    assert_eq!(refusal(home.store.retry(second, &EDITOR)), "retried");
    home.store.parsed(new(submission), "docx", &[], &[], AT).unwrap();
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn a_held_file_is_not_sent_on_beside_its_corrected_copy() {
    let mut home = Home::new();
    let held = home.store.look(&file("a", 1), AT).unwrap().receipt();
    let id = home.store.quarantine(held, &HOLD, AT).unwrap();
    home.store.look(&file("a", 2), AT).unwrap();
    assert_eq!(refusal(home.store.retry(id, &EDITOR)), "superseded");
}

#[test]
fn a_file_that_an_editor_takes_out_is_accounted_for_and_left_alone() {
    let mut home = Home::new();
    let (spooled, _) = spool(&mut home.store, "b", b"text");
    let id = home.store.quarantine(spooled, &HOLD, AT).unwrap();
    home.store.release(id, &EDITOR).unwrap();
    assert_eq!(home.store.receipt(spooled).unwrap(), Some(ReceiptState::Ignored));
    assert_eq!(refusal(home.store.retry(id, &EDITOR)), "released");
    assert_eq!(refusal(home.store.release(id, &EDITOR)), "released");
    assert_eq!((home.store.held().unwrap(), home.store.check().unwrap()), (vec![], vec![]));
}

#[test]
fn several_items_are_decided_about_all_or_none() {
    let mut home = Home::new();
    let one = submit(&mut home.store, "a", "举办招聘会", "组织28家企业。").item;
    let two = submit(&mut home.store, "b", "开展义诊", "服务居民300人。").item;
    home.store.reject(two, &EDITOR).unwrap();
    assert_eq!(refusal(home.store.reject_all(&[one, two], &EDITOR)), "rejected");
    assert_eq!(home.store.item(one).unwrap().unwrap().state, ItemState::New);
    assert_eq!(home.store.decisions(one).unwrap(), []);
    home.store.adopt_all(&[one, two], &EDITOR).unwrap();
    assert_eq!(home.store.items(Some(ItemState::Adopted)).unwrap().len(), 2);
}

#[test]
fn a_corrected_text_is_a_revision_until_somebody_decides() {
    let mut home = Home::new();
    let first = submit(&mut home.store, "a", "举办招聘会", "组织28家企业。");
    assert_eq!(first.how, TakenAs::New);
    let second = submit(&mut home.store, "b", "举办“招聘会”", "组织31家企业。");
    assert_eq!((second.item, second.how), (first.item, TakenAs::Revision(2)));
    home.store.adopt(first.item, &EDITOR).unwrap();
    let third = submit(&mut home.store, "c", "举办招聘会", "组织32家企业。");
    assert_eq!(third.how, TakenAs::After(first.item));
    assert_ne!(third.item, first.item);
    let revisions = home.store.revisions(first.item).unwrap();
    assert_eq!(revisions.len(), 2);
    assert_eq!(revisions[1].content["paragraphs"][0], "组织31家企业。");
    let listed = home.store.item(first.item).unwrap().unwrap();
    assert_eq!((listed.name.as_str(), listed.revision, listed.state), ("a-1", 2, ItemState::Adopted));
}

#[test]
fn an_edited_text_is_not_replaced_by_the_units() {
    let mut home = Home::new();
    let taken = submit(&mut home.store, "a", "标题", "甲乙丙丁。");
    let content = json!({});
    let edit = Edit {
        title: Some("标题"),
        unit: Some("区残联"),
        section: None,
        content: &content,
        words: "标题甲乙丙。",
    };
    assert_eq!(home.store.edit(taken.item, &edit, &EDITOR).unwrap(), 2);
    assert_eq!(submit(&mut home.store, "b", "标题", "甲乙丙丁戊。").how, TakenAs::After(taken.item));
}

#[test]
fn two_items_of_one_file_with_one_title_stay_two() {
    let mut home = Home::new();
    let submission = new(spool(&mut home.store, "a", b"text").1);
    let content = json!({});
    let item = |name| NewItem {
        name,
        unit: Some("区残联"),
        title: Some("简讯"),
        section: None,
        content: &content,
        words: "甲乙丙丁。",
    };
    let told = [Diagnostic::new(Code::SeveralItems, Origin::File).with("count", 2)];
    let taken = home.store.parsed(submission, "docx", &[item("a-1"), item("a-2")], &told, AT).unwrap();
    assert_eq!(taken.iter().map(|one| (one.how, one.near)).collect::<Vec<_>>(), [(TakenAs::New, None); 2]);
}

#[test]
fn the_same_text_from_elsewhere_is_told_with_the_earlier_item() {
    let mut home = Home::new();
    let text =
        "区残联联合人社部门举办专场招聘会，组织28家企业提供岗位136个，现场达成意向42人，后续将跟踪服务。";
    let first = submit(&mut home.store, "a.docx", "举办招聘会", text);
    let spaced = text.replace('，', ", ").replace("28", "31");
    let second = submit(&mut home.store, "a.pdf", "我区举办专场招聘", &spaced);
    let near = second.near.unwrap();
    assert!(near.earlier == first.item && near.permille > 700, "{near:?}");
    assert_eq!(submit(&mut home.store, "b", "别的事情", "今天天气晴朗，适合出门散步，游客很多。").near, None);
}

#[test]
fn decisions_are_kept_with_editor_and_reason() {
    let mut home = Home::new();
    let [one, two] = ["甲", "乙"].map(|title| submit(&mut home.store, title, title, title).item);
    home.store.reject(one, &Decision { reason: "过时", ..EDITOR }).unwrap();
    home.store.adopt(one, &EDITOR).unwrap();
    home.store.move_to(one, "brief", &EDITOR).unwrap();
    let content = json!({ "merged": true });
    let edit = Edit {
        title: Some("甲乙"),
        unit: Some("区司法局"),
        section: Some("brief"),
        content: &content,
        words: "甲乙",
    };
    home.store.merge(one, two, &edit, &EDITOR).unwrap();
    assert_eq!(refusal(home.store.adopt(two, &EDITOR)), "merged");
    assert_eq!(refusal(home.store.merge(one, one, &edit, &EDITOR)), "the same");
    let decided = home.store.decisions(one).unwrap();
    let actions: Vec<_> = decided.iter().map(|one| (one.action.as_str(), one.reason.as_str())).collect();
    assert_eq!(actions, [("reject", "过时"), ("adopt", "可用"), ("move", "可用"), ("merge", "可用")]);
    let listed = home.store.items(Some(ItemState::Adopted)).unwrap();
    assert_eq!((listed.len(), listed[0].section.as_deref()), (1, Some("brief")));
    assert_eq!(listed[0].unit.as_deref(), Some("区司法局"));
    assert_eq!(home.store.item(two).unwrap().unwrap().merged_into, Some(one));
}

#[test]
fn an_issue_takes_its_items_with_the_revision_and_the_same_plan_gets_the_same_number() {
    let mut home = Home::new();
    let [one, two] = ["甲", "乙"].map(|title| submit(&mut home.store, title, title, title).item);
    assert_eq!(refusal(home.store.reserve(&plan("k", "动态", &[one]), AT)), "new");
    assert_eq!(home.store.issues().unwrap(), [], "a refused plan takes no number");
    home.store.adopt(one, &EDITOR).unwrap();
    home.store.adopt(two, &EDITOR).unwrap();
    let issue = home.store.reserve(&plan("k", "动态", &[two, one]), AT).unwrap();
    assert_eq!((issue.number, issue.cumulative, issue.state), (1, Some(1), IssueState::Pending));
    assert_eq!(issue.positions, [(two, 1), (one, 1)]);
    assert_eq!(home.store.reserve(&plan("k", "动态", &[]), AT).unwrap(), issue);
    assert_eq!(refusal(home.store.reserve(&plan("other", "动态", &[one]), AT)), "in an issue");
    assert_eq!(refusal(home.store.reject(one, &EDITOR)), "in an issue");
    let content = SourceId::of(b"docx");
    assert_eq!(refusal(home.store.confirm(issue.id, content, AT)), "rendered otherwise");
    home.store.rendered(issue.id, content, "第1期.docx", AT).unwrap();
    home.store.confirm(issue.id, content, AT).unwrap();
    home.store.confirm(issue.id, content, AT).unwrap();
    assert_eq!(refusal(home.store.confirm(issue.id, SourceId::of(b"x"), AT)), "rendered otherwise");
    assert_eq!(home.store.item(one).unwrap().unwrap().state, ItemState::Issued);
    let done = home.store.issue(issue.id).unwrap().unwrap();
    assert_eq!(done.file, Some((content.to_string(), "第1期.docx".to_owned())));
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn a_void_number_stays_and_frees_the_items() {
    let mut home = Home::new();
    let item = submit(&mut home.store, "甲", "甲", "甲").item;
    home.store.adopt(item, &EDITOR).unwrap();
    let first = home.store.reserve(&plan("k", "动态", &[item]), AT).unwrap();
    home.store.void(first.id, &Decision { reason: "撤回", ..EDITOR }).unwrap();
    assert_eq!(refusal(home.store.void(first.id, &EDITOR)), "void");
    let second = home.store.reserve(&plan("k", "动态", &[item]), AT).unwrap();
    assert_eq!((second.number, second.cumulative), (2, Some(2)));
    assert_eq!(home.store.issue(first.id).unwrap().unwrap().number, 1);
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn editions_supplements_years_and_scopes_count_apart() {
    let mut home = Home::new();
    let base = plan("", "动态", &[]);
    let plans = [
        ("1", base),
        ("2", Plan { edition: "摘报", ..base }),
        ("3", Plan { supplement: true, cumulative: None, ..base }),
        ("4", base),
        ("5", Plan { year: 2026, ..base }),
        (
            "6",
            Plan {
                bulletin: "另一种",
                number: Counter { scope: Scope::Founding, first: 57, wanted: None },
                ..base
            },
        ),
        (
            "7",
            Plan {
                bulletin: "另一种",
                number: Counter { scope: Scope::Founding, first: 1, wanted: None },
                year: 2026,
                ..base
            },
        ),
    ];
    let numbers = plans.map(|(key, plan)| {
        let issue = home.store.reserve(&Plan { key, ..plan }, AT).unwrap();
        (issue.number, issue.cumulative)
    });
    let expected =
        [(1, Some(1)), (1, Some(2)), (1, None), (2, Some(3)), (1, Some(4)), (57, Some(1)), (58, Some(2))];
    assert_eq!(numbers, expected);
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn a_run_has_a_start_and_one_end() {
    let mut home = Home::new();
    let run = home.store.start_run(AT).unwrap();
    assert_eq!(home.store.last_run().unwrap().unwrap().ended, None);
    home.store.end_run(run, 1, &json!({ "files": 3 }), AT).unwrap();
    assert_eq!(refusal(home.store.end_run(run, 0, &json!({}), AT)), "ended or absent");
    let last = home.store.last_run().unwrap().unwrap();
    assert_eq!((last.ended, last.counts.as_deref()), (Some((AT, 1)), Some("{\"files\":3}")));
}

#[test]
fn an_item_is_found_again_among_ten_thousand_of_its_kind() {
    let mut home = Home::new();
    let submission = new(spool(&mut home.store, "a", b"text").1);
    let content = json!({});
    // Texts of the same kind: one frame, other units, figures and measures.
    let words: Vec<String> = (0..10_000).map(text_number).collect();
    let names: Vec<String> = (0..10_000).map(|n| format!("a-{n}")).collect();
    let items: Vec<NewItem<'_>> = std::iter::zip(&names, &words)
        .map(|(name, words)| NewItem {
            name,
            unit: None,
            title: None,
            section: None,
            content: &content,
            words,
        })
        .collect();
    home.store.parsed(submission, "docx", &items, &[], AT).unwrap();
    for number in [0, 4711, 9999] {
        let changed = text_number(number).replace('，', ",") + "特此报告。";
        let taken = submit(&mut home.store, &number.to_string(), "报告", &changed);
        let earlier = home.store.item(taken.near.unwrap().earlier).unwrap().unwrap();
        assert_eq!(earlier.name, format!("a-{number}"));
    }
}

/// A text of about 150 characters, half of it from characters that the number chooses.
fn text_number(number: u32) -> String {
    let mut random = crate::Numbers(u64::from(number));
    let mut words = |count: usize| -> String {
        (0..count).map(|_| char::from_u32(0x4E00 + random.below(3000) as u32).unwrap()).collect()
    };
    format!(
        "{}聚焦{}工作，联合{}开展活动。一是摸清底数，{}。二是搭建平台，{}。三是跟踪服务，{}。",
        words(5),
        words(10),
        words(8),
        words(30),
        words(30),
        words(30)
    )
}

#[test]
fn a_lost_row_a_gap_and_a_false_state_are_found() {
    let tampered = |sql: &str| {
        let mut home = Home::new();
        let item = submit(&mut home.store, "甲", "甲", "甲").item;
        home.store.adopt(item, &EDITOR).unwrap();
        for key in ["1", "2", "3"] {
            home.store.reserve(&plan(key, "动态", &[]), AT).unwrap();
        }
        crate::by_hand(&home.path(), sql);
        home.store.check().unwrap()
    };
    let lost = tampered("UPDATE submissions SET state = 'quarantined'");
    assert_eq!(lost, [Finding::Conservation { receipts: 1, accounted: 0 }]);
    assert_eq!(tampered("UPDATE items SET state = 'issued'"), [Finding::Issued(1)]);
    let trigger = "CREATE TRIGGER numbers_are_not_freed BEFORE DELETE ON numbers
BEGIN SELECT RAISE(ABORT, 'a number is never used again'); END";
    let gap = tampered(&format!(
        "DROP TRIGGER numbers_are_not_freed; DELETE FROM numbers WHERE value = 2 AND role = 'number'; {trigger}"
    ));
    assert!(matches!(&gap[..], [Finding::Gap { period: 2025, missing: 1, .. }]), "{gap:?}");
    let reference = tampered("PRAGMA foreign_keys = OFF; DELETE FROM items; ");
    assert!(
        reference.contains(&Finding::Reference { table: "revisions".to_owned(), count: 1 }),
        "{reference:?}"
    );
}

#[test]
fn the_same_words_again_are_no_new_revision() {
    let mut home = Home::new();
    let first = submit(&mut home.store, "a.docx", "标题", "正文。");
    let again = submit(&mut home.store, "a.pdf", "标题", "正文。");
    assert_eq!((again.item, again.how), (first.item, TakenAs::Same));
    assert_eq!(home.store.items(None).unwrap().len(), 1);
    assert_eq!(home.store.item_received_as(first.item).unwrap().as_deref(), Some("a.docx"));
    let corrected = submit(&mut home.store, "b.docx", "标题", "正文改。");
    assert_eq!((corrected.item, corrected.how), (first.item, TakenAs::Revision(2)));
    let candidates = home.store.candidates().unwrap();
    assert_eq!((candidates.len(), candidates[0].shown.as_str(), candidates[0].adopted), (1, "b.docx", false));
    assert_eq!(home.store.check().unwrap(), []);
}

#[test]
fn a_number_that_is_not_the_next_is_refused_and_not_taken() {
    let mut home = Home::new();
    let item = submit(&mut home.store, "a.docx", "标题", "正文。").item;
    home.store.adopt(item, &EDITOR).unwrap();
    let items = [item];
    let base = plan("12", "动态", &items);
    let twelfth = Counter { scope: Scope::Year, first: 12, wanted: Some(12) };
    let issue = home.store.reserve(&Plan { number: twelfth, ..base }, AT).unwrap();
    assert_eq!(issue.number, 12);
    let fifteenth = Counter { wanted: Some(15), ..twelfth };
    let refused = home.store.reserve(&Plan { key: "15", number: fifteenth, items: &[], ..base }, AT);
    assert!(matches!(refused, Err(StoreError::Number { wanted: 15, next: 13 })), "{refused:?}");
    let next = Counter { wanted: Some(13), ..twelfth };
    assert_eq!(
        home.store.reserve(&Plan { key: "13", number: next, items: &[], ..base }, AT).unwrap().number,
        13
    );
}

#[test]
fn an_issue_that_is_done_is_taken_up_again_under_its_number() {
    let mut home = Home::new();
    let one = submit(&mut home.store, "a.docx", "甲", "正文。").item;
    let two = submit(&mut home.store, "b.docx", "乙", "另一条。").item;
    for item in [one, two] {
        home.store.adopt(item, &EDITOR).unwrap();
    }
    let content = SourceId::of(b"docx");
    let issue = home.store.reserve(&plan("k", "动态", &[one]), AT).unwrap();
    home.store.rendered(issue.id, content, "a.docx", AT).unwrap();
    home.store.confirm(issue.id, content, AT).unwrap();
    let again =
        home.store.reopen(issue.id, &[two, one].map(|item| Choice { item, section: None }), &EDITOR).unwrap();
    assert_eq!((again.number, again.state), (issue.number, IssueState::Pending));
    assert_eq!(again.positions, [(two, 1), (one, 1)]);
    let other = SourceId::of(b"other");
    home.store.rendered(issue.id, other, "a.docx", AT).unwrap();
    home.store.confirm(issue.id, other, AT).unwrap();
    let printed: Vec<_> = home.store.printed(issue.id).unwrap().into_iter().map(|one| one.item).collect();
    assert_eq!(printed, [two, one]);
    assert_eq!(home.store.check().unwrap(), []);
}
