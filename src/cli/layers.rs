//! `--layers` and `--hide`: which layers and corridors an answer is made of.

use super::CliError;
use crate::atlas::{Id, Kind};
use crate::state::{Command, LayerKind, State};

/// The commands that show `only` (all that is shown by default where it is empty) without `hidden`.
pub(super) fn commands(
    state: &State,
    (only, hidden): (&[String], &[String]),
) -> Result<Vec<Command>, CliError> {
    let corridors = state.catalog.ids(Kind::Corridor);
    let only = parsed(only, &corridors)?;
    let hidden = parsed(hidden, &corridors)?;
    let mut commands = Vec::new();
    if !only.is_empty() {
        let names_corridor = only.iter().any(|choice| matches!(choice, Choice::Corridor(_)));
        let names_all = only.contains(&Choice::Layer(LayerKind::Corridors));
        for layer in LayerKind::ALL {
            // Names are of whichever layer: only --hide takes them away.
            let is_visible = layer == LayerKind::Names
                || only.contains(&Choice::Layer(layer))
                || (layer == LayerKind::Corridors && names_corridor);
            commands.push(Command::SetLayerVisible { layer, is_visible });
        }
        for corridor in corridors {
            let is_visible =
                names_all || !names_corridor || only.contains(&Choice::Corridor(corridor.clone()));
            commands.push(Command::SetCorridorVisible { corridor, is_visible });
        }
    }
    commands.extend(hidden.into_iter().map(|choice| match choice {
        Choice::Layer(layer) => Command::SetLayerVisible { layer, is_visible: false },
        Choice::Corridor(corridor) => Command::SetCorridorVisible { corridor, is_visible: false },
    }));
    Ok(commands)
}

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Layer(LayerKind),
    Corridor(Id),
}

fn parsed(names: &[String], corridors: &[Id]) -> Result<Vec<Choice>, CliError> {
    let parse = |name: &String| {
        let layer = LayerKind::ALL.into_iter().find(|layer| layer.as_str() == name);
        if layer == Some(LayerKind::Online) {
            let text = "the online layer is drawn on the screen only; leave it out".to_owned();
            return Err(CliError::Usage(text));
        }
        let corridor = || corridors.iter().find(|id| id.to_string() == *name).cloned();
        layer
            .map(Choice::Layer)
            .or_else(|| corridor().map(Choice::Corridor))
            .ok_or_else(|| unknown(name, corridors))
    };
    names.iter().map(parse).collect()
}

fn unknown(name: &str, corridors: &[Id]) -> CliError {
    let ids: Vec<String> = corridors.iter().map(ToString::to_string).collect();
    let layers =
        LayerKind::ALL.iter().filter(|layer| **layer != LayerKind::Online).map(|layer| layer.as_str());
    let nearest = crate::search::nearest(name, layers.chain(ids.iter().map(String::as_str)));
    CliError::UnknownLayer {
        name: name.to_owned(),
        nearest: nearest.into_iter().map(str::to_owned).collect(),
    }
}
