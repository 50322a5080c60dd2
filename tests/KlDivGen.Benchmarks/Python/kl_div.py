"""Runs torch.nn.functional.kl_div on request and measures the time.

    kl_div.py FOLDER REDUCTION LOG_TARGET ROWS

reads FOLDER/input.bin and FOLDER/target.bin (float32), shapes them as ROWS rows and prints "ready". Then each line "REPETITIONS" on
standard input is answered with "NANOSECONDS RESULT". A result that is not a scalar is written to FOLDER/output.bin, and RESULT is "nan".
One thread, like the other implementations.

    kl_div.py --version

prints the version of PyTorch.
"""

import sys
import time

import torch


def load(path, rows):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(rows, -1)


def main(folder, reduction, log_target, rows):
    torch.set_num_threads(1)
    x, y = (load(f"{folder}/{name}.bin", int(rows)) for name in ("input", "target"))
    options = {"reduction": reduction, "log_target": log_target == "true"}
    print("ready", flush=True)
    with torch.no_grad():
        for line in sys.stdin:
            start = time.perf_counter_ns()
            for _ in range(int(line)):
                result = torch.nn.functional.kl_div(x, y, **options)
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
