//! Writes the man pages and the completions of bash, fish and zsh from the command line's own definition.
//!
//! `manual FOLDER`: below it as below `/usr/share`. `make deb` and `make tarball` take them from there.

use std::fs;
use std::path::Path;

use clap::Command;
use clap_complete::{Shell, generate_to};
use clap_mangen::Man;

const NAME: &str = env!("CARGO_PKG_NAME");

/// Where each shell looks for completions, below `/usr/share`.
const SHELLS: [(Shell, &str); 3] = [
    (Shell::Bash, "bash-completion/completions"),
    (Shell::Fish, "fish/vendor_completions.d"),
    (Shell::Zsh, "zsh/vendor-completions"),
];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else { anyhow::bail!("usage: manual FOLDER") };
    let folder = Path::new(folder);
    for (shell, inside) in SHELLS {
        let folder = folder.join(inside);
        fs::create_dir_all(&folder)?;
        let written = generate_to(shell, &mut corridor_atlas::cli::command(), NAME, &folder)?;
        // bash-completion loads by the name of the command alone.
        if shell == Shell::Bash {
            fs::rename(written, folder.join(NAME))?;
        }
    }
    let pages = folder.join("man/man1");
    fs::create_dir_all(&pages)?;
    // A page's head is one line: the program's version alone.
    let mut command = corridor_atlas::cli::command().version(env!("CARGO_PKG_VERSION"));
    command.build();
    write_pages(&command, &pages)
}

/// The page of a command and those of the commands inside it, as `corridor-atlas-tour-export.1`.
fn write_pages(command: &Command, folder: &Path) -> anyhow::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let page = Man::new(command.clone()).title(name.to_uppercase()).manual("Corridor Atlas");
    let mut text = Vec::new();
    page.render(&mut text)?;
    fs::write(folder.join(format!("{name}.1")), text)?;
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        write_pages(inner, folder)?;
    }
    Ok(())
}
