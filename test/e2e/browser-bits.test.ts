import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserHere, launchBrowser, openPage } from "../browser.js";
import { command } from "../run/command.js";
import { REPLICATES, STUDY_FILE, servePage } from "./bundle.js";

let folder: string;
let page: { readonly server: Server; readonly url: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "immune-reset-browser-"));
  page = await servePage(folder);
});
afterAll(() => {
  page?.server.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!browserHere())("Chromium with 1 and 3 web workers gives the resultHash of Node", async () => {
  const out = join(folder, "node");
  const words = ["trial", STUDY_FILE, "--replicates", String(REPLICATES), "--out", out, "--json"];
  const { status, stdout, stderr } = command(words);
  expect(status, stderr).toBe(0);
  const { resultHash } = JSON.parse(stdout) as { resultHash: string };
  const browser = await launchBrowser();
  try {
    const tab = await openPage(browser);
    const broken = new Promise<never>((_, reject) =>
      tab.once("pageerror", (error) => reject(new Error(`the page did not start: ${error.message}`))),
    );
    await tab.goto(page.url);
    await Promise.race([broken, tab.waitForFunction("typeof run === 'function'")]);
    for (const workers of [1, 3]) expect(await tab.evaluate(`run(${workers})`)).toBe(resultHash);
  } finally {
    await browser.close();
  }
});
