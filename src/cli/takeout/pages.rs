//! A tour as pages: one HTML file that needs no network, or a PDF with a step a page.

use std::path::Path;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;

use super::TakeOut;
use crate::basemap::Basemap;
use crate::catalog::{data_licences, words};
use crate::cli::CliError;
use crate::cli::figure::{ground_image, headless};
use crate::cli::unfinished::Unfinished;
use crate::export::{self, About, Handout, HandoutSource, HandoutStep, HandoutWords, Page, Placed, Sheet};
use crate::geo::Size;
use crate::render::Headless;
use crate::scene::{self, Furniture, Names, PageText, Scene, text_page};
use crate::state::State;
use crate::theme::Theme;
use crate::tour::{Step, Tour};

/// Pixels to a point of pictures in a page for a browser, and how well JPEG keeps them (of 100).
const SCALE: f32 = 1.5;
const QUALITY: u8 = 86;

/// A4 upright, its margins and the picture on it, in points of 1/96 inch.
const PAPER: Size = Size { width: 794.0, height: 1123.0 };
const MARGIN: f64 = 40.0;
/// The map of a page is drawn this large and set to the width between the margins.
const PICTURE: Size = Size { width: 880.0, height: 520.0 };
/// Between the picture and the words.
const GAP: f64 = 22.0;
/// Points of a page in a point of a scene.
const POINT: f32 = 72.0 / 96.0;

/// One page for a browser.
pub(super) fn html(job: &TakeOut<'_>, tour: &Tour, path: &Path) -> Result<(), CliError> {
    let file = Unfinished::beside(path)?;
    let mut headless = headless()?;
    let mut steps = Vec::new();
    let mut seen = job.state.clone();
    for (number, step) in tour.steps.iter().enumerate() {
        job.step(number, tour.steps.len())?;
        seen = seen.told(step, job.size);
        steps.push(handout_step(job, step, jpeg(job, &seen, &mut headless)?));
    }
    let language = job.state.settings.language;
    let texts = &job.strings().handout;
    let presenter = &job.strings().presenter;
    let words = HandoutWords {
        next: presenter.next_key.clone(),
        previous: presenter.back_key.clone(),
        step_of: presenter.step_of.as_str().to_owned(),
        notes: presenter.notes.clone(),
        sources: texts.sources.clone(),
        licences: texts.licences.clone(),
        print: texts.print.clone(),
        planned: texts.planned.as_str().to_owned(),
    };
    let title = title(job, tour);
    let handout =
        Handout { lang: language.code(), title: &title, steps, words, licences: licences(job, tour) };
    file.finish(|out| out.write_all(export::html(&handout).as_bytes()))
}

fn title(job: &TakeOut<'_>, tour: &Tour) -> String {
    let title = tour.title.get(job.state.settings.language);
    if title.is_empty() { job.strings().tours.untitled.clone() } else { title.to_owned() }
}

fn handout_step(job: &TakeOut<'_>, step: &Step, picture: Vec<u8>) -> HandoutStep {
    let language = job.state.settings.language;
    let title = step.title.get(language).to_owned();
    let alt = job.strings().handout.map_of.fill("name", &title);
    HandoutStep {
        caption: step.caption.get(language).to_owned(),
        notes: step.notes.get(language).to_owned(),
        picture,
        alt,
        sources: sources(job, step),
        seconds: step.seconds.unwrap_or_default(),
        title,
    }
}

fn sources(job: &TakeOut<'_>, step: &Step) -> Vec<HandoutSource> {
    let all = &job.state.catalog.atlas.sources;
    let named = step.sources.iter().filter_map(|id| all.iter().find(|source| source.id.name == *id));
    named.map(|source| HandoutSource { text: source.title.clone(), url: source.url.clone() }).collect()
}

/// One line for each of the data in the pictures.
fn licences(job: &TakeOut<'_>, tour: &Tour) -> Vec<String> {
    let mut lines = vec![words::attribution(job.strings())];
    lines.extend(data_licences().into_iter().map(|one| format!("{} · {}", one.title, one.licence)));
    lines.extend(tour.files.iter().cloned());
    lines
}

/// The map of a step as the audience sees it, without the words that the page has itself.
fn scene_of(seen: &State, job: &TakeOut<'_>, scale: f32) -> Arc<Scene> {
    let furniture = Furniture { caption: Some(<[String; 2]>::default()), ..Furniture::default() };
    Arc::new(scene::figure((seen, job.scenery), scale, &mut Names::default(), &furniture))
}

fn jpeg(job: &TakeOut<'_>, seen: &State, headless: &mut Headless) -> Result<Vec<u8>, CliError> {
    let scene = scene_of(seen, job, SCALE);
    let picture = image::DynamicImage::ImageRgba8(headless.image(&scene, SCALE)?).into_rgb8();
    let mut bytes = Vec::new();
    let encoded = picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY));
    encoded.map_err(export::ExportError::from)?;
    Ok(bytes)
}

/// A part of a page.
struct Leaf {
    picture: Option<(Arc<Scene>, image::RgbaImage)>,
    text: Scene,
    title: String,
}

