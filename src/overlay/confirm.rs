//! A question with a safe answer first. Nothing here removes or leaves anything; it only asks.

use super::menu::{Menu, MenuRow};
use crate::command::Outcome;

/// A menu that asks: `safe`, which changes nothing, is first and in focus, so that Enter alone does no harm. The others
/// follow with the letters that choose them.
pub fn confirm<'a>(
    question: impl Into<String>,
    safe: &str,
    others: impl IntoIterator<Item = (char, &'a str, Outcome)>,
) -> Menu {
    let first = MenuRow::new(None, safe, "Esc", Outcome::Done);
    let others = others.into_iter().map(|(letter, label, act)| MenuRow::new(Some(letter), label, "", act));
    Menu::new(question, std::iter::once(first).chain(others).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Ask;
    use crate::layer::Layer;
    use crate::testing::World;

    #[test]
    fn enter_alone_does_no_harm() {
        let world = World::new();
        let mut bar = confirm("All is saved", "Stay", [('q', "Leave", Outcome::Ask(Ask::Quit))]);
        insta::assert_snapshot!(world.drawn(&bar, 30, 3), @"
         All is saved
         >    Stay                Esc
           q  Leave
        ");
        let left = bar.letter('q', &world.ctx());
        assert_eq!(format!("{left:?}"), "Some(Close(Ask(Quit)))");
        assert_eq!(format!("{:?}", bar.run("menu.choose", &world.ctx())), "Close(Done)");
    }
}
