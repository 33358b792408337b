//! Sheets of paper on the map, and how they are divided.

use egui::emath::GuiRounding as _;
use egui::{Area, Id, Margin, Order, Rect, Role, ScrollArea, Sense, Stroke, Ui, pos2};

use crate::ui::Context;
use crate::ui::look::colour;

/// A sheet that fills `rect`; nothing falls through it to the map. On paper it is the place alone.
pub(crate) fn sheet(
    ui: &Ui,
    context: &Context<'_>,
    (name, title): (&str, &str),
    rect: Rect,
    content: impl FnOnce(&mut Ui),
) {
    if context.is_on_paper() {
        let place = egui::UiBuilder::new().max_rect(rect).layer_id(ui.layer_id());
        let clip = ui.clip_rect();
        let mut ui = Ui::new(ui.ctx().clone(), Id::unique(name), place);
        // What does not fit makes the page longer.
        ui.set_clip_rect(clip);
        ui.spacing_mut().item_spacing.y = 0.0;
        content(&mut ui);
        return;
    }
    let area = Area::new(Id::unique(name))
        .fade_in(false)
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .default_size(rect.size())
        .sense(Sense::CLICK | Sense::DRAG)
        .constrain(false)
        .role(Role::Region)
        .accessible_name(title);
    area.show(ui.ctx(), |ui| {
        paper(ui, context, rect);
        ui.set_min_size(rect.size());
        ui.set_max_size(rect.size());
        ui.spacing_mut().item_spacing.y = 0.0;
        content(ui);
    });
}

/// Paper with its shadow: egui draws the rounded edge, and what lies inside it is filled as one flat rectangle.
fn paper(ui: &Ui, context: &Context<'_>, rect: Rect) {
    let radius = context.look.tokens.radius.panel;
    let frame = context.look.paper(radius);
    let inside = rect.shrink(f32::from(radius)).round_to_pixels(ui.pixels_per_point());
    let around = ui.ctx().content_rect();
    let edges = [
        Rect::from_min_max(around.min, pos2(around.right(), inside.top())),
        Rect::from_min_max(pos2(around.left(), inside.bottom()), around.max),
        Rect::from_min_max(pos2(around.left(), inside.top()), inside.left_bottom()),
        Rect::from_min_max(inside.right_top(), pos2(around.right(), inside.bottom())),
    ];
    for edge in edges {
        ui.painter().with_clip_rect(edge).add(frame.paint(rect));
    }
    let [r, g, b, _] = context.look.colours().surface.panel.to_unit();
    ui.painter().add(crate::render::fill(inside, [r, g, b]));
}

/// A small sheet as large as its content, placed by `area`.
pub(crate) fn bar(ui: &Ui, context: &Context<'_>, area: Area, content: impl FnOnce(&mut Ui)) -> Rect {
    let area = area.order(Order::Middle).sense(Sense::CLICK | Sense::DRAG);
    let shown = area.show(ui.ctx(), |ui| {
        let frame = context.look.paper(context.look.tokens.radius.bar).inner_margin(Margin::symmetric(6, 5));
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                content(ui);
            });
        });
    });
    shown.response.rect
}

/// A line across the sheet.
pub(crate) fn hairline(ui: &mut Ui, context: &Context<'_>) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), Sense::hover());
    let stroke =
        Stroke::new(context.look.tokens.stroke.hairline, colour(context.look.colours().surface.line));
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}

/// A caption over what follows.
pub(crate) fn section(ui: &mut Ui, context: &Context<'_>, title: &str) {
    ui.add_space(16.0);
    let label = ui.label(context.look.caption(title));
    label.widget_info(|| egui::WidgetInfo::labeled(Role::Heading, true, title));
    ui.add_space(5.0);
}

/// Scrolls what does not fit, with the sheet's inner margins.
pub(crate) fn scrolled(ui: &mut Ui, name: &str, margin: i8, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(name).auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin { left: margin, right: margin, top: 0, bottom: 16 }).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                content(ui);
            },
        );
    });
}
