//! Arguments and window options, nothing else.

fn main() {
    if let Err(error) = corridor_atlas::app::run(corridor_atlas::app::Options::default()) {
        eprintln!("corridor-atlas: {error}");
        std::process::exit(2);
    }
}
