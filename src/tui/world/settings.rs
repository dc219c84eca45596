//! The settings, which are saved beside everything else: nobody waits for them but whoever saves them next.

use std::thread::JoinHandle;

use super::World;
use crate::domain::Partner;

impl World {
    pub(super) fn remember_us(&mut self, us: Partner) {
        if self.settings.our_side.as_ref() != Some(&us) {
            self.settings.our_side = Some(us);
            self.save_settings();
        }
    }

    /// Saves the settings on a thread of their own; those before them first.
    pub(super) fn save_settings(&mut self) {
        if let Some(waits) = &mut self.waits {
            waits.settings = true;
            return;
        }
        self.settings_are_saved();
        let (store, settings, ring) = (self.store.clone(), self.settings.clone(), self.waker.callback());
        let saving = std::thread::Builder::new().name("settings".to_owned()).spawn(move || {
            let saved = store.save_settings(&settings);
            ring();
            saved
        });
        match saving {
            Ok(saving) => self.saving_settings = Some(saving),
            Err(_) => {
                if let Err(error) = self.store.save_settings(&self.settings) {
                    self.failed(&error);
                }
            }
        }
    }

    /// Waits until the settings are saved that are being saved, and says so where they could not be.
    pub(super) fn settings_are_saved(&mut self) {
        let saved = self.saving_settings.take().map(JoinHandle::join);
        // a thread that ended by a mistake of ours is told of by the loop
        if let Some(Ok(Err(error))) = saved {
            self.failed(&error);
        }
    }
}
