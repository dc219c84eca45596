//! Names that differ look different, whatever they are.

use crate::testing::properties::cases;
use proptest::prelude::*;

use super::*;

#[track_caller]
fn shows(names: &[&str], columns: u16, shown: &[&str]) {
    assert_eq!(tell_apart(names, columns), shown, "{columns} columns");
}

#[test]
fn names_that_their_beginnings_tell_apart_lose_their_ends() {
    shows(&["City Museum", "Northside Library", ""], 11, &["City Museum", "Northside …", ""]);
    shows(&[], 5, &[]);
    shows(&["one name alone"], 5, &["one …"]);
    shows(&["City Museum", "City Museum", "City Museum"], 6, &["City …", "City …", "City …"]);
}

#[test]
fn names_that_begin_alike_show_where_they_differ() {
    let branch = |n: u16| format!("The Federation of Community Museums of the Northern Valleys, branch {n}");
    let names: Vec<String> = [1, 2, 11, 12, 2].into_iter().map(branch).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let shown = [
        "The Federation of C…branch 1",
        "The Federation of C…branch 2",
        "The Federation of …branch 11",
        "The Federation of …branch 12",
        "The Federation of C…branch 2",
    ];
    shows(&names, 28, &shown);
    let names =
        ["Friends of the Northern Valleys Museum", "Friends of the Northside Library Hall", "Friends"];
    shows(&names, 21, &["Friends…Northern Val…", "Friends…Northside Li…", "Friends"]);
    // one ends where the other goes on
    let names =
        ["The carers' group of the Northern Valleys", "The carers' group of the Northern Valleys East"];
    shows(&names, 20, &["The carers' …Valleys", "The car…Valleys East"]);
    // no word stands near enough
    shows(&["abcdefghijklmnopqrstuvw1", "abcdefghijklmnopqrstuvw2"], 8, &["abcdef…1", "abcdef…2"]);
    shows(&["abcdefghijklmnopqrstuvw1xyz", "abcdefghijklmnopqrstuvw2xyz"], 3, &["…1…", "…2…"]);
}

#[test]
fn names_that_differ_in_several_places_show_all_of_them() {
    let names = [
        "Northern things, branch 1",
        "Northern things, branch 2",
        "Southern things, branch 1",
        "Southern things, branch 2",
    ]
    .map(|name| format!("Museum of {name}"));
    let shown = [
        "Museum of Nor…branch 1",
        "Museum of Nor…branch 2",
        "Museum of Sou…branch 1",
        "Museum of Sou…branch 2",
    ];
    shows(&names.each_ref().map(String::as_str), 22, &shown);
    // though their ends alone are the same
    shows(&names.each_ref().map(String::as_str), 8, &["M…of N…1", "M…of N…2", "M…of S…1", "M…of S…2"]);
}

#[test]
fn words_before_a_fork_give_way_where_they_would_make_two_alike() {
    let names = [
        "a aa a a a aca aa aa aaa aa aaaaaaa",
        "aaaaaaaa baaaaab",
        "a aa a a a aaaaaaaaaaaaaab",
        "aaaaaaa aaaabaaaaaaacaaaaa",
        "a aa a a a aacaaaaa",
    ];
    shows(&names, 6, &["a …ca…", "aa…a …", "a …aa…", "aa… a…", "a …ac…"]);
}

#[test]
fn a_name_that_fits_is_whole_even_where_another_looks_like_it() {
    shows(&["partne…", "partnership"], 7, &["partne…", "pa…rsh…"]);
}

#[test]
fn wide_and_joined_characters_stay_whole() {
    shows(
        &["日本語の団体と地域の人々 一", "日本語の団体と地域の人々 二"],
        12,
        &["日本語の…一", "日本語の…二"],
    );
    let family = "👩‍👩‍👧‍👦";
    let names = [format!("{}e\u{301}", family.repeat(9)), format!("{}e", family.repeat(9))];
    let shown = [format!("{}…e\u{301}", family.repeat(3)), format!("{}…e", family.repeat(3))];
    shows(&names.each_ref().map(String::as_str), 8, &shown.each_ref().map(String::as_str));
}

#[test]
fn what_would_act_on_a_terminal_is_gone() {
    shows(&["\u{1b}[31mCity Museum, one", "City\u{7} Museum, two"], 10, &["[31mCity …", "City Muse…"]);
}

#[test]
fn no_columns_show_nothing_and_few_what_they_can() {
    let names = ["Northside one", "Northside two", "N"];
    shows(&names, 0, &["", "", ""]);
    shows(&names, 1, &["…", "…", "N"]);
    shows(&names, 3, &["…o…", "…t…", "N"]);
}

#[test]
fn thousands_of_names_are_told_apart() {
    let lead = "The Federation of Community Museums and Libraries of the Northern Valleys, branch";
    let names: Vec<String> = (0..10_000).map(|n| format!("{lead} {n} and its evening volunteers")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let shown = tell_apart(&names, 36);
    assert_eq!(BTreeSet::from_iter(&shown).len(), names.len());
    assert!(shown.iter().all(|name| width(name) <= 36));
    // each the beginning of the next
    let long = "a".repeat(2_000);
    let names: Vec<&str> = (0..2_000).map(|n| &long[..n]).collect();
    assert!(tell_apart(&names, 36).iter().all(|name| width(name) <= 36));
}

/// Names of up to three long parts that are the same, and what differs after each. None has more than six forks.
fn alike() -> impl Strategy<Value = Vec<String>> {
    let parts = prop_oneof![
        Just(["aaaaaaaaaaaaaaaaaaaa", "abababababababababab", "aa aa aa aa aa aa"]),
        Just(["Federation of Museums ", " and of Libraries of the ", " Valleys, branch "]),
        Just([
            "日本語の団体と地域の人々",
            "会 会 会 会 会",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"
        ]),
    ];
    let ends = proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c", " "]), 1..=3);
    (parts, proptest::collection::vec(ends, 0..12)).prop_map(|(parts, names)| {
        let name = |ends: Vec<&str>| parts.iter().zip(ends).flat_map(|(part, end)| [*part, end]).collect();
        names.into_iter().map(name).collect()
    })
}

fn check(names: &[String], columns: u16) -> Result<Vec<String>, TestCaseError> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let shown = tell_apart(&names, columns);
    prop_assert_eq!(shown.len(), names.len());
    for (name, shown) in names.iter().zip(&shown) {
        prop_assert!(width(shown) <= columns, "{:?} is wider than {}", shown, columns);
        if width(name) <= columns && !name.chars().any(field::is_unwelcome) {
            prop_assert_eq!(name, shown);
        }
    }
    Ok(shown)
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn names_look_the_same_where_they_are_the_same_and_nowhere_else(names in alike(), columns in 16u16..50) {
        let shown = check(&names, columns)?;
        for (a, looks_a) in names.iter().zip(&shown) {
            for (b, looks_b) in names.iter().zip(&shown) {
                prop_assert_eq!(a == b, looks_a == looks_b, "{:?} and {:?}: {:?}, {:?}", a, b, looks_a, looks_b);
            }
        }
    }

    #[test]
    fn no_name_is_too_odd(names in proptest::collection::vec(any::<String>(), 0..8), columns in 0u16..30) {
        check(&names, columns)?;
    }

    #[test]
    fn names_of_few_letters_keep_to_their_columns(names in proptest::collection::vec("[ab …]{0,12}", 0..20), columns in 0u16..12) {
        check(&names, columns)?;
    }
}
