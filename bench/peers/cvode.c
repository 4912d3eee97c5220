/*
 * Peer: SUNDIALS CVODE (BDF, Newton) on the model printed by bench/print-c.ts.
 * Usage: cvode dense|klu rtol cases.bin out.bin
 * Reads and writes doubles; the formats stand in bench/workload.ts. Prints one JSON object.
 */
#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunmatrix/sunmatrix_sparse.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <time.h>

#include "model.h"

static double parameters[MODEL_PARAMETERS], prepared[MODEL_PREPARED], entries[MODEL_JACOBIAN];

static int rhs(realtype t, N_Vector y, N_Vector f, void *user) {
  model_rates(t, N_VGetArrayPointer(y), parameters, prepared, N_VGetArrayPointer(f));
  return 0;
}

static int jac_dense(realtype t, N_Vector y, N_Vector f, SUNMatrix J, void *user, N_Vector a, N_Vector b, N_Vector c) {
  model_jacobian(t, N_VGetArrayPointer(y), parameters, prepared, entries);
  for (int k = 0; k < MODEL_JACOBIAN; k++) SM_ELEMENT_D(J, model_rows[k], model_columns[k]) = entries[k];
  return 0;
}

/* Compressed columns with the diagonal, made once. */
static sunindextype column_start[MODEL_STATES + 1], row_of[MODEL_JACOBIAN + MODEL_STATES];
static int place[MODEL_JACOBIAN], nonzeros;

static void make_pattern(void) {
  static unsigned char there[MODEL_STATES][MODEL_STATES];
  static int at[MODEL_STATES][MODEL_STATES];
  for (int k = 0; k < MODEL_JACOBIAN; k++) there[model_rows[k]][model_columns[k]] = 1;
  for (int i = 0; i < MODEL_STATES; i++) there[i][i] = 1;
  for (int c = 0; c < MODEL_STATES; c++) {
    column_start[c] = nonzeros;
    for (int r = 0; r < MODEL_STATES; r++)
      if (there[r][c]) {
        at[r][c] = nonzeros;
        row_of[nonzeros++] = r;
      }
  }
  column_start[MODEL_STATES] = nonzeros;
  for (int k = 0; k < MODEL_JACOBIAN; k++) place[k] = at[model_rows[k]][model_columns[k]];
}

