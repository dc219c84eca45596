use super::super::fault::Fault;
use super::super::testing::{Rig, now};
use super::*;

#[test]
fn where_nothing_is_kept_yet_a_backup_is_empty_and_leaves_nothing_out() {
    let rig = Rig::new();
    let nothing =
        Store::with_disk(super::super::Folders::at(rig.dir.path().join("none")), rig.store.disk.clone());
    let made = nothing.backup(&rig.dir.path().join("all.ron"), false, now()).unwrap();
    assert_eq!((made.workbooks, made.files, made.left_out), (0, 0, Vec::new()));
}

#[test]
fn a_folder_that_cannot_be_listed_is_named() {
    let rig = Rig::new();
    let to = rig.dir.path().join("all.ron");
    rig.disk.heal();
    rig.store.backup(&to, true, now()).unwrap();
    let lists: Vec<usize> =
        rig.disk.calls().iter().enumerate().filter(|(_, call)| **call == "list").map(|(n, _)| n).collect();
    assert_eq!(lists.len(), 3, "everything, the workbooks, the one there is");
    for at in lists {
        rig.disk.fail(Fault { at, calls: 1, error: 5, tear: false });
        let made = rig.store.backup(&to, true, now()).unwrap();
        rig.disk.heal();
        assert_eq!(made.left_out.len(), 1, "{:?}", made.left_out);
        assert!(made.left_out[0].starts_with("could not list"), "{:?}", made.left_out);
    }
}

#[test]
fn a_folder_that_leads_back_to_itself_is_followed_a_few_times_and_no_more() {
    let rig = Rig::new();
    let root = rig.store.folders().root();
    std::fs::write(root.join("settings.ron"), "()").unwrap();
    std::os::unix::fs::symlink(root, root.join("again")).unwrap();
    let mut files = Vec::new();
    rig.store.gather(Path::new(""), 0, &mut files, &mut Vec::new());
    let settings = files.iter().filter(|file| file.path.ends_with("settings.ron")).count();
    assert_eq!(settings, DEEP + 1);
}
