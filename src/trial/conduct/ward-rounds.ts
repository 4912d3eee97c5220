import type { Action } from "../../engine/index.js";
import type { Recipient } from "../../therapy/index.js";
import { conductConstants } from "./constants.js";
import { crsGrade, icansGrade } from "./grades.js";
import type { TrialEvent } from "./records.js";
import type { RuleDesk } from "./rule-desk.js";

/** A time in hospital: infusions that come before the rounds of the one before are over belong to one stay. */
interface Stay {
  readonly days: readonly number[];
  crs: { grade: number; day: number };
  icans: { grade: number; day: number };
}

/** Days of rounds after `infusions` (ascending), stay by stay: daily from each infusion on, and none twice. */
export function stays(infusions: readonly number[]): number[][] {
  const length = conductConstants.wardDays.value;
  const found: number[][] = [];
  for (const infusion of infusions) {
    const rounds = Array.from({ length: length + 1 }, (_, k) => infusion + k);
    const open = found[found.length - 1];
    const last = open?.[open.length - 1];
    if (open === undefined || last === undefined || infusion > last) found.push(rounds);
    else open.push(...rounds.filter((day) => day > last));
  }
  return found;
}

/** Daily rounds after infusions of cells; `finish` writes the highest grades of each stay down when the run is over, however early. */
export function wardRounds(
  infusions: readonly number[],
  who: Recipient,
  desk: RuleDesk,
  write: (event: TrialEvent) => void,
): { readonly actions: readonly Action[]; readonly finish: () => void } {
  const all: Stay[] = stays(infusions).map((days) => ({
    days,
    crs: { grade: 0, day: days[0]! },
    icans: { grade: 0, day: days[0]! },
  }));
  const actions = all.flatMap((stay) =>
    stay.days.map(
      (day): Action => ({
        at: day,
        label: "ward round",
        apply: (patient) => {
          const crs = crsGrade(patient);
          const icans = icansGrade(patient);
          if (crs > stay.crs.grade) stay.crs = { grade: crs, day };
          if (icans > stay.icans.grade) stay.icans = { grade: icans, day };
          return desk.atWardRound(`stay ${stay.days[0]}`, { day, patient, who, crs, icans });
        },
      }),
    ),
  );
  const finish = () => {
    for (const { crs, icans } of all) {
      if (crs.grade > 0) write({ day: crs.day, event: "crs", value: crs.grade });
      if (icans.grade > 0) write({ day: icans.day, event: "icans", value: icans.grade });
    }
  };
  return { actions, finish };
}
