# Thin names over cargo. Each installs what the system lacks where it may, else says what to install.

.PHONY: run test lint bless bench data setup-run setup-test

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

setup-run:
	@tools/setup run

setup-test:
	@tools/setup test
