//! GPX 1.0 and 1.1: waypoints, routes and tracks, each one feature.

mod record;

use super::Input;
use super::collect::{Collector, Halt};
use super::xml::{Fault, Token, Xml, decoded, root};
use record::Record;

/// What is one feature, and is found again behind a fault.
const RECORDS: [&str; 3] = ["wpt", "rte", "trk"];

pub(super) fn matches(input: &Input<'_>) -> bool {
    root(input.head()).is_some_and(|root| root == "gpx")
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    let text = decoded(input.bytes);
    let mut xml = Xml::new(&text);
    loop {
        let fault = match records(&mut xml, collector) {
            Ok(()) => return Ok(()),
            Err(End::Halt(halt)) => return Err(halt),
            Err(End::Xml(fault)) => fault,
        };
        let spot = xml.spot(fault.at);
        collector.problem(fault.kind, Some(spot));
        if !xml.recover(fault, &RECORDS) {
            return Ok(());
        }
    }
}

/// Why a walk ends.
enum End {
    Halt(Halt),
    Xml(Fault),
}

impl From<Halt> for End {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl From<Fault> for End {
    fn from(fault: Fault) -> Self {
        Self::Xml(fault)
    }
}

fn records(xml: &mut Xml<'_>, collector: &mut Collector<'_>) -> Result<(), End> {
    loop {
        let element = match xml.next()? {
            Token::Open(element) => element,
            Token::Close | Token::Text(_) => continue,
            Token::End => return Ok(()),
        };
        let name = element.name();
        if RECORDS.contains(&name) {
            let spot = xml.spot(element.at);
            let mut record = Record::new(&element);
            // What stood before a fault is kept.
            let read = record.read(xml);
            record.add(spot, collector)?;
            collector.reach(xml.at() as u64)?;
            read?;
        } else if name != "gpx" {
            // What a file says of itself and its makers.
            xml.skip()?;
        }
    }
}

#[cfg(test)]
mod tests;
