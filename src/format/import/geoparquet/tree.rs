//! Columns in columns, and the rows that are put together from them.
//!
//! A column of lists is flat in the file; two levels beside each value say how much of the way down to it is there
//! and which list it goes on (Melnik et al., Dremel, 2010).

use std::ops::Range;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::schema::types::Type;

use super::super::property::quoted;
use super::cell::{Cell, Kind, json};
use super::leaf::{Leaf, Raw};
use crate::data::ProblemKind;

/// A column, or columns in it.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) shape: Shape,
    /// The columns without columns in them that belong to it, by their number in the file.
    pub(super) leaves: Range<usize>,
    /// Whether it is bytes that are not said to be text.
    is_binary: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Shape {
    One(Kind),
    /// It is there where the level is at least so high.
    Group {
        definition: i16,
        fields: Vec<Node>,
    },
    List(List),
}

/// A list has something where the level is at least `definition`, and is missing below `present`.
#[derive(Clone, Debug)]
pub(super) struct List {
    definition: i16,
    present: i16,
    repetition: i16,
    pub(super) item: Box<Node>,
    /// Whether its items are names and values.
    is_map: bool,
}

impl Node {
    /// The column that `column` describes; `levels` are those of definition and repetition around it.
    pub(super) fn of(column: &Type, levels: (i16, i16), next: &mut usize) -> Self {
        let (mut definition, mut repetition) = levels;
        let info = column.get_basic_info();
        let how = if info.has_repetition() { info.repetition() } else { Repetition::REQUIRED };
        definition += i16::from(how != Repetition::REQUIRED);
        repetition += i16::from(how == Repetition::REPEATED);
        let from = *next;
        let is_binary = column.is_primitive()
            && how != Repetition::REPEATED
            && column.get_physical_type() == Physical::BYTE_ARRAY
            && Kind::of(column) == Kind::Plain;
        let mut shape = if column.is_primitive() {
            *next += 1;
            Shape::One(Kind::of(column))
        } else {
            let each = column.get_fields().iter();
            let fields = each.map(|field| Self::of(field, (definition, repetition), next)).collect();
            nested(column, definition, fields)
        };
        let (name, leaves) = (column.name().to_owned(), from..*next);
        if how == Repetition::REPEATED {
            let item = Box::new(Self { name: name.clone(), shape, leaves: leaves.clone(), is_binary });
            shape = Shape::List(List { definition, present: 0, repetition, item, is_map: false });
        }
        Self { name, shape, leaves, is_binary }
    }

    /// The next value of this column.
    pub(super) fn read(&self, leaves: &mut [Option<Leaf>]) -> Result<Cell, ProblemKind> {
        match &self.shape {
            Shape::One(kind) => {
                let raw = leaf(leaves, self.leaves.start)?.take()?;
                Ok(raw.map_or(Cell::Null, |raw| Cell::One(raw, *kind)))
            }
            Shape::Group { definition, fields } => {
                if self.definition(leaves)? < *definition {
                    return self.skip(leaves, Cell::Null);
                }
                fields.iter().map(|field| field.read(leaves)).collect::<Result<_, _>>().map(Cell::Group)
            }
            Shape::List(list) => {
                let found = self.definition(leaves)?;
                if found < list.definition {
                    let empty = if found < list.present { Cell::Null } else { Cell::List(Vec::new()) };
                    return self.skip(leaves, empty);
                }
                let mut items = Vec::new();
                loop {
                    items.push(list.item.read(leaves)?);
                    if leaf(leaves, self.leaves.start)?.repetition() != Some(list.repetition) {
                        return Ok(Cell::List(items));
                    }
                }
            }
        }
    }

    /// Whether it is bytes of no said kind.
    pub(super) fn is_bytes(&self) -> bool {
        self.is_binary
    }

    fn definition(&self, leaves: &mut [Option<Leaf>]) -> Result<i16, ProblemKind> {
        leaf(leaves, self.leaves.start)?.definition().ok_or(ProblemKind::Broken)
    }

