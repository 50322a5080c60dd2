"""Writes elements-{half,float32,float64}-{probability,log}.npy: single elements over each type's whole range.

It also writes reductions.npy: what the losses of each of those files add up to.
"""

import mpmath
import numpy as np

from exact import FORMATS, log_probability, probability, rows, split


def finite(pairs, kind):
    """The pairs rounded to the type, without those that left its range."""
    x = np.array([p[0] for p in pairs]).astype(kind)
    y = np.array([p[1] for p in pairs]).astype(kind)
    keep = np.isfinite(x) & np.isfinite(y)
    return x[keep], y[keep]


def probability_pairs(kind, random):
    """y over every binade down to the subnormals, x ordinary, far, and close to log y."""
    info = np.finfo(kind)
    lowest = np.log2(float(info.smallest_subnormal))
    pairs = list(zip(-20 * random.random(200), random.random(200)))
    pairs += zip(random.uniform(-10, 10, 150), random.uniform(0, 10, 150))
    pairs += zip(random.uniform(-60, 10, 200), np.exp2(random.uniform(lowest, info.maxexp, 200)))
    for distance in 10.0 ** -np.arange(1, 8):
        y = np.concatenate([random.random(20), np.exp2(random.uniform(lowest, info.maxexp, 20))]).astype(kind).astype(np.float64)
        y = y[y > 0]
        pairs += zip(np.log(y) * (1 + distance * random.choice([-1, 1], len(y))), y)
        pairs += zip(np.log(y) + distance * random.choice([-1, 1], len(y)), y)
    around_one = 1 + np.concatenate([random.uniform(-1, 1, 30) * 2.0 ** -k for k in range(1, 12, 2)])
    pairs += zip(np.log(around_one) + random.uniform(-1, 1, len(around_one)) * 2.0 ** -random.integers(0, 24, len(around_one)), around_one)
    powers = np.exp2(np.linspace(lowest, info.maxexp - 1, 80).round())
    pairs += zip(random.uniform(-5, 0, len(powers)), powers)
    x, y = finite(pairs, kind)
    step = np.concatenate([np.nextafter(y[-80:], kind(0)), np.nextafter(y[-80:], kind(np.inf))])
    x, y = np.concatenate([x, x[-80:], x[-80:]]), np.concatenate([y, step])
    keep = (y > 0) & np.isfinite(y)
    return list(zip(x[keep], y[keep]))


def log_pairs(kind, random):
    """y wherever exp(y) is in the type's range, subnormal results included; x ordinary, and close to y."""
    info = np.finfo(kind)
    low = np.log(float(info.smallest_subnormal)) - 2
    high = np.log(float(info.max)) - 0.01
    pairs = list(zip(-20 * random.random(200), -20 * random.random(200)))
    pairs += zip(random.uniform(-20, 10, 300), random.uniform(low, high, 300))
    for distance in 10.0 ** -np.arange(1, 8):
        y = random.uniform(max(low, -90), min(high, 80), 30).astype(kind).astype(np.float64)
        pairs += zip(y * (1 + distance * random.choice([-1, 1], len(y))), y)
    tiny = random.uniform(-1, 1, 120) * np.exp2(random.uniform(info.minexp, 0, 120))
    pairs += zip(random.uniform(-1, 1, len(tiny)), tiny)
    pairs += zip(random.uniform(-3, 3, 60), random.uniform(low, np.log(float(info.tiny)) + 1, 60))
    x, y = finite(pairs, kind)
    return list(zip(x, y))


def main():
    """Fixed seeds: a rerun writes the same bytes."""
    sums = []
    for seed, (name, kind) in enumerate(FORMATS.items()):
        random = np.random.default_rng(20261122 + seed)
        for form, (pairs, formula) in enumerate(((probability_pairs, probability), (log_pairs, log_probability))):
            table = rows(formula, pairs(kind, random))
            np.save(f"elements-{name}-{('probability', 'log')[form]}.npy", table)
            # Sums over everything would be one huge term and dust; and where log y − x nearly cancels, an element's own error is
            # relative to y, not to its loss: add those of ordinary size, and of a difference of at least 1/8.
            ordinary = table[(np.abs(table[:, 2]) < 1e4) & (np.abs(table[:, 4]) / 8 <= np.abs(table[:, 2]))]
            losses = [mpmath.mpf(row[2]) + mpmath.mpf(row[3]) for row in ordinary]
            total, size = mpmath.fsum(losses), mpmath.fsum(abs(l) for l in losses)
            sums.append([seed, form, len(losses), *split(total), *split(total / len(losses)), float(size)])
    np.save("reductions.npy", np.array(sums))


if __name__ == "__main__":
    main()
