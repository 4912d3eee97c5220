import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endpointIds, ladder } from "../../src/evidence/index.js";
import { renderEvidence } from "../../src/workbench/evidence-page/page.js";
import { packagedEvidence } from "../../src/workbench/report-evidence.js";
import { browserHere, launchBrowser, openPage } from "../browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Ids that are plain words too. */
const WORDS: ReadonlySet<string> = new Set(["drug-free", "event-free", "graft-versus-host", "autoantibody-positive"]);

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

  test.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)(
    "at %i px, %s: nothing sticks out, every row opens to its findings, no id is on screen, axe finds nothing serious",
    async (width, colorScheme) => {
      const browser = await launchBrowser();
      try {
        // The policy of the page forbids the script of axe.
        const page = await openPage(browser, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
        const errors: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(message.text());
        });
        page.on("pageerror", (error) => errors.push(error.message));
        await page.goto(`file://${file}`);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        const rows = await page.evaluate("[...document.querySelectorAll('summary.row + div')].map((each) => each.id)");
        expect((rows as string[]).sort()).toEqual(
          ladder(evidence)
            .map((r) => `${r.therapy}--${r.disease}`)
            .sort(),
        );
        // The map is for wide screens.
        expect(await page.locator(".map").isVisible()).toBe(width >= 900);
        await page.goto(`file://${file}#cd19-car-t--sle`);
        const opened = page.locator("details", { has: page.locator("[id='cd19-car-t--sle']") }).first();
        await expect.poll(() => opened.getAttribute("open")).not.toBeNull();
        const text = await opened.innerText();
        for (const words of [
          "37 people",
          "level 2 of 6",
          "not approved",
          "30 of 60 months",
          "Up to 29 of 100 cannot be ruled out",
          "17 of 18",
          "Very low",
          "larger trials",
          "Hagen 2025, Lancet Rheumatology",
        ])
          expect(text).toContain(words);
        await page.click("details#one-infusion-is-enough > summary");
        expect(await page.locator("details#one-infusion-is-enough").innerText()).toContain("Not shown");
        const all = (await page.evaluate(
          "document.querySelectorAll('details').forEach((d) => (d.open = true)), document.body.innerText",
        )) as string;
        expect(all).not.toMatch(/undefined|NaN|\[object/);
        // Records, therapies, endpoints and claims have names; their ids are for files.
        const ids = [
          ...evidence.cohorts.keys(),
          ...[...endpointIds, ...evidence.claims.keys(), ...ladder(evidence).map(({ therapy }) => therapy)].filter(
            (id) => id.includes("-") && !WORDS.has(id),
          ),
        ];
        expect(ids.filter((id) => new RegExp(`(^|[^\\w/.-])${id}($|[^\\w/.-])`).test(all))).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        await page.evaluate(axe);
        const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as {
          violations: { id: string; impact: string; nodes: { html: string }[] }[];
        };
        expect(
          violations
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(({ id, nodes }) => [id, nodes[0]!.html]),
        ).toEqual([]);
        expect(errors).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );

  test("rituximab and belimumab in lupus look different without colour; the page is small, and prints without its map", async () => {
    const browser = await launchBrowser();
    try {
      const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
      await page.goto(`file://${file}`);
      const summary = (name: string) =>
        page.locator("section", { has: page.locator("#disease-sle") }).locator("summary.row", { hasText: name });
      expect(await summary("Rituximab").innerText()).toContain("▼ primary endpoint missed");
      expect(await summary("Belimumab").innerText()).toContain("▲ primary endpoint met");
      expect(await summary("Belimumab").innerText()).toContain("approved 2011");
      expect(await summary("Rituximab").locator(".steps .hollow").count()).toBe(6);
      expect(await summary("Belimumab").locator(".steps .on").count()).toBe(6);
      expect(gzipSync(readFileSync(file)).length).toBeLessThan(90 * 1024);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(".map").isVisible()).toBe(false);
      expect(await page.locator("nav").isVisible()).toBe(false);
      expect(await page.locator("#disease-sle").isVisible()).toBe(true);
    } finally {
      await browser.close();
    }
  });
});
