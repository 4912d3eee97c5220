import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/** The usual places of a browser; the environment variable CHROMIUM overrides them. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Nothing on the wire, nothing to ask, no graphics card. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Path of the browser on this machine, or null. */
export function findBrowser(): string | null {
  const named = process.env["CHROMIUM"];
  return (named ? [named] : PLACES).find((place) => existsSync(place)) ?? null;
}

/** What a test prints when it is left out for want of a browser; CI sets REQUIRE_ALL=1 and fails instead. */
export const NO_BROWSER = "skipped: no browser";

/**
 * Whether tests with a browser can run here. Without one they are skipped, and say so; with REQUIRE_ALL=1 that is an error.
 * Use as `describe.skipIf(!browserHere())(...)`.
 */
export function browserHere(): boolean {
  if (findBrowser() !== null) return true;
  if (process.env["REQUIRE_ALL"] === "1")
    throw new Error(
      "no browser: set CHROMIUM to its path, or install one (apt-get install chromium); REQUIRE_ALL=1 forbids to skip",
    );
  console.log(NO_BROWSER);
  return false;
}

/** Last guard, ms: whatever the browser is waited for in a step has come by then, on a busy machine too. Its own limit is 30 s. */
const PATIENCE = 300_000;

/** Starts the browser; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error("no browser: set CHROMIUM to its path");
  return chromium.launch({ executablePath, args: FLAGS, timeout: PATIENCE });
}

/** A page in which every step may take its time; closed with the browser. */
export async function openPage(browser: Browser, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(PATIENCE);
  return page;
}
