"""Writes pytorch-*.npy: special values and gradients as torch.nn.functional.kl_div itself gives them (PyTorch 1.13.1).

pytorch-specials-{float32,float64}.npy: every pair of special values. Rows: x, y, log_target, loss, d/dx, d/dy.
pytorch-autograd.npy: ordinary pairs in double. Rows: reduction (0 none, 1 mean, 2 sum, 3 batchmean), log_target, n, N,
upstream gradient, x, y, loss, d/dx, d/dy; "loss" is the element's for none and the reduced one otherwise.
"""

import itertools

import numpy as np
import torch
import torch.nn.functional as F

REDUCTIONS = ("none", "mean", "sum", "batchmean")


def graded(x, y, reduction, log_target, upstream):
    """The loss and both gradients."""
    x, y = x.clone().requires_grad_(), y.clone().requires_grad_()
    loss = F.kl_div(x, y, reduction=reduction, log_target=log_target)
    loss.backward(upstream.expand_as(loss))
    return loss.detach(), x.grad, y.grad


def specials(kind):
    """Every pair of special values, in both forms."""
    info = torch.finfo(kind)
    tiny = info.tiny / 4
    x = [0.0, -0.0, 1.5, -2.5, -tiny, 1e4, -1e4, np.inf, -np.inf, np.nan]
    y = [0.0, -0.0, 0.25, 1.0, 3.0, -0.5, -3.0, tiny, -tiny, -50.0, -2000.0, np.inf, -np.inf, np.nan]
    pairs = torch.tensor(list(itertools.product(x, y)), dtype=kind)
    table = []
    for log_target in (False, True):
        results = graded(pairs[:, 0], pairs[:, 1], "none", log_target, torch.ones(1, dtype=kind))
        columns = [pairs[:, 0], pairs[:, 1], torch.full((len(pairs),), float(log_target), dtype=kind), *results]
        table.append(torch.stack(columns, 1).double().numpy())
    return np.concatenate(table)


def autograd():
    """Twelve rows of five ordinary elements, every reduction, both forms."""
    random = np.random.default_rng(1131)
    table = []
    for log_target, (code, reduction) in itertools.product((False, True), enumerate(REDUCTIONS)):
        x = torch.tensor(random.uniform(-8, 0, (12, 5)))
        y = torch.tensor(random.uniform(-8, 0, (12, 5)) if log_target else random.random((12, 5)))
        upstream = torch.tensor(random.uniform(-2, 2))
        loss, dx, dy = graded(x, y, reduction, log_target, upstream)
        parts = [x, y, loss.expand(12, 5), dx, dy]
        rows = np.stack([p.numpy().ravel() for p in parts], 1)
        fixed = np.tile([code, float(log_target), 60, 12, upstream.item()], (60, 1))
        table.append(np.concatenate([fixed, rows], 1))
    return np.concatenate(table)


def main():
    """Fixed seeds: a rerun writes the same bytes."""
    np.save("pytorch-specials-float32.npy", specials(torch.float32))
    np.save("pytorch-specials-float64.npy", specials(torch.float64))
    np.save("pytorch-autograd.npy", autograd())


if __name__ == "__main__":
    main()
