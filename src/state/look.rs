//! How the map is looked at, as a tour or a figure keeps it: taken from the state, and given back to it.

use std::collections::BTreeSet;

use super::{Command, Effect, LayerKind, Layers, State, Subject, TableCommand, TimelineCommand};
use crate::atlas::{Id, Kind};
use crate::geo::{Padding, Size, Viewport};
use crate::search::nearest;
use crate::tour::{Aim, Look, Step};

/// A layer, corridor or file that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLayer {
    pub name: String,
    pub nearest: Vec<String>,
}

/// What a name among layers means.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Layer(LayerKind),
    Corridor(Id),
    /// By its key.
    File(String),
}

/// In front of a file's key.
const FILE: &str = "file/";

impl State {
    /// The commands that show `only` (all that is shown by default where it is empty) without `hidden`.
    ///
    /// # Errors
    /// The first name that is neither a layer nor a corridor nor an opened file.
    pub fn layer_commands(
        &self,
        (only, hidden): (&[String], &[String]),
    ) -> Result<Vec<Command>, UnknownLayer> {
        let only = self.choices(only)?;
        let hidden = self.choices(hidden)?;
        let mut commands = Vec::new();
        if !only.is_empty() {
            let names_corridor = only.iter().any(|choice| matches!(choice, Choice::Corridor(_)));
            let names_all = only.contains(&Choice::Layer(LayerKind::Corridors));
            for layer in LayerKind::ALL {
                // Names are of whichever layer: only what hides takes them away.
                let is_visible = layer == LayerKind::Names
                    || only.contains(&Choice::Layer(layer))
                    || (layer == LayerKind::Corridors && names_corridor);
                commands.push(Command::SetLayerVisible { layer, is_visible });
            }
            for corridor in self.catalog.ids(Kind::Corridor) {
                let is_visible =
                    names_all || !names_corridor || only.contains(&Choice::Corridor(corridor.clone()));
                commands.push(Command::SetCorridorVisible { corridor, is_visible });
            }
        }
        commands.extend(hidden.into_iter().filter_map(|choice| match choice {
            Choice::Layer(layer) => Some(Command::SetLayerVisible { layer, is_visible: false }),
            Choice::Corridor(corridor) => Some(Command::SetCorridorVisible { corridor, is_visible: false }),
            Choice::File(_) => None,
        }));
        Ok(commands)
    }

    fn choices(&self, names: &[String]) -> Result<Vec<Choice>, UnknownLayer> {
        let corridors = self.catalog.ids(Kind::Corridor);
        let parse = |name: &String| {
            let layer = LayerKind::ALL.into_iter().find(|layer| layer.as_str() == name);
            let corridor = || corridors.iter().find(|id| id.to_string() == *name).cloned();
            let file = || name.strip_prefix(FILE).filter(|key| self.files.get(key).is_some());
            // Never what opens a connection.
            let layer = layer.filter(|layer| *layer != LayerKind::Online).map(Choice::Layer);
            layer
                .or_else(|| corridor().map(Choice::Corridor))
                .or_else(|| file().map(|key| Choice::File(key.to_owned())))
                .ok_or_else(|| self.unknown(name, &corridors))
        };
        names.iter().map(parse).collect()
    }

    fn unknown(&self, name: &str, corridors: &[Id]) -> UnknownLayer {
        let offline = LayerKind::ALL.iter().filter(|layer| **layer != LayerKind::Online);
        let mut known: Vec<String> = offline.map(|layer| layer.as_str().to_owned()).collect();
        known.extend(corridors.iter().map(ToString::to_string));
        known.extend(self.files.iter().map(|file| format!("{FILE}{}", file.key)));
        let nearest = nearest(name, known.iter().map(String::as_str));
        UnknownLayer { name: name.to_owned(), nearest: nearest.into_iter().map(str::to_owned).collect() }
    }

