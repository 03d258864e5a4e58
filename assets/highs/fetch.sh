#!/usr/bin/env bash
# Puts HiGHS (npm package highs, WebAssembly) beside this file: highs.wasm.gz, and highs.names, which says what the
# one-letter imports and exports of the module are called. Both come from one archive of a pinned version and checksum.
set -euo pipefail
cd "$(dirname "$0")"
version=1.15.3
archive_sha256=218533577886c69023739024bb92cfc2831ba45ff1fd1fd981753c04cded9793
wasm_sha256=528be4365bea1d4188988646b244263f50320df55782e14d6af5bce7cd45c840

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd "$tmp" && npm pack --silent "highs@$version" >/dev/null)
echo "$archive_sha256  $tmp/highs-$version.tgz" | sha256sum --check --quiet
tar -xzf "$tmp/highs-$version.tgz" -C "$tmp"
cd "$tmp/package/build"
echo "$wasm_sha256  highs.wasm" | sha256sum --check --quiet

{ grep -o '_[A-Za-z0-9_]*=\(Module\["[^"]*"\]=\)\?wasmExports\["[^"]*"\]' highs.js |
    sed -E 's/^_([A-Za-z0-9_]*)=.*wasmExports\["([^"]*)"\]$/export \1 \2/'
  grep -o 'wasmMemory=wasmExports\["[^"]*"\]' highs.js | sed -E 's/.*\["([^"]*)"\]/export memory \1/'
  grep -o 'wasmTable=wasmExports\["[^"]*"\]' highs.js | sed -E 's/.*\["([^"]*)"\]/export table \1/'
  grep -o 'wasmExports\["[^"]*"\]();FS' highs.js | sed -E 's/.*\["([^"]*)"\].*/export constructors \1/'
  grep -o 'wasmImports={[^}]*}' highs.js | sed -E 's/^wasmImports=\{(.*)\}$/\1/' | tr ',' '\n' |
    sed -E 's/^([^:]*):_*(.*)$/import \2 \1/'
} | LC_ALL=C sort -u > highs.names
gzip -9n highs.wasm
cd - >/dev/null
install -m644 "$tmp/package/build/highs.names" "$tmp/package/build/highs.wasm.gz" .
