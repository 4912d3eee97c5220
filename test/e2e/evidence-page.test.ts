import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ladder } from "../../src/evidence/index.js";
import { renderEvidence } from "../../src/workbench/evidence-page.js";
import { packagedEvidence } from "../../src/workbench/report-evidence.js";
import { browserHere, launchBrowser, openPage } from "../browser.js";

describe.skipIf(!browserHere())("evidence.html in a browser", async () => {
  const evidence = await packagedEvidence();
  let folder: string;
  let file: string;
  // Not made where the tests are skipped: hooks that would remove it are skipped too.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "immune-reset-evidence-"));
    file = join(folder, "evidence.html");
    writeFileSync(file, renderEvidence(evidence));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([1280, 390])(
    "at %i px: nothing sticks out, every cell leads to its records, every claim opens",
    async (width) => {
      const browser = await launchBrowser();
      try {
        const page = await openPage(browser, { viewport: { width, height: 900 } });
        const errors: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(message.text());
        });
        page.on("pageerror", (error) => errors.push(error.message));
        await page.goto(`file://${file}`);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        const cells = await page.evaluate(
          "[...document.querySelectorAll('a.cell')].map((a) => [a.textContent, a.getAttribute('href')])",
        );
        const wanted = ladder(evidence).map((r) => [r.level, `#${r.therapy}--${r.disease}`]);
        expect((cells as string[][]).map((c) => c.join()).sort()).toEqual(wanted.map((c) => c.join()).sort());
        await page.click('a[href="#cd19-car-t--sle"]');
        const opened = page.locator("details", { has: page.locator("[id='cd19-car-t--sle']") });
        await expect.poll(() => opened.getAttribute("open")).not.toBeNull();
        const text = await opened.innerText();
        for (const word of ["hagen_2025_licats", "may share patients", "larger trials", "approval by a regulator"])
          expect(text).toContain(word);
        await page.click("details#one-infusion-is-enough > summary");
        expect(await page.locator("details#one-infusion-is-enough").innerText()).toContain("not shown");
        const all = await page.evaluate(
          "document.querySelectorAll('details').forEach((d) => (d.open = true)), document.body.innerText",
        );
        expect(all as string).not.toMatch(/undefined|NaN|\[object/);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        expect(errors).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );
});
