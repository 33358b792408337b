//! Everything that the doctor knows to be wrong, each with how much that matters.

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The standard forbids it: programs read it otherwise, or not at all.
    Error,
    /// It is hardly meant so.
    Warning,
    /// It is allowed, and worth knowing.
    Remark,
}

impl Severity {
    /// As the command line says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Remark => "remark",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $key:literal, $severity:ident;)*) => {
        /// A sort of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its name on the command line and in the texts.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

kinds! {
    Empty, "empty", Error;
    Utf16, "utf-16", Error;
    ByteOrderMark, "byte-order-mark", Warning;
    NotUtf8, "not-utf-8", Error;
    /// Something else stands where a value, a comma or a bracket belongs.
    Unexpected, "unexpected", Error;
    MissingComma, "missing-comma", Error;
    TrailingComma, "trailing-comma", Error;
    MissingColon, "missing-colon", Error;
    CutShort, "cut-short", Error;
    AfterEnd, "after-end", Error;
    BadEscape, "bad-escape", Error;
    ControlCharacter, "control-character", Error;
    LoneSurrogate, "lone-surrogate", Warning;
    BadNumber, "bad-number", Error;
    HugeNumber, "huge-number", Warning;
    NotANumber, "not-a-number", Error;
    SingleQuotes, "single-quotes", Error;
    UnquotedKey, "unquoted-key", Error;
    Comment, "comment", Error;
    TooDeep, "too-deep", Error;
    DuplicateKey, "duplicate-key", Error;
    NotAnObject, "not-an-object", Error;
    NoType, "no-type", Error;
    TypeNotText, "type-not-text", Error;
    UnknownType, "unknown-type", Error;
    TypeCase, "type-case", Error;
    NoFeatures, "no-features", Error;
    FeaturesNotList, "features-not-list", Error;
    NotAFeature, "not-a-feature", Error;
    NoGeometry, "no-geometry", Error;
    NullGeometry, "null-geometry", Remark;
    NoProperties, "no-properties", Error;
    PropertiesType, "properties-type", Error;
    IdType, "id-type", Error;
    SameId, "same-id", Warning;
    /// RFC 7946, section 7.1.
    ForeignMeaning, "foreign-meaning", Error;
    GeometryType, "geometry-type", Error;
    NoCoordinates, "no-coordinates", Error;
    Nesting, "nesting", Error;
    PositionShort, "position-short", Error;
    PositionLong, "position-long", Remark;
    PositionNumber, "position-number", Error;
    Past180, "past-180", Warning;
    Latitude, "latitude", Error;
    Swapped, "swapped", Warning;
    Metres, "metres", Warning;
    ShortLine, "short-line", Error;
    ZeroLine, "zero-line", Warning;
    ShortRing, "short-ring", Error;
    OpenRing, "open-ring", Error;
    /// RFC 7946, section 3.1.6.
    Winding, "winding", Warning;
    FlatRing, "flat-ring", Warning;
    SelfCrossing, "self-crossing", Warning;
    HoleOutside, "hole-outside", Warning;
    DuplicateVertices, "duplicate-vertices", Warning;
    /// RFC 7946, section 3.1.9.
    Antimeridian, "antimeridian", Warning;
    EmptyGeometry, "empty-geometry", Remark;
    GeometriesType, "geometries-type", Error;
    NestedCollection, "nested-collection", Warning;
    SingleCollection, "single-collection", Remark;
    MixedTypes, "mixed-types", Remark;
    BboxType, "bbox-type", Error;
    BboxLength, "bbox-length", Error;
    BboxOrder, "bbox-order", Warning;
    BboxOutside, "bbox-outside", Warning;
    CrsMember, "crs-member", Warning;
    BadDate, "bad-date", Warning;
    Precision, "precision", Remark;
}
