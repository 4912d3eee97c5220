import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AnyDisease,
  bestSoFar,
  diseaseCatalogue,
  diseases,
  nominalPatient,
  type Observation,
  relapseAfterResponse,
} from "../../src/disease/index.js";
import { doris, lldas, lupus as sleDisease, sledaiZero } from "../../src/disease/lupus/lupus.js";
import { myositis as iimDisease } from "../../src/disease/myositis/myositis.js";
import {
  improvementBands,
  tisResponse,
  totalImprovementScore,
} from "../../src/disease/myositis/total-improvement-score.js";
import { eustarActivityIndex, eustarWeights } from "../../src/disease/systemic-sclerosis/eustar-activity-index.js";
import { systemicSclerosis as sscDisease } from "../../src/disease/systemic-sclerosis/systemic-sclerosis.js";
import { drawParameter } from "../../src/population/draw.js";
import { parseUnit } from "../../src/quantity/index.js";

/** What the model says of any patient, and what is taken, in one record. */
interface Latent {
  readonly inflammation: number;
  readonly autoantibody: number;
  readonly c3: number;
  readonly crp: number;
  readonly damage: number;
  readonly muscle: number;
  readonly ck: number;
  readonly fibrosis: number;
  readonly fvcLoss: number;
  readonly prednisolone: number;
  readonly immunosuppressant: boolean;
}

/** The same disease with hidden values and treatment taken from one record. */
const seen = <
  P,
  O,
  D extends {
    observe: (hidden: never, patient: P, baseline: O | null, noise: readonly number[], treatment: never) => O;
  },
>(
  disease: D & {
    observe: (hidden: never, patient: P, baseline: O | null, noise: readonly number[], treatment: never) => O;
  },
): Omit<D, "observe"> & { observe(latent: Latent, patient: P, baseline: O | null, noise: readonly number[]): O } => ({
  ...disease,
  observe: ({ prednisolone, immunosuppressant, fvcLoss, ...hidden }, patient, baseline, noise) =>
    disease.observe({ ...hidden, fvcChange: -fvcLoss } as never, patient, baseline, noise, {
      prednisolone,
      immunosuppressant: Number(immunosuppressant),
    } as never),
});
const sle = seen(sleDisease);
const iim = seen(iimDisease);
const ssc = seen(sscDisease);
type AnyScore = Omit<AnyDisease, "observe"> & {
  // biome-ignore lint/suspicious/noExplicitAny: observations of diseases differ in their items
  observe(latent: Latent, patient: any, baseline: any, noise: readonly number[]): Observation;
};
const scoreOf = (id: (typeof ids)[number]): AnyScore => seen(diseases[id] as never) as unknown as AnyScore;
type SlePatient = Parameters<typeof sle.observe>[1];
type IimPatient = Parameters<typeof iim.observe>[1];
type SscPatient = Parameters<typeof ssc.observe>[1];

const baselineLatent: Latent = {
  inflammation: 1,
  autoantibody: 100,
  c3: 0.629,
  crp: 4,
  damage: 0,
  muscle: 120,
  ck: 1500,
  fibrosis: 1,
  fvcLoss: 0,
  prednisolone: 10,
  immunosuppressant: true,
};
const healthy: Latent = {
  ...baselineLatent,
  inflammation: 0,
  autoantibody: 0,
  c3: 1.07,
  muscle: 150,
  ck: 0,
  fibrosis: 0,
  prednisolone: 0,
  immunosuppressant: false,
};
const zeros = (n: number): number[] => new Array<number>(n).fill(0);
const none = { sle: zeros(4), iim: zeros(6), ssc: zeros(7) };

const slePatient: SlePatient = { sORG: 10, majorOrgan: 1 };
const iimPatient: IimPatient = { MMT0: 120, haq0: 1.5, global0: 6, extramuscular0: 4.5 };
const sscPatient: SscPatient = { mrss0: 24, fixedSkin: 0.35, fvc0: 80, dlco0: 58, ulcers0: 2, rubs0: 0, crp0: 8 };
const ids = ["sle", "iim", "ssc"] as const;
const patients = { sle: slePatient, iim: iimPatient, ssc: sscPatient };

const lupus = (change: Partial<Latent>, patient = slePatient, noise = none.sle) =>
  sle.observe({ ...baselineLatent, ...change }, patient, null, noise);
const atMyositisBaseline = iim.observe(baselineLatent, iimPatient, null, none.iim);
const myositis = (latent: Latent, noise = none.iim) => iim.observe(latent, iimPatient, atMyositisBaseline, noise);
const scleroderma = (change: Partial<Latent>, patient = sscPatient, noise = none.ssc) =>
  ssc.observe({ ...baselineLatent, ...change }, patient, null, noise);
