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

.PHONY: demo run build ctl window test e2e bench fuzz check check-pdf deps-window deps-e2e clean

# Builds everything, makes the demonstration project with its workbook and papers in out/, and opens the window where
# there is a display.
demo: build
	$(BIN)/flagstonectl demo $(OUT)
	@ls -l $(OUT)
	@if [ -n "$$DISPLAY" ]; then $(BIN)/flagstone $(OUT)/trafford.flagstone & else echo "No display here: open the window with $(BIN)/flagstone $(OUT)/trafford.flagstone"; fi

run: window
	$(BIN)/flagstone

build: ctl window

ctl:
	CGO_ENABLED=0 $(GO) build -o $(BIN)/flagstonectl ./cmd/flagstonectl

window: deps-window
	CGO_ENABLED=1 $(GO) build -tags $(TAGS) -o $(BIN)/flagstone ./cmd/flagstone

# No display and no C compiler needed: the window is tested with the software driver.
test:
	CGO_ENABLED=0 $(GO) vet -tags $(TEST_TAGS) ./...
	CGO_ENABLED=0 $(GO) test -tags $(TEST_TAGS) ./...

# The real programs, driven as a user drives them.
e2e: deps-e2e build
	FLAGSTONE_BIN=$(CURDIR)/$(BIN) CGO_ENABLED=0 $(GO) test -count=1 -tags e2e -timeout 25m -v ./cmd/...

bench:
	CGO_ENABLED=0 $(GO) test -tags $(TEST_TAGS) -run '^$$' -bench . -benchtime 1x -timeout 60m ./model/... ./importers/... ./reports/... ./app/...

# The papers of the demonstration place against the machine-checkable conditions of PDF/UA-1.
check-pdf: ctl
	$(BIN)/flagstonectl demo $(OUT) >/dev/null
	$(BIN)/flagstonectl check-pdf $(OUT)/*.pdf

# Every fuzz target for FUZZTIME each.
fuzz:
	@set -e; for p in $$($(GO) list -tags $(TEST_TAGS) ./...); do \
	  for f in $$(CGO_ENABLED=0 $(GO) test -tags $(TEST_TAGS) -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "== $$p $$f"; CGO_ENABLED=0 $(GO) test -tags $(TEST_TAGS) -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p; done; done

check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	CGO_ENABLED=0 $(GO) run $(STATICCHECK) -tags $(TEST_TAGS) ./...
	@out=$$(CGO_ENABLED=0 $(GO) run $(GOVULNCHECK) -tags $(TEST_TAGS) ./... 2>&1); code=$$?; echo "$$out"; \
	if [ $$code != 0 ] && echo "$$out" | grep -q 'fetching vulnerabilities'; then \
	  echo "NOT CHECKED for known vulnerabilities: their database cannot be reached from here."; else exit $$code; fi

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
