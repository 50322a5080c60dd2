"""PyTorch's losses of given data, for those who compare their errors.

    losses.py DIRECTORY LOG_TARGET

reads DIRECTORY/input.bin and DIRECTORY/target.bin (float32), writes each element's loss to DIRECTORY/output.bin and prints their sum
as torch.nn.functional.kl_div gives it.
"""

import sys

import torch


def load(path):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32)


def main(directory, log_target):
    x, y = load(f"{directory}/input.bin"), load(f"{directory}/target.bin")
    kl_div = torch.nn.functional.kl_div
    with open(f"{directory}/output.bin", "wb") as file:
        file.write(kl_div(x, y, reduction="none", log_target=log_target == "true").numpy().tobytes())
    print(repr(float(kl_div(x, y, reduction="sum", log_target=log_target == "true"))))


if __name__ == "__main__":
    main(*sys.argv[1:])