const sscBaseline = scleroderma({});

/** Hand-made observations for the rules. */
const withItems = <Item extends string>(observation: Observation<Item>, items: Partial<Record<Item, number>>) => ({
  ...observation,
  items: { ...observation.items, ...items },
});

describe("sle", () => {
  it("baseline: 10 clinical points and 4 of serology", () => {
    // (1 - 0.15)/0.85 = 1; 10·1 = 10; anti-dsDNA 100 > 20 and C3 0.629 < 0.85 give 2 + 2; PGA 0.2·10 = 2; 14/24.
    expect(lupus({})).toEqual({
      items: {
        sledai: 14,
        clinicalSledai: 10,
        majorOrganActivity: 1,
        pga: 2,
        dsdna: 100,
        c3: 0.63,
        prednisolone: 10,
        immunosuppressant: 1,
      },
      activity: 14 / 24,
    });
  });
  it("half the way down", () => {
    // 10·(0.405 - 0.15)/0.85 = 10·0.3 = 3 -> nearest even, halves up: 4; PGA 0.2·3 = 0.6; dsDNA 15 and C3 0.9 count nothing.
    const { items } = lupus({ inflammation: 0.405, autoantibody: 15, c3: 0.9 });
    expect([items.sledai, items.clinicalSledai, items.pga]).toEqual([4, 4, 0.6]);
  });
  it("measurement errors by hand", () => {
    // clinical: 10 + 0.16·√10·2 = 11.012 -> 12; PGA: 2 + (0.1 + 0.1·2)·1 = 2.3;
    // dsDNA: 19·exp(√ln(1 + 0.097²)) = 19·exp(0.096773) = 20.93 -> positive; C3: 0.9·exp(-1.5·0.049969) = 0.835 -> low.
    const { items } = lupus({ autoantibody: 19, c3: 0.9 }, slePatient, [2, 1, 1, -1.5]);
    expect(items.clinicalSledai).toBe(12);
    expect(items.pga).toBe(2.3);
    expect(items.dsdna).toBe(20.9);
    expect(items.c3).toBe(0.84);
    expect(items.sledai).toBe(16);
  });
  it("without disease: SLEDAI-2K 0, DORIS, LLDAS; no error can invent a clinical point", () => {
    const at = sle.observe(healthy, slePatient, null, none.sle);
    expect(at.items.sledai).toBe(0);
    expect(at.activity).toBe(0);
    expect([doris(at), lldas(at, null), sledaiZero(at)]).toEqual([true, true, true]);
    expect(sle.observe(healthy, slePatient, null, [6, 0, 0, 0]).items.clinicalSledai).toBe(0);
  });
  it("doubled: INF 2 gives 10·(2 - 0.15)/0.85 = 21.76 -> 22 points, PGA at its end", () => {
    const { items } = lupus({ inflammation: 2 });
    expect([items.clinicalSledai, items.sledai, items.pga]).toEqual([22, 26, 3]);
  });
  it("DORIS: each condition breaks it; serology and mycophenolate do not", () => {
    const in_ = withItems(lupus(healthy), { prednisolone: 5, immunosuppressant: 1, sledai: 4 });
    expect(doris(in_)).toBe(true);
    expect(doris(withItems(in_, { clinicalSledai: 2 }))).toBe(false);
    expect(doris(withItems(in_, { pga: 0.5 }))).toBe(false);
    expect(doris(withItems(in_, { prednisolone: 5.1 }))).toBe(false);
  });
  it("LLDAS: each condition breaks it; a new feature is a rise since the visit before", () => {
    const low = withItems(lupus(healthy, { sORG: 10, majorOrgan: 0 }), {
      sledai: 4,
      clinicalSledai: 2,
      pga: 1,
      prednisolone: 7.5,
    });
    expect(lldas(low, null)).toBe(true);
    expect(lldas(low, low)).toBe(true);
    expect(lldas(low, withItems(low, { clinicalSledai: 0 }))).toBe(false);
    expect(lldas(withItems(low, { sledai: 6 }), null)).toBe(false);
    expect(lldas(withItems(low, { majorOrganActivity: 1 }), null)).toBe(false);
    expect(lldas(withItems(low, { pga: 1.1 }), null)).toBe(false);
    expect(lldas(withItems(low, { prednisolone: 8 }), null)).toBe(false);
    // 10·(0.32 - 0.15)/0.85 = 2 points: in the kidney they exclude LLDAS, in the skin not.
    const few = { inflammation: 0.32, autoantibody: 0, c3: 1, prednisolone: 0 };
    expect(lldas(lupus(few), null)).toBe(false);
    expect(lldas(lupus(few, { sORG: 10, majorOrgan: 0 }), null)).toBe(true);
  });
  it("response and relapse: half of baseline; 4 above the best and at least 6", () => {
    const baseline = lupus({});
    const score = (sledai: number) => withItems(baseline, { sledai });
    expect([sle.response(score(7), baseline), sle.response(score(8), baseline)]).toEqual([true, false]);
    expect(sle.relapse(score(4), score(0))).toBe(false);
    expect(sle.relapse(score(6), score(2))).toBe(true);
    expect(sle.relapse(score(6), score(4))).toBe(false);
    expect(relapseAfterResponse(sle, score(14), score(10), baseline)).toBe(false);
    expect(relapseAfterResponse(sle, score(10), score(6), baseline)).toBe(true);
  });
});

