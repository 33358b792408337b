//! Search: one box for names in any language, pinyin, facts and coordinates; results in groups.

use std::ops::Range;

use egui::text::LayoutJob;
use egui::{
    Align, Area, Id as EguiId, Key, Layout as EguiLayout, Margin, Order, RichText, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, vec2,
};

use super::details_symbol;
use super::look::{Look, colour};
use super::palette::{asked, palette_ui};
use super::widgets::{Icon, Row, hairline, paint_icon, row};
use super::{Commands, Context, Layout};
use crate::atlas::{Id, Item};
use crate::catalog::Entry;
use crate::catalog::words::{country, date, kind_name, kinds_name, position, short_name};
use crate::i18n::Language;
use crate::search::Found;
use crate::state::{Command, Direction};

const WIDTH: f32 = 344.0;
/// Results shown without scrolling.
const MOST_HEIGHT: f32 = 440.0;
/// As wide as a symbol, so that all names begin at one line.
const WITHOUT_SYMBOL: f32 = 28.0;
/// A match later than this, in bytes, is shown from a few words before it.
const WORDS_BEFORE: usize = 28;

/// What looks like the search field in the left panel, and opens it.
pub(crate) fn field_button(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let (colours, strings) = (context.look.colours(), &context.strings.search);
    // It ends where the switches of the rows below end.
    let width = ui.available_width() - 6.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 34.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &strings.placeholder));
    let stroke = Stroke::new(
        1.0,
        colour(if response.has_focus() { colours.accent.focus_ring } else { colours.surface.line_strong }),
    );
    ui.painter().rect(rect, 10.0, colour(colours.surface.sunken), stroke, StrokeKind::Inside);
    paint_icon(
        ui.painter(),
        Icon("search"),
        rect.left_center() + vec2(19.0, 0.0),
        1.4,
        context.look.secondary(),
    );
    let font = context.look.font(context.look.tokens.text.body);
    let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(10.0, 0.0)));
    painter.text(
        rect.left_center() + vec2(36.0, 0.0),
        egui::Align2::LEFT_CENTER,
        &strings.placeholder,
        font,
        context.look.secondary(),
    );
    let key = egui::Rect::from_center_size(rect.right_center() - vec2(30.0, 0.0), vec2(42.0, 20.0));
    ui.painter().rect(
        key,
        5.0,
        colour(colours.surface.raised),
        Stroke::new(1.0, colour(colours.surface.line_strong)),
        StrokeKind::Inside,
    );
    let small = context.look.font(context.look.tokens.text.chip);
    ui.painter().text(key.center(), egui::Align2::CENTER_CENTER, "Ctrl K", small, context.look.secondary());
    if response.clicked() {
        commands.push(Command::OpenSearch);
    }
}

pub(crate) fn search_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    if !context.state.search.is_open {
        return;
    }
    let at = if layout.is_left_open { layout.left.min } else { layout.left.right_top() + vec2(12.0, 0.0) };
    let area = Area::new(EguiId::unique("search"))
        .fade_in(false)
        .order(Order::Foreground)
        .fixed_pos(at)
        .sense(Sense::CLICK | Sense::DRAG)
        .accessible_name(&context.strings.access.region_search);
    let shown = area.show(ui.ctx(), |ui| {
        context.look.paper(context.look.tokens.radius.panel).inner_margin(Margin::same(12)).show(ui, |ui| {
            ui.set_width(WIDTH - 24.0);
            field(ui, context, commands);
            results(ui, context, commands);
            ui.add_space(8.0);
            hairline(ui, context);
            ui.add_space(6.0);
            ui.label(context.look.small(&context.strings.search.hint));
        });
    });
    let clicked_elsewhere = ui.input(|input| input.pointer.any_pressed())
        && ui
            .input(|input| input.pointer.interact_pos())
            .is_some_and(|pos| !shown.response.rect.contains(pos));
    if clicked_elsewhere {
        commands.push(Command::CloseSearch);
    }
}

