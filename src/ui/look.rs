//! The tokens as egui understands them: fonts, colours, sizes, styles.

use std::sync::Arc;

use egui::epaint::text::{FontData, FontDefinitions};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, RichText, Shadow, Stroke, Style, TextStyle, Visuals,
};

use crate::theme::{Face, Font, Rgba, Theme, ThemeTokens, Tokens, TypeStyle};

/// One theme, ready for panels.
#[derive(Clone, Debug)]
pub struct Look {
    pub tokens: Arc<Tokens>,
    pub theme: Theme,
}

/// Puts the embedded fonts in place of any that the system has; the system's stay for what people bring.
pub fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    for font in Font::ALL {
        fonts.font_data.insert(font.name().to_owned(), Arc::new(FontData::from_static(font.bytes())));
    }
    let names = |face: Face| face.fonts().iter().map(|font| font.name().to_owned()).collect::<Vec<_>>();
    for face in Face::ALL {
        fonts.families.insert(family(face), names(face));
    }
    fonts.families.insert(FontFamily::Proportional, names(Face::Ui));
    fonts.families.insert(FontFamily::Monospace, names(Face::Mono));
    ctx.set_fonts(fonts);
}

/// The egui family of a face.
pub(crate) fn family(face: Face) -> FontFamily {
    FontFamily::Name(face.family().into())
}

/// A colour as egui holds it.
#[must_use]
pub fn colour(rgba: Rgba) -> Color32 {
    let [r, g, b, a] = rgba.0;
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

impl Look {
    #[must_use]
    pub fn new(tokens: Arc<Tokens>, theme: Theme) -> Self {
        Self { tokens, theme }
    }

    #[must_use]
    pub fn colours(&self) -> &ThemeTokens {
        self.tokens.theme(self.theme)
    }

    pub(crate) fn font(&self, style: TypeStyle) -> FontId {
        FontId::new(style.size * self.tokens.scale(self.theme).text, family(style.face))
    }

    /// Text in a style and the primary ink. Capitals and tracking are for Latin letters only.
    pub(crate) fn text(&self, style: TypeStyle, text: &str) -> RichText {
        let is_latin = !text.chars().any(|c| c >= '\u{1100}');
        let shown = if style.is_upper && is_latin { text.to_uppercase() } else { text.to_owned() };
        let scale = self.tokens.scale(self.theme).text;
        RichText::new(shown)
            .font(self.font(style))
            .line_height(Some(style.line * scale))
            .extra_letter_spacing(if is_latin { style.tracking * scale } else { 0.0 })
            .color(colour(self.colours().text.primary))
    }

    /// Words in several styles, one after the other.
    pub(crate) fn joined(ui: &egui::Ui, parts: impl IntoIterator<Item = RichText>) -> egui::text::LayoutJob {
        let mut job = egui::text::LayoutJob::default();
        for part in parts {
            part.append_to(&mut job, ui.style(), egui::FontSelection::Default, egui::Align::Center);
        }
        job
    }

    pub(crate) fn body(&self, text: &str) -> RichText {
        self.text(self.tokens.text.body, text)
    }

    pub(crate) fn strong(&self, text: &str) -> RichText {
        self.text(self.tokens.text.body_strong, text)
    }

    pub(crate) fn small(&self, text: &str) -> RichText {
        self.text(self.tokens.text.small, text).color(colour(self.colours().text.secondary))
    }

    pub(crate) fn caption(&self, text: &str) -> RichText {
        self.text(self.tokens.text.caption, text).color(colour(self.colours().text.secondary))
    }

    pub(crate) fn secondary(&self) -> Color32 {
        colour(self.colours().text.secondary)
    }

    pub(crate) fn primary(&self) -> Color32 {
        colour(self.colours().text.primary)
    }

    pub(crate) fn shadow(&self) -> Shadow {
        let shadow = &self.colours().panel_shadow;
        Shadow {
            offset: shadow.offset.map(|v| v),
            blur: shadow.blur,
            spread: shadow.spread,
            color: colour(shadow.colour),
        }
    }

    /// Paper on the map.
    pub(crate) fn paper(&self, radius: u8) -> egui::Frame {
        let surface = &self.colours().surface;
        egui::Frame::new()
            .fill(colour(surface.panel))
            .stroke(Stroke::new(self.tokens.stroke.hairline, colour(surface.line)))
            .corner_radius(radius)
            .shadow(self.shadow())
    }

    /// Makes this the look of all that egui draws.
    pub fn apply(&self, ctx: &egui::Context) {
        let egui_theme = if self.theme == Theme::Dark { egui::Theme::Dark } else { egui::Theme::Light };
        ctx.set_theme(egui_theme);
        // Whatever egui takes for its theme, what it draws has this look.
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            ctx.set_style_of(theme, self.style());
        }
    }

    fn style(&self) -> Style {
        let (tokens, text) = (&self.tokens, &self.tokens.text);
        let mut style = Style {
            visuals: self.visuals(),
            animation_time: tokens.motion.panel_ms / 1e3,
            ..Style::default()
        };
        style.text_styles = [
            (TextStyle::Body, self.font(text.body)),
            (TextStyle::Button, self.font(text.body)),
            (TextStyle::Small, self.font(text.small)),
            (TextStyle::Heading, self.font(text.heading)),
            (TextStyle::Monospace, FontId::new(text.body.size, family(Face::Mono))),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(tokens.space.s2, 6.0);
        style.spacing.button_padding = egui::vec2(11.0, 6.0);
        style.spacing.interact_size.y = tokens.size.control;
        style.spacing.menu_margin = Margin::same(tokens.space.s2 as i8);
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
        style
    }

    fn visuals(&self) -> Visuals {
        let (colours, tokens) = (self.colours(), &self.tokens);
        let base = if self.theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
        let mut visuals = Visuals {
            override_text_color: None,
            panel_fill: colour(colours.surface.window),
            window_fill: colour(colours.surface.panel),
            window_stroke: Stroke::new(tokens.stroke.hairline, colour(colours.surface.line)),
            window_corner_radius: CornerRadius::same(tokens.radius.panel),
            menu_corner_radius: CornerRadius::same(tokens.radius.card),
            window_shadow: self.shadow(),
            popup_shadow: self.shadow(),
            extreme_bg_color: colour(colours.surface.sunken),
            faint_bg_color: colour(colours.surface.sunken),
            hyperlink_color: colour(colours.accent.fill),
            warn_fg_color: colour(colours.status.warn),
            error_fg_color: colour(colours.status.error),
            striped: false,
            indent_has_left_vline: false,
            slider_trailing_fill: true,
            ..base
        };
        visuals.selection.bg_fill = colour(colours.accent.soft);
        visuals.selection.stroke = Stroke::new(tokens.stroke.control, colour(colours.accent.fill));
        let ink = colour(colours.text.primary);
        let widgets = &mut visuals.widgets;
        let all = [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ];
        for widget in all {
            widget.corner_radius = CornerRadius::same(tokens.radius.control);
            widget.weak_bg_fill = colour(colours.surface.raised);
            widget.bg_fill = colour(colours.surface.raised);
            widget.bg_stroke = Stroke::new(tokens.stroke.control, colour(colours.surface.line_strong));
            widget.fg_stroke = Stroke::new(tokens.stroke.control, ink);
            widget.expansion = 0.0;
        }
        widgets.noninteractive.bg_stroke.color = colour(colours.surface.line);
        widgets.hovered.weak_bg_fill = colour(colours.surface.sunken);
        widgets.hovered.bg_fill = colour(colours.surface.sunken);
        widgets.active.weak_bg_fill = colour(colours.accent.soft);
        visuals
    }
}
