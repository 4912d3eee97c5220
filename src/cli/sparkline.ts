const BARS = "▁▂▃▄▅▆▇█";

/** A curve in one line of the terminal: 60 columns of equal time, height between the smallest and the largest value (logarithms, four decades at most, where `log`). */
export function sparkline(days: readonly number[], values: readonly number[], log: boolean): string {
  const width = 60;
  const first = days[0]!;
  const last = days[days.length - 1]!;
  const peak = Math.max(...values.filter((value) => !Number.isNaN(value)));
  const floor = log ? Math.max(peak * 1e-4, Number.MIN_VALUE) : 0;
  // Decades by counting digits: drawing only, no result depends on it.
  const height = (value: number) => (log ? digits(Math.max(value, floor)) : value);
  const low = log ? height(floor) : Math.min(0, ...values.filter((value) => !Number.isNaN(value)));
  const high = height(peak);
  let line = "";
  for (let k = 0; k < width; k++) {
    const at = first + ((last - first) * k) / (width - 1);
    const nearest = days.reduce((best, day, i) => (Math.abs(day - at) < Math.abs(days[best]! - at) ? i : best), 0);
    const value = values[nearest]!;
    const share = high > low ? (height(value) - low) / (high - low) : 0;
    line += Number.isNaN(value)
      ? " "
      : BARS[Math.max(0, Math.min(BARS.length - 1, Math.round(share * (BARS.length - 1))))];
  }
  return line;
}

const digits = (value: number): number => {
  const [mantissa, exponent] = value.toExponential(6).split("e") as [string, string];
  return Number(exponent) + (Number(mantissa) - 1) / 9;
};
