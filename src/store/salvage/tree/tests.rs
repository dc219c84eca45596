use super::*;

/// A file with these lines in it, the first of which is line 2, counted from 0.
fn of(fields: &str) -> Tree {
    tree(&format!("(\n    workbook: (\n{fields}\n    ),\n)\n"))
}

fn tree(text: &str) -> Tree {
    read(&text.lines().collect::<Vec<_>>())
}

fn shown(tree: &Tree) -> String {
    tree.fields.iter().map(Node::written).collect()
}

fn told(tree: &Tree) -> Vec<(usize, usize, Fate)> {
    tree.troubles.iter().map(|trouble| (trouble.from, trouble.to, trouble.fate)).collect()
}

/// What is made of these lines, and what is told of them.
#[track_caller]
fn makes(fields: &str, wanted: &str, troubles: &[(usize, usize, Fate)]) {
    let tree = of(fields);
    assert_eq!((shown(&tree).as_str(), told(&tree)), (wanted, troubles.to_vec()), "{fields}");
}

#[test]
fn above_the_workbook_stands_a_heading_of_two_lines_at_most() {
    let fields = "(\n    workbook: (\n        id: 1,\n    ),\n)";
    for (heading, troubles) in [
        ("// one\n// two\n", vec![]),
        ("what was a heading\n// two\n", vec![]),
        ("// one\nwhat is this\n", vec![(1, 2, Fate::LeftOut)]),
        ("// one\n// two\n// three\n", vec![(2, 3, Fate::LeftOut)]),
    ] {
        let tree = tree(&format!("{heading}{fields}"));
        assert_eq!((shown(&tree).as_str(), told(&tree)), ("id: 1,\n", troubles), "{heading}");
    }
}

#[test]
fn a_line_that_has_no_place_is_left_out_alone() {
    let left_out = [(3, 4, Fate::LeftOut)];
    for odd in [
        "        two words,",
        "// mine",
        "        ),",
        "    oh: 3,",
        // too deep, with nothing before it that could have opened a block
        "            on: 2,",
        "                on: 2,",
        // between two levels
        "          on: 2,",
    ] {
        makes(&format!("        id: 1,\n{odd}\n        at: 3,"), "id: 1,\nat: 3,\n", &left_out);
    }
    makes("       id: 1,\n         at: 3,", "id: 1,\nat: 3,\n", &[]);
}

#[test]
fn a_line_is_put_right_or_parted_where_it_is() {
    makes("        id: 1;\n        at: 3,", "id: 1,\nat: 3,\n", &[(2, 3, Fate::PutRight)]);
    makes(
        "        id: 1,        at: 3,\n        on: 4,",
        "id: 1,\nat: 3,\non: 4,\n",
        &[(2, 3, Fate::PutRight)],
    );
    makes("        us: (            id: 1,\n        ),", "us: (\nid: 1,\n),\n", &[(2, 3, Fate::PutRight)]);
    makes("        id: 1,        two words", "", &[(2, 3, Fate::LeftOut)]);
}

#[test]
fn a_line_that_cannot_be_read_opens_a_block_where_the_next_one_stands_in_one() {
    makes("        us%: (\n            id: 1,\n        ),", "us: (\nid: 1,\n),\n", &[(2, 3, Fate::PutRight)]);
    // in a list nothing has a name
    let list = "        calls: [\n            Cal%l(\n                id: 1,\n            ),\n        ],";
    makes(list, "calls: [\n(\nid: 1,\n),\n],\n", &[(3, 4, Fate::PutRight)]);
    // two levels deeper, or opened from elsewhere
    makes("        us%: (\n                id: 1,", "", &[(2, 4, Fate::LeftOut)]);
    makes("            two words\n            id: 1,", "", &[(2, 4, Fate::LeftOut)]);
    makes("        two words\n        id: 1,", "id: 1,\n", &[(2, 3, Fate::LeftOut)]);
}

#[test]
fn a_block_without_its_end_had_more_and_ends_where_the_next_thing_stands() {
    let whole = of("        us: (\n            id: 1,\n        ),");
    assert_eq!((whole.fields[0].from, whole.fields[0].to, whole.fields[0].had_more), (2, 5, false));
    let open = of("        us: (\n            id: 1,\n        at: 3,");
    assert_eq!(shown(&open), "us: (\nid: 1,\n),\nat: 3,\n");
    assert_eq!((open.fields[0].from, open.fields[0].to, open.fields[0].had_more), (2, 4, true));
    let empty = of("        us: (\n        at: 3,");
    assert_eq!((empty.fields[0].from, empty.fields[0].to), (2, 3));
    // at the end of what there is
    let cut = tree("(\n    workbook: (\n        us: (\n            id: 1,");
    assert_eq!(shown(&cut), "us: (\nid: 1,\n),\n");
}