describe("Total Improvement Score", () => {
  const worst = { physician: 10, patient: 10, mmt8: 0, haq: 3, ck: 9000, extramuscular: 10 };
  const best = { physician: 0, patient: 0, mmt8: 150, haq: 0, ck: 0, extramuscular: 0 };
  it("spans 0 to 100", () => {
    expect(totalImprovementScore(worst, best)).toBe(100);
    expect(totalImprovementScore(best, worst)).toBe(0);
    expect(totalImprovementScore(worst, worst)).toBe(0);
  });
  it("the published bands, value by value", () => {
    const b = improvementBands.bands;
    const points = (item: keyof typeof b) => b[item].map((band) => [band.above, band.points]);
    expect(points("physician")).toEqual([
      [5, 7.5],
      [15, 15],
      [25, 17.5],
      [40, 20],
    ]);
    expect(points("patient")).toEqual([
      [5, 2.5],
      [15, 5],
      [25, 7.5],
      [40, 10],
    ]);
    expect(points("mmt8")).toEqual([
      [2, 10],
      [10, 20],
      [20, 27.5],
      [30, 32.5],
    ]);
    expect(points("haq")).toEqual([
      [5, 5],
      [15, 7.5],
      [25, 7.5],
      [40, 10],
    ]);
    expect(points("ck")).toEqual([
      [5, 2.5],
      [15, 5],
      [25, 7.5],
      [40, 7.5],
    ]);
    expect(points("extramuscular")).toEqual([
      [5, 7.5],
      [15, 12.5],
      [25, 15],
      [40, 20],
    ]);
  });
  it("a border belongs to the band below it", () => {
    // physician 6 -> 5.5 is 5.0 %: 0 points; 6 -> 5.4 is 6 %: 7.5; MMT-8 120 -> 123 is 2 %: 0; -> 124 is 2.7 %: 10.
    expect(totalImprovementScore({ ...best, physician: 6 }, { ...best, physician: 5.5 })).toBe(0);
    expect(totalImprovementScore({ ...best, physician: 5.6 }, { ...best, physician: 5.1 })).toBe(0);
    expect(totalImprovementScore({ ...best, physician: 6 }, { ...best, physician: 5.4 })).toBe(7.5);
    expect(totalImprovementScore({ ...best, mmt8: 120 }, { ...best, mmt8: 123 })).toBe(0);
    expect(totalImprovementScore({ ...best, mmt8: 120 }, { ...best, mmt8: 124 })).toBe(10);
  });
  it("a patient by hand: 62.5, major", () => {
    // physician 6.0 -> 3.0: 30 % 17.5; patient 7.0 -> 5.0: 20 % 5; MMT-8 110 -> 130: 13.3 % 20; HAQ 1.5 -> 1.0: 16.7 % 7.5;
    // CK 1500 -> 900: 20 % 5; extramuscular 4.0 -> 3.0: 10 % 7.5. Sum 62.5.
    const before = { physician: 6, patient: 7, mmt8: 110, haq: 1.5, ck: 1500, extramuscular: 4 };
    const after = { physician: 3, patient: 5, mmt8: 130, haq: 1, ck: 900, extramuscular: 3 };
    expect(totalImprovementScore(before, after)).toBe(62.5);
    expect([0, 19.9, 20, 39.9, 40, 59.9, 60, 100].map(tisResponse)).toEqual([
      ...["none", "none", "minimal", "minimal", "moderate", "moderate", "major", "major"],
    ]);
  });
});

