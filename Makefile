# The few commands people run. `make demo` and `make test` need nothing done before on Debian with Go.
SHELL := /bin/bash
GO ?= go
TAGS := migrated_fynedo
TEST_TAGS := ci,migrated_fynedo
OUT := out
BIN := bin
FUZZTIME ?= 60s
export LANG := C.UTF-8

APT_WINDOW := gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev libxkbcommon-dev
APT_E2E := xvfb xdotool imagemagick poppler-utils qpdf libreoffice-calc fonts-liberation libgl1-mesa-dri
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
GOTESTSUM := gotest.tools/gotestsum@v1.13.0
WINRES := github.com/tc-hib/go-winres@v0.3.3

.PHONY: highs package package-linux package-windows smoke-linux smoke-windows soak demo run build ctl window test e2e bench fuzz check check-pdf deps-window deps-e2e clean

# Builds everything, makes the demonstration project with its workbook and papers in out/, and opens the window where
# there is a display.
demo: build
	$(BIN)/flagstonectl demo $(OUT)
	@ls -l $(OUT)
	@if [ -n "$$DISPLAY" ]; then $(BIN)/flagstone $(OUT)/trafford.flagstone & else echo "No display here: open the window with $(BIN)/flagstone $(OUT)/trafford.flagstone"; fi

run: window
	$(BIN)/flagstone

build: ctl window

# HiGHS, a general solver that the optimiser uses when it is there: fetched once at a pinned version and checksum.
highs:
	@[ -s assets/highs/highs.wasm.gz -a -s assets/highs/highs.names ] || bash assets/highs/fetch.sh || \
	  echo "HiGHS is not here (assets/highs/fetch.sh failed): plans and bounds come from our own solver alone."

ctl: highs
	CGO_ENABLED=0 $(GO) build -o $(BIN)/flagstonectl ./cmd/flagstonectl

window: deps-window highs
	CGO_ENABLED=1 $(GO) build -tags $(TAGS) -o $(BIN)/flagstone ./cmd/flagstone

# No display and no C compiler needed: the window is tested with the software driver.
test: highs
	CGO_ENABLED=0 $(GO) vet -tags $(TEST_TAGS) ./...
	CGO_ENABLED=0 $(GO) test -tags $(TEST_TAGS) -timeout 25m ./...

# The real programs, driven as a user drives them. A click can miss its target when the display is starved, so a few
# tests that fail are run again by themselves: failing twice is a fault.
e2e: deps-e2e build
	FLAGSTONE_BIN=$(CURDIR)/$(BIN) CGO_ENABLED=0 $(GO) run $(GOTESTSUM) --format standard-verbose --rerun-fails=1 --rerun-fails-max-failures=4 --packages "./cmd/flagstonectl/... ./cmd/flagstone/e2e" -- -count=1 -tags e2e -timeout 60m

bench: highs
	CGO_ENABLED=0 $(GO) test -tags $(TEST_TAGS) -run '^$$' -bench . -benchtime 1x -timeout 60m ./model/... ./importers/... ./reports/... ./app/...

