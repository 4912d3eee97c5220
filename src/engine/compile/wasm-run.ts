import { type ControlField, controlIndex } from "../solve/step-control.js";
import type { Kernels } from "./kernels.js";
import type { LaneCode } from "./lane-code.js";

/** Numbers of the functions that the loop calls. */
export interface RunCalls {
  readonly linearise: number;
  readonly timeDerivative: number;
  readonly firstStep: number;
  readonly planStep: number;
  readonly factor: number;
  readonly stages: number;
  readonly error: number;
  readonly judgeStep: number;
  readonly placeOutput: number;
  readonly interpolate: number;
  readonly observe: number;
  readonly commit: number;
  /** −1 where nothing is watched. */
  readonly watch: number;
  readonly suspect: number;
}

/**
 * () : steps until a lane that was running stops. Kept small on purpose: the heavy kernels are functions of their own, so that the JavaScript engine sees them
 * called often and compiles them well while the loop is still running.
 */
export function runBody(code: LaneCode, kernels: Kernels, calls: RunCalls): LaneCode {
  const { layout } = kernels;
  const field = (name: ControlField) => code.at(layout.control + controlIndex(name));
  const address = (place: number) => code.i32(place * code.bytesPerNumber);
  /** A mask: where the field is not 0. */
  const holds = (name: ControlField) => {
    code.constant(0);
    return field(name).compare("ne");
  };
  const [entered, stopped] = [code.mask(), code.local("i32")];
  holds("running").set(entered);
  code.loop(() => {
    // Where the last attempt was rejected, rates and Jacobian of the state are there already; making them again for the other lane changes nothing.
    holds("rejected").not().get(entered).both("and").any();
    code.when(() => {
      if (kernels.timed) {
        code.i32(0);
        field("time").store(layout.time);
      }
      address(layout.state);
      address(layout.rate).call(calls.linearise);
      if (kernels.timeDerivative) {
        address(layout.state);
        address(layout.byTime).call(calls.timeDerivative);
      }
      if (calls.watch >= 0) {
        address(layout.state);
        address(layout.watched).call(calls.watch);
      }
    });
    field("next").constant(0).compare("eq").any();
    code.when(() => code.call(calls.firstStep));
    code.call(calls.planStep);
    holds("running").not().get(entered).both("and").any().tee(stopped);
    code.op("i32.eqz").when(() => {
      code.call(calls.factor).call(calls.stages).call(calls.error);
      if (calls.watch >= 0) {
        if (kernels.timed) {
          code.i32(0);
          field("end").store(layout.time);
        }
        address(layout.trial);
        address(layout.watchedNext).call(calls.watch).call(calls.suspect);
      }
      code.call(calls.judgeStep);
      code.call(calls.placeOutput);
      holds("due").any();
      code.when(() => outputs(code, kernels, calls));
      code.call(calls.commit);
      holds("running").not().get(entered).both("and").any().set(stopped);
    });
    code.get(stopped).op("i32.eqz");
  });
  return code;
}

/** One output of each lane that has one within the step, until there is none. */
function outputs(code: LaneCode, kernels: Kernels, calls: RunCalls): void {
  const { layout } = kernels;
  const width = kernels.outputs.length;
  const at = (f: ControlField) => layout.control + controlIndex(f);
  const [pointer, row] = [code.local("i32"), code.local("i32")];
  code.loop(() => {
    code.call(calls.interpolate);
    if (kernels.timed) code.i32(0).at(at("outputTime")).store(layout.time);
    code.i32(layout.dense * code.bytesPerNumber);
    code.i32(layout.observed * code.bytesPerNumber).call(calls.observe);
    for (let lane = 0; lane < code.lanes; lane++) {
      const byte = (place: number) => place * code.bytesPerNumber + lane * 8;
      const pointers = layout.pointers * code.bytesPerNumber + lane * 12;
      code
        .i32(0)
        .f64Load(byte(at("due")))
        .f64(0)
        .op("f64.ne");
      code.when(() => {
        code
          .i32(0)
          .i32Load(pointers + 8)
          .set(row);
        for (let k = 0; k < width; k++)
          code
            .get(row)
            .i32(0)
            .f64Load(byte(layout.observed + k))
            .f64Store(k * 8);
        code
          .i32(0)
          .get(row)
          .i32(width * 8)
          .op("i32.add")
          .i32Store(pointers + 8);
        code.i32(0).i32(0).i32Load(pointers).i32(8).op("i32.add").tee(pointer).i32Store(pointers);
        code
          .i32(0)
          .get(pointer)
          .f64Load(0)
          .f64(Number.POSITIVE_INFINITY)
          .get(pointer)
          .i32(0)
          .i32Load(pointers + 4)
          .op("i32.lt_u")
          .op("select")
          .f64Store(byte(at("outputTime")));
      });
    }
    code.call(calls.placeOutput);
    code.constant(0).at(at("due")).compare("ne").any();
  });
}
