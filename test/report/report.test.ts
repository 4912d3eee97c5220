import { describe, expect, it } from "vitest";
import type { ReportData } from "../../src/report/data.js";
import { renderReport } from "../../src/report/index.js";
import { decimalsFor, formatNumber, formatTriple, unitText } from "../../src/report/number-format.js";
import { FIXTURE, withPageNumbers } from "./fixture.js";

const page = renderReport(FIXTURE);
const without = (name: string): ReportData => ({
  ...FIXTURE,
  numbers: FIXTURE.numbers.filter((number) => number.name !== name),
});

describe("the page", () => {
  it("is a pure function of its data", () => {
    expect(renderReport(structuredClone(FIXTURE))).toBe(page);
  });

  it("has its sections in order", () => {
    const order = [...page.matchAll(/<section id="([a-z]+)" class="part"/g)].map((match) => match[1]);
    expect(order).toEqual(
      "answer headline asked curves survival safety published horizon assumptions conduct constants definitions limits sources run".split(
        " ",
      ),
    );
    expect(page.match(/not medical advice/g)?.length).toBe(2);
  });

  it("loads nothing and runs nothing", () => {
    expect(
      /<script|<link|<img|<iframe|<object|<embed|@import|url\(|\son[a-z]+=|\sstyle=/i.exec(page)?.[0],
    ).toBeUndefined();
    expect(/\b(src|srcset|poster|data|xlink:href)="/.exec(page)?.[0]).toBeUndefined();
    const addresses = [...page.matchAll(/https?:\/\/[^"<\s]*/g)];
    const links = [...page.matchAll(/<a href="https?:\/\/[^"]*" rel="noreferrer">/g)];
    expect(addresses.length).toBe(links.length);
    expect(page.includes("default-src &#39;none&#39;")).toBe(true);
  });

  it("has each id once, and no link into nothing", () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const [, labels] of page.matchAll(/aria-labelledby="([^"]*)"/g))
      for (const id of labels.split(" ")) expect(ids).toContain(id);
  });

  it("draws well-formed SVG with finite coordinates, a title and a description", () => {
    const drawings = page.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    expect(drawings.length).toBeGreaterThan(20);
    for (const drawing of drawings) {
      expect(unbalanced(drawing)).toBe("");
      expect(drawing).not.toMatch(/NaN|Infinity|undefined|null/);
    }
    for (const chart of drawings.filter((drawing) => drawing.includes('class="chart"')))
      expect(chart).toMatch(/<title[\s\S]*<desc/);
  });
});

describe("what enters it", () => {
  it("is escaped, everywhere", () => {
    const evil = `<script>alert("1")</script>&'`;
    const attacked = JSON.parse(
      JSON.stringify(FIXTURE, (key, value) =>
        typeof value === "string" &&
        !/^(id|arm|name|row|scale|unit|label|record|link)$/.test(key) &&
        !value.includes("{")
          ? evil + value
          : value,
      ),
    ) as ReportData;
    const attackedPage = renderReport(withPageNumbers({ ...attacked, answer: [...FIXTURE.answer, evil] }));
    expect(attackedPage.includes("<script>")).toBe(false);
    expect(attackedPage.includes("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;")).toBe(true);
    expect(
      attackedPage
        .match(/<svg[\s\S]*?<\/svg>/g)
        ?.map(unbalanced)
        .join(""),
    ).toBe("");
  });

  it("becomes a link only when it leads to the web", () => {
    const source = { id: "s", citation: "c", link: "javascript:alert(1)", checked: "" };
    expect(renderReport({ ...FIXTURE, sources: [source] })).not.toContain('href="javascript');
  });
});

describe("numbers", () => {
  it("throws on an unknown name, and names it", () => {
    expect(() => renderReport(without("reset.crs.any"))).toThrow('"reset.crs.any"');
    expect(() => renderReport(without("continued.b-blood.nadir"))).toThrow('"continued.b-blood.nadir"');
    expect(() => renderReport({ ...FIXTURE, answer: ["It is {reset.no-such-thing}."] })).toThrow(
      '"reset.no-such-thing"',
    );
    expect(() => renderReport({ ...FIXTURE, answer: ["It is {reset.crs.any:upside-down}."] })).toThrow("upside-down");
  });

  it("lists all problems at once", () => {
    const broken: ReportData = {
      ...without("reset.crs.any"),
      assumptions: { ...FIXTURE.assumptions, restShare: 1 },
      conduct: { ...FIXTURE.conduct, failed: 3 },
      published: [{ ...FIXTURE.published[0], inside: false }],
    };
    expect(() => renderReport(broken)).toThrow(/reset\.crs\.any[\s\S]*outside[\s\S]*91\.40 %[\s\S]*3 failed/);
  });

  it("prints every number with its name", () => {
    const printed = [...page.matchAll(/<data class="num" value="([^"]*)" title="([^:]*):/g)];
    expect(printed.length).toBeGreaterThan(50);
    const numbers = new Map(FIXTURE.numbers.map((number) => [number.name, number.value]));
    for (const [, value, name] of printed) expect(Number(value)).toBe(numbers.get(name));
    for (const { row } of [...FIXTURE.headline, ...FIXTURE.safety])
      expect(page.includes(`title="reset.${row}:`)).toBe(true);
  });

  it("counts failed runs even if there are none", () => {
    expect(
      /Failed runs<span class="row-note">[^<]*<\/span><\/dt><dd data-count="failed"><data[^>]*>0<\/data><\/dd>/.test(
        page,
      ),
    ).toBe(true);
    const failed = renderReport(
      withPageNumbers({
        ...FIXTURE,
        conduct: {
          ...FIXTURE.conduct,
          completed: 8738,
          failed: 3,
          failures: [{ reason: "step size too small", count: 3 }],
        },
      }),
    );
    expect(/data-count="failed"><data[^>]*>3</.test(failed)).toBe(true);
    expect(failed.includes("step size too small")).toBe(true);
  });

  it("prints the sum of the shares: 100", () => {
    expect(
      />Sum<\/span><\/th>[\s\S]{0,600}?<span class="value"><data[^>]*>100\.0\u00a0%<\/data><\/span>/.test(page),
    ).toBe(true);
  });

  it("says inside or outside, fitted or predicted, in words", () => {
    for (const word of ["inside", "outside", "fitted", "predicted"])
      expect(new RegExp(`class="word [a-z]+">${word}<`).test(page)).toBe(true);
    expect(page.replace(/<\/?data[^>]*>/g, "").includes("<b>8 of 9</b>")).toBe(true);
  });

  it("does without a horizon, published rows and curves", () => {
    const bare = renderReport(withPageNumbers({ ...FIXTURE, horizon: null, published: [], curves: [] }));
    expect(bare.includes("nothing here marks where observation ends")).toBe(true);
    expect(bare.includes("beyond observation")).toBe(false);
  });
});

describe("number format", () => {
  it.each([
    [0, "0"],
    [9, "9"],
    [9.44, "9.4"],
    [0.0421, "0.042"],
    [-17.5, "−17.5"],
    [133.4, "133"],
    [13040, "13\u202f040"],
    [1e6, "1\u00a0×\u00a010⁶"],
    [2.2e-7, "2.2\u00a0×\u00a010⁻⁷"],
  ])("%d is %s", (value, text) => expect(formatNumber(value)).toBe(text));

  it("gives a value and its interval the same decimals", () => {
    expect(decimalsFor([9.4, 8.12, 11.2])).toBe(1);
    expect(formatTriple(93.3, 80, 100)).toEqual({ value: "93", range: "80–100" });
    expect(formatTriple(-95.8, -98.9, -88.2).range).toBe("−98.9 to −88.2");
    expect(formatTriple(86, 6.2, 1240)).toEqual({ value: "86", range: "6.2–1240" });
    expect(formatTriple(0.001, 0, 0.4).value).toBe("0.0010");
    expect(formatNumber(0.001, 1)).toBe("<0.1");
  });

  it("writes units as a reader does", () => {
    expect(unitText("cell/uL")).toBe("cells/µL");
    expect(unitText("day", 1)).toBe("day");
    expect(unitText("day", 9)).toBe("days");
    expect(unitText("1")).toBe("");
    expect(unitText("1/year")).toBe("per year");
    expect(unitText("mg/m2")).toBe("mg/m²");
  });
});

/** The first tag that does not fit, or an empty text: what an XML reader would say. */
function unbalanced(text: string): string {
  const open: string[] = [];
  for (const [tag, closing, name, attributes, empty] of text.matchAll(
    /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z-]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (closing) {
      if (open.pop() !== name) return tag;
    } else if (!empty) open.push(name);
    const keys = [...attributes.matchAll(/([A-Za-z-]+)=/g)].map((match) => match[1]);
    if (new Set(keys).size !== keys.length) return tag;
  }
  const rest = text.replace(/<\/?[A-Za-z]+(?:\s+[A-Za-z-]+="[^"<]*")*\s*\/?>/g, "");
  if (/[<>]|&(?!(amp|lt|gt|quot|#39);)/.test(rest)) return rest.slice(0, 80);
  return open.join(" ");
}
