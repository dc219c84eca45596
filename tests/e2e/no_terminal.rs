//! Without a terminal on both ends the screen is never opened: it says what to run instead.

use crate::home::Home;

#[test]
fn with_no_terminal_at_all() {
    let home = Home::with_workbook();
    for args in [&[][..], &["open", "Tactile guide"]] {
        let files = home.files();
        let ran = home.run(args);
        let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert_eq!(ran.status.code(), Some(64), "{args:?}: {err}");
        assert_eq!(out, "", "{args:?}");
        assert!(err.contains("needs a terminal") && err.contains("alongside list"), "{args:?}: {err}");
        assert!(home.files() == files, "{args:?} changed the folder");
    }
}

#[test]
fn with_a_terminal_on_one_end_nothing_is_written_to_it() {
    let program = crate::home::PROGRAM;
    for redirected in ["> out", "< /dev/null", "< /dev/null > out"] {
        let home = Home::with_workbook();
        let mut window = home.shell(&format!("'{program}' {redirected} 2> err; exit $?")).open_raw();
        window.exited(64);
        let bytes = window.look(|seen| seen.bytes.clone());
        assert_eq!(String::from_utf8_lossy(&bytes), "", "{redirected}");
        let err = std::fs::read_to_string(home.path("home/err")).unwrap();
        assert!(err.contains("needs a terminal") && err.contains("alongside list"), "{redirected}: {err}");
    }
}