describe("iim", () => {
  it("baseline: what the patient's numbers say, no improvement yet", () => {
    expect(atMyositisBaseline.items).toEqual({
      ...{ tis: 0, physician: 6, patient: 6, mmt8: 120, haq: 1.5, ck: 1500, extramuscular: 4.5 },
      ...{ prednisolone: 10, immunosuppressant: 1 },
    });
    expect(atMyositisBaseline.activity).toBe(0.6);
    expect(iim.remission(atMyositisBaseline, null)).toBe(false);
  });
  it("without disease: 87.5 points, major", () => {
    // physician 60 % 20; patient 60 % 10; MMT-8 30/150 = 20 % -> not above 20: 20; HAQ 1.5/3 = 50 % 10;
    // CK 1500 -> 100 (never around 0): 1400/3000 = 46.7 % 7.5; extramuscular 45 % 20. Sum 87.5.
    const at = myositis(healthy);
    expect(at.items.tis).toBe(87.5);
    expect(at.items.ck).toBe(100);
    expect(iim.remission(at, atMyositisBaseline)).toBe(true);
  });
  it("half inflammation, half recovered, damage 0.1", () => {
    // weakness (150 - 135)/30 = 0.5: patient 6·(0.5·0.5 + 0.5·0.5) + 3·0.1 = 3.3; HAQ 1.5·0.5 + 0.1 = 0.85 -> 0.875;
    // physician 3 (30 % 17.5), patient 6 - 3.3 = 27 % 7.5, MMT-8 10 % 10, HAQ 0.625/3 = 20.8 % 7.5, CK 25 % 5, extramuscular
    // 4.5·0.5 = 2.25 -> 2.3: 22 % 12.5. Sum 60.
    const at = myositis({ ...baselineLatent, inflammation: 0.5, muscle: 135, damage: 0.1, ck: 750 });
    expect(at.items).toMatchObject({ physician: 3, patient: 3.3, mmt8: 135, haq: 0.875, ck: 750, extramuscular: 2.3 });
    expect(at.items.tis).toBe(60);
  });
  it("measurement errors by hand", () => {
    // scale at 6: SD 0.2 + 0.08·6 = 0.68; MMT-8 120 - 3·1.5 = 115.5 -> 116; HAQ 1.5 + 0.2·2 = 1.9 -> 1.875;
    // CK 1500·exp(√ln 1.04) = 1500·exp(0.198042) = 1828.5 -> between 1828 and 1829; extramuscular 4.5 + (0.2 + 0.36) = 5.06 -> 5.1.
    const { items } = myositis(baselineLatent, [1, -1, -1.5, 2, 1, 1]);
    expect(items).toMatchObject({ physician: 6.7, patient: 5.3, mmt8: 116, haq: 1.875, extramuscular: 5.1 });
    expect(Math.abs(items.ck - 1828.5)).toBeLessThanOrEqual(0.6);
  });
  it("doubled: ends of the scales hold", () => {
    const { items } = myositis({ ...baselineLatent, inflammation: 2, muscle: 0, ck: 3000, damage: 1 });
    expect(items).toMatchObject({ tis: 0, physician: 10, patient: 10, mmt8: 0, haq: 3, extramuscular: 9 });
  });
  it("relapse: physician global and strength or extramuscular activity", () => {
    const good = myositis(healthy);
    const worse = (items: Partial<typeof good.items>) => iim.relapse(withItems(good, items), good);
    expect(worse({ physician: 2, mmt8: 135 })).toBe(true);
    expect(worse({ physician: 1.9, mmt8: 100 })).toBe(false);
    expect(worse({ physician: 4, mmt8: 136 })).toBe(false);
    expect(worse({ physician: 4, extramuscular: 2 })).toBe(true);
    expect(iim.relapse(atMyositisBaseline, good)).toBe(true);
    expect([39.9, 40].map((tis) => iim.response(withItems(good, { tis }), good))).toEqual([false, true]);
  });
});

