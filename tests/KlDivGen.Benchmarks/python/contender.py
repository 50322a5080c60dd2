"""PyTorch as a contender: a process that computes one loss on request and says how long it took.

    contender.py DIRECTORY REDUCTION LOG_TARGET ROWS

reads DIRECTORY/input.bin and DIRECTORY/target.bin (float32), shapes them as ROWS rows, says "ready", and answers every line
"TIMES" on standard input with "NANOSECONDS RESULT"; a result that is not one number, with "nan" in its place, goes to
DIRECTORY/output.bin. One thread, as every other contender has.
"""

import sys
import time

import torch


def load(path, rows):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(rows, -1)


def main(directory, reduction, log_target, rows):
    torch.set_num_threads(1)
    x, y = (load(f"{directory}/{name}.bin", int(rows)) for name in ("input", "target"))
    options = {"reduction": reduction, "log_target": log_target == "true"}
    print("ready", flush=True)
    with torch.no_grad():
        for line in sys.stdin:
            start = time.perf_counter_ns()
            for _ in range(int(line)):
                result = torch.nn.functional.kl_div(x, y, **options)
            elapsed = time.perf_counter_ns() - start
            if result.ndim > 0:
                with open(f"{directory}/output.bin", "wb") as file:
                    file.write(result.numpy().tobytes())
            print(elapsed, float(result) if result.ndim == 0 else "nan", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
