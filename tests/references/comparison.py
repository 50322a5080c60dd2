"""Writes comparison.json: what the examples of other libraries in runtime/docs print.

The example of a page is run as it stands there. PyTorch and SciPy are real. A library that is not installed is replaced by its
published formula, in NumPy: keras.losses.KLDivergence (clips to 1e-7 ... 1), optax.losses.kl_divergence, paddle.nn.functional.kl_div
(no loss for targets up to 0). TorchSharp calls the kl_div of PyTorch, which computes its example here.
"""

import contextlib
import io
import json
import pathlib
import re
import sys
import types

# The scripts beside this one have names of libraries.
sys.path.pop(0)

import numpy as np  # noqa: E402
import scipy  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

DOCS = pathlib.Path(__file__).parents[2] / "runtime" / "docs"


def keras():
    """The formula of keras/src/losses/losses.py."""

    class KLDivergence:
        """Adds each row, then reduces the rows."""

        def __init__(self, reduction="sum_over_batch_size"):
            self.reduce = {"sum_over_batch_size": np.mean, "sum": np.sum}[reduction]

        def __call__(self, y_true, y_pred):
            y_true, y_pred = np.clip(y_true, 1e-7, 1), np.clip(y_pred, 1e-7, 1)
            return self.reduce(np.sum(y_true * np.log(y_true / y_pred), axis=-1))

    return {"keras": types.SimpleNamespace(losses=types.SimpleNamespace(KLDivergence=KLDivergence))}


def optax():
    """The formulas of optax/losses/_classification.py."""

    def kl_divergence(log_predictions, targets):
        return np.sum(targets * (np.log(np.where(targets == 0, 1, targets)) - log_predictions), axis=-1)

    def kl_divergence_with_log_targets(log_predictions, log_targets):
        return np.sum(np.exp(log_targets) * (log_targets - log_predictions), axis=-1)

    losses = types.SimpleNamespace(
        kl_divergence=kl_divergence, kl_divergence_with_log_targets=kl_divergence_with_log_targets)
    return {"optax": types.SimpleNamespace(losses=losses), "jax": types.SimpleNamespace(numpy=np), "jax.numpy": np}


def paddle():
    """The formulas of paddle/phi/kernels/impl/kldiv_loss_kernel_impl.h and kldiv_loss_grad_kernel_impl.h, on tensors of PyTorch."""

    class Loss(torch.autograd.Function):
        """The losses of all elements."""

        @staticmethod
        def forward(ctx, x, label, log_target):
            ctx.weight = label.exp() if log_target else label.clamp(min=0)
            return label.exp() * (label - x) if log_target else torch.where(label > 0, label * (label.log() - x), 0.0)

        @staticmethod
        def backward(ctx, grad):
            return -ctx.weight * grad, None, None

    def kl_div(x, label, reduction="mean", log_target=False):
        losses = Loss.apply(x.requires_grad_(), label, log_target)
        return {"mean": losses.mean(), "sum": losses.sum(), "batchmean": losses.sum() / len(x)}[reduction]

    functional = types.SimpleNamespace(kl_div=kl_div)
    nn = types.SimpleNamespace(functional=functional)
    return {
        "paddle": types.SimpleNamespace(to_tensor=torch.tensor, nn=nn), "paddle.nn": nn, "paddle.nn.functional": functional}


def torchsharp():
    """The calls of the example, which is C#."""
    student = torch.tensor([[0.5, 0.25, 0.125, 0.0625, 0.0625], [0.1, 0.2, 0.4, 0.2, 0.1]])
    teacher = torch.tensor([[0.4, 0.3, 0.15, 0.1, 0.05], [0.2, 0.2, 0.2, 0.2, 0.2]])
    x = student.log().requires_grad_()
    total = F.kl_div(x, teacher, reduction="sum")
    print(f"{total / 2:.4f}")
    print(f"{F.kl_div(x, teacher, reduction='mean'):.4f}")
    print(f"{total:.4f}")
    print(f"{F.kl_div(x, teacher.log(), reduction='sum', log_target=True) / 2:.4f}")
    (total / 2).backward()
    print(" ".join(f"{g:.4f}" for g in x.grad[0, :3]))


def outputs(page):
    """The lines that the example of a page prints, and by what they were computed."""
    name = page.stem.removeprefix("from-")
    computed_by = {
        "pytorch": f"PyTorch {torch.__version__}", "scipy": f"SciPy {scipy.__version__}",
        "torchsharp": f"PyTorch {torch.__version__}"}.get(name)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        if name == "torchsharp":
            torchsharp()
        else:
            if computed_by is None:
                try:
                    computed_by = f"{name} {__import__(name).__version__}"
                except ImportError:
                    sys.modules.update({"keras": keras, "optax": optax, "paddle": paddle}[name]())
                    computed_by = "its formula, in NumPy"
            exec(re.search(r"```python\n(.*?)```", page.read_text(), re.S).group(1), {})
    return {"computedBy": computed_by, "lines": printed.getvalue().splitlines()}


def main():
    """Sorted, so that a rerun writes the same bytes."""
    pages = {page.name: outputs(page) for page in sorted(DOCS.glob("from-*.md"))}
    pathlib.Path(__file__).with_name("comparison.json").write_text(json.dumps(pages, indent=2) + "\n")


if __name__ == "__main__":
    main()