/// A step a page, and more where its notes are long.
pub(super) fn pdf(job: &TakeOut<'_>, tour: &Tour, path: &Path) -> Result<(), CliError> {
    let file = Unfinished::beside(path)?;
    let mut headless = headless()?;
    let mut paper = job.state.clone();
    paper.settings.theme = Theme::Light;
    let mut leaves = Vec::new();
    for (number, step) in tour.steps.iter().enumerate() {
        job.step(number, tour.steps.len())?;
        paper = paper.told(step, PICTURE);
        let scene = scene_of(&paper, job, 2.0);
        let ground = ground_image(&mut headless, &scene)?;
        push_leaves(job, (tour, number, step), (scene, ground), &mut leaves);
    }
    let basemap = Basemap::embedded();
    let sheet = |scene, ground| Sheet { scene, basemap: &basemap, ground };
    let sheets: Vec<(Option<Sheet<'_>>, Sheet<'_>)> = leaves
        .iter()
        .map(|leaf| {
            let picture = leaf.picture.as_ref().map(|(scene, ground)| sheet(&**scene, Some(ground)));
            (picture, sheet(&leaf.text, None))
        })
        .collect();
    let pages: Vec<Page<'_>> = leaves
        .iter()
        .zip(&sheets)
        .map(|(leaf, (picture, text))| page(leaf, picture.as_ref(), text))
        .collect();
    let title = title(job, tour);
    let language = job.state.settings.language;
    let about = About { title: &title, description: &title, language: language.code(), date: None };
    let bytes = export::pdf(&pages, &about, None)?;
    file.finish(|out| out.write_all(&bytes))
}

fn inner_width() -> f64 {
    PAPER.width - 2.0 * MARGIN
}

fn picture_height() -> f64 {
    inner_width() * PICTURE.height / PICTURE.width
}

/// The words of a step over as many pages as they need; the first has the picture.
fn push_leaves(
    job: &TakeOut<'_>,
    (tour, number, step): (&Tour, usize, &Step),
    picture: (Arc<Scene>, image::RgbaImage),
    leaves: &mut Vec<Leaf>,
) {
    let language = job.state.settings.language;
    let title = step.title.get(language).to_owned();
    let mut words = page_words(job, (tour, number, step)).into_iter().peekable();
    let mut picture = Some(picture);
    while words.peek().is_some() || picture.is_some() {
        let above = if picture.is_some() { picture_height() + GAP } else { 0.0 };
        let room = Size { width: inner_width(), height: PAPER.height - 2.0 * MARGIN - above };
        let mut here: Vec<(PageText, String)> = Vec::new();
        while let Some(next) = words.peek() {
            here.push(next.clone());
            // One paragraph stands on a page whatever its length: else there would be no end.
            if here.len() > 1 && f64::from(text_page(job.scenery, room, &here).1) > room.height {
                here.pop();
                break;
            }
            words.next();
        }
        let (text, _) = text_page(job.scenery, room, &here);
        leaves.push(Leaf { picture: picture.take(), text, title: title.clone() });
    }
}

fn page_words(job: &TakeOut<'_>, (tour, number, step): (&Tour, usize, &Step)) -> Vec<(PageText, String)> {
    let language = job.state.settings.language;
    let texts = &job.strings().handout;
    let (n, total) = ((number + 1).to_string(), tour.steps.len().to_string());
    let place = job.strings().presenter.step_of.fill_all(&[("n", &n), ("total", &total)]);
    let mut words = vec![
        (PageText::Small, format!("{} · {place}", title(job, tour))),
        (PageText::Title, step.title.get(language).to_owned()),
        (PageText::Reading, step.caption.get(language).to_owned()),
    ];
    let notes = step.notes.get(language).replace("\r\n", "\n");
    let paragraphs = notes.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    words.extend(paragraphs.map(|text| (PageText::Notes, text)));
    let sources = sources(job, step);
    if !sources.is_empty() {
        words.push((PageText::Caption, texts.sources.clone()));
    }
    for HandoutSource { text, url } in sources {
        let line = [Some(text), url].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        words.push((PageText::Small, line));
    }
    words.retain(|(_, text)| !text.trim().is_empty());
    words
}

fn page<'a>(leaf: &'a Leaf, picture: Option<&'a Sheet<'a>>, text: &'a Sheet<'a>) -> Page<'a> {
    let left_pt = MARGIN as f32 * POINT;
    let width_pt = inner_width() as f32 * POINT;
    let above = if picture.is_some() { picture_height() + GAP } else { 0.0 };
    let mut placed = Vec::new();
    placed.extend(picture.map(|sheet| Placed { sheet, left_pt, top_pt: left_pt, width_pt }));
    placed.push(Placed { sheet: text, left_pt, top_pt: (MARGIN + above) as f32 * POINT, width_pt });
    Page {
        width_pt: PAPER.width as f32 * POINT,
        height_pt: PAPER.height as f32 * POINT,
        description: &leaf.title,
        placed,
    }
}