fn field(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let search = &context.state.search;
    if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape)) {
        commands.push(Command::CloseSearch);
    }
    if asked(search.query()).is_none() {
        keys(ui, context, commands);
    }
    let mut query = search.query().to_owned();
    let colours = context.look.colours();
    let frame = egui::Frame::new()
        .fill(colour(colours.surface.raised))
        .stroke(Stroke::new(2.0, colour(colours.accent.focus_ring)))
        .corner_radius(10)
        .inner_margin(Margin::symmetric(10, 7));
    frame.show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
            paint_icon(ui.painter(), Icon("search"), rect.center(), 1.4, context.look.secondary());
            // Before it is shown, so that it takes the letters of this frame too.
            let id = ui.scope_id().with("query");
            ui.memory_mut(|memory| memory.request_focus(id));
            let edit = egui::TextEdit::singleline(&mut query)
                .id(id)
                .frame(egui::Frame::NONE)
                .align(egui::Align2::LEFT_CENTER)
                .hint_text(context.strings.search.placeholder.as_str())
                .desired_width(f32::INFINITY)
                .return_key(None);
            if ui.add(edit).changed() {
                commands.push(Command::SetQuery(query.clone()));
            }
        });
    });
}

fn keys(ui: &Ui, context: &Context<'_>, commands: &mut Commands) {
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        commands.push(Command::MoveInResults(Direction::Down));
    }
    if pressed(Key::ArrowUp) {
        commands.push(Command::MoveInResults(Direction::Up));
    }
    if pressed(Key::Enter) {
        commands.push(Command::TakeResult(context.state.search.highlighted()));
    }
}

/// As high as what it holds, up to what the window has room for.
pub(crate) fn list(name: &str, ui: &Ui) -> egui::ScrollArea {
    let room = ui.ctx().content_rect().bottom() - ui.cursor().top() - 60.0;
    let most = MOST_HEIGHT.min(room);
    egui::ScrollArea::vertical().id_salt(name).max_height(most).min_scrolled_height(most)
}

fn results(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let (search, strings) = (&context.state.search, &context.strings.search);
    ui.add_space(8.0);
    if let Some(words) = asked(search.query()) {
        palette_ui(ui, context, words, commands);
        return;
    }
    if search.query().trim().is_empty() {
        ui.label(context.look.small(&strings.start));
        return;
    }
    if search.results().is_empty() {
        ui.label(context.look.body(&strings.none.fill("text", search.query().trim())));
        return;
    }
    list("results", ui).show(ui, |ui| {
        ui.set_width(WIDTH - 24.0);
        let mut group = None;
        for (index, found) in search.results().iter().enumerate() {
            if group != Some(found.group()) {
                group = Some(found.group());
                heading(ui, context, found);
            }
            let response = result(ui, context, (index, found));
            if index == search.highlighted() && !ui.is_rect_visible(response.rect) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                commands.push(Command::TakeResult(index));
            }
        }
    });
}

/// What kind of things follow; a bare position needs no heading.
fn heading(ui: &mut Ui, context: &Context<'_>, found: &Found) {
    let entry = found.id.as_ref().and_then(|id| context.state.catalog.entry(id));
    let title = match (found.is_fact, entry) {
        (true, _) => context.strings.search.facts.as_str(),
        (false, Some(entry)) => kinds_name(context.strings, &entry),
        (false, None) => return,
    };
    ui.add_space(6.0);
    ui.label(context.look.caption(title));
    ui.add_space(3.0);
}

/// The words with the letters that matched on a soft ground, in the ink and size of `style`.
fn marked(
    ui: &Ui,
    context: &Context<'_>,
    (text, range): (&str, &Range<usize>),
    style: impl Fn(&str) -> RichText,
) -> LayoutJob {
    let parts = (text.get(..range.start), text.get(range.clone()), text.get(range.end..));
    let (Some(before), Some(hit), Some(after)) = parts else { return Look::joined(ui, [style(text)]) };
    let ground = colour(context.look.colours().accent.soft);
    let hit = style(hit).background_color(ground).color(context.look.primary());
    Look::joined(ui, [style(before), hit, style(after)])
}

