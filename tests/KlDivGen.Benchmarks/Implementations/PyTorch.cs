using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>
/// <c>torch.nn.functional.kl_div</c> in a process of its own, with one thread. The process runs the loss a number of times on request and
/// times itself, so it takes turns with the implementations of this process, and the communication is not measured.
/// </summary>
internal sealed class PyTorch : Implementation, IDisposable
{
    /// <summary>The option with which rows are logits: their softmax is part of the loss.</summary>
    public const string Logits = "--logits";

    /// <summary>The option with which the gradient of the input is computed too.</summary>
    public const string Backward = "--backward";

    /// <summary>
    /// Makes glibc keep freed memory. Otherwise it may return that of large intermediate results to the system after each use, and new pages for
    /// the next ones take longer than the arithmetic. PyTorch's tuning guide recommends allocators that use memory again.
    /// </summary>
    private static readonly (string Name, string Value)[] KeepMemory =
        [("MALLOC_MMAP_THRESHOLD_", "1073741824"), ("MALLOC_TRIM_THRESHOLD_", "8589934592")];

    private static readonly Lazy<PyTorchWorker> Worker = new(PyTorchWorker.Find);

    private readonly Operands<float> data;
    private readonly double scale;
    private readonly string folder = Directory.CreateTempSubdirectory("kldivgen-").FullName;
    private readonly Process process;

    /// <summary>Starts PyTorch with the given data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="reduction">The reduction of the loss.</param>
    /// <param name="keepMemory">Whether the memory of intermediate results is kept for the next ones.</param>
    /// <param name="options"><see cref="Logits"/>, <see cref="Backward"/>, both or none.</param>
    public PyTorch(Operands<float> data, string reduction, bool keepMemory, params string[] options)
    {
        bool logits = options.Contains(Logits);
        int batchSize = logits ? data.Length / data.Classes : data.BatchSize;
        double divisor = reduction switch { Reductions.Mean => data.Length, Reductions.BatchMean => batchSize, _ => 1 };
        this.data = data;
        this.scale = logits ? divisor * data.RowsPerRowOfLogits : divisor;
        File.WriteAllBytes(Path.Combine(this.folder, "input.bin"), MemoryMarshal.AsBytes<float>(data.Input));
        File.WriteAllBytes(Path.Combine(this.folder, "target.bin"), MemoryMarshal.AsBytes<float>(data.Target));
        string logTarget = data.TargetKind == TargetKind.LogTarget ? "true" : "false";
        string rows = batchSize.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new(Worker.Value.Program!, [.. Worker.Value.Arguments, this.folder, reduction, logTarget, rows, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in keepMemory ? KeepMemory : [])
        {
            start.Environment[name] = value;
        }

        this.process = Process.Start(start)!;
        if (this.ReadLine() != "ready")
        {
            throw new InvalidOperationException("PyTorch did not start.");
        }
    }

    /// <summary>The version of PyTorch, or <see langword="null"/> if it was not used so far.</summary>
    public static string? UsedVersion => Worker.IsValueCreated && Absence is null ? Worker.Value.Version : null;

    /// <summary>Why PyTorch is absent, or <see langword="null"/> if it can be used.</summary>
    public static string? Absence => Worker.Value.Program is null ? Worker.Value.Version : null;

    /// <inheritdoc/>
    public override double Expected => this.data.ExpectedSum;

    /// <inheritdoc/>
    public override double Time(long repetitions)
    {
        this.process.StandardInput.WriteLine(repetitions.ToString(CultureInfo.InvariantCulture));
        string[] answer = this.ReadLine().Split(' ');
        this.Result = this.scale * double.Parse(answer[1], CultureInfo.InvariantCulture);
        return double.Parse(answer[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Runs once and returns the loss of each element, for the reduction <c>"none"</c>.</summary>
    public float[] Losses()
    {
        this.Time(1);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(this.folder, "output.bin"))).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        this.process.StandardInput.Close();
        this.process.WaitForExit();
        this.process.Dispose();
        Directory.Delete(this.folder, recursive: true);
    }

    private string ReadLine() =>
        this.process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch ended unexpectedly.");
}
