# Peer: deSolve's lsoda with the compiled model. Usage: Rscript desolve.R desolve.so rtol cases.bin out.bin
library(deSolve)
arguments <- commandArgs(TRUE)
dyn.load(arguments[1])
name <- sub("\\.so$", "", basename(arguments[1]))
rtol <- as.numeric(arguments[2])
size <- .C("get_sizes", integer(3))[[1]]
atol <- .C("get_tolerances", double(size[2]))[[1]] * (rtol / 1e-6)
data <- readBin(arguments[3], "double", file.info(arguments[3])$size / 8)
cases <- data[1]; times <- data[2]; from <- data[3]; to <- data[4]
days <- data[4 + seq_len(times)]
at <- 4 + times
take <- function(count) { values <- data[at + seq_len(count)]; at <<- at + count; values }
out <- array(NaN, c(size[3], times, cases))
steps <- 0; failed <- 0
start <- proc.time()[["elapsed"]]
for (k in seq_len(cases)) {
  p <- take(size[1])
  .C("set_parameters", p)
  y <- .C("get_initial", double(size[2]))[[1]]
  events <- lapply(seq_len(take(1)), function(i) {
    head <- take(2)
    list(time = head[1], operations = matrix(take(3 * head[2]), 3))
  })
  t <- from; row <- 1; bad <- FALSE
  write_rows <- function(rows, states) {
    seen <- .C("observe", length(rows), days[rows], as.double(states), double(length(rows) * size[3]))[[4]]
    out[, rows, k] <<- matrix(seen, size[3])
  }
  repeat {
    while (length(events) > 0 && events[[1]]$time <= t) {
      operations <- events[[1]]$operations
      again <- FALSE
      for (j in seq_len(ncol(operations))) {
        index <- operations[2, j] + 1
        if (operations[1, j] == 0) y[index] <- y[index] + operations[3, j]
        else if (operations[1, j] == 1) y[index] <- operations[3, j]
        else { p[index] <- operations[3, j]; again <- TRUE }
      }
      if (again) .C("set_parameters", p)
      events <- events[-1]
    }
    while (row <= times && days[row] <= t) { write_rows(row, y); row <- row + 1 }
    if (t >= to || bad) break
    until <- if (length(events) > 0 && events[[1]]$time < to) events[[1]]$time else to
    rows <- which(days > t & days < until)
    solved <- lsoda(y, c(t, days[rows], until), "derivs", NULL, rtol, atol, jacfunc = "jacobian", jactype = "fullusr",
                    dllname = name, maxsteps = 1e6, tcrit = until)
    if (attr(solved, "istate")[1] < 0 || nrow(solved) != length(rows) + 2) { bad <- TRUE; next }
    steps <- steps + attr(solved, "istate")[2]
    if (length(rows) > 0) { write_rows(rows, t(solved[1 + seq_along(rows), -1])); row <- max(rows) + 1 }
    y <- as.double(solved[nrow(solved), -1])
    t <- until
  }
  failed <- failed + bad
}
seconds <- proc.time()[["elapsed"]] - start
writeBin(as.double(out), arguments[4])
cat(sprintf('{"seconds":%.6f,"steps":%d,"failed":%d}\n', seconds, as.integer(steps), as.integer(failed)))
