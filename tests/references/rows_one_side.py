"""Writes rows-one-side.npy: the reverse and the Jensen-Shannon divergence with logits of one side, in 50-digit arithmetic, beta = 0.3.

The data is not stored: random numbers of SplitMix64 give it, as in rows.py (see `data`). Each row: type (1 float32, 2 float64), divergence
(1 reverse, 2 jsd), form (1 logits of the input and probabilities, 2 logits of the input and log-probabilities, 3 logits of the target),
classes, offset, spread, temperature, seed, loss hi, lo, then hi, lo of d loss/d input and of d loss/d target at the first SAMPLES classes
(0 beyond the row).
"""

import mpmath
import numpy as np

from exact import split
from rows import KINDS, SAMPLES, pairs, softmax, uniforms

BETA = mpmath.mpf(0.3)


def data(kind, form, classes, offset, spread, seed):
    """Input and target, exactly as the tests draw them."""
    u = uniforms(seed, 2 * classes).reshape(classes, 2)
    logits = ((u[:, 0] - 0.5) * spread) + offset
    other = u[:, 1] + 0.0078125 if form == 1 else u[:, 1] * -9.0
    values = [v.astype(KINDS[kind]).astype(np.float64) for v in (logits, other)]
    return values[::-1] if form == 3 else values


def exact(row):
    """One row of rows-one-side.npy."""
    kind, code, form, classes, offset, spread, temperature, seed = row
    x, y = data(kind, form, classes, offset, spread, seed)
    t = mpmath.mpf(temperature)
    with mpmath.workdps(80):
        if form == 3:
            log_q = [mpmath.mpf(float(v)) for v in x]
            q = [mpmath.exp(v) for v in log_q]
            p, log_p = softmax(y, t)
        else:
            q, log_q = softmax(x, t)
            p = [mpmath.mpf(float(v)) if form == 1 else mpmath.exp(mpmath.mpf(float(v))) for v in y]
            log_p = [mpmath.log(v) for v in p]
        if code == 1:
            losses = [a * (c - d) for a, c, d in zip(q, log_q, log_p)]
            by_q, by_p = [v + a for v, a in zip(losses, q)], [-a for a in q]
        else:
            mixture = [BETA * b + (1 - BETA) * a for a, b in zip(q, p)]
            by_q = [(1 - BETA) * a * mpmath.log(a / m) for a, m in zip(q, mixture)]
            by_p = [BETA * b * mpmath.log(b / m) for b, m in zip(p, mixture)]
            losses = [v + w for v, w in zip(by_q, by_p)]

        # From the derivatives by the logarithms to those by the logits, and by the probabilities.
        if form == 3:
            total = mpmath.fsum(by_p)
            by_p = [(v - b * total) / t for v, b in zip(by_p, p)]
        else:
            total = mpmath.fsum(by_q)
            by_q = [(v - a * total) / t for v, a in zip(by_q, q)]
            by_p = [v / b for v, b in zip(by_p, p)] if form == 1 else by_p
        return [*row, *split(mpmath.fsum(losses)), *pairs(by_q[:SAMPLES]), *pairs(by_p[:SAMPLES])]


def main():
    """Fixed seeds: a rerun writes the same bytes."""
    cases = [
        (kind, code, form, classes, offset, spread, temperature)
        for kind in (1, 2)
        for code in (1, 2)
        for form in (1, 2, 3)
        for classes in (1, 2, 7, 33, 200)
        for offset, spread, temperature in ((0.0, 12.0, 1.0), (0.0, 6.0, 0.1), (0.0, 12.0, 20.0), (1000.0, 12.0, 2.0), (0.0, 120.0, 1.5))
    ]
    np.save("rows-one-side.npy", np.array([exact((*case, seed)) for seed, case in enumerate(cases, 1)], np.float64))


if __name__ == "__main__":
    main()