# The papers of the demonstration place against the machine-checkable conditions of PDF/UA-1.
check-pdf: ctl
	$(BIN)/flagstonectl demo $(OUT) >/dev/null
	$(BIN)/flagstonectl check-pdf $(OUT)/*.pdf

# Every fuzz target for FUZZTIME each: a time, or a number of runs such as 1000x.
fuzz:
	GO=$(GO) .ci/fuzz $(FUZZTIME) $(TEST_TAGS)

check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	CGO_ENABLED=0 $(GO) run $(STATICCHECK) -tags $(TEST_TAGS) ./...
	@out=$$(CGO_ENABLED=0 $(GO) run $(GOVULNCHECK) -tags $(TEST_TAGS) ./... 2>&1); code=$$?; echo "$$out"; \
	if [ $$code != 0 ] && echo "$$out" | grep -q 'fetching vulnerabilities'; then \
	  echo "NOT CHECKED for known vulnerabilities: their database cannot be reached from here."; else exit $$code; fi

VERSION := $(shell sed -n 's/^ *Version = "\(.*\)"/\1/p' cmd/flagstone/FyneApp.toml)
APP_ID := io.github.planting-the-flag.flagstone
LINUX_DIR := flagstone-$(VERSION)-linux-$(shell $(GO) env GOARCH)
WINDOWS_DIR := flagstone-$(VERSION)-windows-amd64

# What people install: an archive with a desktop file for Linux, a folder of programs for Windows.
package: package-linux package-windows

package-linux: build
	rm -rf $(OUT)/$(LINUX_DIR)
	install -Dm755 -s $(BIN)/flagstone $(OUT)/$(LINUX_DIR)/bin/flagstone
	install -Dm755 -s $(BIN)/flagstonectl $(OUT)/$(LINUX_DIR)/bin/flagstonectl
	install -Dm644 cmd/flagstone/linux/$(APP_ID).desktop $(OUT)/$(LINUX_DIR)/share/applications/$(APP_ID).desktop
	install -Dm644 cmd/flagstone/Icon.png $(OUT)/$(LINUX_DIR)/share/icons/hicolor/512x512/apps/$(APP_ID).png
	install -Dm644 -t $(OUT)/$(LINUX_DIR)/share/doc/flagstone LICENSE README.md
	XZ_OPT='-T0 -3' tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$$(git log -1 --format=%ct) -C $(OUT) -cJf $(OUT)/$(LINUX_DIR).tar.xz $(LINUX_DIR)

# Icon, version and manifest come as an object that only a build for Windows links; it is not kept.
package-windows: highs
	@$(call install,gcc-mingw-w64-x86-64 zip)
	rm -rf $(OUT)/$(WINDOWS_DIR) $(OUT)/$(WINDOWS_DIR).zip
	mkdir -p $(OUT)/$(WINDOWS_DIR)
	$(call winres,flagstone,gui,Flagstone: estate planner)
	$(call winres,flagstonectl,cli,Flagstone without a window)
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc $(GO) build -trimpath -tags $(TAGS) -ldflags '-s -w -H=windowsgui' -o $(OUT)/$(WINDOWS_DIR)/flagstone.exe ./cmd/flagstone
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 $(GO) build -trimpath -ldflags '-s -w' -o $(OUT)/$(WINDOWS_DIR)/flagstonectl.exe ./cmd/flagstonectl
	rm -f cmd/*/rsrc_windows_amd64.syso
	cp LICENSE README.md $(OUT)/$(WINDOWS_DIR)/
	cd $(OUT) && zip -qr $(WINDOWS_DIR).zip $(WINDOWS_DIR)

winres = CGO_ENABLED=0 $(GO) run $(WINRES) simply --arch amd64 --out cmd/$(1)/rsrc --manifest $(2) --icon cmd/flagstone/Icon.png --product-name Flagstone --file-description '$(3)' --original-filename $(1).exe --product-version $(VERSION).0 --file-version $(VERSION).0 --copyright 'MIT licence'

# The packages as users get them: unpacked in a clean folder, started, asked what they show.
smoke-linux: package-linux deps-e2e
	@$(call install,desktop-file-utils xz-utils)
	FLAGSTONE_PACKAGE=$(CURDIR)/$(OUT)/$(LINUX_DIR).tar.xz CGO_ENABLED=0 $(GO) test -count=1 -tags e2e,smoke -timeout 30m -v -run TestPackageForLinux ./cmd/flagstone/e2e

smoke-windows: package-windows ctl deps-e2e
	@$(call install,wine wine64 unzip)
	FLAGSTONE_BIN=$(CURDIR)/$(BIN) FLAGSTONE_PACKAGE=$(CURDIR)/$(OUT)/$(WINDOWS_DIR).zip CGO_ENABLED=0 $(GO) test -count=1 -tags e2e,smoke -timeout 60m -v -run TestPackageForWindows ./cmd/flagstone/e2e

# An hour of scripted use of the demonstration project: memory must not grow. SOAK=20m for less.
soak: deps-e2e build
	FLAGSTONE_BIN=$(CURDIR)/$(BIN) FLAGSTONE_SOAK=$(or $(SOAK),1h) CGO_ENABLED=0 $(GO) test -count=1 -tags e2e -timeout 3h -v -run TestSoak ./cmd/flagstone/e2e

deps-window:
	@$(call install,$(APT_WINDOW))

deps-e2e: deps-window
	@$(call install,$(APT_E2E))

# install: the Debian packages that are missing, with root or sudo.
define install
missing=""; for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then echo "Installing$$missing"; run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
$$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

clean:
	rm -rf $(BIN) $(OUT)
