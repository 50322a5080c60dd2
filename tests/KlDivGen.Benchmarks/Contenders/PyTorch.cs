using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Contenders;

/// <summary>
/// <c>torch.nn.functional.kl_div</c> in a Python process of its own, one thread, asked for a number of runs at a time, so that it
/// takes its turn among the contenders of this process. It times itself: the pipe between the two is not counted.
/// </summary>
internal sealed class PyTorch : Contender, IDisposable
{
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private static readonly Lazy<(string? Python, string? Version)> Installed = new(Find);

    private readonly Operands<float> data;
    private readonly double divisor;
    private readonly string folder = Directory.CreateTempSubdirectory("kldivgen-").FullName;
    private readonly Process process;

    /// <summary>Starts PyTorch on the same data.</summary>
    public PyTorch(Operands<float> data, string reduction)
    {
        this.data = data;
        this.divisor = reduction switch { Reductions.Mean => data.Length, Reductions.BatchMean => data.BatchSize, _ => 1 };
        string script = Path.Combine(this.folder, "contender.py");
        File.WriteAllText(script, CommandLineTool.Embedded("contender.py"));
        File.WriteAllBytes(Path.Combine(this.folder, "input.bin"), MemoryMarshal.AsBytes<float>(data.Input));
        File.WriteAllBytes(Path.Combine(this.folder, "target.bin"), MemoryMarshal.AsBytes<float>(data.Target));
        string logTarget = data.Form == Form.LogTarget ? "true" : "false";
        string rows = data.BatchSize.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new(Installed.Value.Python!, [script, this.folder, reduction, logTarget, rows])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        this.process = Process.Start(start)!;
        if (this.Answer() != "ready")
        {
            throw new InvalidOperationException("The PyTorch contender did not start.");
        }
    }

    /// <summary>PyTorch's version, or <see langword="null"/> where it is not installed.</summary>
    public static string? Version => Installed.Value.Version;

    /// <summary>Why PyTorch is absent, or <see langword="null"/> where it is there.</summary>
    public static string? Absence => Version is null ? "PyTorch is not installed (Debian: python3-torch)" : null;

    /// <inheritdoc/>
    public override double Expected => this.data.ExpectedSum;

    /// <inheritdoc/>
    public override void Run() => this.Time(1);

    /// <inheritdoc/>
    public override double Time(long times)
    {
        this.process.StandardInput.WriteLine(times.ToString(CultureInfo.InvariantCulture));
        string[] answer = this.Answer().Split(' ');
        this.Result = this.divisor * double.Parse(answer[1], CultureInfo.InvariantCulture);
        return double.Parse(answer[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Runs once and reads the losses of all elements, where they are not reduced.</summary>
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

    private static (string? Python, string? Version) Find()
    {
        foreach (string python in Pythons)
        {
            if (CommandLineTool.TryRun(python, "-c", "import torch; print(torch.__version__)") is { } version)
            {
                return (python, version);
            }
        }

        return (null, null);
    }

    private string Answer() =>
        this.process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PyTorch contender ended.");
}
