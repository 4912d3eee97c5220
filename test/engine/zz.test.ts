import { test } from "vitest";
import { wholeModel } from "../../src/population/index.js";
import { instantiateWasm, planKernels, Runner, extinctionProbability as law } from "../../src/engine/index.js";
import { sanctuaryAccess } from "../golden/scenarios.js";
import { extinctionProbability, planScenarios, runScenario } from "../golden/summarise.js";
test("p", () => {
  const kernels = planScenarios(wholeModel());
  const k2 = planKernels(wholeModel(), ["AL","AS","mL","WL","mS","WS","deathL","deathS","grow","kSL","kLS","dA","sdn"]);
  const r = new Runner(instantiateWasm(k2), {rtol:1e-8, atolScale:1e-2});
  for (const phi of [0.002,0.0025,0.003,0.0035,0.004,0.005]) {
    const s = sanctuaryAccess(phi);
    const { curves, constant } = runScenario(kernels, s);
    const p = extinctionProbability(curves, constant, 120, "sanctuary", (i) => constant("dA")+curves.of.hAS[i]!+constant("kSL"));
    const days = [0,5,10,15,20,30,60,90,120];
    const t0=performance.now();
    const out = r.run({parameters:s.parameters, from:-10,to:120,outputDays:days, actions:[...s.actions,{at:0,label:"x",apply:(p)=>{for(const n of ["mL","WL","mS","WS"])p.set(n,1);return true;}}]});
    const w = k2.outputs.length;
    const last = out.outputs.slice((days.length-1)*w);
    const N0=out.outputs[1]!;
    console.log(phi, p, law({m:last[4]!,W:last[5]!}, Math.round(N0)), N0, last.join(" "), performance.now()-t0, out.accepted);
    if (phi===0.003) for(let i=0;i<days.length;i++) console.log(days[i], k2.outputs.map((o,j)=>o+"="+out.outputs[i*w+j]!.toPrecision(5)).join(" "));
  }
});
