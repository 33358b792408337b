//! What became of the features that were to be written.

/// Counts of what a file carries and of what it could not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Features in the file.
    pub features: u64,
    /// Left out: they break off or are no objects.
    pub skipped: u64,
    /// Left out: more than the format takes for one feature.
    pub too_large: u64,
    /// In the file without a place, because they have none.
    pub without_geometry: u64,
    /// In the file without a place, because theirs cannot be read.
    pub unreadable_geometry: u64,
    /// Geometries that were no features and became some.
    pub wrapped: u64,
    /// In the file as they were although they are no strict JSON (`NaN`, a line break inside a text).
    pub not_json: u64,
    /// Lists and objects among the properties, written as JSON text.
    pub nested: u64,
    /// Rings whose first position was written once more at their end.
    pub closed_rings: u64,
    /// Geometries whose heights are left out: not every position, or in `FlatGeobuf` not every geometry, has one.
    pub heights_left_out: u64,
    /// Geometries with a fourth number to a position, which is left out.
    pub more_numbers: u64,
    /// Features with members besides their properties, which are left out.
    pub other_members: u64,
    /// Columns that the format calls otherwise: the property's name and the column's.
    pub renamed: Vec<(String, String)>,
    /// Columns left out: more than the format takes.
    pub columns_left_out: u64,
    /// Whether the file has an index of places; only `FlatGeobuf` has one.
    pub is_indexed: bool,
}

impl Written {
    /// What the file lacks or has otherwise, a line of English to each; empty where it has all.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let counted = [
            (self.skipped, "left out, broken or no features"),
            (self.too_large, "left out, too large for the format"),
            (self.without_geometry, "without a place"),
            (self.unreadable_geometry, "with a geometry that cannot be read, written without it"),
            (self.wrapped, "made of bare geometries"),
            (self.not_json, "kept although no strict JSON (NaN or the like)"),
            (self.heights_left_out, "with heights, left out because not all have one"),
            (self.more_numbers, "with numbers past the height, left out"),
            (self.other_members, "with members besides their properties, left out"),
        ];
        let features = |&(count, what): &(u64, &str)| format!("{count} {}: {what}", plural(count, "feature"));
        let mut lines: Vec<String> = counted.iter().filter(|(count, _)| *count > 0).map(features).collect();
        if self.nested > 0 {
            let values = plural(self.nested, "nested value");
            lines.push(format!("{} {values}: written as JSON text", self.nested));
        }
        if self.closed_rings > 0 {
            lines.push(format!("{} open {}: closed", self.closed_rings, plural(self.closed_rings, "ring")));
        }
        if self.columns_left_out > 0 {
            let columns = plural(self.columns_left_out, "column");
            lines.push(format!("{} {columns}: left out, too many for the format", self.columns_left_out));
        }
        lines.extend(self.renamed.iter().map(|(old, new)| format!("column {old:?}: called {new:?}")));
        lines
    }
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