#[test]
fn blocks_stand_in_one_another_to_a_depth_and_no_deeper() {
    let lines: String = (2..70).map(|level| format!("{}x: (\n", " ".repeat(level * STEP))).collect();
    let tree = tree(&format!("(\n    workbook: (\n{lines}"));
    let first = |node: &Node| node.block.as_ref().and_then(|(inside, _)| inside.first().cloned());
    let depth = std::iter::successors(tree.fields.first().cloned(), first).count();
    assert_eq!(depth, DEEPEST - 1);
}

#[test]
fn a_text_of_several_lines_may_look_like_anything() {
    for text in [
        "            text: \"one\n            two, and\n  three\",\n",
        // no line before them looks like a text's last one
        "            text: \"one\n            id: 1,\n        ),\n            two\",\n",
        // these stand elsewhere than the layout would have them, or have no name, or cannot be read
        "            text: r#\"said \"so\",\n    id: 1,\n            two\"#,\n",
        "            text: r#\"said \"so\",\n            word,\n            two\"#,\n",
        "            text: r#\"said \"so\",\n            id: two words,\n            two\"#,\n",
        "            text: r#\"said \"so\",\n    ),\n            two\"#,\n",
    ] {
        let tree = of(&format!("        us: (\n{text}        ),"));
        let text = text.trim_start_matches(' ');
        assert_eq!((shown(&tree), told(&tree)), (format!("us: (\n{text}),\n"), vec![]), "{text}");
        assert!(!tree.hides_layout);
    }
}

#[test]
fn a_text_that_lost_its_end_takes_no_lines_of_the_file() {
    for after in ["            id: 1,\n        ),\n", "        ),\n"] {
        let lost = "            text: r#\"one\",\n";
        let tree = of(&format!("        us: (\n{lost}{after}        title: r#\"two\"#,"));
        assert!(tree.hides_layout, "{after}");
        assert!(shown(&tree).ends_with("title: r#\"two\"#,\n"), "{}", shown(&tree));
        assert!(told(&tree).iter().all(|(from, to, _)| (*from, *to) == (3, 4)), "{:?}", told(&tree));
    }
}

#[test]
fn the_words_of_a_text_that_lost_its_end_are_kept_where_they_are_a_text_of_their_own() {
    let kept = |line: &str| shown(&of(&format!("        {line}\n        id: 1,")));
    assert_eq!(kept("title: \"lost its end"), "title: \"lost its end\u{fffd}\",\nid: 1,\n");
    assert_eq!(kept("look_again: \"lost"), "look_again: \"lost\u{fffd}\",\nid: 1,\n");
    assert_eq!(kept("title: r###\"lost"), "title: \"lost\u{fffd}\",\nid: 1,\n");
    for line in ["title: r####\"lost", "act: Do(\"lost", "Title: \"lost"] {
        assert_eq!(kept(line), "id: 1,\n", "{line}");
    }
}

/// What comes after a stretch of zeros is told by where it stands, and belongs to no entry that was open before.
#[test]
fn a_stretch_of_zeros_ends_what_was_open_but_for_the_field() {
    let calls = "        calls: [\n            (\n                id: 1,\n\0\n                on: 2,\n            (\n                id: 3,\n            ),\n        ],";
    let left_out = [(5, 6, Fate::LeftOut), (6, 7, Fate::LeftOut)];
    makes(calls, "calls: [\n(\nid: 1,\n),\n(\nid: 3,\n),\n],\n", &left_out);
    let between = of("        id: 1,\n\0\n            on: 2,\n        ),\n        at: 3,");
    assert_eq!(shown(&between), "id: 1,\n(\non: 2,\n),\nat: 3,\n");
    assert_eq!((between.fields[1].from, between.fields[1].to), (3, 6));
}

/// Two lines in one, of which one stands where nothing can, or both do.
#[test]
fn of_a_line_that_is_parted_what_has_no_place_is_left_out() {
    let [put_right, left_out] = [Fate::PutRight, Fate::LeftOut].map(|fate| (3, 4, fate));
    let around = |line: &str| format!("        id: 1,\n{line}\n        at: 3,");
    let one = around("                a: 1,        b: 2,");
    makes(&one, "id: 1,\nb: 2,\nat: 3,\n", &[put_right, left_out]);
    let both = around("                a: 1,                b: 2,");
    makes(&both, "id: 1,\nat: 3,\n", &[put_right, left_out]);
}
