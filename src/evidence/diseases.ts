/** Disease codes of the records. The seven that the model treats and their contrasts come first; the rest occur in publications only. */
export const diseases = {
  sle: "systemic lupus erythematosus",
  iim: "idiopathic inflammatory myositis",
  ssc: "systemic sclerosis",
  ra: "rheumatoid arthritis",
  mg: "myasthenia gravis",
  nmosd: "neuromyelitis optica spectrum disorder",
  ms: "multiple sclerosis",
  "b-all": "B-cell acute lymphoblastic leukaemia",
  lbcl: "large B-cell lymphoma",
  ln: "lupus nephritis",
  aps: "antiphospholipid syndrome",
  ss: "Sjögren's disease",
  pv: "pemphigus vulgaris",
  myeloma: "multiple myeloma",
  nhl: "non-Hodgkin lymphoma, not told apart",
  "igg4-rd": "IgG4-related disease",
  aav: "ANCA-associated vasculitis",
  cidp: "chronic inflammatory demyelinating polyneuropathy",
  sps: "stiff person syndrome",
  pan: "polyarteritis nodosa",
  crs: "cytokine release syndrome",
  "any-autoimmune": "any autoimmune disease",
  "autoimmune-mixed": "several autoimmune diseases, not told apart",
  "b-cell-malignancy": "B-cell malignancy, not told apart",
  "haematological-malignancy": "blood cancer, not told apart",
  cancer: "cancer, not told apart",
  "renal-transplant": "kidney transplantation",
  "not-stated": "disease not stated",
} as const;

export type DiseaseCode = keyof typeof diseases;
export const diseaseCodes = Object.keys(diseases) as readonly DiseaseCode[];
