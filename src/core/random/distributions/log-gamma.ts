import { doubles } from '../encoded.js';
import { log } from '../libm/index.js';

/** log Gamma(x) and log k! with the errors of NumPy's, which decide whether a draw is rejected. */

/** log k! for k below 126. */
const FACTORIALS: Float64Array = /*@__PURE__*/ doubles(
  'AAAAAAAAAAAAAAAAAAAAAO85+v5CLuY/AiAq+gur/D/5LJJ8p2wJQMl5RDxkJhNAygHPOidRGkAwzC3z4QwhQA23/IKONSVAz/enIYmaKUAVTZWQ' +
    'dTUuQHSNOj+XgDFAQwHVFrr8M0DOMjucWo02QEIqFt/zMDlARtM/pjbmO0CEGh8G/6s+QDo1Lz+mwEBAUu7V8p0yQkCFOTZTgatDQL537Xr1KkVA' +
    'qXI0ZKiwRkAGT6irTzxIQEVqhYunzUlAFI1OA3JkS0DnZc0idgBNQJRnfHF/oU5A709+tq4jUEBAAjON8fhQQDFykVNz0FFA5dBZiyCqUkBAWp79' +
    '5oVTQIQglJu1Y1RASs46Y3xDVUC6lkhHLCVWQFgW4Rm3CFdAWGeyeQ/uV0CWPSTBKNVYQKNXUvf2vVlAEpiWwm6oWkCiK3BchZRbQAWhnIYwglxA' +
    '7hI+gWZxXUBPuu4BHmJeQPGcpitOVF9An92tQ/cjYECpHqR+e55gQGtiYuevGWFAWaVTyJCVYUDDbgyTGhJiQDEf691Jj2JANWPoYRsNY0DbHZP4' +
    'i4tjQM2mM5qYCmRAGa8SXD6KZEARh+BuegplQHPaOR1Ki2VARkdHyqoMZkB5eXXwmY5mQMSyQyAVEWdAWdwm/xmUZ0C5b39GphdoQKGuoMK3m2hA' +
    'YcfnUUwgaUC9pOHjYaVpQAlGfnj2KmpAJpdQHwixakCv19n2lDdrQCG23yubvmtA91bM+BhGbEAAkRelDM5sQLa3uIR0Vm1AcFqg907fbUDvazlp' +
    'mmhuQEhR8U9V8m5Ag2HGLH58b0BiNG7FiQNwQCtli/8JSXBAY/LbE7+OcEApsQJWqNRwQCqT+B3FGnFANkfjxxRhcUCs4e2zlqdxQD5tI0ZK7nFA' +
    '1UZL5i41ckBiKcf/Q3xyQFfQcgGJw3JAVhmFXf0Kc0Abj3KJoFJzQEdJ0f1xmnNA9w0+NnHic0Bqo0KxnSp0QAxBPfD2cnRAZhBJd3y7dEBkryfN' +
    'LQR1QFimK3sKTXVA7MQjDRKWdUAcWkcRRN91QO07IxigKHZAYpSHtCVydkC2aXZ71Lt2QJ/YEgSsBXdAvveQ56tPd0AOXCbB05l3QH02+y0j5HdA' +
    'aAMczZkueED+xGs/N3l4QBzClif7w3hAX8MFKuUOeUCzyNHs9Fl5QMwxuBcqpXlAXlQPVITweUAse7tMAzx6QDpJJK6mh3pAwHwqJm7TekC1DR5k' +
    'WR97QOujtBhoa3tACmEA9pm3e0DN+mav7gN8QCYimfllUHxADTSKiv+cfEDqMGgZu+l8QLj3k16YNn1AE8KZE5eDfUCk3inzttB9QEynEbn3HX5A',
);

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** From the table, then by Stirling's series to its second term. */
export function logFactorial(k: number): number {
  if (k < 126) return FACTORIALS[k];
  return (k + 0.5) * log(k) - k + (HALF_LOG_TWO_PI + (1 / k) * (1 / 12 - 1 / (360 * k * k)));
}

/** Stirling's series for x above 7, the recurrence below (Zhang & Jin, Computation of Special Functions, 1996). */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const steps = x < 7 ? Math.trunc(7 - x) : 0;
  let y = x + steps;
  const z = (1 / y) * (1 / y);
  let sum = -1.3924322169059;
  sum = sum * z + 0.1796443723688307;
  sum = sum * z - 0.02955065359477124;
  sum = sum * z + 0.00641025641025641;
  sum = sum * z - 0.001917526917526918;
  sum = sum * z + 0.0008417508417508418;
  sum = sum * z - 0.0005952380952380952;
  sum = sum * z + 0.0007936507936507937;
  sum = sum * z - 0.002777777777777778;
  sum = sum * z + 0.08333333333333333;
  let result = sum / y + 0.9189385332046727 + (y - 0.5) * log(y) - y;
  for (let i = 0; i < steps; i++) {
    y -= 1;
    result -= log(y);
  }
  return result;
}
