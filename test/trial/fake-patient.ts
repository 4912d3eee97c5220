import type { Action, PatientView } from "../../src/engine/index.js";

type Numbers = Record<string, number>;

/** A patient without a model: what is read is what was put there, and what is done to it can be looked at. Unknown names throw. */
export class FakePatient implements PatientView {
  readonly added: Numbers = {};
  readonly scheduled: Action[] = [];

  constructor(
    readonly states: Numbers = {},
    readonly constants: Numbers = {},
    readonly outputs: Numbers = {},
    readonly day = 0,
  ) {}

  get = (name: string): number => read(this.states, name);
  set = (name: string, value: number): void => {
    this.states[name] = value;
  };
  add = (name: string, amount: number): void => {
    this.added[name] = (this.added[name] ?? 0) + amount;
    this.states[name] = (this.states[name] ?? 0) + amount;
  };
  output = (name: string): number => read(this.outputs, name);
  constant = (name: string): number => read(this.constants, name);
  control = (name: string, value: number): void => {
    this.constants[name] = value;
  };
  schedule = (action: Action): void => void this.scheduled.push(action);
  history = () => ({ days: [], values: [] });
}

function read(numbers: Numbers, name: string): number {
  const value = numbers[name];
  if (value === undefined) throw new Error(`the fake patient has no "${name}"`);
  return value;
}
