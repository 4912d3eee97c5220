import { type AnyDisease, bestSoFar, type Observation, relapseAfterResponse } from "../../disease/index.js";

/** What the course of observations says at a visit. */
export interface Course {
  /** Better than at baseline by the disease's definition, at this visit. */
  readonly response: boolean;
  /** A response at two visits in a row, up to now: error alone makes a single visit look like one now and then. */
  readonly confirmedResponse: boolean;
  /** The relapse rule holds at this visit. */
  readonly relapsing: boolean;
  /** A second visit has confirmed a relapse, now or before. */
  readonly relapsed: boolean;
  /** Day of the first of the two visits, at the visit that confirms. */
  readonly confirmedRelapse: number | null;
}

/** Follows responses and relapses from visit to visit. The best so far counts after day 0: what was there before is no result of the treatment. */
export class ResponseFollower {
  private best: Observation | null = null;
  private before = false;
  private confirmed = false;
  private relapsed = false;
  private since: number | null = null;

  constructor(
    private readonly disease: AnyDisease,
    private readonly baseline: Observation,
  ) {}

  see(day: number, observation: Observation): Course {
    const { disease, baseline, best } = this;
    const response = day > 0 && disease.response(observation, baseline);
    this.confirmed ||= response && this.before;
    this.before = response;
    const relapsing = this.confirmed && best !== null && relapseAfterResponse(disease, observation, best, baseline);
    let confirmedRelapse: number | null = null;
    if (!relapsing) this.since = null;
    else if (this.since === null) this.since = day;
    else if (!this.relapsed) {
      this.relapsed = true;
      confirmedRelapse = this.since;
    }
    if (day > 0) this.best = bestSoFar(disease, best, observation);
    return { response, confirmedResponse: this.confirmed, relapsing, relapsed: this.relapsed, confirmedRelapse };
  }
}