    /// How the map is looked at now.
    #[must_use]
    pub fn look(&self) -> Look {
        let usual = Layers::default();
        let shown = |layer: LayerKind| self.layers.shows(layer);
        let hidden_corridors: Vec<Id> = self
            .catalog
            .ids(Kind::Corridor)
            .into_iter()
            .filter(|id| shown(LayerKind::Corridors) && !self.layers.has_corridor(id))
            .collect();
        let offline = || LayerKind::ALL.into_iter().filter(|layer| *layer != LayerKind::Online);
        let adds = offline().any(|layer| shown(layer) && !usual.shows(layer));
        let names: Vec<String> =
            offline().filter(|layer| shown(*layer)).map(|layer| layer.as_str().to_owned()).collect();
        let mut hide: Vec<String> = offline()
            .filter(|layer| !shown(*layer) && usual.shows(*layer))
            .map(|layer| layer.as_str().to_owned())
            .collect();
        if adds {
            // Who lists what is shown need not say what is not, but for names, which belong to all.
            hide.retain(|name| name == LayerKind::Names.as_str());
        }
        hide.extend(hidden_corridors.iter().map(ToString::to_string));
        hide.extend(
            self.files.iter().filter(|file| !file.is_visible).map(|file| format!("{FILE}{}", file.key)),
        );
        let filters = self.filters().filter(|(_, text)| !text.is_empty()).collect();
        Look {
            at: Some(Aim::Camera(self.view.camera())),
            select: self.picks.selected.clone(),
            layers: adds.then_some(names),
            hide,
            from: self.timeline.from,
            until: self.timeline.until,
            viewpoint: self.layers.viewpoint.clone(),
            filters,
        }
    }

    /// Every filter that there is, by what a tour calls it.
    fn filters(&self) -> impl Iterator<Item = (String, String)> {
        let is_kind = |key: &str| super::LISTED.iter().any(|kind| kind.as_str() == key);
        let files = self.files.iter().map(move |file| {
            let of = Subject::File(file.key.clone());
            let name = if is_kind(&file.key) { of.written() } else { file.key.clone() };
            (of, name)
        });
        let lists = self.lists.kinds().map(|kind| (Subject::Atlas(kind), kind.as_str().to_owned()));
        files.chain(lists).filter_map(|(of, name)| Some((name, self.filter_of(&of)?.text.clone())))
    }

