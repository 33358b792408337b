//! The whole table of tokens, and how it is read.

use serde::Deserialize;

use super::Theme;
use super::measures::{
    BadgeSizes, Dashes, FadeByZoom, LineWidths, MarkShapes, Motion, Radii, Scale, Sizes, Spaces, Strokes,
};
use super::palette::ThemeTokens;
use super::types::{MapType, Type};

const EMBEDDED: &str = include_str!("../../assets/themes/tokens.json");

/// Every colour, size and duration of the atlas.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    themes: Themes,
    pub line_width_by_zoom: LineWidths,
    pub fade_by_zoom: FadeByZoom,
    pub dash: Dashes,
    pub mark_shape: MarkShapes,
    pub badge: BadgeSizes,
    #[serde(rename = "type")]
    pub text: Type,
    pub map_type: MapType,
    pub space: Spaces,
    pub radius: Radii,
    pub size: Sizes,
    pub stroke: Strokes,
    pub motion: Motion,
    projector_scale: Scale,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Themes {
    light: ThemeTokens,
    dark: ThemeTokens,
    projector: ThemeTokens,
}

/// Tokens that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the theme tokens cannot be read: {0}")]
pub struct TokensError(#[from] serde_json::Error);

impl Tokens {
    /// The tokens that the program carries.
    pub fn embedded() -> Result<Self, TokensError> {
        Self::parse(EMBEDDED)
    }

    /// Tokens in the form of `assets/themes/tokens.json`.
    pub fn parse(text: &str) -> Result<Self, TokensError> {
        Ok(serde_json::from_str(text)?)
    }

    /// The colours of a theme.
    #[must_use]
    pub const fn theme(&self, theme: Theme) -> &ThemeTokens {
        match theme {
            Theme::Light => &self.themes.light,
            Theme::Dark => &self.themes.dark,
            Theme::Projector => &self.themes.projector,
        }
    }

    /// How much larger text, lines and marks are drawn in a theme.
    #[must_use]
    pub const fn scale(&self, theme: Theme) -> Scale {
        match theme {
            Theme::Light | Theme::Dark => Scale::ONE,
            Theme::Projector => self.projector_scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Rgba;

    fn tokens() -> Tokens {
        Tokens::embedded().expect("the embedded tokens")
    }

    #[test]
    fn the_tokens_that_the_program_carries_are_whole() {
        let tokens = tokens();
        assert_eq!(tokens.theme(Theme::Light).accent.fill, Rgba([0x0F, 0x5C, 0x73, 255]));
        assert_eq!(tokens.theme(Theme::Dark).corridor.cpec.badge, "P");
        assert_eq!(tokens.scale(Theme::Projector).mark, 1.4);
        assert_eq!(tokens.scale(Theme::Dark), Scale::ONE);
    }

    #[test]
    fn a_missing_or_unread_value_does_not_parse() {
        let without = EMBEDDED.replacen(r##""lake": "#C9DCE4","##, "", 1);
        let error = Tokens::parse(&without).expect_err("no lake").to_string();
        assert!(error.contains("missing field `lake`"), "{error}");
        let more = EMBEDDED.replacen(r#""lake":"#, r#""pond": 1, "lake":"#, 1);
        let error = Tokens::parse(&more).expect_err("a pond").to_string();
        assert!(error.contains("unknown field `pond`"), "{error}");
    }

    #[test]
    fn the_six_corridors_keep_their_letters_in_every_theme() {
        let tokens = tokens();
        for theme in Theme::ALL {
            let corridors = &tokens.theme(theme).corridor;
            let letters: String = corridors.all().iter().map(|(_, ink)| ink.badge.as_str()).collect();
            assert_eq!(letters, "NMCIPB");
            assert!(corridors.get("cicpec").is_some() && corridors.get("silk").is_none());
        }
    }

    #[test]
    fn text_and_lines_stand_out_from_their_ground_in_every_theme() {
        let tokens = tokens();
        for theme in Theme::ALL {
            let ThemeTokens { surface, text, accent, status, map, corridor, .. } = tokens.theme(theme);
            let land = map.land.middle;
            let mut pairs = vec![
                ("text", text.primary, surface.panel, 4.5),
                ("second text", text.secondary, surface.sunken, 4.5),
                ("third text", text.tertiary, surface.sunken, 4.5),
                ("accent", accent.fill, surface.panel, 4.5),
                ("text on accent", accent.on_fill, accent.fill, 4.5),
                ("chosen row", accent.fill, accent.soft, 4.5),
                ("warning", status.warn, status.warn_soft, 4.5),
                ("fine", status.ok, status.ok_soft, 4.5),
                ("error", status.error, status.error_soft, 4.5),
                ("focus on paper", accent.focus_ring, surface.panel, 3.0),
                ("focus on land", accent.focus_ring, land, 3.0),
                ("country", map.label.country, land, 4.5),
                ("zone", map.label.zone, land, 4.5),
                ("city", map.label.city_rank_2_3, land, 4.5),
                ("sea", map.label.sea, map.sea_by_depth_m.at(0.0), 4.5),
                ("deep sea", map.label.sea, map.sea_by_depth_m.at(5000.0), 4.5),
                ("relief", map.label.relief, land, 4.5),
            ];
            for (name, ink) in corridor.all() {
                pairs.push((name, ink.colour, land, 3.0));
                pairs.push((name, ink.colour, map.sea_by_depth_m.at(200.0), 3.0));
                pairs.push((name, ink.on_badge, ink.colour, 4.5));
            }
            for (what, ink, ground, least) in pairs {
                let contrast = ink.contrast(ground);
                assert!(contrast >= least, "{theme}: {what} {contrast:.2} is less than {least}");
            }
        }
    }

    #[test]
    fn relief_fades_as_its_raster_gets_coarse_and_is_gone_at_nine() {
        let relief = tokens().fade_by_zoom.relief;
        assert_eq!(relief.at(3.0), 1.0);
        assert!((relief.at(6.0) - 0.64).abs() < 0.01);
        assert!((relief.at(8.0) - 0.22).abs() < 0.001);
        assert_eq!(relief.at(9.0), 0.0);
    }

    #[test]
    fn the_sea_gets_deeper_in_colour_with_its_depth() {
        let tokens = tokens();
        let sea = &tokens.theme(Theme::Light).map.sea_by_depth_m;
        assert_eq!(sea.at(-10.0), sea.entries()[0].1);
        assert_eq!(sea.at(11_000.0), sea.at(5000.0));
        assert_eq!(sea.at(100.0), sea.at(0.0).mixed(sea.at(200.0), 0.5));
    }
}
