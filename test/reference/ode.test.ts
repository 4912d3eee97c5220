import {
  type Action,
  assemble,
  type EventDeclaration,
  instantiateWasm,
  type Module,
  planKernels,
  Runner,
} from "../../src/engine/index.js";
import { stiffProblems } from "../engine/stiff-problems.js";
import { bitsOf, runnerOf, state, tiny } from "../engine/tiny.js";
import { expectClose, type ReferenceCase, referenceSuite } from "./harness.js";

interface StiffProblem {
  name: string;
  y0: number[];
  t0: number;
  tEnd: number;
  reference: number[];
}

const TOLERANCES = [1e-4, 1e-6, 1e-8] as const;

/** −log10 of the largest relative error at the end: significant correct digits. */
function correctDigits(problem: StiffProblem, runner: Runner): number {
  const names = runner.backend.kernels.states;
  const start: Action = {
    at: problem.t0,
    label: "initial values of the file",
    apply: (p) => {
      names.forEach((name, i) => {
        p.set(name, problem.y0[i]!);
      });
      return true;
    },
  };
  const { end, outputs } = runner.run({
    from: problem.t0,
    to: problem.tEnd,
    actions: [start],
    outputDays: [problem.tEnd],
  });
  if (end.kind !== "completed") throw new Error(`ended by ${JSON.stringify(end)}`);
  const errors = problem.reference.map((wanted, i) => Math.abs(outputs[i]! / wanted - 1));
  return -Math.log10(Math.max(...errors, 1e-17));
}

/** The absolute tolerance falls with the relative one; the norm is the average, as in every run of the product. */
referenceSuite<{ problems: StiffProblem[] }>("ode/stiff", "ode/stiff_reference.json", ({ problems }) =>
  problems.map((problem): ReferenceCase => {
    const module = stiffProblems[problem.name];
    if (!module) return { name: problem.name };
    return {
      name: problem.name,
      run: () => {
        const kernels = planKernels(assemble([module]), Object.keys(module.declaration.states!));
        if (kernels.states.length !== problem.y0.length) throw new Error("the file's problem has another size");
        const digits = TOLERANCES.map((rtol) =>
          correctDigits(
            problem,
            new Runner(instantiateWasm(kernels), { rtol, atolScale: rtol / 1e-6, maxSteps: 100_000 }),
          ),
        );
        const text = TOLERANCES.map((rtol, i) => `${rtol}: ${digits[i]!.toFixed(2)}`).join(", ");
        console.log(`${problem.name}: correct digits at rtol ${text}`);
        if (!(digits[1]! >= 4)) throw new Error(`fewer than 4 digits at 1e-6: ${text}`);
        for (let i = 1; i < digits.length; i++)
          if (!(digits[i]! > digits[i - 1]!)) throw new Error(`the error does not fall with the tolerance: ${text}`);
      },
    };
  }),
);

interface EventCase {
  name: string;
  model: string;
  x_at?: Record<string, number>;
  x_after?: number;
  y_true?: number;
  y_false?: number;
  at?: number;
  bounceTimes?: number[];
  zenoLimit?: number;
  heightAt?: Record<string, number>;
  eventTimes?: number[];
  fires?: number;
  times?: number[];
  until?: number;
}

const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;
const reads = (pattern: string, text: string): number[] | null => {
  const match = new RegExp(pattern).exec(text);
  return match ? match.slice(1).map(Number) : null;
};
const RTOL = 1e-10;
/** What the file states as realistic. */
const TIME_TOLERANCE = 1e-8;

