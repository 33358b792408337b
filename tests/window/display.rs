//! A private X display with one program on it: what a person would do, and what they would read and see.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use image::RgbImage;

/// Of the screen and so of the window, in pixels.
pub(crate) const SIZE: (u32, u32) = (1440, 900);
/// How long something may take before it counts as not happening. Software drawing is slow.
const PATIENCE: Duration = Duration::from_mins(1);
const PROGRAM: &str = env!("CARGO_BIN_EXE_corridor-atlas");

/// The program in its window, alone on a display of its own; both end when this is dropped.
pub(crate) struct Window {
    server: Child,
    program: Child,
    number: String,
    folder: tempfile::TempDir,
}

impl Window {
    /// Opens the window with these arguments and waits until its map is drawn.
    pub(crate) fn open(arguments: &[&str]) -> Self {
        Self::at_home(&[arguments, &["--fresh"]].concat(), None)
    }

    /// The same in a network of its own that leads nowhere.
    pub(crate) fn cut_off(arguments: &[&str]) -> Self {
        Self::started(Command::new("unshare").arg("-rn").arg(PROGRAM).args(arguments).arg("--fresh"), None)
    }

    /// Whether the system lets a person make such a network.
    pub(crate) fn can_cut_off() -> bool {
        let tried = Command::new("unshare").args(["-rn", "true"]).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    }

    /// The same where the program's own folder lies in `home`, with the session that is kept there.
    pub(crate) fn at_home(arguments: &[&str], home: Option<&Path>) -> Self {
        Self::started(Command::new(PROGRAM).args(arguments), home)
    }

    fn started(command: &mut Command, home: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (server, number) = display(&folder);
        let program = command
            .env("XDG_DATA_HOME", home.unwrap_or(folder.path()))
            .env("DISPLAY", format!(":{number}"))
            .env("XDG_RUNTIME_DIR", folder.path())
            .env_remove("WAYLAND_DISPLAY")
            .spawn()
            .expect("the program starts");
        let mut window = Self { server, program, number, folder };
        window.until("a map", |window| window.picture().is_some_and(|picture| has_map(&picture)));
        window.until("the keyboard", |window| {
            window.xdotool("search --onlyvisible --name . windowfocus");
            window.xdotool("getwindowfocus getwindowname") == window.title()
        });
        window
    }

    /// Ends the program as a power cut would: it learns nothing of it.
    pub(crate) fn kill(mut self) {
        self.program.kill().expect("it runs");
    }

    /// Its number among the system's processes.
    pub(crate) fn process(&self) -> u32 {
        self.program.id()
    }

    /// Sends input, in xdotool's words.
    pub(crate) fn xdotool(&self, words: &str) -> String {
        let output = Command::new("xdotool")
            .args(words.split(' '))
            .env("DISPLAY", format!(":{}", self.number))
            .output()
            .expect("xdotool is installed by `make test`");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Clicks in the middle of the window.
    pub(crate) fn click_middle(&self) {
        self.xdotool(&format!("mousemove {} {} click 1", SIZE.0 / 2, SIZE.1 / 2));
    }

    pub(crate) fn title(&self) -> String {
        self.xdotool("search --onlyvisible --name . getwindowname")
    }

    /// Waits until the window's title is `title`.
    pub(crate) fn expect_title(&mut self, title: &str) {
        let mut last = String::new();
        self.until(title, |window| {
            last = window.title();
            last == title
        });
    }

    /// Waits until `is_so`; fails when it takes too long or the program ends.
    pub(crate) fn until(&mut self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            let ended = self.program.try_wait().expect("the program can be asked");
            assert!(ended.is_none(), "the program ended before {what:?}: {ended:?}");
            assert!(start.elapsed() < PATIENCE, "never came to {what:?}; its title is {:?}", self.title());
            sleep(Duration::from_millis(40));
        }
    }

    /// The screen as it is; `None` before the server has drawn one.
    pub(crate) fn picture(&self) -> Option<RgbImage> {
        decode_xwd(&std::fs::read(self.framebuffer()).ok()?)
    }

    fn framebuffer(&self) -> PathBuf {
        self.folder.path().join("Xvfb_screen0")
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        for child in [&mut self.program, &mut self.server] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A server on a free display number, with its screen in a file of `folder`.
pub(crate) fn display(folder: &tempfile::TempDir) -> (Child, String) {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-noreset", "-screen", "0", &format!("{}x{}x24", SIZE.0, SIZE.1), "-fbdir"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is installed by `make test`");
    let mut number = String::new();
    let out = server.stdout.take().expect("a pipe");
    BufReader::new(out).read_line(&mut number).expect("the server says its number");
    (server, number.trim().to_owned())
}

/// Whether the middle of the screen shows a map rather than a bare window: many colours side by side.
fn has_map(picture: &RgbImage) -> bool {
    let mut colours: Vec<[u8; 3]> = (0..200)
        .flat_map(|x| [(x, 0), (x, 61)])
        .map(|(x, y)| picture.get_pixel(SIZE.0 / 2 - 100 + x, SIZE.1 / 2 + y).0)
        .collect();
    colours.sort_unstable();
    colours.dedup();
    colours.len() > 6
}

/// An X window dump of 32 bits a pixel (Xvfb's own): a header of big-endian words, a palette, then rows.
fn decode_xwd(bytes: &[u8]) -> Option<RgbImage> {
    let word = |index: usize| {
        let part = bytes.get(index * 4..index * 4 + 4)?;
        Some(u32::from_be_bytes([part[0], part[1], part[2], part[3]]))
    };
    let (header, width, height) = (word(0)?, word(4)?, word(5)?);
    let (bits, stride, palette) = (word(11)?, word(12)? as usize, word(19)?);
    if bits != 32 {
        return None;
    }
    let pixels = bytes.get((header + palette * 12) as usize..)?;
    let mut image = RgbImage::new(width, height);
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let at = y as usize * stride + x as usize * 4;
        let blue_green_red = pixels.get(at..at + 3)?;
        pixel.0 = [blue_green_red[2], blue_green_red[1], blue_green_red[0]];
    }
    Some(image)
}
