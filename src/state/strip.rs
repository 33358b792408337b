//! The strip under the map: one route of a corridor laid out straight.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::State;
use crate::atlas::{Id, Kind};
use crate::catalog::RouteLine;

/// The strip that lies open.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenStrip {
    pub corridor: Id,
    /// The `id` of one of its routes.
    pub route: String,
    pub line: Arc<RouteLine>,
    /// What of the document's projects lies at it, by kilometre.
    pub projects: Arc<Vec<(f64, Id)>>,
    pub scale: StripScale,
    hidden: BTreeSet<StripPart>,
    /// The kilometres between which a person measures.
    pub measured: Option<(f64, f64)>,
}

/// How kilometres become places on the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StripScale {
    #[default]
    Distance,
    /// Each country takes the same room.
    Countries,
}

/// What can be shown on a strip, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StripPart {
    Stations,
    Borders,
    Gauge,
    Zones,
    Projects,
}

impl StripPart {
    pub const ALL: [Self; 5] = [Self::Stations, Self::Borders, Self::Gauge, Self::Zones, Self::Projects];
}

/// What can be asked of the strip.
#[derive(Clone, Debug, PartialEq)]
pub enum StripCommand {
    /// Lays a route out; the main one where none is named.
    Open {
        corridor: Id,
        route: Option<String>,
    },
    Close,
    SetScale(StripScale),
    SetShown {
        part: StripPart,
        is_shown: bool,
    },
    /// Measures between two kilometres, or no more.
    Measure(Option<(f64, f64)>),
}

impl StripCommand {
    /// Closes the strip, or opens that of the corridor that the selection is or belongs to, else of the first.
    #[must_use]
    pub fn toggled(state: &State) -> Option<Self> {
        if state.strip.is_some() {
            return Some(Self::Close);
        }
        let selected = state.picks.selected.as_ref();
        let first = || state.catalog.ids(Kind::Corridor).into_iter().next();
        let corridor = selected.and_then(|id| state.corridor_of(id)).or_else(first)?;
        let route = selected.and_then(|id| state.catalog.route_by(&corridor, id));
        Some(Self::Open { corridor, route })
    }
}

impl OpenStrip {
    #[must_use]
    pub fn shows(&self, part: StripPart) -> bool {
        !self.hidden.contains(&part)
    }
}

impl State {
    /// A corridor itself, or the first one that something belongs to.
    fn corridor_of(&self, id: &Id) -> Option<Id> {
        if id.kind == Kind::Corridor {
            return Some(id.clone());
        }
        self.catalog.related(id).into_iter().find(|related| related.kind == Kind::Corridor)
    }

    pub(super) fn apply_to_strip(&mut self, command: StripCommand) {
        match command {
            StripCommand::Open { corridor, route } => {
                let Some((_, found)) = self.catalog.route(&corridor, route.as_deref().unwrap_or_default())
                else {
                    return;
                };
                let line = Arc::new(self.catalog.route_line(&found.id));
                let projects = Arc::new(self.catalog.projects_along(&corridor, &line));
                let (scale, hidden) =
                    self.strip.take().map(|before| (before.scale, before.hidden)).unwrap_or_default();
                self.table = None;
                self.strip = Some(OpenStrip {
                    corridor,
                    route: found.id.clone(),
                    line,
                    projects,
                    scale,
                    hidden,
                    measured: None,
                });
            }
            StripCommand::Close => self.strip = None,
            StripCommand::SetScale(scale) => {
                if let Some(strip) = &mut self.strip {
                    strip.scale = scale;
                }
            }
            StripCommand::SetShown { part, is_shown } => {
                if let Some(strip) = &mut self.strip {
                    if is_shown {
                        strip.hidden.remove(&part)
                    } else {
                        strip.hidden.insert(part)
                    };
                }
            }
            StripCommand::Measure(between) => {
                if let Some(strip) = &mut self.strip {
                    strip.measured = between;
                }
            }
        }
    }

    /// The strip follows to the corridor that is selected.
    pub(super) fn lay_out_selected(&mut self) {
        let Some(open) = &self.strip else { return };
        let selected =
            self.picks.selected.as_ref().filter(|id| id.kind == Kind::Corridor && **id != open.corridor);
        if let Some(corridor) = selected.cloned() {
            self.apply_to_strip(StripCommand::Open { corridor, route: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::fresh;
    use crate::state::{Command, TableCommand};

    fn apply(state: &mut State, command: Command) {
        let _ = state.apply(command);
    }

    fn corridor(state: &State) -> String {
        state.strip.as_ref().map(|strip| format!("{} {}", strip.corridor, strip.route)).unwrap_or_default()
    }

    #[test]
    fn the_strip_opens_for_what_is_selected_and_follows_it() {
        let mut state = fresh();
        let id = |text: &str| Some(text.parse::<Id>().expect("an id"));
        apply(&mut state, Command::Select(id("zone/ruili")));
        let open = StripCommand::toggled(&state).expect("a strip");
        apply(&mut state, Command::Strip(open));
        assert_eq!(corridor(&state), "corridor/bcimec bcim-main");
        apply(&mut state, Command::Strip(StripCommand::Close));
        apply(&mut state, Command::Select(id("zone/hekou")));
        let by_hekou = StripCommand::toggled(&state).expect("a strip");
        apply(&mut state, Command::Strip(by_hekou));
        assert_eq!(corridor(&state), "corridor/cicpec cicpec-hekou");
        apply(&mut state, Command::Select(id("corridor/nelb")));
        assert_eq!(corridor(&state), "corridor/nelb nelb-main");
        apply(&mut state, Command::Select(id("zone/horgos")));
        assert_eq!(corridor(&state), "corridor/nelb nelb-main", "a zone leaves the route as it is");
        let route = Some("nelb-horgos".to_owned());
        apply(
            &mut state,
            Command::Strip(StripCommand::Open { corridor: id("corridor/nelb").expect("some"), route }),
        );
        assert_eq!(corridor(&state), "corridor/nelb nelb-horgos");
    }

    #[test]
    fn strip_and_table_take_turns_and_escape_closes_either_before_the_selection() {
        let mut state = fresh();
        apply(&mut state, Command::Select(Some("corridor/cpec".parse().expect("an id"))));
        let open = StripCommand::toggled(&state).expect("a strip");
        apply(&mut state, Command::Strip(open.clone()));
        let table = TableCommand::toggled(&state);
        apply(&mut state, Command::Table(table));
        assert!(state.table.is_some() && state.strip.is_none());
        apply(&mut state, Command::Strip(open));
        assert!(state.table.is_none() && state.strip.is_some());
        apply(&mut state, Command::Escape);
        assert!(state.strip.is_none() && state.picks.selected.is_some());
    }
}
