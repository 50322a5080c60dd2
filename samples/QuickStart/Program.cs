// The Kullback-Leibler divergence of a student from its teacher, on 450 handwritten digits of 10 classes,
// beside the exact values. data/README.md says where the two arrays and the exact values come from.
using System.Runtime.InteropServices;
using KlDivGen;

const int BatchSize = 450;

float[] student = ReadFloats("student_log_probs.npy");    // log-probabilities
float[] teacher = ReadFloats("teacher_probs.npy");    // probabilities
float[] logTeacher = [.. teacher.Select(y => (float)Math.Log(y))];

Console.WriteLine("target             reduction  KlDivGen            exact               error");
Print("probabilities", "sum", Losses.Sum(student, teacher), 458.35689183821003m);
Print("probabilities", "mean", Losses.Mean(student, teacher), 0.10185708707515778m);
Print("probabilities", "batchmean", Losses.BatchMean(student, teacher, BatchSize), 1.0185708707515778m);
Print("log-probabilities", "batchmean", Losses.BatchMeanLogTarget(student, logTeacher, BatchSize), 1.0185708706129442m);

static void Print(string target, string reduction, double loss, decimal exact) =>
    Console.WriteLine($"{target,-17}  {reduction,-9}  {loss,-18:G17}  {exact,-18}  {Math.Abs((loss / (double)exact) - 1):0.0e+0}");

// A NumPy file of float32 values: a header of 128 bytes, then the values. samples/NpyLoss reads any header.
static float[] ReadFloats(string file) =>
    MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", file)).AsSpan(128)).ToArray();

// Each declaration says what it needs; the generator writes the method. "Go to definition" shows the generated code.
internal static partial class Losses
{
    [KLDivLoss(Reduction = "sum")]
    public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = "mean")]
    public static partial double Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    [KLDivLoss(Reduction = "batchmean")]
    public static partial double BatchMean(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    [KLDivLoss(Reduction = "batchmean", LogTarget = true)]
    public static partial double BatchMeanLogTarget(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);
}
