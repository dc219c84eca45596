//! An entry of a damaged file by itself: written out, taken apart, hidden. It knows no workbook.

use super::tree::Node;

impl Node {
    /// Whether there may have been more in it, or in something in it.
    pub fn had_more(&self) -> bool {
        let inside = self.block.as_ref().map(|(inside, _)| inside);
        self.had_more || inside.is_some_and(|inside| inside.iter().any(Self::had_more))
    }

    /// Writes that it is private at the end of the last block so deep in it that had more. False where there is none.
    pub fn hide(&mut self, depth: usize) -> bool {
        let (from, to) = (self.from, self.to);
        let Some((inside, _)) = &mut self.block else { return false };
        if depth > 0 {
            return inside
                .iter_mut()
                .rev()
                .find(|node| node.had_more())
                .is_some_and(|node| node.hide(depth - 1));
        }
        let text = "private: true,".to_owned();
        inside.push(Self { from, to, key: Some("private".to_owned()), text, block: None, had_more: false });
        true
    }

    /// It as it stands in a file, a line end after it.
    pub fn written(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, to: &mut String) {
        to.push_str(&self.text);
        match &self.block {
            None if self.text.ends_with(',') => {}
            None => to.push(','),
            Some((inside, ends)) => {
                to.push('\n');
                inside.iter().for_each(|node| node.write(to));
                to.push_str(ends);
            }
        }
        to.push('\n');
    }

    /// How many lines it takes when it is written.
    pub fn height(&self) -> usize {
        let own = self.text.matches('\n').count() + 1;
        let inside =
            self.block.as_ref().map(|(inside, _)| inside.iter().map(Self::height).sum::<usize>() + 1);
        own + inside.unwrap_or(0)
    }

    /// Takes out the smallest thing in it that stands on a line, from 0. `None` where that is all of it.
    pub fn take(&mut self, line: usize) -> Option<Self> {
        let (inside, _) = self.block.as_mut()?;
        let mut left = line.checked_sub(1)?;
        for (n, node) in inside.iter_mut().enumerate() {
            let height = node.height();
            if left < height {
                return node.take(left).or_else(|| Some(inside.remove(n)));
            }
            left -= height;
        }
        None
    }

    /// The line, from 0, on which something stands that is called so.
    pub fn line_of<'p>(&self, mut path: impl Iterator<Item = &'p str>) -> Option<usize> {
        let name = path.find(|name| *name != "?");
        let Some(name) = name else { return Some(0) };
        let (inside, _) = self.block.as_ref()?;
        let mut line = 1;
        for (n, node) in inside.iter().enumerate() {
            let called = match &node.key {
                Some(key) => key.trim_matches('"') == name,
                None => name.parse() == Ok(n),
            };
            if called {
                return node.line_of(path).map(|more| line + more);
            }
            line += node.height();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(key: Option<&str>, text: &str) -> Node {
        let key = key.map(str::to_owned);
        Node { from: 0, to: 1, key, text: text.to_owned(), block: None, had_more: false }
    }

    fn block(key: Option<&str>, text: &str, inside: Vec<Node>, ends: &str) -> Node {
        Node { block: Some((inside, ends.to_owned())), ..line(key, text) }
    }

    /// A text of two lines, a list of two blocks, a line behind it.
    fn entry() -> Node {
        let one = block(None, "(", vec![line(Some("id"), "id: 1")], "),");
        let other = block(None, "(", vec![line(Some("id"), "id: 2,"), line(Some("on"), "on: 3,")], "),");
        let inside = vec![
            line(Some("text"), "text: \"two\nlines\","),
            block(Some("lines"), "lines: [", vec![one, other], "],"),
            line(Some("last"), "last: 4,"),
        ];
        block(Some("\"SCO-1\""), "\"SCO-1\": (", inside, "),")
    }

    const WRITTEN: &str = "\"SCO-1\": (\ntext: \"two\nlines\",\nlines: [\n(\nid: 1,\n),\n(\nid: 2,\non: 3,\n),\n],\nlast: 4,\n),\n";

    #[test]
    fn an_entry_is_written_with_its_commas_and_is_as_high_as_that() {
        assert_eq!(entry().written(), WRITTEN);
        assert_eq!(entry().height(), WRITTEN.lines().count());
    }

    #[test]
    fn what_stands_in_an_entry_is_found_on_its_line() {
        let on = |path: &str| entry().line_of(path.split('.'));
        let line = |wanted: &str| WRITTEN.lines().position(|line| line == wanted);
        assert_eq!(on("text"), Some(1));
        assert_eq!(on("lines"), line("lines: ["));
        assert_eq!(on("lines.1"), Some(7));
        assert_eq!(on("lines.0.id"), line("id: 1,"));
        assert_eq!(on("lines.1.?.on"), line("on: 3,"));
        assert_eq!(on("last"), line("last: 4,"));
        assert_eq!(on("?"), Some(0));
        assert_eq!(on("lines.2"), None);
        assert_eq!(on("text.more"), None);
    }

    #[test]
    fn the_smallest_thing_on_a_line_is_taken_out() {
        let taken = |line: usize| {
            let mut entry = entry();
            entry.take(line).map(|taken| (taken.text, entry.height()))
        };
        let with = |text: &str, left: usize| Some((text.to_owned(), left));
        assert_eq!(taken(0), None);
        assert_eq!(taken(1), with("text: \"two\nlines\",", 12));
        assert_eq!(taken(2), taken(1));
        assert_eq!(taken(3), with("lines: [", 5));
        assert_eq!(taken(5), with("id: 1", 13));
        assert_eq!(taken(9), with("on: 3,", 13));
        assert_eq!(taken(12), with("last: 4,", 13));
        assert_eq!(taken(13), None);
        assert_eq!(taken(14), None);
    }

    #[test]
    fn what_had_more_makes_what_it_stands_in_have_had_more() {
        let mut entry = entry();
        assert!(!entry.had_more());
        let Some((inside, _)) = &mut entry.block else { panic!() };
        inside[2].had_more = true;
        assert!(entry.had_more());
        let cut = Node { had_more: true, ..line(None, "x") };
        assert!(cut.had_more());
    }

    #[test]
    fn the_last_block_that_had_more_is_hidden_as_deep_as_is_asked() {
        let hidden = |depth: usize| {
            let mut entry = entry();
            let Some((inside, _)) = &mut entry.block else { panic!() };
            let Some((blocks, _)) = &mut inside[1].block else { panic!() };
            blocks[0].had_more = true;
            entry.hide(depth).then(|| entry.written())
        };
        let at = |before: &str| Some(WRITTEN.replacen(before, &format!("private: true,\n{before}"), 1));
        assert_eq!(hidden(0), Some(WRITTEN.replace("last: 4,\n", "last: 4,\nprivate: true,\n")));
        assert_eq!(hidden(1), at("],"));
        assert_eq!(hidden(2), at("),\n(\nid: 2"));
        assert_eq!(hidden(3), None, "a line holds nothing");
        assert!(!line(None, "x").hide(0));
        assert!(!entry().hide(1), "nothing had more");
    }
}
