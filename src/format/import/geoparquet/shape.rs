//! Geometries as a column writes them: well-known binary, or lists in lists of positions.

use super::super::geometry::{Geometry, Position};
use super::super::wkb;
use super::cell::{Cell, Kind};
use super::leaf::Raw;
use super::tree::{Node, Shape};
use crate::data::ProblemKind;

/// How the geometries of a file are written, and in which columns.
#[derive(Clone, Debug)]
pub(super) enum Written {
    Binary {
        column: usize,
    },
    Native {
        column: usize,
        form: Form,
        axes: Axes,
    },
    /// Two columns of numbers.
    Places {
        lon: usize,
        lat: usize,
    },
}

/// What the lists of positions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Point,
    Line,
    Polygon,
    MultiPoint,
    MultiLine,
    MultiPolygon,
}

/// Where the numbers of a position stand among its fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axes {
    x: usize,
    y: usize,
    z: Option<usize>,
}

const FORMS: [(&str, Form, usize); 6] = [
    ("point", Form::Point, 0),
    ("linestring", Form::Line, 1),
    ("polygon", Form::Polygon, 2),
    ("multipoint", Form::MultiPoint, 1),
    ("multilinestring", Form::MultiLine, 2),
    ("multipolygon", Form::MultiPolygon, 3),
];

impl Written {
    /// `encoding` as the metadata names it; `None` where the column is not made so.
    pub(super) fn of(node: &Node, column: usize, encoding: &str) -> Option<Self> {
        if node.is_bytes() {
            return Some(Self::Binary { column });
        }
        let encoding = encoding.to_lowercase();
        let encoding = encoding.strip_prefix("geoarrow.").unwrap_or(&encoding);
        let (_, form, nested) = *FORMS.iter().find(|(name, ..)| *name == encoding)?;
        let mut inner = node;
        for _ in 0..nested {
            let Shape::List(list) = &inner.shape else { return None };
            inner = &list.item;
        }
        let Shape::Group { fields, .. } = &inner.shape else { return None };
        let axis = |name: &str| {
            let is_axis = |field: &Node| field.name == name && matches!(field.shape, Shape::One(_));
            fields.iter().position(is_axis)
        };
        Some(Self::Native { column, form, axes: Axes { x: axis("x")?, y: axis("y")?, z: axis("z") } })
    }

    /// The columns that are read for it.
    pub(super) fn columns(&self) -> Vec<usize> {
        match self {
            Self::Binary { column } | Self::Native { column, .. } => vec![*column],
            Self::Places { lon, lat } => vec![*lon, *lat],
        }
    }

    /// The geometry of a row; `None` where it has none.
    pub(super) fn geometry(&self, row: &[Option<Cell>]) -> Result<Option<Geometry>, ProblemKind> {
        let cell = |column: usize| row.get(column).and_then(Option::as_ref).unwrap_or(&Cell::Null);
        match self {
            Self::Binary { column } => match cell(*column) {
                Cell::One(Raw::Bytes(bytes), _) => wkb::geometry(bytes.data()).map(Some),
                _ => Ok(None),
            },
            Self::Native { column, form, axes } => match cell(*column) {
                Cell::Null => Ok(None),
                cell => native(cell, *form, *axes).map(Some),
            },
            Self::Places { lon, lat } => Ok(place(cell(*lon), cell(*lat))),
        }
    }
}

fn native(cell: &Cell, form: Form, axes: Axes) -> Result<Geometry, ProblemKind> {
    let lines = |cell: &Cell| each(cell, |line| each(line, |at| position(at, axes)));
    Ok(match form {
        Form::Point => Geometry::Point(position(cell, axes)?),
        Form::Line => Geometry::Line(each(cell, |at| position(at, axes))?),
        Form::MultiPoint => Geometry::MultiPoint(each(cell, |at| position(at, axes))?),
        Form::Polygon => Geometry::Polygon(lines(cell)?),
        Form::MultiLine => Geometry::MultiLine(lines(cell)?),
        Form::MultiPolygon => Geometry::MultiPolygon(each(cell, lines)?),
    })
}

fn each<T>(cell: &Cell, one: impl Fn(&Cell) -> Result<T, ProblemKind>) -> Result<Vec<T>, ProblemKind> {
    match cell {
        Cell::List(items) => items.iter().map(one).collect(),
        _ => Err(ProblemKind::Broken),
    }
}

fn position(cell: &Cell, axes: Axes) -> Result<Position, ProblemKind> {
    let Cell::Group(fields) = cell else { return Err(ProblemKind::Broken) };
    let axis = |index: usize| fields.get(index).and_then(number).ok_or(ProblemKind::Position);
    let z = axes.z.and_then(|index| fields.get(index)).and_then(number);
    Ok([axis(axes.x)?, axis(axes.y)?, z.unwrap_or(f64::NAN)])
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::One(Raw::Double(value), _) => Some(*value),
        Cell::One(Raw::Float(value), _) => Some(f64::from(*value)),
        Cell::One(Raw::Int(value), Kind::Plain) => Some(*value as f64),
        Cell::One(Raw::Bytes(bytes), Kind::Text) => {
            std::str::from_utf8(bytes.data()).ok()?.trim().replace(',', ".").parse().ok()
        }
        _ => None,
    }
}

/// A point, as tables of text have it: what lies on no globe has no place.
fn place(lon: &Cell, lat: &Cell) -> Option<Geometry> {
    let (lon, lat) = (number(lon)?, number(lat)?);
    (lon.abs() <= 360.0 && lat.abs() <= 90.0).then_some(Geometry::Point([lon, lat, f64::NAN]))
}