static int jac_sparse(realtype t, N_Vector y, N_Vector f, SUNMatrix J, void *user, N_Vector a, N_Vector b, N_Vector c) {
  model_jacobian(t, N_VGetArrayPointer(y), parameters, prepared, entries);
  double *x = SM_DATA_S(J);
  memcpy(SM_INDEXPTRS_S(J), column_start, sizeof column_start);
  memcpy(SM_INDEXVALS_S(J), row_of, nonzeros * sizeof *row_of);
  memset(x, 0, nonzeros * sizeof *x);
  for (int k = 0; k < MODEL_JACOBIAN; k++) x[place[k]] = entries[k];
  return 0;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void die(const char *what, int code) {
  fprintf(stderr, "%s: %d\n", what, code);
  exit(1);
}

int main(int argc, char **argv) {
  if (argc != 5) die("usage: cvode dense|klu rtol cases.bin out.bin", 2);
  const int dense = strcmp(argv[1], "dense") == 0;
  const double rtol = atof(argv[2]);
  FILE *in = fopen(argv[3], "rb");
  if (!in) die("cannot open cases", 1);
  fseek(in, 0, SEEK_END);
  const long numbers = ftell(in) / sizeof(double);
  rewind(in);
  double *data = malloc(numbers * sizeof *data);
  if (fread(data, sizeof *data, numbers, in) != (size_t)numbers) die("cannot read cases", 1);
  const double *d = data;
  const int cases = *d++, times = *d++;
  const double from = *d++, to = *d++;
  const double *time_of = d;
  d += times;

  SUNContext context;
  SUNContext_Create(NULL, &context);
  N_Vector y = N_VNew_Serial(MODEL_STATES, context), absolute = N_VNew_Serial(MODEL_STATES, context);
  N_Vector dense_y = N_VNew_Serial(MODEL_STATES, context);
  for (int i = 0; i < MODEL_STATES; i++) NV_Ith_S(absolute, i) = model_tolerances[i] * (rtol / 1e-6);
  void *cv = CVodeCreate(CV_BDF, context);
  make_pattern();
  N_VConst(1.0, y);
  int flag = CVodeInit(cv, rhs, from, y);
  if (flag) die("CVodeInit", flag);
  CVodeSVtolerances(cv, rtol, absolute);
  SUNMatrix A;
  SUNLinearSolver LS;
  if (dense) {
    A = SUNDenseMatrix(MODEL_STATES, MODEL_STATES, context);
    LS = SUNLinSol_Dense(y, A, context);
  } else {
    A = SUNSparseMatrix(MODEL_STATES, MODEL_STATES, nonzeros, CSC_MAT, context);
    LS = SUNLinSol_KLU(y, A, context);
  }
  if ((flag = CVodeSetLinearSolver(cv, LS, A))) die("CVodeSetLinearSolver", flag);
  CVodeSetJacFn(cv, dense ? jac_dense : jac_sparse);
  CVodeSetMaxNumSteps(cv, 1000000);

  double *out = malloc((size_t)cases * times * MODEL_OUTPUTS * sizeof *out);
  for (size_t i = 0; i < (size_t)cases * times * MODEL_OUTPUTS; i++) out[i] = NAN;
  long steps = 0, failed = 0;
  const double start = now();
  for (int k = 0; k < cases; k++) {
    memcpy(parameters, d, sizeof parameters);
    d += MODEL_PARAMETERS;
    model_prepare(parameters, prepared);
    model_initial(prepared, N_VGetArrayPointer(y));
    int events = *d++, row = 0, bad = 0;
    double t = from;
    double *rows = out + (size_t)k * times * MODEL_OUTPUTS;
    for (;;) {
      /* What happens now. */
      while (events > 0 && d[0] <= t) {
        int operations = d[1], again = 0;
        d += 2;
        for (; operations > 0; operations--, d += 3) {
          const int what = d[0], index = d[1];
          if (what == 0) NV_Ith_S(y, index) += d[2];
          else if (what == 1) NV_Ith_S(y, index) = d[2];
          else {
            parameters[index] = d[2];
            again = 1;
          }
        }
        if (again) model_prepare(parameters, prepared);
        events--;
      }
      while (row < times && time_of[row] <= t) {
        model_observe(t, N_VGetArrayPointer(y), parameters, prepared, rows + (size_t)row * MODEL_OUTPUTS);
        row++;
      }
      if (t >= to || bad) break;
      const double until = events > 0 && d[0] < to ? d[0] : to;
      CVodeReInit(cv, t, y);
      CVodeSetStopTime(cv, until);
      while (row < times && time_of[row] < until) {
        if (CVode(cv, time_of[row], dense_y, &t, CV_NORMAL) < 0) {
          bad = 1;
          break;
        }
        model_observe(t, N_VGetArrayPointer(dense_y), parameters, prepared, rows + (size_t)row * MODEL_OUTPUTS);
        row++;
      }
      if (!bad && CVode(cv, until, y, &t, CV_NORMAL) < 0) bad = 1;
      t = until;
      long n;
      CVodeGetNumSteps(cv, &n);
      steps += n;
    }
    for (; events > 0; events--) d += 2 + 3 * (int)d[1];
    failed += bad;
  }
  const double seconds = now() - start;
  FILE *file = fopen(argv[4], "wb");
  fwrite(out, sizeof *out, (size_t)cases * times * MODEL_OUTPUTS, file);
  fclose(file);
  printf("{\"seconds\":%.6f,\"steps\":%ld,\"failed\":%ld}\n", seconds, steps, failed);
  return 0;
}
