/* Peer: the model printed by bench/print-c.ts for R's deSolve. */
#include <R.h>
#include "model.h"

static double parameters[MODEL_PARAMETERS], prepared[MODEL_PREPARED];

void set_parameters(double *values) {
  for (int i = 0; i < MODEL_PARAMETERS; i++) parameters[i] = values[i];
  model_prepare(parameters, prepared);
}
void get_initial(double *y) { model_initial(prepared, y); }
void get_tolerances(double *x) {
  for (int i = 0; i < MODEL_STATES; i++) x[i] = model_tolerances[i];
}
void get_sizes(int *sizes) {
  sizes[0] = MODEL_PARAMETERS;
  sizes[1] = MODEL_STATES;
  sizes[2] = MODEL_OUTPUTS;
}
/* y: states by rows of time; out: outputs by rows. */
void observe(int *rows, double *times, double *y, double *out) {
  for (int r = 0; r < *rows; r++) model_observe(times[r], y + r * MODEL_STATES, parameters, prepared, out + r * MODEL_OUTPUTS);
}
void derivs(int *n, double *t, double *y, double *f, double *yout, int *ip) { model_rates(*t, y, parameters, prepared, f); }
void jacobian(int *n, double *t, double *y, int *ml, int *mu, double *pd, int *nrow, double *yout, int *ip) {
  static double entries[MODEL_JACOBIAN];
  model_jacobian(*t, y, parameters, prepared, entries);
  for (int k = 0; k < MODEL_JACOBIAN; k++) pd[model_rows[k] + *nrow * model_columns[k]] = entries[k];
}
