//! The rows that tag what was said: Tab and a letter, the same on the call screen and in the jot strip.

use crate::domain::Tag;

/// What Tab and a letter do to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is this.
    Is(Tag),
    /// It is private, or not any more.
    Private,
    /// It is nothing in particular, and not private.
    Nothing,
}

impl Mark {
    /// The tag and whether it is private, of a line that had these.
    #[must_use]
    pub fn put_on(self, tag: Option<Tag>, private: bool) -> (Option<Tag>, bool) {
        match self {
            Self::Is(tag) => (Some(tag), private),
            Self::Private => (tag, !private),
            Self::Nothing => (None, false),
        }
    }

    /// What the line is from then on, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Is(tag) => tag.words(),
            Self::Private => "private, or not",
            Self::Nothing => "no tag",
        }
    }
}

/// The rows of a scope that tag: what they are called begins with the scope, and `$put` does it.
macro_rules! tag_rows {
    ($scope:literal, $layer:ty, $put:path) => {
        $crate::command::tags::tag_rows!(
            @rows $scope, $layer, $put,
            "said" "tab s" "Tag: said by them" Mark::Is(Tag::Said),
            "we-said" "tab w" "Tag: we said" Mark::Is(Tag::WeSaid),
            "agreed" "tab a" "Tag: agreed" Mark::Is(Tag::Agreed),
            "promise" "tab p" "Tag: promise" Mark::Is(Tag::Promise),
            "ask" "tab q" "Tag: ask back" Mark::Is(Tag::Ask),
            "differs" "tab d" "Tag: differs" Mark::Is(Tag::Differs),
            "money" "tab m" "Tag: money" Mark::Is(Tag::Money),
            "worry" "tab x" "Tag: worry" Mark::Is(Tag::Worry),
            "private" "tab v" "Private on or off, with any tag" Mark::Private,
            "nothing" "tab tab" "Tag: none" Mark::Nothing
        )
    };
    (@rows $scope:literal, $layer:ty, $put:path, $($name:literal $keys:literal $help:literal $mark:expr),+) => {
        &[$($crate::command::command(
            concat!($scope, ".tag-", $name),
            &[$keys],
            $help,
            |layer: &mut $layer, ctx| {
                use $crate::command::tags::Mark;
                #[allow(unused_imports)]
                use $crate::domain::Tag;
                $put(layer, $mark, ctx)
            },
        )
        .changes()
        .words("tag mark")),+]
    };
}

pub(crate) use tag_rows;

/// The letters and what they mean, as they are shown beside what one types: `s said`, `v private`.
pub fn legend() -> Vec<(char, &'static str)> {
    let tags = Tag::ALL.into_iter().map(|tag| (tag.letter(), tag.words()));
    tags.chain([(crate::domain::PRIVATE_LETTER, "private")]).collect()
}