    /// Shows what a look wants: all but where the map is looked at. What is not there is left out; the check of
    /// a tour tells it.
    pub(super) fn show_look(&mut self, look: &Look) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.layers.reset();
        self.layers.see_from(look.viewpoint.clone());
        let named = |names: &[String]| -> Vec<String> {
            names.iter().filter(|name| self.choices(std::slice::from_ref(name)).is_ok()).cloned().collect()
        };
        let (only, hidden) = (named(look.layers.as_deref().unwrap_or_default()), named(&look.hide));
        for command in self.layer_commands((&only, &hidden)).unwrap_or_default() {
            match command {
                Command::SetLayerVisible { layer, is_visible } => self.layers.set(layer, is_visible),
                Command::SetCorridorVisible { corridor, is_visible } => {
                    self.layers.set_corridor(corridor, is_visible);
                }
                _ => {}
            }
        }
        self.show_files(look.layers.is_some().then_some(only.as_slice()), &hidden);
        effects.extend(self.show_filters(look));
        effects.extend(self.apply_to_timeline(TimelineCommand::Show(look.until)));
        if look.until.is_some() {
            effects.extend(self.apply_to_timeline(TimelineCommand::From(look.from)));
        }
        if self.picks.selected != look.select {
            let is_there = |id: &Id| self.catalog.entry(id).is_some() || self.files.feature(id).is_some();
            self.picks.select(look.select.clone().filter(is_there));
        }
        effects
    }

    fn show_files(&mut self, only: Option<&[String]>, hidden: &[String]) {
        let keys: Vec<String> = self.files.iter().map(|file| file.key.clone()).collect();
        // A list that names no file is of the atlas's layers: files stay.
        let only = only.filter(|only| only.iter().any(|name| name.starts_with(FILE)));
        for key in keys {
            let name = format!("{FILE}{key}");
            let is_visible = only.is_none_or(|only| only.contains(&name)) && !hidden.contains(&name);
            if let Some(file) = self.files.at(&key) {
                file.is_visible = is_visible;
            }
        }
    }

    /// Filters as the look wants them, and no others.
    fn show_filters(&mut self, look: &Look) -> Vec<Effect> {
        let set: Vec<(String, String)> = self.filters().filter(|(_, text)| !text.is_empty()).collect();
        let ended: BTreeSet<&String> =
            set.iter().map(|(name, _)| name).filter(|name| !look.filters.contains_key(*name)).collect();
        let mut wanted: Vec<(&String, String)> =
            ended.into_iter().map(|name| (name, String::new())).collect();
        wanted.extend(look.filters.iter().map(|(name, text)| (name, text.clone())));
        let mut effects = Vec::new();
        for (name, text) in wanted {
            let Some(of) = self.subject(name) else { continue };
            if self.table_of(&of).is_none() && self.has_subject(&of) {
                effects.extend(self.want_table(&of));
            }
            effects.extend(self.apply_to_table(TableCommand::Filter { of, text }));
        }
        effects
    }

    /// Looks where a look does; flying there, or at once.
    pub(super) fn aim(&mut self, look: &Look, at_once: bool) {
        let is_cut = at_once || self.settings.is_motion_reduced;
        match &look.at {
            Some(Aim::Camera(camera)) => self.view.fly(*camera, is_cut),
            Some(aim) => {
                let bounds = match aim {
                    Aim::Thing(id) => self.bounds(id),
                    _ => aim.bounds(),
                };
                if let Some(bounds) = bounds {
                    self.view.fly_to(bounds, is_cut);
                }
            }
            None => {}
        }
    }

    /// The same as an audience sees a step, in a window of that size; at once where it is to stand still.
    #[must_use]
    pub fn told(&self, step: &Step, size: Size) -> Self {
        let mut seen = self.clone();
        let _ = seen.show_look(&step.look);
        let camera = seen.view.camera();
        let selected = seen.picks.selected.clone();
        let grid = seen.layers.shows(LayerKind::Grid);
        seen = seen.seen_through(Viewport::clamped(camera, size), selected);
        seen.layers.set(LayerKind::Grid, grid);
        seen.tours.is_picture = true;
        seen.view.set_viewport(size, step_padding(step));
        seen.aim(&step.look, true);
        seen
    }

    /// The pictures between this one and that of the next step, so many a second.
    #[must_use]
    pub fn flown(&self, step: &Step, frames_per_sec: f64) -> Vec<Self> {
        const MOST: usize = 120;
        let mut seen = self.clone();
        seen.settings.is_motion_reduced = false;
        let _ = seen.show_look(&step.look);
        seen.layers.set(LayerKind::Grid, self.layers.shows(LayerKind::Grid));
        let size = seen.view.viewport().size;
        seen.view.set_viewport(size, step_padding(step));
        seen.aim(&step.look, false);
        let mut frames = Vec::new();
        while seen.view.is_flying() && frames.len() < MOST {
            seen.view.tick(1.0 / frames_per_sec);
            frames.push(seen.clone());
        }
        frames
    }
}

/// Height of what a caption of three lines covers, in points.
const CAPTION: f64 = 200.0;

/// What the caption of a step takes of the map: of a whole thing nothing may lie under it.
#[must_use]
pub fn step_padding(step: &Step) -> Padding {
    let is_whole = matches!(step.look.at, Some(Aim::Thing(_)));
    let is_told = !(step.caption.is_empty() && step.title.is_empty());
    Padding { bottom: if is_whole && is_told { CAPTION } else { 0.0 }, ..Padding::default() }
}
