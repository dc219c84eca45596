//! Floor 5: the only code that owns a terminal, and the only place where effects are carried out.
//!
//! One thread reads keys, updates, makes a frame, waits for the journal (20 ms at most) and sends it. It sleeps in [`wait`]
//! until a key, a word from another thread or a deadline comes; an idle workbook does not wake up. Another thread listens
//! for signals and can save and leave without this one. Start reading at [`run`].

mod clipboard;
mod clock;
mod editor;
mod input;
mod mishap;
mod painter;
mod signals;
mod terminal;
mod wait;
mod world;

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::app::{App, Effect, Message, Setup};
use crate::cli::{Opening, Start};
use crate::content::Content;
use crate::domain::IdSource;
use crate::store::{Colours, Reading, Settings, Store};
use crate::theme::Theme;

use clock::Clock;
use terminal::Screen;
use wait::{Waker, Woken};
use world::World;

/// How long a frame waits for the journal at most.
const FRAME_WAITS: Duration = Duration::from_millis(20);

/// Whether there is a terminal on both ends, so that the screen can be opened.
pub fn has_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Opens the screen and stays until the person leaves. The terminal is given back as it was found.
///
/// # Errors
/// What the terminal or the folder refused, in words. Nothing that was typed is lost.
pub fn run(start: Start) -> Result<()> {
    let store = Store::at(start.folder.clone())?;
    let clock = Clock::new(start.now.as_ref(), || store.zone(std::env::var("TZ").ok().as_deref()));
    let (settings, mut troubles) = settings(&store);
    let (wording, wording_troubles) = store.wording();
    troubles.extend(wording_troubles);
    let content = Arc::new(Content::with_wording(wording));
    let shows_list =
        matches!(start.opening, Opening::WhereYouWere | Opening::Call(None, _)) && settings.last.is_none();
    let waker = Waker::new().context("The program could not set up its own bell.")?;
    let signals = signals::listen(waker.clone())?;
    let mut screen = Screen::enter(&waker)?;
    let size = screen.size();
    let mut world = World::new(store, clock.clone(), waker.clone(), signals.savers(), settings.clone());
    let mut app = App::new(Setup {
        content,
        own_keys: settings.keys.clone(),
        theme: Theme::new(colours(&start, &settings)),
        linear: start.linear || settings.reading == Reading::Linear,
        zone: clock.zone(),
        ids: IdSource::new(clock.seed()),
        shelf: world.first_shelf(if shows_list { size.1 } else { 0 }),
        drafts: world.first_drafts(),
        troubles,
        size,
        now: clock.now(),
    });
    world.open_first(&start, size.1);
    let ended = turn(&mut app, &mut world, &mut screen, &waker, &signals, &clock);
    drop(screen);
    world.leave()?;
    ended
}

/// The loop: everything that waits is taken in, what it asks for is done, a frame is drawn, and then there is sleep.
fn turn(
    app: &mut App,
    world: &mut World,
    screen: &mut Screen,
    waker: &Waker,
    signals: &signals::Signals,
    clock: &Clock,
) -> Result<()> {
    let mut messages = vec![Message::Tick];
    let mut input = input::Input::default();
    let mut size = screen.size();
    let mut late = false;
    loop {
        if let Some(said) = terminal::take_broken() {
            bail!("A part of the program stopped by a mistake of ours: {said}. What was typed is saved.");
        }
        messages.extend(world.news());
        for message in messages.drain(..) {
            let effects = app.update(message, clock.now());
            for effect in effects {
                match effect {
                    Effect::Quit => return Ok(()),
                    Effect::Ask(crate::command::Ask::Suspend) => signals.suspend(screen)?,
                    Effect::Editor { place, text } => world.edit(place, &text, screen),
                    Effect::Copy(text) => world.copy(&text, screen),
                    effect => world.carry_out(effect),
                }
            }
        }
        let waiting = world.news();
        if !waiting.is_empty() {
            messages = waiting;
            continue;
        }
        // the frame is made while the system takes the words that it shows, and sent when it has them
        let kept_within =
            |app: &App, at_most| app.shown_seq().is_none_or(|seq| world.wait_kept(seq, at_most));
        // a disk that is slow is waited for once, and not at each key
        late = late && !kept_within(app, Duration::ZERO);
        app.hold_back(!late);
        screen.make(app)?;
        if !late && !kept_within(app, FRAME_WAITS) {
            late = true;
            app.hold_back(false);
            screen.make_another(app)?;
        }
        screen.set_title(&app.window_title());
        screen.send()?;
        world.settle_in();
        messages.extend(input.settle()?);
        if !messages.is_empty() {
            continue;
        }
        let sleep = app.deadline().map(|at| at.saturating_sub(clock.now().mono));
        match waker.wait(sleep)? {
            Woken::Gone => return Ok(()),
            Woken::Input => {
                mishap::at("input");
                messages.extend(input.read()?);
            }
            Woken::Bell | Woken::Deadline => messages.push(Message::Tick),
        }
        if signals.take_suspend() {
            signals.suspend(screen)?;
        }
        if signals.take_resumed() {
            screen.meanwhile(|| ())?;
        }
        let size_now = screen.size();
        if std::mem::replace(&mut size, size_now) != size_now {
            messages.push(Message::Resized(size_now.0, size_now.1));
        }
    }
}

fn settings(store: &Store) -> (Settings, Vec<String>) {
    match store.settings() {
        Ok(settings) => (settings, Vec::new()),
        Err(error) => {
            let words = format!("{error}. The usual settings are in force and the file is untouched.");
            (Settings::default(), vec![words])
        }
    }
}

/// The command line decides, then the settings, then the environment.
fn colours(start: &Start, settings: &Settings) -> bool {
    start.color.on_screen(settings.colours == Colours::Mono)
}
