using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

// Runs kl_div on request and measures the time: the arguments and answers of ../KlDivGen.Benchmarks/Python/kl_div.py.
if (args is ["--version"])
{
    using Tensor loaded = zeros(1);
    Console.WriteLine(torch.__version__);
    return;
}

(string folder, string reduction, bool logTarget, int rows) = (args[0], args[1], bool.Parse(args[2]), int.Parse(args[3], CultureInfo.InvariantCulture));
set_num_threads(1);
using Tensor input = Load("input.bin"), target = Load("target.bin");
nn.Reduction kind = reduction switch
{
    "none" => nn.Reduction.None,
    "sum" => nn.Reduction.Sum,
    "mean" => nn.Reduction.Mean,
    _ => nn.Reduction.BatchMean,
};
Console.WriteLine("ready");
using (no_grad())
{
    while (Console.ReadLine() is { } line)
    {
        long repetitions = long.Parse(line, CultureInfo.InvariantCulture), start = Stopwatch.GetTimestamp();
        Tensor? result = null;
        for (long i = 0; i < repetitions; i++)
        {
            result?.Dispose();
            result = nn.functional.kl_div(input, target, logTarget, kind);
        }

        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        if (result!.dim() > 0)
        {
            File.WriteAllBytes(Path.Combine(folder, "output.bin"), result.bytes.ToArray());
        }

        double scalar = result.dim() == 0 ? result.item<float>() : double.NaN;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nanoseconds} {scalar}"));
        result.Dispose();
    }
}

Tensor Load(string name) =>
    tensor(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray()).reshape(rows, -1);
