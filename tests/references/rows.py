"""Writes rows.npy and rows-pytorch-*.npy: divergences of two rows of logits, in 50-digit arithmetic and by PyTorch's autograd.

The logits are not stored: random numbers of SplitMix64, which the tests draw again, give them (see `logits`). Each row of rows.npy: type
(0 half, 1 float32, 2 float64), divergence (0 forward, 1 reverse), classes, noise, offset, spread, temperature, special (0 none, 1 -inf in
the target, 2 -inf on both sides, 3 a far lower logit in the input), seed, loss hi, lo, then hi, lo of d loss/d input and of d loss/d target
at the first SAMPLES classes (0 beyond the row). Each row of rows-pytorch-{float32,float64}.npy: the same first nine columns, loss,
d loss/d input and d loss/d target at the first SAMPLES classes, computed in that type by PyTorch 1.13.1 through log_softmax.
"""

import mpmath
import numpy as np
import torch
import torch.nn.functional as F

from exact import split

KINDS = (np.float16, np.float32, np.float64)
MASK = (1 << 64) - 1
SAMPLES = 8
FAR = -30000.0


def uniforms(seed, count):
    """The first numbers in [0, 1) of SplitMix64."""
    state = (np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) + np.uint64(seed)
    z = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53


def logits(kind, classes, noise, offset, spread, special, seed):
    """Input and target, exactly as the tests draw them."""
    u = uniforms(seed, 2 * classes).reshape(classes, 2)
    target = (u[:, 0] - 0.5) * spread
    source = (target + ((u[:, 1] - 0.5) * noise)) + offset
    if special in (1, 2):
        target[classes // 2] = -np.inf
    if special == 2:
        source[classes // 2] = -np.inf
    if special == 3:
        source[classes // 3] = FAR
    return source.astype(KINDS[kind]).astype(np.float64), target.astype(KINDS[kind]).astype(np.float64)


def softmax(z, temperature):
    """The probabilities and their logarithms, in 50 digits."""
    top = mpmath.mpf(float(z.max()))
    shifted = [(mpmath.mpf(float(v)) - top) / temperature if np.isfinite(v) else mpmath.ninf for v in z]
    powers = [mpmath.exp(v) if v != mpmath.ninf else mpmath.mpf(0) for v in shifted]
    total = mpmath.fsum(powers)
    log = mpmath.log(total)
    return [e / total for e in powers], [v - log for v in shifted]


def divergence(a, b, temperature):
    """KL of the softmax of a from that of b, d/da and d/db of the first classes."""
    (p, log_p), (q, log_q) = softmax(a, temperature), softmax(b, temperature)
    difference = [x - y if e else mpmath.mpf(0) for e, x, y in zip(p, log_p, log_q)]
    loss = mpmath.fsum(e * d for e, d in zip(p, difference))
    by_a = [e * (d - loss) / temperature for e, d in zip(p[:SAMPLES], difference)]
    by_b = [(f - e) / temperature for e, f in zip(p[:SAMPLES], q)]
    return loss, by_a, by_b


def pairs(values):
    """hi and lo of the first classes; zeros beyond the row."""
    return [part for v in (list(values) + [mpmath.mpf(0)] * SAMPLES)[:SAMPLES] for part in split(v)]


def parameters():
    """Every combination that the issue names, some at fewer lengths."""
    seed = 0
    for kind in range(3):
        for classes in (1, 2, 3, 7, 10, 33, 100, 1000):
            for noise in (0.0, 1e-6, 1e-3, 1.0):
                for offset, temperature in ((0.0, 1.0), (0.0, 0.1), (0.0, 2.0), (0.0, 20.0), (1000.0, 1.0), (-1000.0, 3.0)):
                    if classes in (33, 1000) and temperature in (0.1, 3.0):
                        continue
                    seed += 1
                    yield kind, (seed * 40503 >> 6) % 2, classes, noise, offset, 12.0, temperature, 0, seed
        for classes in (3, 17, 100):
            for special, divergence_code in ((1, 0), (2, 0), (2, 1), (3, 0), (3, 1)):
                seed += 1
                yield kind, divergence_code, classes, 1.0, 0.0, 12.0, 1.5, special, seed
            seed += 1
            yield kind, 0, classes, 1.0, 0.0, 300.0, 1.0, 0, seed
    for noise, temperature in ((1.0, 2.0), (1e-3, 1.0)):
        seed += 1
        yield 1, 0, 32000, noise, 0.0, 12.0, temperature, 0, seed
        seed += 1
        yield 1, 0, 130000, noise, 0.0, 12.0, temperature, 0, seed


def exact(row):
    """One row of rows.npy."""
    kind, reverse, classes, noise, offset, spread, temperature, special, seed = row
    source, target = logits(kind, classes, noise, offset, spread, special, seed)
    t = mpmath.mpf(temperature)
    if reverse:
        loss, by_input, by_target = divergence(source, target, t)
    else:
        loss, by_target, by_input = divergence(target, source, t)
    return [*row, *split(loss), *pairs(by_input), *pairs(by_target)]


def autograd(row):
    """One row of rows-pytorch-*.npy."""
    kind, reverse, classes, noise, offset, spread, temperature, special, seed = row
    x, y = (torch.tensor(z.astype(KINDS[kind]), requires_grad=True) for z in logits(kind, classes, noise, offset, spread, special, seed))
    log_x, log_y = F.log_softmax(x / temperature, 0), F.log_softmax(y / temperature, 0)
    loss = F.kl_div(log_y, log_x, reduction="sum", log_target=True) if reverse else F.kl_div(log_x, log_y, reduction="sum", log_target=True)
    loss.backward()
    grads = [np.concatenate([g.grad.numpy()[:SAMPLES], np.zeros(SAMPLES)])[:SAMPLES] for g in (x, y)]
    return [*row, loss.item(), *grads[0], *grads[1]]


def main():
    """Fixed seeds: a rerun writes the same bytes."""
    rows = list(parameters())
    np.save("rows.npy", np.array([exact(row) for row in rows], np.float64))
    for kind, name in ((1, "float32"), (2, "float64")):
        chosen = [row for row in rows if row[0] == kind and row[7] == 0]
        np.save(f"rows-pytorch-{name}.npy", np.array([autograd(row) for row in chosen], np.float64))


if __name__ == "__main__":
    main()
