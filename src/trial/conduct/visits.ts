import {
  bestSoFar,
  diseases,
  drugFree,
  drugFreeRemission,
  type Latent,
  type Observation,
  relapseAfterResponse,
} from "../../disease/index.js";
import type { Action, PatientView } from "../../engine/index.js";
import { observationNoise, type VirtualPatient } from "../../population/index.js";
import { poisson, stream } from "../../statistics/index.js";
import type { RuleName } from "../../study/index.js";
import { giveImmunoglobulin } from "../../therapy/index.js";
import type { TrialEvent, Visit } from "./records.js";

/** Without a response by this day, drugs that were withdrawn are taken up again (rule `rescue-at-relapse`). */
export const RESPONSE_EXPECTED = 168;
/** IgG below which immunoglobulin is given, g/L, and its dose, g/kg (rule `ivig-at-igg-4`). */
const LOW_IGG = 4;
const IVIG = 0.4;

/** What the model says of a patient now. */
function latentOf(p: PatientView): Latent {
  return {
    inflammation: p.get("INF"),
    autoantibody: p.get("AAb"),
    c3: p.get("C3"),
    crp: p.get("CRP"),
    damage: p.get("DMG"),
    muscle: p.get("MMT"),
    ck: p.get("CK"),
    fibrosis: p.get("FIB"),
    fvcLoss: -p.get("FVC"),
    prednisolone: p.constant("predRate"),
    immunosuppressant: p.constant("mmfOn") > 0,
  };
}

/** One action per visit: observe, then decide. Must stand after the few-cells draw of the same day. */
export function visitActions(
  seed: number,
  patient: VirtualPatient,
  days: readonly number[],
  rules: readonly RuleName[],
  nominal: boolean,
  record: {
    readonly visit: (visit: Visit) => void;
    readonly event: (event: TrialEvent) => void;
    readonly rescue: { done: boolean };
  },
): Action[] {
  const disease = diseases[patient.disease];
  const { score } = disease;
  const { baseline } = patient;
  let best: Observation | null = null;
  let hazard: number | null = null;
  let responded = false;
  let before = false;
  let relapsed = false;
  let relapsingSince: number | null = null;
  return days.map((day) => ({
    at: day,
    label: "visit",
    apply: (p) => {
      let changed = false;
      const observation = score.observe(
        latentOf(p),
        patient.scored,
        baseline,
        observationNoise(seed, patient.index, `${day}`, disease, nominal),
      );
      const response = day > 0 && score.response(observation, baseline);
      // Two visits in a row: error alone makes a single visit look like a response now and then.
      responded ||= response && before;
      before = response;
      const relapsing = responded && best !== null && relapseAfterResponse(score, observation, best, baseline);
      if (!relapsing) relapsingSince = null;
      else if (relapsingSince === null) relapsingSince = day;
      else if (!relapsed) {
        relapsed = true;
        record.event({ day: relapsingSince, event: "relapse", value: 1 });
      }
      // Hazard counts from the first visit on, so that no arm is charged for the time before.
      const total = p.get("Infections");
      const grown = total - (hazard ?? total);
      hazard = total;
      const infections = nominal ? 0 : poisson(stream(seed, patient.index, `infection ${day}`), Math.max(0, grown));
      if (infections > 0) record.event({ day, event: "infection", value: infections });
      if (rules.includes("ivig-at-igg-4") && p.get("IgG") < LOW_IGG) {
        giveImmunoglobulin(p, IVIG);
        record.event({ day, event: "immunoglobulin", value: IVIG });
        changed = true;
      }
      const failing = relapsed || (day >= RESPONSE_EXPECTED && !responded && !response);
      if (rules.includes("rescue-at-relapse") && failing && !record.rescue.done) {
        record.rescue.done = true;
        p.control("predRate", Math.max(p.constant("predRate"), patient.background.prednisolone));
        p.control("mmfOn", patient.background.mycophenolate ? 1 : 0);
        record.event({ day, event: "rescue", value: 1 });
        changed = true;
      }
      // The best so far counts after day 0: what was there before is no result of the treatment.
      if (day > 0) best = bestSoFar(score, best, observation);
      record.visit({
        day,
        items: observation.items,
        activity: observation.activity,
        inactive: score.remission(observation, baseline),
        remission: drugFreeRemission(score, observation, baseline),
        drugFree: drugFree(observation),
        response,
        responded,
        relapsing,
        prednisoloneTaken: p.get("PredTaken"),
        clones: p.get("AL") + p.get("AS"),
      });
      return changed;
    },
  }));
}
