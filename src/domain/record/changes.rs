//! How records come, change and go: the part of [`Workbook::apply`] that concerns them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{AnyRecord, Family};
use crate::domain::call::{Call, Line};
use crate::domain::edit::{Edit, Refused};
use crate::domain::id::RecordId;
use crate::domain::people::Binned;
use crate::domain::workbook::Workbook;

impl Workbook {
    pub(in crate::domain) fn add_record(&mut self, record: AnyRecord, place: usize) -> Result<Edit, Refused> {
        let (family, id) = (record.family(), record.id().clone());
        let binned = |b: &Binned| matches!(b, Binned::Record { record, .. } if *record.id() == id);
        // texts are found by the id alone, so it must be free in every family
        if self.has_record(&id) || self.bin.iter().any(binned) || !self.lines_are_free(&record) {
            return Err(Refused::AlreadyThere(family.word().to_owned()));
        }
        self.insert_record(record, place);
        Ok(Edit::TakeBackRecord { family, record: id })
    }

    /// Whether the lines that come with a call have ids of their own, and none that lies in the bin.
    pub(in crate::domain) fn lines_are_free(&self, record: &AnyRecord) -> bool {
        let AnyRecord::Call(call) = record else { return true };
        let mut seen = BTreeSet::new();
        call.lines.iter().all(|line| seen.insert(&line.id) && !self.is_line_in_bin(&call.id, &line.id))
    }

    fn is_line_in_bin(&self, of: &RecordId, id: &RecordId) -> bool {
        self.bin.iter().any(|b| matches!(b, Binned::Line { call, line, .. } if call == of && line.id == *id))
    }

    pub(in crate::domain) fn take_record(
        &mut self,
        family: Family,
        id: &RecordId,
    ) -> Result<(AnyRecord, usize), Refused> {
        self.remove_record(family, id).ok_or_else(|| Refused::NoSuchRecord(id.clone()))
    }

    pub(in crate::domain) fn set_record(&mut self, record: AnyRecord) -> Result<Edit, Refused> {
        let id = record.id().clone();
        let mut before = self.replace_record(record).ok_or_else(|| Refused::NoSuchRecord(id.clone()))?;
        // the lines of a call are records of their own and stay
        if let AnyRecord::Call(call) = &mut before {
            self.call_mut(&id)?.lines = std::mem::take(&mut call.lines);
        }
        Ok(Edit::SetRecord(Box::new(before)))
    }

    pub(in crate::domain) fn put_record_back(
        &mut self,
        record: AnyRecord,
        place: usize,
    ) -> Result<(), Refused> {
        if self.has_record(record.id()) {
            return Err(Refused::AlreadyThere(record.family().word().to_owned()));
        }
        self.insert_record(record, place);
        Ok(())
    }

    pub(in crate::domain) fn add_line(
        &mut self,
        call: RecordId,
        line: Line,
        place: usize,
    ) -> Result<Edit, Refused> {
        let id = line.id.clone();
        if self.is_line_in_bin(&call, &id) {
            return Err(Refused::AlreadyThere("the line".to_owned()));
        }
        self.insert_line(&call, line, place)?;
        Ok(Edit::TakeBackLine { call, line: id })
    }

    /// Puts a line back that lies in the bin. Its call must be there: one that is in the bin too comes back first.
    pub(in crate::domain) fn put_line_back(
        &mut self,
        call: &RecordId,
        line: Line,
        place: usize,
    ) -> Result<(), Refused> {
        if self.call(call).is_none() {
            return Err(Refused::NoCall(call.clone()));
        }
        self.insert_line(call, line, place)
    }

    fn insert_line(&mut self, call: &RecordId, line: Line, place: usize) -> Result<(), Refused> {
        let lines = &mut self.call_mut(call)?.lines;
        if lines.iter().any(|there| there.id == line.id) {
            return Err(Refused::AlreadyThere("the line".to_owned()));
        }
        lines.insert(place.min(lines.len()), line);
        Ok(())
    }

    pub(in crate::domain) fn take_line(
        &mut self,
        call: &RecordId,
        id: &RecordId,
    ) -> Result<(Line, usize), Refused> {
        let lines = &mut self.call_mut(call)?.lines;
        let place = lines.iter().rposition(|line| line.id == *id);
        let place = place.ok_or_else(|| Refused::NoSuchRecord(id.clone()))?;
        Ok((lines.remove(place), place))
    }

    pub(in crate::domain) fn set_line(&mut self, call: RecordId, line: Line) -> Result<Edit, Refused> {
        let there = self.line_mut(&call, &line.id)?;
        let before = std::mem::replace(there, line);
        Ok(Edit::SetLine { call, line: before })
    }

    pub(in crate::domain) fn line_mut(
        &mut self,
        call: &RecordId,
        id: &RecordId,
    ) -> Result<&mut Line, Refused> {
        let lines = &mut self.call_mut(call)?.lines;
        lines.iter_mut().rev().find(|l| l.id == *id).ok_or_else(|| Refused::NoSuchRecord(id.clone()))
    }

    pub(in crate::domain) fn bin_record(
        &mut self,
        family: Family,
        id: &RecordId,
        on: Date,
    ) -> Result<Binned, Refused> {
        let (record, place) = self.take_record(family, id)?;
        Ok(Binned::Record { record: Box::new(record), on, place })
    }

    pub(in crate::domain) fn call_mut(&mut self, id: &RecordId) -> Result<&mut Call, Refused> {
        let call = self.calls.iter_mut().rev().find(|call| call.id == *id);
        call.ok_or_else(|| Refused::NoSuchRecord(id.clone()))
    }
}
