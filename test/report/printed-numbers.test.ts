import { describe, expect, test } from "vitest";
import { openReport } from "../../src/report/context.js";
import { type ReportData, renderReport } from "../../src/report/index.js";
import { formatRange } from "../../src/report/number-format.js";
import { fillSentence, namesIn } from "../../src/report/sentence.js";
import { FIXTURE, manyArms } from "./fixture.js";
import { figure, reportOf, smallStudy } from "./synthetic.js";

const well = { remission: true, drugFreeRemission: true, drugFree: true, response: true, confirmedResponse: true };
const real = (replicates: number): ReportData =>
  reportOf(
    smallStudy({ run: { replicates, seed: 1 }, dropout: { rate: 5, missing: "excluded" } }),
    (patient) => ({
      ...(patient % 5 === 4 ? { leaves: 150 } : {}),
      visit: (day) => (day >= 28 * (1 + (patient % 3)) ? well : {}),
      run: { undershoot: patient / 7 },
    }),
    [figure({ population: "sle", n: 3, events: 1, value: 1 / 3 }), figure({ population: "all", n: 4, day: 364 })],
  );

/** Digits of a cell that do not come out of `numbers`: words of a record or a study, drawings and heads of columns are no results. */
function strayDigits(cell: string): string {
  return cell
    .replace(/<svg[\s\S]*?<\/svg>/g, "")
    .replace(/<span class="cell-head"[\s\S]*?<\/span><span class="cell">/g, "")
    .replace(/<data class="num"[^>]*>[\s\S]*?<\/data>/g, "")
    .replace(/<span class="(range|published-text)">[\s\S]*?<\/span>/g, "")
    .replace(/<(a|code)[ >][\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/[^0-9]/g, "");
}

const text = (markup: string) => markup.replace(/<[^>]*>/g, "");

describe.each<[string, ReportData]>([
  ["the fixture", FIXTURE],
  ["eight arms", manyArms()],
  ["a run", real(3)],
  ["one replicate", real(1)],
])("every number of the page is in summary.json: %s", (_, data) => {
  const page = renderReport(data);
  const numbers = new Map(data.numbers.map((number) => [number.name, number]));

  test("each with its name and its value", () => {
    const printed = [...page.matchAll(/<data class="num" value="([^"]*)" title="([^:]*):/g)];
    for (const [, value, name] of printed) expect(numbers.get(name!)?.value, name).toBe(Number(value));
    for (const part of [
      "curve.",
      "in-remission.",
      "in-remission-n.",
      "kept-remission.",
      "kept-remission-n.",
      "conduct.",
    ])
      expect(
        printed.some(([, , name]) => name!.includes(part)),
        part,
      ).toBe(data.curves.length > 0);
    for (const row of data.published)
      expect(printed.map(([, , name]) => name)).toContain(`published.${row.id}.predicted`);
  });

  test("no cell of a result holds another", () => {
    const tables = [
      ...page.matchAll(
        /<table[^>]*class="stack (?!shares|constants|rare-harm)[\s\S]*?<\/table>|<details class="values">[\s\S]*?<\/details>/g,
      ),
    ];
    expect(tables.length).toBeGreaterThan(5);
    const cells = tables.flatMap(([table]) =>
      [...table.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map((match) => match[1]!),
    );
    expect(cells.map(strayDigits).filter((digits) => digits !== "")).toEqual([]);
    for (const [, , count] of page.matchAll(/<dd data-count="([^"]*)">([\s\S]*?)<\/dd>/g))
      expect(strayDigits(count!)).toBe("");
    for (const [, share] of page.matchAll(/<span class="share-cell">([\s\S]*?)<\/td>/g))
      expect(strayDigits(share!)).toBe("");
  });

  test("rare harm is printed as the evidence has it, before what was simulated", () => {
    if (data.rareHarm.length === 0) {
      expect(page).toContain("no published count of rare harm was looked for");
      return;
    }
    const [table] = /<table[^>]*class="stack rare-harm[\s\S]*?<\/table>/.exec(page)!;
    for (const { upper, seen } of data.rareHarm) {
      expect(table).toContain(`<b>${upper}</b>`);
      expect(table).toContain(seen);
    }
    expect(page.indexOf("Cannot be ruled out")).toBeLessThan(page.indexOf("Simulated. CRS"));
  });

  test("an interval is that of the number before it", () => {
    const pairs = [
      ...page.matchAll(/title="([^:]*):[^"]*">[^<]*<\/data><\/span> <span class="range">\(([^<]*)\)<\/span>/g),
    ];
    expect(pairs.length).toBeGreaterThan(20);
    for (const [, name, range] of pairs) {
      const number = numbers.get(name!)!;
      expect(range, name).toBe(number.low === null ? "–" : formatRange(number));
    }
  });

  test("and of its sentences", () => {
    const context = openReport(data);
    for (const sentence of data.answer) {
      const places = namesIn(sentence);
      const filled = String(fillSentence(context, sentence));
      expect([...filled.matchAll(/<(data|span) class="(num|absent)"/g)].length).toBe(places.length);
      expect(text(filled)).not.toMatch(/[{}]/);
    }
  });
});