describe("ssc", () => {
  it("the published weights add to 10", () => {
    expect(Object.values(eustarWeights).reduce((sum, { value }) => sum + value, 0)).toBe(10);
  });
  it("index by hand, borders as published", () => {
    const nothing = { deltaSkin: 0, digitalUlcers: 0, frictionRubs: 0, mrss: 18, crp: 10, dlco: 70 };
    expect(eustarActivityIndex(nothing)).toBe(0);
    expect(eustarActivityIndex({ ...nothing, mrss: 19 })).toBe(1.5);
    expect(eustarActivityIndex({ ...nothing, crp: 10.1 })).toBe(2.25);
    expect(eustarActivityIndex({ ...nothing, dlco: 69 })).toBe(1);
    expect(eustarActivityIndex({ ...nothing, frictionRubs: 1 })).toBe(2.25);
    expect(eustarActivityIndex({ ...nothing, digitalUlcers: 3, deltaSkin: 1 })).toBe(3);
    expect(eustarActivityIndex({ deltaSkin: 1, digitalUlcers: 1, frictionRubs: 1, mrss: 51, crp: 80, dlco: 20 })).toBe(
      10,
    );
  });
  it("baseline: mRSS 1.5, ulcers 1.5, CRP 12 mg/L 2.25, DLCO 1 = 6.25", () => {
    expect(sscBaseline.items).toEqual({
      ...{ eustar: 6.25, mrss: 24, deltaSkin: 0, digitalUlcers: 2, frictionRubs: 0, crp: 12, dlco: 58, fvc: 80 },
      ...{ prednisolone: 10, immunosuppressant: 1 },
    });
    expect(sscBaseline.activity).toBe(0.625);
    expect(ssc.remission(sscBaseline, null)).toBe(false);
  });
  it("without disease: the fixed skin 24·0.35 = 8.4 and the lost lung stay", () => {
    const at = ssc.observe(healthy, sscPatient, sscBaseline, none.ssc);
    expect(at.items).toMatchObject({ eustar: 1, mrss: 8, digitalUlcers: 0, crp: 4, dlco: 58, fvc: 80 });
    expect(ssc.remission(at, sscBaseline)).toBe(true);
    expect(ssc.response(at, sscBaseline)).toBe(true);
    // A patient who came in below 2.5 is not in remission by that alone.
    expect(ssc.remission(at, at)).toBe(false);
  });
  it("half fibrosis, lung lost, inflammation back: the patient feels the skin tighten", () => {
    // mRSS 24·(0.35 + 0.65·0.5) = 16.2; FVC 80 - 6 = 74, DLCO 58 - 6 = 52;
    // gain 24·0.65·0.006·30·(0.9 - 0.5) = 1.123 points a month > 0.42; CRP 4 + 7.2 = 11.2; ulcers 1.8 -> 2.
    const { items } = scleroderma({ inflammation: 0.9, fibrosis: 0.5, fvcLoss: 0.06 });
    expect(items).toMatchObject({ mrss: 16, deltaSkin: 1, digitalUlcers: 2, crp: 11.2, dlco: 52, fvc: 74 });
    expect(items.eustar).toBe(1.5 + 1.5 + 2.25 + 1);
  });
  it("measurement errors by hand", () => {
    // mRSS 24·(1 + 0.118) = 26.8 -> 27; felt 1.1·0.4 = 0.44 > 0.42; ulcers 2 - 0.3·√2·4 = 0.303 -> 0; CRP 12·exp(-0.403…) = 8.0;
    // DLCO 58·1.25 = 72.5 -> 73; FVC 80·0.96 = 76.8 -> 77. Index 1.5 + 1.5.
    const { items } = scleroderma({}, sscPatient, [1, 0.4, -4, 0, -1, 2.5, -1]);
    expect(items).toMatchObject({ mrss: 27, deltaSkin: 1, digitalUlcers: 0, crp: 8, dlco: 73, fvc: 77, eustar: 3 });
    expect(scleroderma({}, sscPatient, [0, 0.38, 0, 0, 0, 0, 0]).items.deltaSkin).toBe(0);
  });
  it("doubled: mRSS ends at 51", () => {
    const { items } = scleroderma({ inflammation: 2, fibrosis: 4 });
    expect([items.mrss, items.digitalUlcers, items.crp]).toEqual([51, 4, 20]);
  });
  it("relapse: active again after inactive, and more than 5 points and a half of skin", () => {
    const good = withItems(sscBaseline, { mrss: 10, eustar: 1, deltaSkin: 1 });
    const now = (items: Partial<typeof good.items>, best = good) => ssc.relapse(withItems(good, items), best);
    expect(now({ mrss: 15, eustar: 4 })).toBe(false);
    expect(now({ mrss: 16, eustar: 2.5 })).toBe(true);
    expect(now({ mrss: 16, eustar: 2.25 })).toBe(false);
    expect(now({ mrss: 16, eustar: 4, deltaSkin: 0 })).toBe(false);
    expect(now({ mrss: 30, eustar: 10 }, withItems(good, { eustar: 2.5 }))).toBe(false);
    expect(now({ mrss: 23, eustar: 4 }, withItems(good, { mrss: 16 }))).toBe(false);
    expect(now({ mrss: 24, eustar: 4 }, withItems(good, { mrss: 16 }))).toBe(true);
  });
});

