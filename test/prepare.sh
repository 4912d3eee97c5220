#!/usr/bin/env bash
# Sees to it that tests in a browser can run: as root on Debian it installs chromium where no browser is found, elsewhere it takes
# the one that is there. Without a browser those tests are skipped, and this says so; with REQUIRE_ALL=1 that is an error.
set -u

# The same places as in test/browser.ts; CHROMIUM overrides them.
places=(/usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome)

has_browser() {
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ]
    return
  fi
  local place
  for place in "${places[@]}"; do
    [ -x "$place" ] && return 0
  done
  return 1
}

# Sets `why` where it fails.
install_browser() {
  local log
  log=$(mktemp) || { why="no temporary file"; return 1; }
  if DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >>"$log" 2>&1; then
    rm -f "$log"
    has_browser && return 0
    why="apt-get install chromium left none of ${places[*]}"
    return 1
  fi
  why="apt-get install chromium failed: $(grep -E '^E:' "$log" | tail -n 1)"
  rm -f "$log"
  return 1
}

has_browser && exit 0

why="none of ${places[*]}"
if [ -n "${CHROMIUM:-}" ]; then
  why="CHROMIUM=$CHROMIUM is not a program"
elif other=$(command -v chromium chromium-browser google-chrome google-chrome-stable | head -n 1) && [ -n "$other" ]; then
  why="set CHROMIUM=$other to use the browser that is there"
elif [ "$(id -u)" = 0 ] && [ "$(. /etc/os-release 2>/dev/null && echo "${ID:-}")" = debian ] && command -v apt-get >/dev/null; then
  echo "no browser: installing chromium"
  install_browser && exit 0
fi

if [ "${REQUIRE_ALL:-}" = 1 ]; then
  echo "no browser: $why; REQUIRE_ALL=1 forbids to skip" >&2
  exit 1
fi
echo "skipped: no browser ($why)"
