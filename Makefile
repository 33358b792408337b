# Thin names over cargo. Each installs what the system lacks where it may, else says what to install.

.PHONY: run test lint bless bench data deb tarball staged deny setup-run setup-test

run: setup-run
	cargo run --release --locked

test: setup-test
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo test --locked

lint:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

# Record every expected picture and text anew; look at them before committing.
bless: setup-test
	UPDATE_SNAPSHOTS=true INSTA_UPDATE=always cargo test --locked

bench:
	cargo bench --locked

# Rebuild assets/basemap and assets/fonts from their packages; not needed to build, run or test.
data:
	tools/basemap/build
	tools/fonts/build

# Packages, into target/packages: docs/packaging.md tells what is in them and how they were tried.
deb: staged
	@cargo deb --version >/dev/null 2>&1 || cargo install --locked cargo-deb@3.8.0
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) cargo deb --no-build --no-strip --locked --output target/packages/

tarball: staged
	tools/tarball target/stage target/packages

staged:
	cargo build --release --locked --bin corridor-atlas
	tools/stage target/stage

# Licences, bans and sources of every crate.
deny:
	@cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny@0.20.2
	cargo deny --locked check licenses bans sources

setup-run:
	@tools/setup run

setup-test:
	@tools/setup test
