/**
 * What the mechanistic model says of a patient at a visit. Nobody sees it: a score is an observation of it, with error.
 * One shape for all diseases; a state that a disease does not have keeps its healthy value.
 */
export interface Latent {
  /** INF, relative: 1 = this patient's baseline on background therapy, 0 = none. */
  readonly inflammation: number;
  /** Autoantibody, % of baseline. */
  readonly autoantibody: number;
  /** Complement C3, g/L. */
  readonly c3: number;
  /** C-reactive protein, mg/L. */
  readonly crp: number;
  /** DMG, irreversible damage accrued since baseline, 0 … 1. */
  readonly damage: number;
  /** MMT-8 as it truly is, points 0 … 150. */
  readonly muscle: number;
  /** Creatine kinase, U/L. */
  readonly ck: number;
  /** FIB, fibrosis relative to baseline. */
  readonly fibrosis: number;
  /** Fraction of predicted FVC lost since baseline. */
  readonly fvcLoss: number;
  /** Prednisolone or equivalent taken now, mg/day. */
  readonly prednisolone: number;
  /** Mycophenolate is taken now. */
  readonly immunosuppressant: boolean;
}