/** Numbers and names are read from the model's text; a text of another form is not supported. */
function eventCase(one: EventCase): (() => void) | undefined {
  const { model } = one;
  const infusion = reads(`^x'=R\\(t\\)-${NUMBER}x, R=${NUMBER} for ${NUMBER}<=t<${NUMBER} else 0$`, model);
  if (infusion && one.x_at) return () => rectangularInfusion(infusion, one.x_at!);
  const together = reads(
    `^x\\(0\\)=${NUMBER} constant; at time>=${NUMBER}: E1 \\(priority ${NUMBER}\\) x:=x\\+${NUMBER}; E2 \\(priority ${NUMBER}\\) x:=${NUMBER}x, values from assignment time$`,
    model,
  );
  if (together && one.x_after !== undefined) return () => simultaneous(together, one.x_after!);
  const delayed = reads(`^x'=1,x\\(0\\)=0; event x>=${NUMBER}, delay ${NUMBER}: y:=x`, model);
  if (delayed && one.y_true !== undefined) return () => delayedAssignment(delayed, one);
  const ball = reads(
    `^h'=v, v'=${NUMBER}; h\\(0\\)=${NUMBER},v\\(0\\)=${NUMBER}; event h<0: v:=${NUMBER} v \\(h:=0\\)$`,
    model,
  );
  if (ball && one.bounceTimes) return () => bouncingBall(ball, one);
  const redosing = reads(`^x'=${NUMBER}x, x\\(0\\)=${NUMBER}; event x<${NUMBER}: x:=x\\+${NUMBER} `, model);
  if (redosing && one.eventTimes) return () => thresholdRedosing(redosing, one);
  const grazing = reads(`event x>${NUMBER}$`, model);
  if (grazing && /sin\(t\)|^same/.test(model)) return () => nearTheTop(grazing, one);
  const harvest = reads(`^x'=x\\(1-x/${NUMBER}\\),x\\(0\\)=${NUMBER}; event x>=${NUMBER}: x:=${NUMBER}$`, model);
  if (harvest && one.eventTimes) return () => logisticHarvest(harvest, one);
  return undefined;
}

const event = (when: string, set: Record<string, string>, more: Partial<EventDeclaration> = {}): EventDeclaration => ({
  about: "event of a test",
  when,
  set,
  ...more,
});

/** Runs on both backends, which must agree to the bit; times of events, and x at the days asked for. */
function withEvents(module: Module, to: number, days: readonly number[] = [], rtol = RTOL) {
  const [result, same] = (["wasm", "interpreter"] as const).map((backend) =>
    runnerOf(module, { rtol }, undefined, backend).run({ from: 0, to, actions: [], outputDays: days }),
  );
  if (JSON.stringify(bitsOf(result!.outputs)) !== JSON.stringify(bitsOf(same!.outputs)))
    throw new Error("the backends differ");
  if (JSON.stringify(result!.happenings) !== JSON.stringify(same!.happenings)) throw new Error("the events differ");
  const fired = result!.happenings.filter(({ kind }) => kind === "event").map(({ time }) => time);
  const width = result!.outputs.length / Math.max(days.length, 1);
  return { ...result!, fired, at: (day: number) => result!.outputs[days.indexOf(day) * width]! };
}

function expectTimes(fired: readonly number[], wanted: readonly number[]): void {
  if (fired.length !== wanted.length) throw new Error(`${fired.length} events, not ${wanted.length}`);
  fired.forEach((time, i) => {
    expectClose(`event ${i + 1}`, time, wanted[i]!, 0, TIME_TOLERANCE);
  });
}

const daysOf = (wanted: Record<string, number> = {}): number[] =>
  Object.keys(wanted)
    .map(Number)
    .sort((a, b) => a - b);

function bouncingBall([g, h0, v0, back]: number[], { bounceTimes, zenoLimit, heightAt }: EventCase): void {
  const ball = (end: number, days: readonly number[]) =>
    withEvents(
      tiny(
        { h: { ...state(h0!, "v"), signed: true }, v: { ...state(v0!, "g"), signed: true } },
        { g: g!, back: back! },
        { events: { bounce: event("h < 0", { v: "back*v", h: "0" }) } },
      ),
      end,
      days,
    );
  const last = bounceTimes![bounceTimes!.length - 1]!;
  const { fired, at, end } = ball(last + 1e-3, daysOf(heightAt));
  if (end.kind !== "completed") throw new Error(JSON.stringify(end));
  expectTimes(fired, bounceTimes!);
  for (const day of daysOf(heightAt)) expectClose(`h(${day})`, at(day), heightAt![String(day)]!, 1e-8);
  const { end: over } = ball(zenoLimit! + 1, []);
  if (over.kind !== "failed" || over.reason !== "events pile up") throw new Error(`past the limit: ${over.kind}`);
  expectClose("where bounces pile up", over.time, zenoLimit!, 0, 1e-6);
}

