import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../src/workbench/package-info.js";
import { browserHere, launchBrowser } from "../browser.js";
import { REPLICATES, STUDY_FILE, servePage } from "./bundle.js";

const folder = mkdtempSync(join(tmpdir(), "immune-reset-browser-"));
let page: { readonly server: Server; readonly url: string };

beforeAll(async () => {
  page = await servePage(folder);
});
afterAll(() => {
  page?.server.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!browserHere())("Chromium with 1 and 3 web workers gives the resultHash of Node", async () => {
  const out = join(folder, "node");
  const main = join(packageRoot, "dist/cli/main.js");
  const text = execFileSync(
    process.execPath,
    [main, "trial", STUDY_FILE, "--replicates", String(REPLICATES), "--out", out, "--json"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const { resultHash } = JSON.parse(text) as { resultHash: string };
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    const errors: string[] = [];
    tab.on("pageerror", (error) => errors.push(error.message));
    await tab.goto(page.url);
    await tab.waitForFunction("typeof run === 'function'", undefined, { timeout: 20_000 }).catch(() => {
      throw new Error(`the page did not start: ${errors.join("; ")}`);
    });
    for (const workers of [1, 3]) expect(await tab.evaluate(`run(${workers})`)).toBe(resultHash);
  } finally {
    await browser.close();
  }
});
