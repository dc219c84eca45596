//! Families of records whose fields are described once: the type, its form, its file and its texts follow from that.

/// A family of records. Each field has its name as a [`RecordField`](super::RecordField), its name in the type and in the
/// file, and its type, which must be [`Held`](super::Held). The order is that of the form. Every record can be private, and
/// can say on which call it was said.
macro_rules! record {
    ($($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident => $part:ident: $ty:ty,)+
    })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
            pub struct $name {
                /// Names it for ever.
                pub id: $crate::domain::RecordId,
                $(
                    $(#[$field_doc])*
                    #[serde(default, skip_serializing_if = "blank")]
                    pub $part: $ty,
                )+
                /// Left out of every message and export.
                #[serde(default, skip_serializing_if = "blank")]
                pub private: bool,
                /// Where it was said.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub said_in: Option<$crate::domain::SaidIn>,
            }

            impl $name {
                /// One of which nothing is known yet.
                pub fn new(id: $crate::domain::RecordId) -> Self {
                    Self { id, private: false, said_in: None, $($part: <$ty>::default()),+ }
                }
            }

            impl $crate::domain::record::Fields for $name {
                const FIELDS: &'static [$crate::domain::RecordField] = &[
                    $($crate::domain::RecordField::$field,)+
                    $crate::domain::RecordField::Private,
                ];

                fn field(&self, field: $crate::domain::RecordField) -> Option<&str> {
                    use $crate::domain::record::Held;
                    match field {
                        $($crate::domain::RecordField::$field => self.$part.text(),)+
                        _ => None,
                    }
                }

                fn field_mut(&mut self, field: $crate::domain::RecordField) -> Option<&mut String> {
                    use $crate::domain::record::Held;
                    match field {
                        $($crate::domain::RecordField::$field => self.$part.text_mut(),)+
                        _ => None,
                    }
                }

                fn value(&self, field: $crate::domain::RecordField) -> Option<$crate::domain::Value> {
                    use $crate::domain::record::Held;
                    match field {
                        $($crate::domain::RecordField::$field => Some(self.$part.value()),)+
                        $crate::domain::RecordField::Private => Some(self.private.value()),
                        _ => None,
                    }
                }

                fn put(
                    &mut self,
                    field: $crate::domain::RecordField,
                    value: $crate::domain::Value,
                ) -> bool {
                    use $crate::domain::record::Held;
                    match field {
                        $($crate::domain::RecordField::$field => self.$part.put(value),)+
                        $crate::domain::RecordField::Private => self.private.put(value),
                        _ => false,
                    }
                }

                fn blank(id: $crate::domain::RecordId) -> Option<Self> {
                    Some(Self::new(id))
                }

                fn is_private(&self) -> bool {
                    self.private
                }

                fn said_in(&self) -> Option<&$crate::domain::SaidIn> {
                    self.said_in.as_ref()
                }

                fn copies(&mut self) -> Vec<&mut String> {
                    use $crate::domain::record::Held;
                    let mut copies = Vec::new();
                    $(copies.extend(self.$part.copies());)+
                    copies
                }

                fn forget(&mut self, person: &$crate::domain::PersonId) -> Option<$crate::domain::RecordField> {
                    use $crate::domain::record::Held;
                    let mut found = None;
                    $(if self.$part.forget(person) {
                        found = found.or(Some($crate::domain::RecordField::$field));
                    })+
                    found
                }
            }
        )+

        fn blank<T: $crate::domain::record::Held>(value: &T) -> bool {
            value.is_blank()
        }
    };
}

pub(in crate::domain) use record;
