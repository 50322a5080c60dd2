#!/usr/bin/env python3
"""The losses of the two bundled arrays with 40 decimal digits, rounded to 17: the exact values of Program.cs.

Every float32 value is treated as an exact number. The log target is the teacher's logarithm rounded to float32, as in the
sample.
"""

import pathlib
import struct

import mpmath

mpmath.mp.dps = 40


def read(name):
    """The values of a version 1.0 float32 .npy file, as exact numbers."""
    data = (pathlib.Path(__file__).parent / name).read_bytes()
    offset = 10 + struct.unpack_from("<H", data, 8)[0]
    return [mpmath.mpf(value) for (value,) in struct.iter_unpack("<f", data[offset:])]


def to_single(value):
    """The float32 nearest to a normal number: 24 binary digits, ties to even."""
    mantissa, exponent = mpmath.frexp(value)
    return mpmath.ldexp(mpmath.nint(mpmath.ldexp(mantissa, 24)), exponent - 24)


def report(title, losses, rows=450):
    total = mpmath.fsum(losses)
    print(title)
    for name, value in ("sum", total), ("mean", total / len(losses)), ("batchmean", total / rows):
        print(f"  {name:9} {mpmath.nstr(value, 17)}")


student, teacher = read("student_log_probs.npy"), read("teacher_probs.npy")
log_teacher = [to_single(mpmath.log(y)) for y in teacher]
report("target: probabilities, y (log y - x)", [y * (mpmath.log(y) - x) for x, y in zip(student, teacher)])
report("target: log-probabilities, exp(y) (y - x)", [mpmath.exp(y) * (y - x) for x, y in zip(student, log_teacher)])
