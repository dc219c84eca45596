//! Carrying out an edit, the only way in which a workbook changes.
//!
//! [`Workbook::apply`] returns the inverse of what it did. An edit that does not fit (a partner who is not there, a
//! splice that does not match the text) is refused and changes nothing. What concerns records is in `record.rs`.

use jiff::civil::Date;

use super::answer::{Answer, Heard, Source, Voice};
use super::edit::{Edit, Refused, Splice};
use super::id::{PartnerId, PersonId, QuestionId, RecordId};
use super::people::{Binned, Partner, Person};
use super::place::{FIELD_LIMIT, TextPlace, VoiceKey};
use super::record::AnyRecord;
use super::workbook::Workbook;

impl Workbook {
    /// Carries out an edit and returns the edit that takes it back.
    ///
    /// # Errors
    /// [`Refused`] where the edit does not fit this workbook; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, Refused> {
        if let Edit::Splice(splice) = &edit {
            self.fits(splice)?;
        }
        self.apply_again(edit)
    }

    /// The same for what was done once already, and for what takes it back: that fits even where a text was longer than
    /// [`FIELD_LIMIT`] to begin with, as one that came in from outside may be.
    pub(in crate::domain) fn apply_again(&mut self, edit: Edit) -> Result<Edit, Refused> {
        match edit {
            Edit::Splice(splice) => self.splice(splice).map(Edit::Splice),
            Edit::SetHeard { question, partner, heard, checked, person, source } => {
                self.set_heard(question, partner, heard, checked, person, source)
            }
            Edit::SetAccords { question, accords } => {
                let accords = self.with_answer(&question, |a| std::mem::replace(&mut a.accords, accords));
                Ok(Edit::SetAccords { question, accords })
            }
            Edit::SetNotForUs { question, to } => {
                let to = self.with_answer(&question, |a| std::mem::replace(&mut a.not_for_us, to));
                Ok(Edit::SetNotForUs { question, to })
            }
            Edit::SetPrivate { question, to } => {
                let to = self.with_answer(&question, |a| std::mem::replace(&mut a.private, to));
                Ok(Edit::SetPrivate { question, to })
            }
            Edit::SetToShare { question, to } => {
                let to = self.with_answer(&question, |a| std::mem::replace(&mut a.to_share, to));
                Ok(Edit::SetToShare { question, to })
            }
            Edit::KeepVersion { question, version } => {
                self.with_answer(&question, |a| a.earlier.push(version));
                Ok(Edit::DropVersion { question })
            }
            Edit::DropVersion { question } => {
                let version =
                    self.with_answer(&question, |a| a.earlier.pop()).ok_or(Refused::NothingThere)?;
                Ok(Edit::KeepVersion { question, version })
            }
            Edit::AddPartner { partner, place } => self.add_partner(*partner, place),
            Edit::TakeBackPartner { partner } => {
                let (partner, place) = self.take_partner(&partner)?;
                Ok(Edit::AddPartner { partner: Box::new(partner), place })
            }
            Edit::AddPerson { person, place } => self.add_person(*person, place),
            Edit::TakeBackPerson { person } => {
                let (person, place) = self.take_person(&person)?;
                Ok(Edit::AddPerson { person: Box::new(person), place })
            }
            Edit::BinPartner { partner, on } => {
                let (partner, place) = self.take_partner(&partner)?;
                Ok(self.put_in_bin(Binned::Partner { partner, on, place }))
            }
            Edit::BinPerson { person, on } => {
                let (person, place) = self.take_person(&person)?;
                Ok(self.put_in_bin(Binned::Person { person, on, place }))
            }
            Edit::Restore { from } => self.restore(from),
            Edit::BinAgain { binned, at } => self.bin_again(*binned, at),
            Edit::ChangeBin { at, out, lay } => self.change_bin(at, out, lay),
            Edit::ChangeState(change) => {
                self.partnership.log.push(change);
                Ok(Edit::TakeBackState)
            }
            Edit::TakeBackState => {
                let change = self.partnership.log.pop().ok_or(Refused::NothingThere)?;
                Ok(Edit::ChangeState(change))
            }
            Edit::SetState { at, change } => {
                let there = self.partnership.log.get_mut(at).ok_or(Refused::NothingThere)?;
                Ok(Edit::SetState { at, change: std::mem::replace(there, change) })
            }
            Edit::SetReopened { question, on } => {
                let on = self.with_answer(&question, |a| std::mem::replace(&mut a.reopened, on));
                Ok(Edit::SetReopened { question, on })
            }
            Edit::SetLookAgain { aspect, on } => Ok(self.set_look_again(aspect, on)),
            Edit::SetPartner(partner) => {
                let id = partner.id.clone();
                let there = self.partner_mut(&id).ok_or(Refused::NoSuchPartner(id))?;
                Ok(Edit::SetPartner(Box::new(std::mem::replace(there, *partner))))
            }
            Edit::SetPerson(person) => {
                let there = self.people.iter_mut().find(|p| p.id == person.id);
                let there = there.ok_or_else(|| Refused::NoSuchPerson(person.id.clone()))?;
                Ok(Edit::SetPerson(Box::new(std::mem::replace(there, *person))))
            }
            Edit::AddRecord { record, place } => self.add_record(*record, place),
            Edit::TakeBackRecord { family, record } => {
                let (record, place) = self.take_record(family, &record)?;
                Ok(Edit::AddRecord { record: Box::new(record), place })
            }
            Edit::SetRecord(record) => self.set_record(*record),
            Edit::BinRecord { family, record, on } => {
                let binned = self.bin_record(family, &record, on)?;
                Ok(self.put_in_bin(binned))
            }
            Edit::AddLine { call, line, place } => self.add_line(call, line, place),
            Edit::TakeBackLine { call, line } => {
                let (line, place) = self.take_line(&call, &line)?;
                Ok(Edit::AddLine { call, line, place })
            }
            Edit::SetLine { call, line } => self.set_line(call, line),
            Edit::BinLine { call, line, on } => {
                let (line, place) = self.take_line(&call, &line)?;
                Ok(self.put_in_bin(Binned::Line { call, line, on, place }))
            }
        }
    }

    fn set_look_again(&mut self, aspect: String, on: Option<Date>) -> Edit {
        let before = match on {
            Some(on) => self.look_again.insert(aspect.clone(), on),
            None => self.look_again.remove(&aspect),
        };
        Edit::SetLookAgain { aspect, on: before }
    }

    /// Lets `change` at an answer, making it first and forgetting it afterwards where it holds nothing.
    fn with_answer<T>(&mut self, question: &QuestionId, change: impl FnOnce(&mut Answer) -> T) -> T {
        let result = change(self.answers.entry(question.clone()).or_default());
        self.tidy(question);
        result
    }

    fn set_heard(
        &mut self,
        question: QuestionId,
        partner: PartnerId,
        heard: Heard,
        checked: Option<Date>,
        person: Option<PersonId>,
        source: Source,
    ) -> Result<Edit, Refused> {
        let before = self.with_answer(&question, |answer| {
            let theirs = answer.theirs.entry(partner.clone()).or_default();
            let before = theirs.clone();
            theirs.heard = heard;
            theirs.checked = checked;
            theirs.person = person;
            theirs.source = source;
            before
        });
        let (heard, checked) = (before.heard, before.checked);
        Ok(Edit::SetHeard { question, partner, heard, checked, person: before.person, source: before.source })
    }

    /// Whether a text has room for what is put in. Taking away is always possible.
    fn fits(&self, splice: &Splice) -> Result<(), Refused> {
        let Splice { place, delete, insert, .. } = splice;
        let there = self.text(place).map_or(0, str::len);
        let would_be = there.saturating_sub(delete.len()) + insert.len();
        let grows = insert.len() > delete.len();
        if would_be > FIELD_LIMIT && grows { Err(Refused::TooLong { would_be }) } else { Ok(()) }
    }

    fn splice(&mut self, splice: Splice) -> Result<Splice, Refused> {
        let Splice { place, at, delete, insert, on } = splice;
        let before = match &place {
            TextPlace::Title => replace(&mut self.title, at, &delete, &insert).map(|()| None),
            TextPlace::Purpose => replace(&mut self.purpose, at, &delete, &insert).map(|()| None),
            TextPlace::Partner(id, field) => {
                let partner = self.partner_mut(id).ok_or_else(|| Refused::NoSuchPartner(id.clone()))?;
                replace(partner.field_mut(*field), at, &delete, &insert).map(|()| None)
            }
            TextPlace::Person(id, field) => {
                let person = self.people.iter_mut().find(|p| p.id == *id);
                let person = person.ok_or_else(|| Refused::NoSuchPerson(id.clone()))?;
                replace(person.field_mut(*field), at, &delete, &insert).map(|()| None)
            }
            TextPlace::State(n, field) => {
                let change = self.partnership.log.get_mut(*n).and_then(|change| change.field_mut(*field));
                replace(change.ok_or(Refused::NothingThere)?, at, &delete, &insert).map(|()| None)
            }
            TextPlace::Record(id, field) => {
                let text = self.record_text_mut(id, *field);
                let text = text.ok_or_else(|| Refused::NoSuchRecord(id.clone()))?;
                replace(text, at, &delete, &insert).map(|()| None)
            }
            TextPlace::Line(call, line) => {
                let line = self.line_mut(call, line)?;
                replace(&mut line.text, at, &delete, &insert).map(|()| None)
            }
            TextPlace::Voice(question, voice) => self.with_answer(question, |answer| {
                let (text, changed) = voice_mut(answer, voice);
                replace(text, at, &delete, &insert)?;
                Ok(std::mem::replace(changed, on))
            }),
        }?;
        Ok(Splice { place, at, delete: insert, insert: delete, on: before })
    }

    fn partner_mut(&mut self, id: &PartnerId) -> Option<&mut Partner> {
        if id.is_us() { Some(&mut self.us) } else { self.partners.iter_mut().find(|p| p.id == *id) }
    }

    fn add_partner(&mut self, partner: Partner, place: usize) -> Result<Edit, Refused> {
        let id = partner.id.clone();
        let binned = |b: &Binned| matches!(b, Binned::Partner { partner, .. } if partner.id == id);
        if self.partner(&id).is_some() || self.bin.iter().any(binned) {
            return Err(Refused::AlreadyThere(partner.name));
        }
        self.partners.insert(place.min(self.partners.len()), partner);
        Ok(Edit::TakeBackPartner { partner: id })
    }

    fn take_partner(&mut self, id: &PartnerId) -> Result<(Partner, usize), Refused> {
        let place = self.partners.iter().position(|p| p.id == *id);
        let place = place.ok_or_else(|| Refused::NoSuchPartner(id.clone()))?;
        Ok((self.partners.remove(place), place))
    }

    fn add_person(&mut self, person: Person, place: usize) -> Result<Edit, Refused> {
        let id = person.id.clone();
        let binned = |b: &Binned| matches!(b, Binned::Person { person, .. } if person.id == id);
        if self.person(&id).is_some() || self.bin.iter().any(binned) {
            return Err(Refused::AlreadyThere(person.name));
        }
        self.people.insert(place.min(self.people.len()), person);
        Ok(Edit::TakeBackPerson { person: id })
    }

    fn take_person(&mut self, id: &PersonId) -> Result<(Person, usize), Refused> {
        let place = self.people.iter().position(|p| p.id == *id);
        let place = place.ok_or_else(|| Refused::NoSuchPerson(id.clone()))?;
        Ok((self.people.remove(place), place))
    }

    fn put_in_bin(&mut self, binned: Binned) -> Edit {
        self.bin.push(binned);
        Edit::Restore { from: self.bin.len().saturating_sub(1) }
    }

    fn restore(&mut self, from: usize) -> Result<Edit, Refused> {
        let binned = self.bin.get(from).cloned().ok_or(Refused::NothingThere)?;
        match &binned {
            Binned::Partner { partner, .. } if self.partner(&partner.id).is_some() => {
                return Err(Refused::AlreadyThere(partner.name.clone()));
            }
            Binned::Person { person, .. } if self.person(&person.id).is_some() => {
                return Err(Refused::AlreadyThere(person.name.clone()));
            }
            Binned::Partner { partner, place, .. } => {
                let place = (*place).min(self.partners.len());
                self.partners.insert(place, partner.clone());
            }
            Binned::Person { person, place, .. } => {
                let place = (*place).min(self.people.len());
                self.people.insert(place, person.clone());
            }
            Binned::Record { record, place, .. } => self.put_record_back((**record).clone(), *place)?,
            Binned::Line { call, line, place, .. } => self.put_line_back(call, line.clone(), *place)?,
        }
        self.bin.remove(from);
        Ok(Edit::BinAgain { binned: Box::new(binned), at: from })
    }

    fn bin_again(&mut self, binned: Binned, at: usize) -> Result<Edit, Refused> {
        match &binned {
            Binned::Partner { partner, .. } => drop(self.take_partner(&partner.id)?),
            Binned::Person { person, .. } => drop(self.take_person(&person.id)?),
            Binned::Record { record, .. } => drop(self.take_record(record.family(), record.id())?),
            Binned::Line { call, line, .. } => drop(self.take_line(call, &line.id)?),
        }
        let at = at.min(self.bin.len());
        self.bin.insert(at, binned);
        Ok(Edit::Restore { from: at })
    }

    fn change_bin(&mut self, at: usize, out: usize, lay: Vec<Binned>) -> Result<Edit, Refused> {
        let end = at.checked_add(out).filter(|end| *end <= self.bin.len()).ok_or(Refused::NothingThere)?;
        let taken: Vec<Binned> = self.bin.splice(at..end, Vec::new()).collect();
        let back = lay.len();
        for (n, binned) in lay.into_iter().enumerate() {
            if self.holds(&binned) {
                let name = binned.name().to_owned();
                drop(self.bin.splice(at..at + n, taken));
                return Err(Refused::AlreadyThere(name));
            }
            self.bin.insert(at + n, binned);
        }
        Ok(Edit::ChangeBin { at, out: back, lay: taken })
    }

    /// Whether what may be laid into the bin is in the workbook already, there or in the bin.
    fn holds(&self, binned: &Binned) -> bool {
        let key = binned.key();
        let there = match binned {
            Binned::Partner { partner, .. } => self.partner(&partner.id).is_some(),
            Binned::Person { person, .. } => self.person(&person.id).is_some(),
            Binned::Record { record, .. } => self.has_record(record.id()) || !self.lines_are_free(record),
            Binned::Line { call, line, .. } => {
                self.line(call, &line.id).is_some() || self.is_in_binned_call(call, &line.id)
            }
        };
        there || self.bin.iter().any(|other| other.key() == key)
    }

    fn is_in_binned_call(&self, call: &RecordId, line: &RecordId) -> bool {
        self.bin.iter().any(|binned| match binned {
            Binned::Record { record, .. } => match &**record {
                AnyRecord::Call(there) => there.id == *call && there.line(line).is_some(),
                _ => false,
            },
            _ => false,
        })
    }
}

/// The text of a voice and the day of its last change. A partner who has not spoken yet gets an empty voice.
fn voice_mut<'a>(answer: &'a mut Answer, voice: &VoiceKey) -> (&'a mut String, &'a mut Option<Date>) {
    match voice {
        VoiceKey::Ours => {
            let Voice { text, on } = &mut answer.ours;
            (text, on)
        }
        VoiceKey::Agreed => {
            let Voice { text, on } = &mut answer.agreed;
            (text, on)
        }
        VoiceKey::Theirs(partner) => {
            let theirs = answer.theirs.entry(partner.clone()).or_default();
            (&mut theirs.text, &mut theirs.on)
        }
    }
}

/// Takes `delete` out of `text` at byte `at` and puts `insert` there.
fn replace(text: &mut String, at: usize, delete: &str, insert: &str) -> Result<(), Refused> {
    let end = at.checked_add(delete.len()).ok_or(Refused::TextDiffers)?;
    if text.get(at..end) != Some(delete) {
        return Err(Refused::TextDiffers);
    }
    text.replace_range(at..end, insert);
    Ok(())
}
