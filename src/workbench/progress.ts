/** Progress on stderr: a bar on a terminal, a line of JSON every few seconds otherwise. `clock` gives milliseconds; `before` were done by an earlier process and do not count for the speed. */
export function progress(
  what: string,
  stream: NodeJS.WriteStream = process.stderr,
  clock: () => number = () => performance.now(),
): (done: number, total: number, before?: number) => void {
  const start = clock();
  let last = start;
  return (done, total, before = 0) => {
    const now = clock();
    const finished = done >= total;
    if (!finished && now - last < (stream.isTTY ? 100 : 5000)) return;
    last = now;
    const seconds = (now - start) / 1000;
    const perSecond = seconds > 0 ? (done - before) / seconds : 0;
    const eta = perSecond > 0 ? (total - done) / perSecond : null;
    if (!stream.isTTY) {
      stream.write(
        `${JSON.stringify({ progress: what, done, total, perSecond: round(perSecond), etaSeconds: eta === null ? null : round(eta) })}\n`,
      );
      return;
    }
    const width = 30;
    const full = Math.round((width * done) / total);
    const words = finished ? `${round(seconds)} s` : eta === null ? "" : `${Math.ceil(eta)} s left`;
    stream.write(
      `\r${what} [${"█".repeat(full)}${"·".repeat(width - full)}] ${done}/${total}, ${round(perSecond)}/s, ${words}   ${finished ? "\n" : ""}`,
    );
  };
}

const round = (x: number): number => Math.round(x * 10) / 10;
