# What people type first; the work is in scripts/ and meson.build.
#
#   BUILD=folder   where to build (default: build)
#   PREFIX=folder  where `make install` puts it (default: /usr/local)

BUILD ?= build
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60

.PHONY: help demo build test bench fuzz lint install clean

help:
	@echo 'make demo     install what is missing, build, and look at a real case'
	@echo 'make build    build into $(BUILD)/'
	@echo 'make test     everything: tests, sanitizers, checks of the source'
	@echo 'make lint     include graph, formatting, clang-tidy, shellcheck'
	@echo 'make bench    release build, every benchmark'
	@echo 'make fuzz     every fuzz target for FUZZ_SECONDS (default 60) each'
	@echo 'make install  into PREFIX (default /usr/local)'
	@echo 'make clean    remove the build folders'

demo:
	@scripts/install-deps --build-only
	@scripts/build $(BUILD) parley
	@scripts/demo $(BUILD)/parley

build:
	@scripts/build $(BUILD)

test:
	@scripts/install-deps
	@scripts/run-tests $(BUILD)

lint:
	@scripts/lint $(BUILD)

bench:
	@scripts/run-bench

fuzz:
	@FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/run-fuzz

install:
	@scripts/build $(BUILD)
	@meson configure $(BUILD) -Dprefix='$(abspath $(PREFIX))'
	@meson install -C $(BUILD)

clean:
	rm -rf $(BUILD) build-asan build-tsan build-bench build-fuzz
