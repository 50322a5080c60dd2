using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

// Runs kl_div on request and measures the time: the arguments and answers of ../KlDivGen.Benchmarks/Python/kl_div.py.
// TorchSharp loads these two itself, and where it fails, reports its attempts instead of the reason.
try
{
    foreach (string library in (string[])["torch_cpu", "LibTorchSharp"])
    {
        NativeLibrary.Load(library, typeof(torch).Assembly, DllImportSearchPath.AssemblyDirectory);
    }
}
catch (DllNotFoundException exception)
{
    string reason = exception.Message.Split('\n').FirstOrDefault(line => line.Contains("version", StringComparison.Ordinal))
        ?? exception.Message.ReplaceLineEndings(" ");
    Console.Error.WriteLine($"The native library of PyTorch does not load: {reason}");
    return 1;
}

if (args is ["--version"])
{
    Console.WriteLine(torch.__version__);
    return 0;
}

(string folder, string reduction) = (args[0], args[1]);
(bool logTarget, int rows) = (bool.Parse(args[2]), int.Parse(args[3], CultureInfo.InvariantCulture));
(bool logits, bool backward) = (args.Contains("--logits"), args.Contains("--backward"));
set_num_threads(1);
using Tensor input = Load("input.bin"), target = Load("target.bin");
input.requires_grad = backward;
nn.Reduction kind = reduction switch
{
    "none" => nn.Reduction.None,
    "sum" => nn.Reduction.Sum,
    "mean" => nn.Reduction.Mean,
    _ => nn.Reduction.Sum,
};

// TorchSharp has no batchmean. PyTorch computes it like this too.
int divisor = reduction == "batchmean" ? rows : 1;
Console.WriteLine("ready");
using (set_grad_enabled(backward))
{
    while (Console.ReadLine() is { } line)
    {
        long repetitions = long.Parse(line, CultureInfo.InvariantCulture), start = Stopwatch.GetTimestamp();
        Tensor? result = null;
        for (long i = 0; i < repetitions; i++)
        {
            result?.Dispose();
            result = logits ? LossOfLogits() : Loss(input, target);
            if (backward)
            {
                // As in training: the optimizer's zero_grad releases the gradient.
                result.backward();
                input.grad = null;
            }
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

return 0;

Tensor LossOfLogits()
{
    using Tensor logSoftmax = nn.functional.log_softmax(input, dim: -1);
    using Tensor softmax = logTarget ? nn.functional.log_softmax(target, dim: -1) : nn.functional.softmax(target, dim: -1);
    return Loss(logSoftmax, softmax);
}

Tensor Loss(Tensor x, Tensor y)
{
    Tensor loss = nn.functional.kl_div(x, y, logTarget, kind);
    if (divisor == 1)
    {
        return loss;
    }

    using Tensor sum = loss;
    return sum / divisor;
}

Tensor Load(string name) =>
    tensor(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray()).reshape(rows, -1);
