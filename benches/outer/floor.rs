//! The floor: the least that a program on ratatui and crossterm can do. A list that never changes, a text that takes what is
//! typed, one drawing of the whole screen for all keys that are there.
//!
//! The bench starts itself with the word `floor` to be measured beside the program. Ctrl-Q leaves.

use std::io::stdout;

use ratatui::crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyModifiers,
};
use ratatui::crossterm::execute;
use ratatui::layout::{Constraint, Layout};
use ratatui::text::Line;
use ratatui::widgets::{Block, List, ListState, Paragraph};

/// What stands in its last row.
pub const READY: &str = "the floor is ready";

/// Runs until Ctrl-Q.
pub fn run() {
    let mut terminal = ratatui::init();
    execute!(stdout(), EnableBracketedPaste).unwrap();
    let rows: Vec<String> = (1..=100).map(|n| format!("Workbook {n:05}")).collect();
    let mut chosen = ListState::default().with_selected(Some(0));
    let mut text = vec![String::new()];
    loop {
        terminal
            .draw(|frame| {
                let [list, prose, last] =
                    Layout::vertical([Constraint::Length(14), Constraint::Fill(1), Constraint::Length(1)])
                        .areas(frame.area());
                let items = List::new(rows.iter().map(String::as_str)).highlight_symbol("> ");
                frame.render_stateful_widget(items.block(Block::bordered()), list, &mut chosen);
                let room = usize::from(prose.height.saturating_sub(2));
                let seen = text.iter().skip(text.len().saturating_sub(room));
                let lines: Vec<Line> = seen.map(|line| Line::raw(line.as_str())).collect();
                frame.render_widget(Paragraph::new(lines).block(Block::bordered()), prose);
                frame.render_widget(READY, last);
            })
            .unwrap();
        loop {
            if taken(event::read().unwrap(), &mut text, &mut chosen) {
                execute!(stdout(), DisableBracketedPaste).unwrap();
                ratatui::restore();
                return;
            }
            if !event::poll(std::time::Duration::ZERO).unwrap() {
                break;
            }
        }
    }
}

/// Takes one event; true where it is the last.
fn taken(event: Event, text: &mut Vec<String>, chosen: &mut ListState) -> bool {
    match event {
        Event::Key(key) => match key.code {
            KeyCode::Char('q') if key.modifiers.contains(KeyModifiers::CONTROL) => return true,
            KeyCode::Char(letter) => put(text, letter),
            KeyCode::Enter => text.push(String::new()),
            KeyCode::Down => chosen.select_next(),
            KeyCode::Up => chosen.select_previous(),
            _ => {}
        },
        Event::Paste(pasted) => pasted.chars().for_each(|letter| put(text, letter)),
        _ => {}
    }
    false
}

fn put(text: &mut Vec<String>, letter: char) {
    let full = text.last().is_none_or(|line| line.chars().count() >= 96);
    if full || letter == '\n' || letter == '\r' {
        text.push(String::new());
    }
    if let Some(line) = text.last_mut().filter(|_| letter != '\n' && letter != '\r') {
        line.push(letter);
    }
}
