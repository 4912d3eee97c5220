/**
 * Normal distribution.
 * Distribution function: Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969) 631-637,
 * in the form of ANORM, ACM TOMS 19 (1993) 22-32. Quantile: Wichura, algorithm AS 241 (PPND16), Appl. Stat. 37 (1988) 477-484.
 */
import { exp, log } from "./elementary.js";
import { log1p } from "./near-zero.js";

const SQRT_HALF_OVER_PI = 0.3989422804014327;
const LOG_SQRT_2_PI = 0.9189385332046728;

/** Highest degree first; the denominators' leading 1 is written out. */
const CENTRE_TOP = [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356];
const CENTRE_BOTTOM = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_TOP = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
];
const MIDDLE_BOTTOM = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598,
  38912.00328609327, 19685.429676859992,
];
const TAIL_TOP = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  2.9112874951168793e-5,
];
const TAIL_BOTTOM = [
  1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5,
];

const AS241_CENTRE_TOP = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const AS241_CENTRE_BOTTOM = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
const AS241_MIDDLE_TOP = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const AS241_MIDDLE_BOTTOM = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const AS241_TAIL_TOP = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const AS241_TAIL_BOTTOM = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0];
  for (let i = 1; i < coefficients.length; i++) sum = sum * x + coefficients[i];
  return sum;
}

/** Upper tail divided by e^(-x²/2), for x ≥ 0.67448975. */
function tailRatio(x: number): number {
  if (x <= 5.656854249492381) return polynomial(MIDDLE_TOP, x) / polynomial(MIDDLE_BOTTOM, x);
  const z = 1 / (x * x);
  return (SQRT_HALF_OVER_PI - (z * polynomial(TAIL_TOP, z)) / polynomial(TAIL_BOTTOM, z)) / x;
}

/** e^(-x²/2), with the square split so that its rounding does not show in the far tail. */
function gaussian(x: number): number {
  const rough = Math.floor(x * 16) / 16;
  return exp(-0.5 * rough * rough) * exp(-0.5 * (x - rough) * (x + rough));
}

/** Distance of the probability from one half, for |x| < 0.67448975. */
function centre(x: number): number {
  const z = x * x;
  return (x * polynomial(CENTRE_TOP, z)) / polynomial(CENTRE_BOTTOM, z);
}

/** Probability that a standard normal number is below x. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size < 0.67448975) return 0.5 + centre(x);
  const tail = size > 39 ? 0 : gaussian(size) * tailRatio(size);
  return x < 0 ? tail : 1 - tail;
}

/** Logarithm of `normalCdf`, also where that is 0 or 1 to the last bit. */
export function logNormalCdf(x: number): number {
  if (x <= -0.67448975) return -0.5 * x * x + log(tailRatio(-x));
  return x < 0.67448975 ? log(0.5 + centre(x)) : log1p(-normalCdf(-x));
}

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return exp(-0.5 * x * x - LOG_SQRT_2_PI);
}

/** The x with `normalCdf(x)` = p; p = 0 and 1 give the infinities, p outside [0, 1] gives NaN. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(AS241_CENTRE_TOP, r)) / polynomial(AS241_CENTRE_BOTTOM, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-log(tail));
  const x =
    r <= 5
      ? polynomial(AS241_MIDDLE_TOP, r - 1.6) / polynomial(AS241_MIDDLE_BOTTOM, r - 1.6)
      : polynomial(AS241_TAIL_TOP, r - 5) / polynomial(AS241_TAIL_BOTTOM, r - 5);
  return q < 0 ? -x : x;
}
