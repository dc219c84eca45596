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