const aLatent: fc.Arbitrary<Latent> = fc.record({
  inflammation: fc.double({ min: 0, max: 3, noNaN: true }),
  autoantibody: fc.double({ min: 0, max: 300, noNaN: true }),
  c3: fc.double({ min: 0, max: 2, noNaN: true }),
  crp: fc.double({ min: 0, max: 300, noNaN: true }),
  damage: fc.double({ min: 0, max: 1, noNaN: true }),
  muscle: fc.double({ min: 0, max: 150, noNaN: true }),
  ck: fc.double({ min: 0, max: 30000, noNaN: true }),
  fibrosis: fc.double({ min: 0, max: 3, noNaN: true }),
  fvcLoss: fc.double({ min: -0.2, max: 0.9, noNaN: true }),
  prednisolone: fc.constantFrom(0, 5, 7.5, 20),
  immunosuppressant: fc.boolean(),
});
const somePatients = {
  sle: fc.record({ sORG: fc.double({ min: 0, max: 40, noNaN: true }), majorOrgan: fc.constantFrom(0, 1) }),
  iim: fc.record({
    MMT0: fc.double({ min: 40, max: 150, noNaN: true }),
    haq0: fc.double({ min: 0, max: 3, noNaN: true }),
    global0: fc.double({ min: 0, max: 10, noNaN: true }),
    extramuscular0: fc.double({ min: 0, max: 10, noNaN: true }),
  }),
  ssc: fc.record({
    mrss0: fc.double({ min: 0, max: 51, noNaN: true }),
    fixedSkin: fc.double({ min: 0, max: 1, noNaN: true }),
    fvc0: fc.double({ min: 30, max: 130, noNaN: true }),
    dlco0: fc.double({ min: 20, max: 130, noNaN: true }),
    ulcers0: fc.double({ min: 0, max: 6, noNaN: true }),
    rubs0: fc.double({ min: 0, max: 6, noNaN: true }),
    crp0: fc.double({ min: 0, max: 60, noNaN: true }),
  }),
};
const someNoise = (n: number) => fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: n, maxLength: n });
const counts = { sle: 4, iim: 6, ssc: 7 } as const;

/** Highest value of each item; all start at 0. `step` is the grid on which a value is written down. */
const grid: Record<string, readonly [max: number, step: number]> = {
  sledai: [104, 2],
  clinicalSledai: [100, 2],
  majorOrganActivity: [1, 1],
  pga: [3, 0.1],
  dsdna: [1e6, 0.1],
  c3: [1e3, 0.01],
  tis: [100, 2.5],
  physician: [10, 0.1],
  patient: [10, 0.1],
  mmt8: [150, 1],
  haq: [3, 0.125],
  ck: [1e6, 1],
  extramuscular: [10, 0.1],
  eustar: [10, 0.25],
  mrss: [51, 1],
  deltaSkin: [1, 1],
  digitalUlcers: [100, 1],
  frictionRubs: [100, 1],
  crp: [1e5, 0.1],
  dlco: [200, 1],
  fvc: [200, 1],
  prednisolone: [100, 0.5],
  immunosuppressant: [1, 1],
};

