# The project's commands. `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test test-long fmt lint docs deny advisories rust js browser tools deb deb-test clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

demo: ## Start the demo: a conversation with a simulated public
	cargo run --release -- demo

test: ## Install what the tests need and run all of them
	@tools/test.sh

test-long: ## What is too long for every change: faults by the thousand, many more random cases (hours)
	BOULE_TEST_KILLS=1000 cargo test --test it i2_no_acknowledged -- --nocapture
	BOULE_TEST_DROPS=1000 cargo test --test it cuts::d4_ -- --nocapture
	BOULE_TEST_NODE_KILLS=500 BOULE_TEST_NODE_PAUSES=50 BOULE_TEST_NODE_CUTS=20 cargo test --test it cluster:: -- --nocapture --test-threads=1
	BOULE_TEST_HISTORIES=5000 cargo test --test store_contract d3_ -- --nocapture
	BOULE_TEST_CUTS=1000 cargo test --test power_loss -- --nocapture
	BOULE_TEST_INTERLEAVINGS=1000000 cargo test --release --lib simulation_tests -- --nocapture
	BOULE_TEST_SLOW=5000 cargo test --test it hostile -- --nocapture --test-threads=1
	BOULE_TEST_SOAK_SECONDS=1200 cargo test --test it soak -- --nocapture
	PROPTEST_CASES=20000 cargo test --release --workspace --lib
	cargo test --release --test it determinism
	cargo test --release --test reference

fmt: ## Format the Rust code
	cargo fmt --all

lint: ## Formatting and lints
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings

docs: ## The code's documentation
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --document-private-items

deny: ## Licences, bans and sources of the dependencies
	@tools/deny.sh

advisories: ## The same, and known weaknesses of the dependencies (fetches their list)
	@tools/deny.sh --advisories

rust: ## The Rust tests
	cargo test --locked --workspace

js: ## Check the types of the scripts
	cd web/e2e && npm ci --no-audit --no-fund && npm run check

browser: ## The browser tests, against the debug build
	cargo build --locked && cd web/e2e && npm ci --no-audit --no-fund && npm test

tools: ## Install what the browser tests need (Chromium and fonts), with apt
	@tools/browser.sh

deb: ## Build the Debian package (target/debian)
	@tools/deb.sh

deb-test: deb ## Install it in a small Debian, run, upgrade, remove and purge it (as root)
	@tools/deb-test.sh

clean: ## Remove what was built
	cargo clean
	rm -rf web/e2e/node_modules web/e2e/out
