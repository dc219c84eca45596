//! Partners and people: lists of the same kind, of which each member has an id, a place, and may lie in the bin.

use std::hash::Hash;

use jiff::civil::Date;

use super::stock::{Shelf, Stock};
use crate::domain::edit::Edit;
use crate::domain::id::{PartnerId, PersonId};
use crate::domain::people::{Binned, Partner, Person};
use crate::domain::workbook::Workbook;

/// A partner or a person.
pub(super) trait Member: Clone + PartialEq {
    /// By what it is known.
    type Id: Ord + Hash + 'static;

    fn id(&self) -> &Self::Id;
    fn list(workbook: &Workbook) -> &[Self];
    fn list_mut(workbook: &mut Workbook) -> &mut Vec<Self>;
    fn shelf<'s, 'w>(stock: &'s Stock<'w>) -> &'s Shelf<'w, Self::Id, Self>;
    /// It as it lies in the bin.
    fn binned(self, on: Date, place: usize) -> Binned;
    /// It, where it is that which lies there.
    fn in_bin(binned: &Binned) -> Option<&Self>;
    fn add(&self, place: usize) -> Edit;
    fn set(&self) -> Edit;
    fn take_back(&self) -> Edit;
}

impl Member for Partner {
    type Id = PartnerId;

    fn id(&self) -> &PartnerId {
        &self.id
    }

    fn list(workbook: &Workbook) -> &[Self] {
        &workbook.partners
    }

    fn list_mut(workbook: &mut Workbook) -> &mut Vec<Self> {
        &mut workbook.partners
    }

    fn shelf<'s, 'w>(stock: &'s Stock<'w>) -> &'s Shelf<'w, PartnerId, Self> {
        &stock.partners
    }

    fn binned(self, on: Date, place: usize) -> Binned {
        Binned::Partner { partner: self, on, place }
    }

    fn in_bin(binned: &Binned) -> Option<&Self> {
        if let Binned::Partner { partner, .. } = binned { Some(partner) } else { None }
    }

    fn add(&self, place: usize) -> Edit {
        Edit::AddPartner { partner: Box::new(self.clone()), place }
    }

    fn set(&self) -> Edit {
        Edit::SetPartner(Box::new(self.clone()))
    }

    fn take_back(&self) -> Edit {
        Edit::TakeBackPartner { partner: self.id.clone() }
    }
}

impl Member for Person {
    type Id = PersonId;

    fn id(&self) -> &PersonId {
        &self.id
    }

    fn list(workbook: &Workbook) -> &[Self] {
        &workbook.people
    }

    fn list_mut(workbook: &mut Workbook) -> &mut Vec<Self> {
        &mut workbook.people
    }

    fn shelf<'s, 'w>(stock: &'s Stock<'w>) -> &'s Shelf<'w, PersonId, Self> {
        &stock.people
    }

    fn binned(self, on: Date, place: usize) -> Binned {
        Binned::Person { person: self, on, place }
    }

    fn in_bin(binned: &Binned) -> Option<&Self> {
        if let Binned::Person { person, .. } = binned { Some(person) } else { None }
    }

    fn add(&self, place: usize) -> Edit {
        Edit::AddPerson { person: Box::new(self.clone()), place }
    }

    fn set(&self) -> Edit {
        Edit::SetPerson(Box::new(self.clone()))
    }

    fn take_back(&self) -> Edit {
        Edit::TakeBackPerson { person: self.id.clone() }
    }
}