describe.each(ids)("%s, any patient", (id) => {
  const score: AnyScore = scoreOf(id);
  const many = { numRuns: 1000, seed: 20240222 };
  const n = counts[id];

  it("values lie on their grid and in their range; activity in 0 … 1; inputs are not changed", () => {
    fc.assert(
      fc.property(aLatent, somePatients[id], someNoise(n), someNoise(n), (latent, patient, first, second) => {
        const frozen = Object.freeze({ ...latent });
        const baseline = score.observe(baselineLatent, patient, null, Object.freeze([...first]) as number[]);
        const at = score.observe(frozen, patient, baseline, second);
        expect(Object.keys(at.items).sort()).toEqual(score.items.map(({ name }) => name).sort());
        for (const [name, value] of Object.entries(at.items)) {
          const [max, step] = grid[name];
          expect(value, name).toBeGreaterThanOrEqual(0);
          expect(value, name).toBeLessThanOrEqual(max);
          expect(Math.abs(value / step - Math.round(value / step)), name).toBeLessThan(1e-6);
          expect(Object.is(value, -0), name).toBe(false);
        }
        expect(at.activity).toBeGreaterThanOrEqual(0);
        expect(at.activity).toBeLessThanOrEqual(1);
        expect(score.observe(frozen, patient, baseline, second)).toEqual(at);
      }),
      many,
    );
  });

  it(`takes ${n} standard normal numbers, at the first visit and later, whatever the values`, () => {
    expect(score.noises).toHaveLength(n);
    const patient = patients[id];
    const baseline = score.observe(baselineLatent, patient, null, zeros(n));
    for (const latent of [baselineLatent, healthy])
      for (const before of [null, baseline])
        for (const wrong of [n - 1, n + 1]) {
          expect(() => score.observe(latent, patient, before, zeros(n))).not.toThrow();
          expect(() => score.observe(latent, patient, before, zeros(wrong))).toThrow(RangeError);
        }
    expect(() => score.observe(healthy, patient, null, [])).toThrow(`${id}.observe takes ${n}`);
  });

  it("every noise matters, each for items of its own", () => {
    const patient = id === "ssc" ? { ...sscPatient, rubs0: 2 } : patients[id];
    const baseline = score.observe(baselineLatent, patient, null, zeros(n));
    const still = score.observe(baselineLatent, patient, baseline, zeros(n));
    const touched = zeros(n).map((_, i) => {
      const noise = zeros(n);
      noise[i] = 3;
      const { items } = score.observe(baselineLatent, patient, baseline, noise);
      return Object.keys(items).filter((name) => items[name] !== still.items[name]);
    });
    const sums = ["sledai", "tis", "eustar", "majorOrganActivity"];
    const own = touched.map((names) => names.filter((name) => !sums.includes(name)));
    for (const names of own) expect(names).toHaveLength(1);
    expect(new Set(own.flat()).size).toBe(n);
  });

  it("worsening never improves an item when nothing is measured wrongly", () => {
    const worsenings: readonly ((latent: Latent, by: number) => Latent)[] = [
      (l, by) => ({ ...l, inflammation: l.inflammation + by }),
      (l, by) => ({ ...l, autoantibody: l.autoantibody + 50 * by }),
      (l, by) => ({ ...l, c3: Math.max(l.c3 - by, 0) }),
      (l, by) => ({ ...l, crp: l.crp + 20 * by }),
      (l, by) => ({ ...l, damage: Math.min(l.damage + by, 1) }),
      (l, by) => ({ ...l, muscle: Math.max(l.muscle - 30 * by, 0) }),
      (l, by) => ({ ...l, ck: l.ck + 1000 * by }),
      (l, by) => ({ ...l, fibrosis: l.fibrosis + by }),
      (l, by) => ({ ...l, fvcLoss: l.fvcLoss + by }),
    ];
    const by = fc.double({ min: 0, max: 2, noNaN: true });
    const which = fc.integer({ min: 0, max: worsenings.length - 1 });
    fc.assert(
      fc.property(aLatent, somePatients[id], which, by, (latent, patient, i, amount) => {
        const baseline = score.observe(baselineLatent, patient, null, zeros(n));
        const before = score.observe(latent, patient, baseline, zeros(n));
        const after = score.observe(worsenings[i](latent, amount), patient, baseline, zeros(n));
        for (const { name, better } of score.items) {
          // Worsening of the skin is a rate: skin that is already thick has less far to go.
          if (i === 7 && (name === "deltaSkin" || name === "eustar")) continue;
          const change = after.items[name] - before.items[name];
          expect(better === "lower" ? change : -change, name).toBeGreaterThanOrEqual(0);
        }
        if (i !== 7) expect(after.activity).toBeGreaterThanOrEqual(before.activity);
      }),
      many,
    );
  });

  it("neither does it with the same errors at both visits, item by item", () => {
    fc.assert(
      fc.property(
        aLatent,
        somePatients[id],
        someNoise(n),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (l, p, z, by) => {
          const worse = { ...l, inflammation: l.inflammation + by };
          const before = score.observe(l, p, null, z);
          const after = score.observe(worse, p, null, z);
          for (const { name, better } of score.items) {
            // An error of judgement in proportion to activity may hide a worsening that the patient feels.
            if (name === "deltaSkin" || name === "eustar") continue;
            const change = after.items[name] - before.items[name];
            expect(better === "lower" ? change : -change, name).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      many,
    );
  });

  it("best so far is the best of each item; nothing is a relapse from itself", () => {
    fc.assert(
      fc.property(fc.array(aLatent, { minLength: 1, maxLength: 6 }), somePatients[id], (latents, patient) => {
        const baseline = score.observe(baselineLatent, patient, null, zeros(n));
        const visits = latents.map((latent) => score.observe(latent, patient, baseline, zeros(n)));
        const best = visits.reduce<Observation | null>((b, visit) => bestSoFar(score, b, visit), null)!;
        for (const { name, better } of score.items) {
          const values = visits.map(({ items }) => items[name]);
          expect(best.items[name]).toBe(better === "lower" ? Math.min(...values) : Math.max(...values));
        }
        expect(score.relapse(best, best)).toBe(false);
        for (const visit of visits) expect(score.relapse(visit, visit)).toBe(false);
      }),
      { ...many, numRuns: 200 },
    );
  });

  it("every number has a unit that can be read, a passport and a meaning; patients are nominal within bounds", () => {
    const declared = [...Object.values(score.constants), ...Object.values(score.patient)];
    for (const constant of declared) {
      expect(() => parseUnit(constant.unit)).not.toThrow();
      expect(constant.about.length).toBeGreaterThan(3);
      expect(((constant.level === "assumed" ? constant.reason : constant.source) ?? "").length).toBeGreaterThan(8);
    }
    for (const { unit, about } of score.items) {
      expect(() => parseUnit(unit)).not.toThrow();
      expect(about.length).toBeGreaterThan(3);
    }
    for (const { value, bounds } of Object.values(score.patient)) {
      expect(value).toBeGreaterThanOrEqual(bounds[0]);
      expect(value).toBeLessThanOrEqual(bounds[1]);
    }
    expect(Object.keys(nominalPatient(score)).sort()).toEqual(Object.keys(patients[id]).sort());
    for (const { term, text } of score.definitions) expect(term.length * text.length).toBeGreaterThan(0);
  });
});

/** Reproducible numbers for the checks below: a linear congruential generator; standard normal as a sum of twelve. */
function generator(seed: number) {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const normal = (): number => zeros(12).reduce((sum) => sum + uniform(), -6);
  return { uniform, normal };
}

/** A patient drawn from the declared spread. */
const somebody = (score: AnyScore, { uniform }: ReturnType<typeof generator>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(score.patient).map(([name, row]) => [name, drawParameter(row, Math.max(uniform(), 1e-9))]),
  );

/** Two years of 26 visits while the latent state stays where it is: visits in remission, patients with a relapse. */
function byErrorAlone(id: (typeof ids)[number], state: "active" | "healthy") {
  const score = scoreOf(id);
  const random = generator(7);
  const draw = (): number[] => score.noises.map(() => random.normal());
  const people = 1000;
  const found = { remission: 0, relapse: 0, ungatedRelapse: 0 };
  for (let person = 0; person < people; person++) {
    const patient = somebody(score, random);
    const before: Latent = { ...baselineLatent, muscle: patient["MMT0"] ?? 120 };
    const baseline = score.observe(before, patient, null, draw());
    let best: Observation = baseline;
    let [relapse, ungated] = [false, false];
    for (let visit = 0; visit < 26; visit++) {
      const at = score.observe(state === "active" ? before : healthy, patient, baseline, draw());
      if (score.remission(at, baseline)) found.remission += 1 / people / 26;
      relapse ||= relapseAfterResponse(score, at, best, baseline);
      ungated ||= score.relapse(at, best);
      best = bestSoFar(score, best, at);
    }
    found.relapse += Number(relapse) / people;
    found.ungatedRelapse += Number(ungated) / people;
  }
  return found;
}

/** Bounds of docs/notes/clinical-scores.md: [remission while active, relapse while active, remission while healthy]. */
const errorAlone = { sle: [0, 0.001, 1], iim: [0, 0.02, 0.99], ssc: [0.06, 0.12, 0.92] } as const;

describe.each(ids)("%s: what errors of measurement do by themselves in two years", (id) => {
  it("stable active disease is seldom called remission or relapse, its absence is remission", () => {
    const active = byErrorAlone(id, "active");
    const without = byErrorAlone(id, "healthy");
    if (process.env["SHOW"]) console.log(id, { active, without });
    expect(active.remission).toBeLessThanOrEqual(errorAlone[id][0]);
    expect(active.relapse).toBeLessThanOrEqual(errorAlone[id][1]);
    expect(without.remission).toBeGreaterThanOrEqual(errorAlone[id][2]);
    expect(without.relapse).toBeLessThan(0.01);
  });
});

it("the catalogue and the record by id are one list", () => {
  expect(Object.keys(diseases)).toEqual(diseaseCatalogue.map(({ id }) => id));
  for (const [id, disease] of Object.entries(diseases)) expect(disease.id).toBe(id);
});
