#!/usr/bin/env python3
"""Fits the polynomials of Logarithm.cs, Exponential.cs and TableExponential.cs, and makes the tables of PowerOfTwo.cs in the runtime.

Needs mpmath (Debian: python3-mpmath). Each polynomial is a minimax fit for the exact form in which the kernel evaluates it,
found in 80 digits, then rounded to the working precision, lowest coefficient first, each following
coefficient refitted to what the rounding of the earlier ones left.

    python3 coefficients.py
"""
import mpmath as mp
import struct

mp.mp.dps = 80


def rounded(value, digits):
    """value to the nearest number of `digits` significant bits."""
    mantissa, exponent = mp.frexp(value)
    return mp.ldexp(mp.nint(mp.ldexp(mantissa, digits)), int(exponent) - digits)


def minimax(function, weight, low, high, powers):
    """The c that minimise max |weight(x) (function(x) - sum c[k] x^powers[k])| over [low, high], by Lawson's algorithm: least
    squares over Chebyshev's points, each point's share grown by its error until the largest errors are level."""
    count = len(powers)
    points = [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / (16 * count)) for i in range(16 * count)]
    rows = [[weight(x) * x ** power for power in powers] for x in points]
    wanted = [weight(x) * function(x) for x in points]
    share = [mp.mpf(1)] * len(points)
    for _ in range(60):
        normal = mp.matrix(count, count)
        right = mp.matrix(count, 1)
        for row, value, part in zip(rows, wanted, share):
            for i in range(count):
                right[i] += part * row[i] * value
                for k in range(i + 1):
                    normal[i, k] += part * row[i] * row[k]
        for i in range(count):
            for k in range(i):
                normal[k, i] = normal[i, k]
        c = mp.lu_solve(normal, right)
        errors = [abs(value - sum(c[k] * row[k] for k in range(count))) for row, value in zip(rows, wanted)]
        total = sum(part * error for part, error in zip(share, errors))
        share = [part * error / total for part, error in zip(share, errors)]
    return [c[k] for k in range(count)]


def fit(name, function, weight, low, high, powers, digits):
    """Fits, rounds coefficient by coefficient, and prints."""
    low, high = mp.mpf(low), mp.mpf(high)
    fixed = []
    rest = list(powers)
    residual = function
    while rest:
        c = minimax(residual, weight, low, high, rest)
        fixed.append((rest.pop(0), rounded(c[0], digits)))
        known = list(fixed)
        residual = lambda x, known=known: function(x) - sum(value * x ** power for power, value in known)
    grid = [low + (high - low) * i / mp.mpf(1500) for i in range(1501)]
    worst = max(abs(weight(x) * residual(x)) for x in grid)
    print(f"// {name}: error 2^{mp.nstr(mp.log(worst, 2), 4)}")
    for power, value in fixed:
        if digits == 24:
            text = repr(struct.unpack("<f", struct.pack("<f", float(value)))[0])
            bits = struct.unpack("<I", struct.pack("<f", float(value)))[0]
            print(f"//   x^{power}: 0x{bits:08X}  {mp.nstr(value, 9)}")
        else:
            bits = struct.unpack("<Q", struct.pack("<d", float(value)))[0]
            print(f"//   x^{power}: 0x{bits:016X}  {mp.nstr(value, 17)}")


def print_powers(steps, digits):
    """The bits of 2^(i / steps), less i as the table's index adds it to the exponent, and less an exponent for the smallest power."""
    smallest = 125 if digits == 24 else 1021
    for i in range(steps):
        value = float(rounded(mp.mpf(2) ** (mp.mpf(i) / steps), digits))
        bits = struct.unpack("<I", struct.pack("<f", value))[0] if digits == 24 else struct.unpack("<Q", struct.pack("<d", value))[0]
        shift = digits - 1
        bits -= (i << shift) // steps + (smallest << shift)
        print(f"//   {i}/{steps}: 0x{bits % (1 << (32 if digits == 24 else 64)):0{8 if digits == 24 else 16}X}")


def split(digits_high, digits_low):
    """ln 2 as a high part of `digits_high` bits and a low part."""
    ln2 = mp.log(2)
    high = rounded(ln2, digits_high)
    low = rounded(ln2 - high, digits_low)
    return high, low


def atanh_tail(z):
    """(2 artanh(s) - 2 s) / s^3 with z = s^2: the P of log(1 + r) = r - s (r - z P(z)), s = r / (2 + r)."""
    if z < mp.mpf(10) ** -12:
        return mp.mpf(2) / 3 + mp.mpf(2) / 5 * z
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) - 2 * s) / s ** 3


if __name__ == "__main__":
    # r in [-5/16, 3/8]: s in [-5/27, 3/19], z in [0, 25/729]. Relative to log(1 + r), about 2 s, an error of P counts z / 2 of itself.
    for count, digits in ((3, 24), (7, 53)):
        fit(f"log, {digits} bits, {count} coefficients", atanh_tail, lambda z: z / 2 + mp.mpf(10) ** -30, 0, mp.mpf(25) / 729, range(count), digits)
    # exp(r) = 1 + r + r^2 Q(r), |r| <= ln2 / 2.
    bound = mp.log(2) / 2 * mp.mpf("1.0001")
    quadratic_tail = lambda r: (mp.exp(r) - 1 - r) / r ** 2 if abs(r) > mp.mpf(10) ** -15 else mp.mpf(1) / 2 + r / 6
    for count, digits in ((5, 24), (10, 53)):
        fit(f"exp, {digits} bits, degree {count + 1}", quadratic_tail, lambda r: r ** 2 / mp.exp(r) + mp.mpf(10) ** -40, -bound, bound, range(count), digits)
    # exp(r) = 1 + r P(r), |r| <= ln2 / 64 or ln2 / 32: between the fractional powers of two of a table.
    tail = lambda r: (mp.exp(r) - 1) / r if abs(r) > mp.mpf(10) ** -15 else 1 + r / 2
    for count, digits, steps in ((2, 24, 32), (6, 53, 16)):
        bound = mp.log(2) / (2 * steps) * mp.mpf("1.0005")
        fit(f"exp, {digits} bits, {steps} steps", tail, lambda r: r / mp.exp(r) + mp.mpf(10) ** -40, -bound, bound, range(count), digits)
        print_powers(steps, digits)
    # 2^f = 1 + f P(f), |f| <= 1/2; (2^f - 1) / ln 2 - f = f^2 Q(f), an error of which counts in ratio to f^2 / 2 and to the number itself.
    half = mp.mpf("0.50001")
    power_tail = lambda f: (2 ** f - 1) / f if abs(f) > mp.mpf(10) ** -15 else mp.log(2)
    curvature = lambda f: ((2 ** f - 1) / mp.log(2) - f) / f ** 2 if abs(f) > mp.mpf(10) ** -12 else mp.log(2) / 2 + mp.log(2) ** 2 / 6 * f
    for count, digits in ((5, 24), (10, 53)):
        fit(f"power of 2, {digits} bits, degree {count}", power_tail, lambda f: f / 2 ** f + mp.mpf(10) ** -40, -half, half, range(count), digits)
        fit(f"power of 2 less its tangent, {digits} bits, {count} coefficients", curvature, lambda f: 1 / curvature(f), -half, half, range(count), digits)
    for name, parts in (("float log", (16, 24)), ("float exp", (15, 24)), ("double log", (42, 53)), ("double exp", (42, 53))):
        high, low = split(*parts)
        print(f"// ln 2 for {name}: {mp.nstr(high, 20)} + {mp.nstr(low, 20)}  (high {parts[0]} bits)")