/// A long text from shortly before what matched, so that the match can be seen.
fn from_match(text: &str, range: &Range<usize>) -> (String, Range<usize>) {
    let words = text.get(..range.start).map(|before| before.char_indices().rev().filter(|(_, c)| *c == ' '));
    let start = words.and_then(|mut spaces| spaces.nth(2)).map_or(0, |(at, space)| at + space.len_utf8());
    if range.start < WORDS_BEFORE || start == 0 {
        return (text.to_owned(), range.clone());
    }
    let cut = format!("…{}", &text[start..]);
    let shift = |at: usize| at - start + '…'.len_utf8();
    (cut, shift(range.start)..shift(range.end))
}

/// The name over whatever else matched and its kind; a fact over the name of what it is about.
fn lines(ui: &Ui, context: &Context<'_>, found: &Found, (title, under): (&str, &str)) -> [LayoutJob; 2] {
    let (strong, small) = (|text: &str| context.look.strong(text), |text: &str| context.look.small(text));
    if found.is_fact {
        let (text, range) = from_match(&found.matched, &found.marked);
        let about = Look::joined(ui, [small(title), small(" · "), small(under)]);
        return [marked(ui, context, (&text, &range), |text| context.look.body(text)), about];
    }
    if found.matched == title {
        return [marked(ui, context, (title, &found.marked), strong), Look::joined(ui, [small(under)])];
    }
    let (matched, range) = from_match(&found.matched, &found.marked);
    let other = format!("{matched} · {under}");
    [Look::joined(ui, [strong(title)]), marked(ui, context, (&other, &range), small)]
}

/// When it was, what it is called elsewhere, of what kind it is and where it lies.
fn under(context: &Context<'_>, found: &Found, (id, title): (&Id, &str)) -> Option<String> {
    let catalog = &context.state.catalog;
    let entry = catalog.entry(id)?;
    let kind = kind_name(context.strings, &entry).to_owned();
    if found.is_fact {
        return Some(kind);
    }
    let language = context.language();
    let other = short_name(catalog, id, if language == Language::Zh { Language::En } else { Language::Zh });
    let other = Some(other).filter(|other| *other != title && *other != found.matched);
    let (when, land) = match entry {
        Entry::Place(place) if !place.country.is_empty() => {
            (None, Some(country(catalog, &place.country, language)))
        }
        Entry::Item(Item::Event(event)) => (Some(date(context.strings, event.date)), None),
        _ => (None, None),
    };
    let parts: Vec<String> = [when, other, Some(kind), land].into_iter().flatten().collect();
    Some(parts.join(" · "))
}

fn result(ui: &mut Ui, context: &Context<'_>, (index, found): (usize, &Found)) -> egui::Response {
    let catalog = &context.state.catalog;
    let title = match (&found.id, found.position) {
        (Some(id), _) => short_name(catalog, id, context.language()),
        (None, Some(place)) => position(context.strings, place, 4),
        (None, None) => found.matched.clone(),
    };
    let under = found.id.as_ref().and_then(|id| under(context, found, (id, &title)));
    let is_selected = index == context.state.search.highlighted();
    let look = Row { name: &title, is_selected, height: 42.0, end_width: 0.0 };
    ui.push_id(index, |ui| {
        row(ui, context, look, |ui| {
            ui.add_space(4.0);
            if let Some(id) = &found.id
                && !details_symbol(ui, context, id)
            {
                ui.add_space(WITHOUT_SYMBOL);
            }
            ui.with_layout(EguiLayout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(3.0);
                for line in lines(ui, context, found, (&title, under.as_deref().unwrap_or_default())) {
                    ui.add(egui::Label::new(line).truncate());
                }
            });
        })
    })
    .inner
}
