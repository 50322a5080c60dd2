"""Writes divergences-{reverse,jsd}-{probability,log}.npy: single elements of the other divergences, with beta = 0.3 for jsd.

The elements are every third pair of elements-float64-{probability,log}.npy.
"""

import mpmath
import numpy as np

from exact import rows

BETA = mpmath.mpf(0.3)


def distributions(x, y, is_log):
    """p, q, log p and log q of an input and a target."""
    x, y = mpmath.mpf(float(x)), mpmath.mpf(float(y))
    return (mpmath.exp(y) if is_log else y), mpmath.exp(x), (y if is_log else mpmath.log(y)), x


def reverse(is_log):
    """loss, d loss/dx, d loss/dy of q (log q - log p)."""

    def formula(x, y):
        p, q, log_p, log_q = distributions(x, y, is_log)
        d = log_q - log_p
        return q * d, q * (d + 1), -q if is_log else -q / p

    return formula


def jsd(is_log):
    """loss, d loss/dx, d loss/dy of beta p log(p/m) + (1 - beta) q log(q/m), m = beta p + (1 - beta) q."""

    def formula(x, y):
        # Near each other, the logarithms of p/m and q/m cancel: the loss is as small as the square of their distance.
        with mpmath.workdps(120):
            p, q, _, _ = distributions(x, y, is_log)
            m = BETA * p + (1 - BETA) * q
            of_p, of_q = BETA * mpmath.log(p / m), (1 - BETA) * q * mpmath.log(q / m)
            return p * of_p + of_q, of_q, p * of_p if is_log else of_p

    return formula


def main():
    """No random numbers: a rerun writes the same bytes."""
    for form, is_log in (("probability", False), ("log", True)):
        pairs = np.load(f"elements-float64-{form}.npy")[::3, :2]
        for name, divergence in (("reverse", reverse), ("jsd", jsd)):
            np.save(f"divergences-{name}-{form}.npy", rows(divergence(is_log), pairs))


if __name__ == "__main__":
    main()
