import type { AnyDisease } from "../../disease/index.js";
import type { Action, PatientView } from "../../engine/index.js";
import { hiddenOf, observationNoise, rowsOf, treatmentOf, type VirtualPatient } from "../../population/index.js";
import { poisson, stream } from "../../statistics/index.js";
import { type BackgroundTherapy, backgroundTherapies, type Recipient } from "../../therapy/index.js";
import type { TrialEvent, Visit } from "./records.js";
import { ResponseFollower } from "./response.js";
import type { RuleDesk } from "./rule-desk.js";

/** What visits need to know of the arm and the patient. */
export interface VisitSetup {
  readonly seed: number;
  readonly patient: VirtualPatient;
  readonly disease: AnyDisease;
  readonly who: Recipient;
  readonly desk: RuleDesk;
  /** Whether something was given so lately that it counts as a drug taken. */
  readonly underTreatment: (day: number) => boolean;
  /** No measurement error, no events by chance. */
  readonly nominal: boolean;
  readonly visit: (visit: Visit) => void;
  readonly event: (event: TrialEvent) => void;
}

/** What is taken of a background therapy now. */
export const levelNow = (patient: PatientView, { background }: BackgroundTherapy): number =>
  patient.constant(background.control);

/** One action per visit: observe, then decide. Must stand after the few-cells draw of the same day. */
export function visitActions(setup: VisitSetup, days: readonly number[]): Action[] {
  const { seed, patient, disease, who, desk, nominal } = setup;
  const { baseline } = patient;
  const person = rowsOf(disease, (name) => who.constant(name));
  const course = new ResponseFollower(disease, baseline);
  const infections = infectionCounter(seed, patient.index, nominal);
  return days.map((day) => ({
    at: day,
    label: "visit",
    apply: (view) => {
      const observation = disease.observe(
        hiddenOf(disease, (symbol) => view.get(symbol)),
        person,
        baseline,
        observationNoise(seed, patient.index, `${day}`, disease, nominal),
        treatmentOf((therapy) => levelNow(view, therapy)),
      );
      const { response, confirmedResponse, relapsing, relapsed, confirmedRelapse } = course.see(day, observation);
      if (confirmedRelapse !== null) setup.event({ day: confirmedRelapse, event: "relapse", value: 1 });
      const infected = infections(day, view.get("Infections"));
      if (infected > 0) setup.event({ day, event: "infection", value: infected });
      const drugFree =
        !setup.underTreatment(day) && backgroundTherapies.every((therapy) => levelNow(view, therapy) === 0);
      const changed = desk.atVisit({ day, patient: view, who, response, confirmedResponse, relapsed });
      const remission = disease.remission(observation, baseline);
      setup.visit({
        day,
        items: observation.items,
        activity: observation.activity,
        remission,
        drugFreeRemission: remission && drugFree,
        drugFree,
        response,
        confirmedResponse,
        relapsing,
        prednisoloneTaken: view.get("PredTaken"),
        clones: view.get("AL") + view.get("AS"),
      });
      return changed;
    },
  }));
}

/** Serious infections since the visit before, from the growth of the hazard. It counts from the first visit on, so that no arm is charged for the time before. */
function infectionCounter(seed: number, patient: number, nominal: boolean): (day: number, hazard: number) => number {
  let before: number | null = null;
  return (day, hazard) => {
    const grown = hazard - (before ?? hazard);
    before = hazard;
    return nominal ? 0 : poisson(stream(seed, patient, `infection ${day}`), Math.max(0, grown));
  };
}
