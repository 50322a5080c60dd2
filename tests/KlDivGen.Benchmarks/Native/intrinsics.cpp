// C++ implementations of the sum of the loss with AVX2 intrinsics. The benchmark compiles them with -O3 -march=native, and with
// -DWITH_SLEEF if SLEEF is installed.
//
// The logarithm and the exponential written here are the Cephes polynomials in their usual vector form. They do not support zeros,
// subnormals, infinities and NaN. The functions of SLEEF do.

#include <cstddef>
#include <initializer_list>

#include <immintrin.h>
#ifdef WITH_SLEEF
#include <sleef.h>
#endif

namespace {

using Vec = __m256;
constexpr std::size_t Lanes = 8;
constexpr std::size_t Accumulators = 4;

inline Vec cephes_log(Vec y) {
    const Vec one = _mm256_set1_ps(1.0f);
    __m256i bits = _mm256_castps_si256(y);
    Vec e = _mm256_cvtepi32_ps(_mm256_sub_epi32(_mm256_srli_epi32(bits, 23), _mm256_set1_epi32(126)));
    Vec m = _mm256_castsi256_ps(_mm256_or_si256(_mm256_and_si256(bits, _mm256_set1_epi32(0x007FFFFF)), _mm256_set1_epi32(0x3F000000)));
    Vec low = _mm256_cmp_ps(m, _mm256_set1_ps(0.707106781186547524f), _CMP_LT_OS);
    e = _mm256_sub_ps(e, _mm256_and_ps(one, low));
    m = _mm256_add_ps(_mm256_sub_ps(m, one), _mm256_and_ps(m, low));
    Vec z = _mm256_mul_ps(m, m);
    Vec p = _mm256_set1_ps(7.0376836292e-2f);
    for (float c : {-1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f,
                    -1.6668057665e-1f, 2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f})
        p = _mm256_fmadd_ps(p, m, _mm256_set1_ps(c));
    p = _mm256_mul_ps(_mm256_mul_ps(p, m), z);
    p = _mm256_fmadd_ps(e, _mm256_set1_ps(-2.12194440e-4f), p);
    p = _mm256_fnmadd_ps(z, _mm256_set1_ps(0.5f), p);
    return _mm256_fmadd_ps(e, _mm256_set1_ps(0.693359375f), _mm256_add_ps(m, p));
}

inline Vec cephes_exp(Vec y) {
    y = _mm256_max_ps(_mm256_min_ps(y, _mm256_set1_ps(88.3762626647949f)), _mm256_set1_ps(-87.3365447504f));
    Vec n = _mm256_round_ps(_mm256_mul_ps(y, _mm256_set1_ps(1.44269504088896341f)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    Vec r = _mm256_fnmadd_ps(n, _mm256_set1_ps(0.693359375f), y);
    r = _mm256_fnmadd_ps(n, _mm256_set1_ps(-2.12194440e-4f), r);
    Vec p = _mm256_set1_ps(1.9875691500e-4f);
    for (float c : {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f})
        p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(c));
    p = _mm256_add_ps(_mm256_fmadd_ps(p, _mm256_mul_ps(r, r), r), _mm256_set1_ps(1.0f));
    __m256i scale = _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
    return _mm256_mul_ps(p, _mm256_castsi256_ps(scale));
}

// The sum of add(x, y, total) over all elements. The last vector is padded with (pad_x, pad_y), whose loss is zero.
template <typename Add>
inline float sum(const float* x, const float* y, std::size_t n, float pad_x, float pad_y, Add add) {
    Vec total[Accumulators] = {};
    std::size_t i = 0;
    for (; i + Accumulators * Lanes <= n; i += Accumulators * Lanes)
        for (std::size_t a = 0; a < Accumulators; a++)
            total[a] = add(_mm256_loadu_ps(x + i + a * Lanes), _mm256_loadu_ps(y + i + a * Lanes), total[a]);
    for (; i < n; i += Lanes) {
        alignas(32) float last_x[Lanes], last_y[Lanes];
        for (std::size_t j = 0; j < Lanes; j++) {
            last_x[j] = i + j < n ? x[i + j] : pad_x;
            last_y[j] = i + j < n ? y[i + j] : pad_y;
        }
        total[0] = add(_mm256_load_ps(last_x), _mm256_load_ps(last_y), total[0]);
    }
    alignas(32) float lanes[Lanes];
    _mm256_store_ps(lanes, _mm256_add_ps(_mm256_add_ps(total[0], total[1]), _mm256_add_ps(total[2], total[3])));
    float result = 0;
    for (float lane : lanes)
        result += lane;
    return result;
}

template <typename Log>
inline float sum_probability(const float* x, const float* y, std::size_t n, Log log) {
    return sum(x, y, n, 0, 1, [&](Vec a, Vec b, Vec total) { return _mm256_fmadd_ps(b, _mm256_sub_ps(log(b), a), total); });
}

template <typename Exp>
inline float sum_log_target(const float* x, const float* y, std::size_t n, Exp exp) {
    return sum(x, y, n, 0, 0, [&](Vec a, Vec b, Vec total) { return _mm256_fmadd_ps(exp(b), _mm256_sub_ps(b, a), total); });
}

}  // namespace

#define IMPLEMENTATION(name, formula, function) \
    extern "C" float name(const float* x, const float* y, std::size_t n) { \
        return formula(x, y, n, [](Vec v) { return function(v); }); \
    }

extern "C" int vector_bits() { return 8 * sizeof(Vec); }

IMPLEMENTATION(intrinsics_log, sum_probability, cephes_log)
IMPLEMENTATION(intrinsics_exp, sum_log_target, cephes_exp)
#ifdef WITH_SLEEF
IMPLEMENTATION(sleef_log_1ulp, sum_probability, Sleef_logf8_u10avx2)
IMPLEMENTATION(sleef_log_3_5ulp, sum_probability, Sleef_logf8_u35avx2)
IMPLEMENTATION(sleef_exp_1ulp, sum_log_target, Sleef_expf8_u10avx2)
#endif
