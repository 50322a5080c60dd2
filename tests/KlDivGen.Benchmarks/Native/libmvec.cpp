// C++ implementations of the sum of the loss as plain loops. g++ -Ofast vectorizes them with the functions of glibc's libmvec, which
// are within 4 ULP and do not support special values. The benchmark compiles them with -march=native -mprefer-vector-width=512.

#include <cmath>
#include <cstddef>

extern "C" float libmvec_log(const float* x, const float* y, std::size_t n) {
    float sum = 0;
    for (std::size_t i = 0; i < n; i++)
        sum += y[i] * (std::log(y[i]) - x[i]);
    return sum;
}

extern "C" float libmvec_exp(const float* x, const float* y, std::size_t n) {
    float sum = 0;
    for (std::size_t i = 0; i < n; i++)
        sum += std::exp(y[i]) * (y[i] - x[i]);
    return sum;
}

extern "C" int libmvec_vector_bits() {
#if defined(__AVX512F__)
    return 512;
#elif defined(__AVX2__)
    return 256;
#else
    return 128;
#endif
}
