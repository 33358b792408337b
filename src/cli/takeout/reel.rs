//! A tour or the years as a moving picture: GIF, APNG, MP4, or a folder of numbered pictures.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command as Program, Stdio};
use std::sync::Arc;

use image::RgbaImage;

use super::{Story, TakeOut};
use crate::atlas::Month;
use crate::catalog::words;
use crate::cli::CliError;
use crate::cli::figure::{headless, png};
use crate::cli::unfinished::{Unfinished, plain};
use crate::export::{Moving, MovingError, Reel};
use crate::scene::{self, Furniture, Names};
use crate::state::{Command, State, TimelineCommand};
use crate::tour::{Tour, TourForm};

/// How long a step is seen in a moving picture, in milliseconds.
const STEP_MS: u32 = 5000;
/// How long a year is: one in which nothing happened, and one in which something did.
const EMPTY_YEAR_MS: u32 = 350;
const YEAR_MS: u32 = 2200;

/// One picture of it.
struct Frame {
    state: State,
    /// Title and caption; empty while the map flies.
    words: [String; 2],
    ms: u32,
}

/// Draws every picture and writes them in their form.
pub(super) fn write(job: &TakeOut<'_>, form: TourForm, path: &Path) -> Result<(), CliError> {
    let frames = match job.story {
        Story::Tour(tour) => of_tour(job, tour),
        Story::Years => of_years(job),
    };
    let (width, height) = (job.size.width as u32, job.size.height as u32);
    let moving = match form {
        TourForm::Frames => return folder(job, &frames, path),
        TourForm::Mp4 => return film(job, &frames, path),
        TourForm::Apng => Moving::Apng,
        _ => Moving::Gif,
    };
    let file = Unfinished::beside(path)?;
    let cannot = |error: MovingError| CliError::Write { path: path.to_owned(), source: cause(error) };
    let mut drawn = Ok(());
    file.finish(|out| {
        let mut reel = Reel::begin(moving, out, (width, height), frames.len() as u32).map_err(cause)?;
        drawn = draw(job, &frames, &mut |picture, ms| reel.push(picture, ms).map_err(cannot));
        if drawn.is_err() {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        reel.finish().map_err(cause)
    })
    .or_else(|error| drawn.and(Err(error)))
}

/// The cause without words about an encoder.
fn cause(error: MovingError) -> std::io::Error {
    match error {
        MovingError::Apng(png::EncodingError::IoError(error))
        | MovingError::Gif(gif::EncodingError::Io(error)) => plain(&error),
        other => std::io::Error::other(other),
    }
}

/// Hands over each picture with the milliseconds for which it is seen.
fn draw(
    job: &TakeOut<'_>,
    frames: &[Frame],
    take: &mut dyn FnMut(&RgbaImage, u32) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let mut headless = headless()?;
    let mut names = Names::default();
    for (number, frame) in frames.iter().enumerate() {
        job.step(number, frames.len())?;
        let furniture = Furniture { caption: Some(frame.words.clone()), ..Furniture::default() };
        let scene = scene::figure((&frame.state, job.scenery), 1.0, &mut names, &furniture);
        take(&headless.image(&Arc::new(scene), 1.0)?, frame.ms)?;
    }
    job.step(frames.len(), frames.len())
}

fn of_tour(job: &TakeOut<'_>, tour: &Tour) -> Vec<Frame> {
    let language = job.state.settings.language;
    let flight_ms = 1000 / job.frames_per_sec;
    let mut frames: Vec<Frame> = Vec::new();
    for step in &tour.steps {
        let flown = frames.last().map(|frame| frame.state.flown(step, f64::from(job.frames_per_sec)));
        let in_flight = |state| Frame { state, words: Default::default(), ms: flight_ms };
        frames.extend(flown.into_iter().flatten().map(in_flight));
        let words = [step.title.get(language).to_owned(), step.caption.get(language).to_owned()];
        let before = frames.last().map_or(job.state, |frame| &frame.state);
        frames.push(Frame { state: before.told(step, job.size), words, ms: STEP_MS });
    }
    frames
}

/// A picture for each year, with what happened last in it.
fn of_years(job: &TakeOut<'_>) -> Vec<Frame> {
    let language = job.state.settings.language;
    let catalog = Arc::clone(&job.state.catalog);
    let (first, last) = (catalog.chronicle.first.year(), catalog.chronicle.last.year());
    let mut seen = job.state.clone();
    seen.tours.is_picture = true;
    let frame = |year: i16| {
        let until = Month::new(year, 12).min(catalog.chronicle.last);
        let mut state = seen.clone();
        let _ = state.apply(Command::Timeline(TimelineCommand::Show(Some(until))));
        let happened =
            catalog.chronicle.event_by(until).filter(|(date, _)| date.first_month().year() == year);
        let told = happened.map(|(_, id)| words::short_name(&catalog, id, language));
        let ms = if told.is_some() { YEAR_MS } else { EMPTY_YEAR_MS };
        Frame { state, words: [year.to_string(), told.unwrap_or_default()], ms }
    };
    (first..=last).map(frame).collect()
}

/// A PNG file for each picture, and `frames.ffconcat`, which says how long each is seen.
fn folder(job: &TakeOut<'_>, frames: &[Frame], path: &Path) -> Result<(), CliError> {
    let cannot = |source| CliError::Write { path: path.to_owned(), source };
    if path.is_dir() && std::fs::read_dir(path).map_err(cannot)?.next().is_some() {
        return Err(CliError::FullFolder { path: path.to_owned() });
    }
    let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.is_dir() {
        return Err(CliError::NoFolder { path: path.to_owned(), folder: parent.to_owned() });
    }
    let unfinished =
        tempfile::Builder::new().prefix(".corridor-atlas-").tempdir_in(parent).map_err(cannot)?;
    let mut list = "ffconcat version 1.0\n".to_owned();
    let mut number = 0;
    draw(job, frames, &mut |picture, ms| {
        number += 1;
        let name = format!("{number:05}.png");
        list.extend(["file ", &name, "\nduration ", &(f64::from(ms) / 1000.0).to_string(), "\n"]);
        let file = Unfinished::beside(&unfinished.path().join(name))?;
        file.finish(|out| png(out, picture, None))
    })?;
    std::fs::write(unfinished.path().join("frames.ffconcat"), list).map_err(cannot)?;
    if path.is_dir() {
        std::fs::remove_dir(path).map_err(cannot)?;
    }
    std::fs::rename(unfinished.keep(), path).map_err(cannot)
}

/// A film that ffmpeg makes of the pictures, which it is handed one after the other.
fn film(job: &TakeOut<'_>, frames: &[Frame], path: &Path) -> Result<(), CliError> {
    let file = Unfinished::beside(path)?;
    let mut ffmpeg = Ffmpeg::start(job, file.place())?;
    let cannot = |source| CliError::Write { path: path.to_owned(), source };
    let mut owed_ms = 0;
    draw(job, frames, &mut |picture, ms| {
        owed_ms += ms * job.frames_per_sec;
        while owed_ms >= 1000 {
            owed_ms -= 1000;
            ffmpeg.pictures.write_all(picture.as_raw()).map_err(cannot)?;
        }
        Ok(())
    })?;
    ffmpeg.finish().map_err(cannot)?;
    file.name()
}

struct Ffmpeg {
    child: Child,
    pictures: BufWriter<ChildStdin>,
}

impl Ffmpeg {
    fn start(job: &TakeOut<'_>, place: &Path) -> Result<Self, CliError> {
        let size = format!("{}x{}", job.size.width as u32, job.size.height as u32);
        let rate = job.frames_per_sec.to_string();
        let place: PathBuf = place.to_owned();
        // Even sides are what films can have; the player finds its list of places at the start.
        let child = Program::new("ffmpeg")
            .args([
                "-loglevel",
                "error",
                "-y",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgba",
                "-s",
                &size,
                "-r",
                &rate,
            ])
            .args(["-i", "-", "-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2", "-pix_fmt", "yuv420p"])
            .args(["-movflags", "+faststart", "-f", "mp4"])
            .arg(place)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.map_err(|_| CliError::NoFfmpeg)?;
        let pictures = child.stdin.take().ok_or(CliError::NoFfmpeg)?;
        Ok(Self { child, pictures: BufWriter::new(pictures) })
    }

    fn finish(mut self) -> std::io::Result<()> {
        self.pictures.flush()?;
        let Self { mut child, pictures } = self;
        drop(pictures);
        let status = child.wait()?;
        if status.success() {
            Ok(())
        } else {
            Err(std::io::Error::other(format!("ffmpeg ended with {status}")))
        }
    }
}
