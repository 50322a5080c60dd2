"""Writes paddle-*.npy: the data of PaddlePaddle's own tests of kldiv_loss, as facts.

Shapes, reductions and ranges are those of its test_kldiv_loss_op.py: x and y uniform in -10...10, so that about half of the
targets are negative and count nothing. Its documentation's example has the target uniform in 0...10, and says that the loss
is the same for the logarithm of the target with log_target. Each row: x, y, loss hi, loss lo. Results: paddle-results.npy.
"""

import mpmath
import numpy as np

from exact import probability, split

CASES = (("batchmean", (4, 5, 5)), ("none", (3, 2, 7, 7)), ("mean", (2, 3, 5, 7, 9)), ("sum", (5, 20)))


def write(name, x, y):
    """The table of one case; returns the sum of its losses."""
    losses = [probability(a, b)[0] if b > 0 else mpmath.mpf(0) for a, b in zip(x, y)]
    np.save(f"paddle-{name}.npy", np.array([[a, b, *split(l)] for a, b, l in zip(x, y, losses)]))
    return mpmath.fsum(losses)


def main():
    """Values are float32, so that float and double kernels are given the same numbers."""
    random = np.random.default_rng(1122)
    draw = lambda low, high, count: random.uniform(low, high, count).astype(np.float32).astype(np.float64)
    results = []
    for reduction, shape in CASES:
        count = int(np.prod(shape))
        total = write(reduction, draw(-10, 10, count), draw(-10, 10, count))
        results.append(split(total / {"batchmean": shape[0], "mean": count}.get(reduction, 1)))
    total = write("example", draw(-10, 10, 100), draw(0, 10, 100))
    results.append(split(total))
    np.save("paddle-results.npy", np.array(results))


if __name__ == "__main__":
    main()
