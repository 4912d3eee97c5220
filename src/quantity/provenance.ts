/** Where a number comes from. `measured` in humans; `fitted` in a published model; `animal` or in vitro; `assumed` with a reason. */
export type Passport =
  | { readonly level: "measured" | "fitted" | "animal"; readonly source: string; readonly reason?: string }
  | { readonly level: "assumed"; readonly reason: string; readonly source?: string };

export type Level = Passport["level"];