function thresholdRedosing([k, x0, least, dose]: number[], { eventTimes, x_at }: EventCase): void {
  const module = tiny(
    { x: state(x0!, "k*x") },
    { k: k!, least: least!, dose: dose! },
    { events: { redose: event("x < least", { x: "x + dose" }) } },
  );
  const { fired, at } = withEvents(module, eventTimes![eventTimes!.length - 1]! + 1e-3, daysOf(x_at));
  expectTimes(fired, eventTimes!);
  for (const day of daysOf(x_at)) expectClose(`x(${day})`, at(day), x_at![String(day)]!, 1e-8);
}

function nearTheTop([threshold]: number[], { fires, times, until }: EventCase): void {
  const module = tiny(
    { x: { ...state(0, "y"), signed: true }, y: { ...state(1, "-x"), signed: true } },
    { threshold: threshold! },
    { events: { top: event("x > threshold", {}) } },
  );
  const { fired } = withEvents(module, until!);
  if (fires !== undefined && fired.length !== fires) throw new Error(`${fired.length} events, not ${fires}`);
  if (times) expectTimes(fired, times);
}

function logisticHarvest([capacity, x0, level, left]: number[], { eventTimes }: EventCase): void {
  const module = tiny(
    { x: state(x0!, "x*(1 - x/capacity)") },
    { capacity: capacity!, level: level!, left: left! },
    { events: { harvest: event("x >= level", { x: "left" }) } },
  );
  expectTimes(withEvents(module, eventTimes![eventTimes!.length - 1]! + 1e-3).fired, eventTimes!);
}

/** The pulse as a formula of time: nobody tells the engine when it begins and ends. */
function rectangularInfusion([k, R, start, stop]: number[], wanted: Record<string, number>): void {
  const module = tiny(
    { x: state(0, "if(and(time*one >= start, time*one < stop), R, 0) - k*x") },
    { k: k!, R: R!, start: start!, stop: stop! },
  );
  const days = daysOf(wanted);
  const { at, accepted, happenings } = withEvents(module, days[days.length - 1]!, days);
  for (const day of days) expectClose(`x(${day})`, at(day), wanted[String(day)]!, 1e-9, 1e-12);
  expectClose("start", happenings[0]!.time, start!, 0);
  expectClose("stop", happenings[1]!.time, stop!, 0);
  if (accepted > 2000) throw new Error(`${accepted} steps`);
}

function simultaneous([x0, at, priority1, plus, priority2, times]: number[], wanted: number): void {
  const module = tiny(
    { x: state(x0!, "0") },
    { at: at!, plus: plus!, times: times! },
    {
      events: {
        // The order of declaration is the wrong one.
        E2: event("time*one >= at", { x: "times*x" }, { priority: String(priority2!) }),
        E1: event("time*one >= at", { x: "x + plus" }, { priority: String(priority1!) }),
      },
    },
  );
  const { at: x } = withEvents(module, at! + 1, [at! - 0.5, at!, at! + 1], 1e-6);
  expectClose("x before", x(at! - 0.5), x0!, 0);
  expectClose("x at the events", x(at!), wanted, 0);
  expectClose("x after", x(at! + 1), wanted, 0);
}

function delayedAssignment([trigger, delay]: number[], { y_true, y_false, at }: EventCase): void {
  for (const [values, wanted] of [
    ["trigger", y_true!],
    ["assignment", y_false!],
  ] as const) {
    const module = tiny(
      { y: state(0, "0"), x: state(0, "1") },
      { trigger: trigger! },
      { events: { late: event("x >= trigger", { y: "x" }, { values, delay: `${delay!} {day}` }) } },
    );
    const { at: y, fired } = withEvents(module, at! + 1, [at! - 1e-6, at! + 1e-6, at! + 1]);
    expectTimes(fired, [at!]);
    expectClose("y before", y(at! - 1e-6), 0, 0);
    expectClose(`y with values from ${values} time`, y(at! + 1e-6), wanted, 1e-9);
    expectClose("y stays", y(at! + 1), wanted, 1e-9);
  }
}

referenceSuite<{ cases: EventCase[] }>("ode/events", "ode/event_reference.json", ({ cases }) =>
  cases.map((one): ReferenceCase => {
    const run = eventCase(one);
    return run ? { name: one.name, run } : { name: one.name };
  }),
);
