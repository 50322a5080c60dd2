"""Runs torch.nn.functional.kl_div on request and measures the time.

    kl_div.py FOLDER REDUCTION LOG_TARGET ROWS [--logits] [--backward]

reads FOLDER/input.bin and FOLDER/target.bin (float32), shapes them as ROWS rows and prints "ready". Then each line "REPETITIONS" on
standard input is answered with "NANOSECONDS RESULT". A result that is not a scalar is written to FOLDER/output.bin, and RESULT is "nan".
With --logits, both files hold logits, and the softmax of each row is part of the loss. With --backward, so is the gradient of the input.
One thread, like the other implementations.

    kl_div.py --version

prints the version of PyTorch.
"""

import sys
import time

import torch
from torch.nn import functional


def load(path, rows):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(rows, -1)


def main(folder, reduction, log_target, rows, *options):
    torch.set_num_threads(1)
    x, y = (load(f"{folder}/{name}.bin", int(rows)) for name in ("input", "target"))
    log_target = log_target == "true"
    logits, backward = "--logits" in options, "--backward" in options
    softmax_of_target = functional.log_softmax if log_target else functional.softmax
    x.requires_grad = backward

    def loss():
        log_q = functional.log_softmax(x, dim=-1) if logits else x
        p = softmax_of_target(y, dim=-1) if logits else y
        return functional.kl_div(log_q, p, reduction=reduction, log_target=log_target)

    print("ready", flush=True)
    with torch.set_grad_enabled(backward):
        for line in sys.stdin:
            start = time.perf_counter_ns()
            for _ in range(int(line)):
                result = loss()
                if backward:
                    # As in training: the optimizer's zero_grad releases the gradient.
                    result.backward()
                    x.grad = None
            elapsed = time.perf_counter_ns() - start
            if result.ndim > 0:
                with open(f"{folder}/output.bin", "wb") as file:
                    file.write(result.numpy().tobytes())
            print(elapsed, float(result) if result.ndim == 0 else "nan", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:
        print(torch.__version__)
    else:
        main(*sys.argv[1:])
