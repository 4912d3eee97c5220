import { writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/index.js";
import { browserHere, launchBrowser, NO_BROWSER, openPage } from "../browser.js";
import { FIXTURE, manyArms } from "./fixture.js";

/** Set to a path prefix such as `/tmp/report-` to keep a screenshot of every view. */
const PICTURES = process.env["REPORT_PICTURES"];

const here = browserHere();
if (!here) it.skip(NO_BROWSER, () => {});

describe.skipIf(!here)("the report in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  for (const width of [390, 1280])
    for (const colorScheme of ["light", "dark"] as const)
      describe(`${width} px, ${colorScheme}`, () => {
        let page: Page;
        const asked: string[] = [];
        const said: string[] = [];
        beforeAll(async () => {
          page = await openPage(browser, {
            viewport: { width, height: 900 },
            colorScheme,
            deviceScaleFactor: PICTURES ? 2 : 1,
          });
          page.on("request", (request) => asked.push(request.url()));
          page.on("console", (message) => said.push(message.text()));
          await page.setContent(renderReport(FIXTURE), { waitUntil: "load" });
          if (PICTURES)
            writeFileSync(`${PICTURES}${width}-${colorScheme}.png`, await page.screenshot({ fullPage: true }));
        });
        afterAll(() => page?.close());

        it("asks for nothing and complains about nothing", () => {
          expect(asked.filter((address) => !address.startsWith("about:") && !address.startsWith("data:"))).toEqual([]);
          expect(said).toEqual([]);
        });

        it("never scrolls sideways, folded or unfolded", async () => {
          expect(await page.evaluate(overflow)).toBe(0);
          await page.evaluate(fold, true);
          expect(await page.evaluate(overflow)).toBe(0);
          expect(await page.evaluate(cutOff)).toEqual([]);
          expect(await page.evaluate(spills)).toEqual([]);
          await page.evaluate(fold, false);
        });

        it("has no two texts of a chart on top of each other, and none outside it", async () => {
          expect(await page.evaluate(collisions)).toEqual([]);
        });

        it("has text that can be read: contrast at least 4.5", async () => {
          const { worst, faint } = await page.evaluate(contrast);
          expect(faint).toEqual([]);
          expect(worst).toBeGreaterThanOrEqual(4.5);
        });

        it("has drawings that an XML reader accepts", async () => {
          const broken = await page.evaluate(
            () =>
              [...document.querySelectorAll("svg")]
                .map((svg) =>
                  new DOMParser().parseFromString(new XMLSerializer().serializeToString(svg), "image/svg+xml"),
                )
                .filter((parsed) => parsed.querySelector("parsererror")).length,
          );
          expect(broken).toBe(0);
        });
      });

  it.each([320, 390, 600, 768, 1024, 1280, 1920])("holds eight arms with long names at %d px", async (width) => {
    const page = await openPage(browser, { viewport: { width, height: 900 } });
    await page.setContent(renderReport(manyArms()));
    if (PICTURES) writeFileSync(`${PICTURES}eight-${width}.png`, await page.screenshot({ fullPage: true }));
    expect(await page.evaluate(overflow)).toBe(0);
    expect(await page.evaluate(cutOff)).toEqual([]);
    expect(await page.evaluate(spills)).toEqual([]);
    expect(await page.evaluate(collisions)).toEqual([]);
    await page.close();
  });

  it("prints", async () => {
    const page = await openPage(browser, { colorScheme: "dark" });
    await page.setContent(renderReport(FIXTURE));
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    if (PICTURES) writeFileSync(`${PICTURES}print.pdf`, pdf);
    expect(pdf.length).toBeGreaterThan(20_000);
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    await page.setViewportSize({ width: 688, height: 1000 });
    if (PICTURES) writeFileSync(`${PICTURES}print.png`, await page.screenshot({ fullPage: true }));
    expect(await page.evaluate(overflow)).toBe(0);
    expect(await page.evaluate(spills)).toEqual([]);
    expect(await page.evaluate(collisions)).toEqual([]);
    await page.close();
  });
});

/** Runs in the page: opens or closes every folded table. */
function fold(open: boolean): void {
  for (const details of document.querySelectorAll("details")) details.open = open;
}

/** Runs in the page: how far it scrolls sideways. */
function overflow(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/** Runs in the page: cells whose content runs into the next one. */
function spills(): string[] {
  return [...document.querySelectorAll("td, th")]
    .filter((cell) => cell.clientWidth > 1 && cell.scrollWidth > cell.clientWidth + 1)
    .map((cell) => `${cell.textContent?.trim().slice(0, 50)}`);
}

/** Runs in the page: elements that stick out of the window and do not lie in something that scrolls. */
function cutOff(): string[] {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll("main *, header *, footer *, nav *")]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && (box.right > wide + 1 || box.left < -1) && !element.closest(".scroll, thead, .unseen");
    })
    .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`);
}

/** Runs in the page: pairs of texts of one drawing whose boxes overlap, and texts that leave the drawing. */
function collisions(): string[] {
  const found: string[] = [];
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const texts = [...svg.querySelectorAll("text")].map((text) => ({
      words: text.textContent ?? "",
      box: text.getBoundingClientRect(),
    }));
    const name = svg.querySelector("title")?.textContent ?? svg.getAttribute("aria-label");
    texts.forEach((a, i) => {
      if (a.box.left < frame.left - 1 || a.box.right > frame.right + 1 || a.box.bottom > frame.bottom + 2)
        found.push(`${name}: "${a.words}" leaves the drawing`);
      for (const b of texts.slice(i + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 0.5 && down > 2) found.push(`${name}: "${a.words}" on "${b.words}"`);
      }
    });
  }
  return found;
}

/** Runs in the page: contrast of every visible text against what is painted under it; drawings are judged against the page and the shade. */
function contrast(): { worst: number; faint: string[] } {
  const parse = (text: string): number[] => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = (text: string): number => {
    const [r, g, b] = parse(text).map((v) =>
      v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a: string, b: string) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ground = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parse(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const shade = document.querySelector(".beyond");
  let worst = 21;
  const faint: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element || !walker.currentNode.textContent?.trim() || element.closest("title, desc, style")) continue;
    if (element.getBoundingClientRect().width < 2) continue;
    const drawn = element.closest("svg") !== null;
    const colour = drawn ? getComputedStyle(element).fill : getComputedStyle(element).color;
    const grounds = drawn && shade ? [ground(element), getComputedStyle(shade).fill] : [ground(element)];
    for (const under of grounds) {
      const value = ratio(colour, under);
      worst = Math.min(worst, value);
      if (value < 4.5) faint.push(`${value.toFixed(2)} ${walker.currentNode.textContent.trim().slice(0, 40)}`);
    }
  }
  return { worst, faint: [...new Set(faint)] };
}
