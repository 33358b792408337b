//! Names beside marks: zones in several languages, projects, crossings.

use std::fmt::Write as _;

use super::super::features::Mark;
use super::super::labels::{Candidate, Line};
use super::super::marks::{Emphasis, MarkKind};
use super::super::text::TextStyle;
use super::{CROSSING_NAME_ZOOM, Gather, key, name, rank, short_name};
use crate::i18n::Language;

/// From here on zones carry a second language, from [`THIRD_ZOOM`] a third.
const SECOND_ZOOM: f64 = 5.0;
const THIRD_ZOOM: f64 = 7.0;
/// Zones of a cluster that its name names; of the others it says how many.
const MOST_NAMED: usize = 2;
/// How much larger the names of zones are for those who sit further back, who read both languages at any zoom.
const TOLD: f32 = 1.35;

impl Gather<'_, '_> {
    pub(super) fn marks(&mut self) {
        let frame = self.frame;
        for mark in &frame.marks {
            let emphasis = frame.emphasis(mark);
            let base = match mark.kind {
                _ if emphasis == Emphasis::Dimmed => continue,
                MarkKind::Horgos => rank::HORGOS,
                MarkKind::Zone | MarkKind::Cluster(_) => rank::ZONE,
                MarkKind::Project(_) => rank::PROJECT,
                _ if emphasis == Emphasis::None && self.zoom() < CROSSING_NAME_ZOOM => continue,
                _ => rank::TOWN + 50,
            };
            let priority = match emphasis {
                Emphasis::Selected => rank::SELECTED,
                Emphasis::Hovered => rank::HOVERED,
                Emphasis::None | Emphasis::Dimmed => base,
            };
            let lines = self.mark_lines(mark);
            let is_selected = emphasis == Emphasis::Selected;
            let ring = frame.mark_style.selected_glow_width + 2.0 * frame.mark_style.scale;
            let ink = &frame.looks.colours().map.label;
            let name = Candidate::plain(
                key(&mark.ids[0]),
                (priority, frame.at(mark)),
                (ink.halo_land, ink.halo_width_px),
            );
            self.candidates.push(Candidate {
                radius: Some(mark.kind.radius(&frame.mark_style) + if is_selected { ring } else { 0.0 }),
                lines,
                may_lead: base >= rank::ZONE,
                is_required: is_selected,
                most_cost: if base >= rank::ZONE { 60.0 } else { 14.0 },
                ..name
            });
        }
    }

    fn mark_lines(&mut self, mark: &Mark) -> Vec<Line> {
        let frame = self.frame;
        let (types, ink) = (&frame.looks.tokens().map_type, &frame.looks.colours().map.label);
        let is_zone = matches!(mark.kind, MarkKind::Zone | MarkKind::Horgos | MarkKind::Cluster(_));
        let is_told = frame.state.tours.is_seen_only();
        let larger = if is_told && is_zone { TOLD } else { 1.0 };
        let large = |style: TextStyle| TextStyle { size: style.size * larger, ..style };
        let style = large(self.style(if is_zone { &types.zone } else { types.city(2) }));
        let colour = if is_zone { ink.zone } else { ink.city_rank_2_3 };
        let names: Vec<String> = mark.ids.iter().map(|id| short_name(frame, id, self.language())).collect();
        let shown = names.len().min(MOST_NAMED);
        let mut title = names[..shown].join(", ");
        if shown < names.len() {
            let _ = write!(title, " +{}", names.len() - shown);
        }
        let mut lines = vec![self.line(&title, style, colour)];
        if !is_zone || mark.ids.len() > 1 || (self.zoom() < SECOND_ZOOM && !is_told) {
            return lines;
        }
        let others = Language::ALL.into_iter().filter(|&language| language != self.language());
        let count = if self.zoom() < THIRD_ZOOM { 1 } else { 2 };
        let mut order: Vec<Language> = others.collect();
        // Beside Chinese the Latin name helps most, beside the others the Chinese one.
        order.sort_by_key(|language| *language == Language::Ko);
        let others: Vec<String> =
            order.into_iter().take(count).map(|language| name(frame, &mark.ids[0], language)).collect();
        let second = large(self.style(&types.zone_second_language));
        lines.push(self.line(&others.join(" "), second, ink.city_rank_2_3));
        lines
    }
}
