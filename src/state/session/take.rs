//! A session is taken from the state.

use super::{KeptFile, KeptStrip, KeptTable, KeptTour, SESSION_VERSION, Session};
use crate::state::{OpenFile, OpenTable, OpenTour, State, Subject};
use crate::tour::write;

impl State {
    /// What is to be kept; `None` while a show borrows the window.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        let tour = || self.tours.open.as_ref().map(OpenTour::kept);
        (!self.tours.is_presented()).then(|| Session { tour: tour(), ..self.snapshot() })
    }

    /// Everything that is kept but the tour, as it is at this moment.
    pub(in crate::state) fn snapshot(&self) -> Session {
        let strip = self.strip.as_ref();
        Session {
            corridor_atlas_session: SESSION_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            settings: self.settings,
            look: self.look(),
            panels: self.panels,
            files: self.files.iter().map(OpenFile::kept).collect(),
            table: self.table.as_ref().map(OpenTable::kept),
            strip: strip
                .map(|strip| KeptStrip { corridor: strip.corridor.clone(), route: strip.route.clone() }),
            compare: self.compare.clone(),
            measure: self.measure.clone(),
            tour: None,
            recent: self.files.recent.clone(),
            notes: None,
        }
    }
}

impl OpenFile {
    pub(in crate::state) fn kept(&self) -> KeptFile {
        KeptFile {
            key: self.key.clone(),
            name: self.name.clone(),
            path: self.path.clone(),
            text: self.own_text().cloned(),
            style: self.style.clone(),
            is_visible: self.is_visible,
            dated_by: self.dated_by.clone(),
            placing: self.placing.clone(),
        }
    }
}

impl OpenTable {
    fn kept(&self) -> KeptTable {
        KeptTable {
            of: self.of.written(),
            sort: self.sort.clone(),
            hidden: self.hidden.clone(),
            columns: self.moved().to_vec(),
        }
    }
}

impl OpenTour {
    fn kept(&self) -> KeptTour {
        KeptTour {
            text: write(&self.tour),
            id: self.tour.id.clone(),
            path: self.path.clone(),
            is_changed: self.is_changed,
            step: self.step,
        }
    }
}

impl Subject {
    /// `zone`, or `file/roads`.
    pub(in crate::state) fn written(&self) -> String {
        match self {
            Self::File(key) => format!("file/{key}"),
            Self::Atlas(kind) => kind.as_str().to_owned(),
        }
    }
}
