"""Exact values: 50-digit arithmetic on numbers that are exactly what the kernels are given.

A result is kept as an unevaluated sum of two doubles, hi + lo: about 107 bits, twice what the widest kernel computes in.
"""

import mpmath
import numpy as np

mpmath.mp.dps = 50

FORMATS = {"half": np.float16, "float32": np.float32, "float64": np.float64}


def split(value):
    """An mpmath number as (hi, lo)."""
    hi = float(value)
    if not np.isfinite(hi):
        return hi, 0.0
    return hi, float(value - mpmath.mpf(hi))


def probability(x, y):
    """loss, d loss/dx, d loss/dy of y (log y - x), for y > 0."""
    x, y = mpmath.mpf(float(x)), mpmath.mpf(float(y))
    d = mpmath.log(y) - x
    return y * d, -y, d + 1


def log_probability(x, y):
    """loss, d loss/dx, d loss/dy of exp(y) (y - x)."""
    x, y = mpmath.mpf(float(x)), mpmath.mpf(float(y))
    e = mpmath.exp(y)
    return e * (y - x), -e, e * (y - x + 1)


def rows(formula, pairs):
    """One row a pair: x, y, then hi and lo of the loss, of d/dx and of d/dy."""
    table = np.empty((len(pairs), 8), np.float64)
    for row, (x, y) in zip(table, pairs):
        row[0], row[1] = float(x), float(y)
        for i, value in enumerate(formula(x, y)):
            row[2 + 2 * i], row[3 + 2 * i] = split(value)
    return table