    /// Steps over what is missing in all columns in it.
    fn skip(&self, leaves: &mut [Option<Leaf>], cell: Cell) -> Result<Cell, ProblemKind> {
        for index in self.leaves.clone() {
            if leaf(leaves, index)?.take()?.is_some() {
                return Err(ProblemKind::Broken);
            }
        }
        Ok(cell)
    }

    /// Writes a value of this column as JSON, at most so many bytes and a value; `false` where there is nothing of it
    /// to write.
    pub(super) fn push_json(&self, out: &mut String, cell: &Cell, most: u64) -> bool {
        if out.len() as u64 > most {
            return false;
        }
        match (cell, &self.shape) {
            (Cell::One(raw, kind), _) => json(raw, *kind).inspect(|json| out.push_str(json)).is_some(),
            (Cell::Group(cells), Shape::Group { fields, .. }) => {
                let named = fields.iter().zip(cells).map(|(field, cell)| (quoted(&field.name), field, cell));
                push_members(out, named, most);
                true
            }
            (Cell::List(items), Shape::List(list)) if list.is_map => {
                let Shape::Group { fields, .. } = &list.item.shape else { return false };
                let named = items.iter().filter_map(|item| match (item, &fields[..]) {
                    (Cell::Group(pair), [_, value]) if pair.len() == 2 => {
                        Some((key(&pair[0])?, value, &pair[1]))
                    }
                    _ => None,
                });
                push_members(out, named, most);
                true
            }
            (Cell::List(items), Shape::List(list)) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    if !list.item.push_json(out, item, most) {
                        out.push_str("null");
                    }
                    if out.len() as u64 > most {
                        break;
                    }
                }
                out.push(']');
                true
            }
            _ => false,
        }
    }
}

/// A member of an object for each value that there is.
fn push_members<'a>(out: &mut String, named: impl Iterator<Item = (String, &'a Node, &'a Cell)>, most: u64) {
    out.push('{');
    let mut is_first = true;
    for (name, node, cell) in named {
        let before = out.len();
        out.push_str(if is_first { "" } else { "," });
        out.push_str(&name);
        out.push(':');
        if node.push_json(out, cell, most) {
            is_first = false;
        } else {
            out.truncate(before);
        }
        if out.len() as u64 > most {
            break;
        }
    }
    out.push('}');
}

/// A name in a map, as JSON.
fn key(cell: &Cell) -> Option<String> {
    let Cell::One(raw, kind) = cell else { return None };
    let kind = if matches!(raw, Raw::Bytes(_)) && *kind == Kind::Plain { Kind::Text } else { *kind };
    let text = json(raw, kind)?;
    Some(if text.starts_with('"') { text } else { quoted(&text) })
}

fn leaf(leaves: &mut [Option<Leaf>], index: usize) -> Result<&mut Leaf, ProblemKind> {
    leaves.get_mut(index).and_then(Option::as_mut).ok_or(ProblemKind::Broken)
}

/// A group, or the list or the map that it stands for.
fn nested(column: &Type, definition: i16, mut fields: Vec<Node>) -> Shape {
    let info = column.get_basic_info();
    let logical = info.logical_type_ref();
    let converted = info.converted_type();
    let is_list = logical == Some(&LogicalType::List) || converted == ConvertedType::LIST;
    let is_map = logical == Some(&LogicalType::Map)
        || matches!(converted, ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE);
    let is_wrapped = (is_list || is_map) && matches!(&fields[..], [Node { shape: Shape::List(_), .. }]);
    let Some(Node { shape: Shape::List(mut list), .. }) = fields.pop_if(|_| is_wrapped) else {
        return Shape::Group { definition, fields };
    };
    list.present = definition;
    list.is_map = is_map;
    // Writers of old put the items into the list itself, and named them so.
    let name = list.item.name.as_str();
    let is_old = name == "array" || name.ends_with("_tuple");
    if let Shape::Group { fields, .. } = &mut list.item.shape
        && fields.len() == 1
        && is_list
        && !is_old
        && let Some(item) = fields.pop()
    {
        *list.item = item;
    }
    Shape::List(list)
}
