using System.Globalization;
using System.Reflection;

namespace KlDivGen.Package.Tests;

/// <summary>Consumers with every check of C# and its analyzers at the strictest level, and with unusual settings.</summary>
public class StrictConsumerTests(PackedPackage package)
{
    private const string Strict = """
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <AnalysisLevel>latest-all</AnalysisLevel>
        <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
        <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <IsAotCompatible>true</IsAotCompatible>
        """;

    [Fact]
    public async Task Every_shape_of_method_compiles_without_a_warning_and_runs()
    {
        using Consumer consumer = new(package, Strict);
        consumer.Write("Losses.cs", """
            using System;
            using System.Numerics.Tensors;
            using KlDivGen;

            namespace Consumer.@event;

            internal static partial class Losses
            {
                [KLDivLoss]
                public static partial float Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

                [KLDivLoss(Reduction = Reductions.Sum)]
                public static partial double Sum(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

                [KLDivLoss(Reduction = Reductions.None)]
                public static partial void Each(ReadOnlySpan<double> input, ReadOnlySpan<double> target, Span<double> output);

                [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict, Deterministic = true)]
                public static partial double Mean(ReadOnlySpan<double> input, ReadOnlySpan<double> target, int batchSize);

                [KLDivLoss(Reduction = Reductions.Sum, Dialect = Dialects.PyTorch)]
                public static partial float Mixed(ReadOnlySpan<Half> input, Span<float> target);

                [KLDivLoss(Reduction = Reductions.BatchMean)]
                public static partial float Shaped(ReadOnlyTensorSpan<float> input, in TensorSpan<float> target);

                [KLDivLoss(Reduction = Reductions.Sum)]
                public static partial float Train(
                    ReadOnlySpan<float> input, ReadOnlySpan<float> target, float gradOutput, Span<float> gradInput, Span<float> gradTarget);
            }

            internal partial record struct Outer<TKey>(TKey Key)
                where TKey : notnull
            {
                internal sealed partial class @class
                {
                    [KLDivLoss]
                    internal partial float @return(ReadOnlySpan<float> @in, ReadOnlySpan<float> @out);
                }
            }
            """);
        consumer.Write("Program.cs", """
            using System;
            using System.Globalization;
            using System.Numerics.Tensors;
            using Consumer.@event;

            float[] input = [MathF.Log(0.25f), MathF.Log(0.75f)];
            float[] target = [0.5f, 0.5f];
            double[] wideInput = [Math.Log(0.25), Math.Log(0.75)];
            double[] wideTarget = [0.5, 0.5];
            double[] wideLogTarget = [Math.Log(0.5), Math.Log(0.5)];
            double[] each = new double[2];
            float[] gradInput = new float[2];
            float[] gradTarget = new float[2];

            Print("mean", Losses.Mean(input, target));
            Print("sum", Losses.Sum(input, target));
            Losses.Each(wideInput, wideTarget, each);
            Print("none", each[0]);
            Print("none", each[1]);
            Print("batchmean", Losses.Mean(wideInput, wideLogTarget, 2));
            Print("mixed", Losses.Mixed([(Half)(-1), (Half)(-2)], target));
            Print("shaped", Losses.Shaped(new ReadOnlyTensorSpan<float>(input, [2, 1]), new TensorSpan<float>(target, [2, 1])));
            Print("train", Losses.Train(input, target, 2, gradInput, gradTarget));
            Print("gradInput", gradInput[0]);
            Print("gradTarget", gradTarget[0]);
            Print("nested", new Outer<string>.@class().@return(input, target));

            static void Print(string name, double value) =>
                Console.Out.WriteLine(name + " " + value.ToString("R", CultureInfo.InvariantCulture));
            """);
        ProcessResult build = (await consumer.DotnetAsync("build", "-c", "Release")).EnsureSuccess();
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);

        ProcessResult run = (await consumer.DotnetAsync("run", "-c", "Release", "--no-build")).EnsureSuccess();
        double first = 0.5 * Math.Log(2);
        double second = 0.5 * Math.Log(2.0 / 3);
        (string Name, double Value)[] expected =
        [
            ("mean", (first + second) / 2),
            ("sum", first + second),
            ("none", first),
            ("none", second),
            ("batchmean", (first + second) / 2),
            ("mixed", 0.5 * (Math.Log(0.5) + 1) + 0.5 * (Math.Log(0.5) + 2)),
            ("shaped", (first + second) / 2),
            ("train", first + second),
            ("gradInput", -0.5 * 2),
            ("gradTarget", (Math.Log(2) + 1) * 2),
            ("nested", (first + second) / 2),
        ];
        Assert.Equal(expected.Select(line => line.Name), run.Lines.Select(line => line.Split(' ')[0]));
        Assert.All(expected.Zip(run.Lines), pair =>
            Assert.Equal(pair.First.Value, double.Parse(pair.Second.Split(' ')[1], CultureInfo.InvariantCulture), 1e-6));
    }

    /// <summary>
    /// A signed assembly that references an unsigned one gets the warning CS8002. Newer SDKs hide it from projects for .NET, so the
    /// consumer shows it again.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task A_signed_consumer_compiles_without_a_warning()
    {
        using Consumer consumer = new(package, $"""
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <SignAssembly>true</SignAssembly>
            <AssemblyOriginatorKeyFile>{RepositoryRoot.Combine("KlDivGen.snk")}</AssemblyOriginatorKeyFile>
            """);
        consumer.Write("Directory.Build.targets", """
            <Project>
              <Target Name="ShowCS8002" BeforeTargets="CoreCompile">
                <PropertyGroup>
                  <TargetFrameworkIdentifier />
                </PropertyGroup>
              </Target>
            </Project>
            """);
        consumer.Write("Program.cs", """
            System.Console.WriteLine(Losses.Sum([-1], [1]));

            internal static partial class Losses
            {
                [KlDivGen.KLDivLoss(Reduction = "sum")]
                public static partial float Sum(System.ReadOnlySpan<float> input, System.ReadOnlySpan<float> target);
            }
            """);
        ProcessResult build = (await consumer.DotnetAsync("build", "-c", "Release", "-o", consumer.Combine("output"))).EnsureSuccess();
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
        Assert.NotEmpty(AssemblyName.GetAssemblyName(consumer.Combine("output/App.dll")).GetPublicKeyToken()!);
    }

    [Fact]
    public async Task Generated_files_can_be_written_to_disk()
    {
        using Consumer consumer = new(package, "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>");
        consumer.Write("Program.cs", """
            namespace Reader;

            internal static partial class Program
            {
                private static void Main() => Total(default, default);

                [KlDivGen.KLDivLoss(Reduction = "sum")]
                private static partial float Total(System.ReadOnlySpan<float> input, System.ReadOnlySpan<float> target);
            }
            """);
        (await consumer.DotnetAsync("build")).EnsureSuccess();
        Assert.Contains("private static partial float Total(", consumer.ReadSingle("Reader.Program.Total*.g.cs"), StringComparison.Ordinal);
    }

    /// <summary>Without initialization of locals, a stack buffer for data shorter than a vector contains earlier values.</summary>
    [Fact(Explicit = true)]
    public async Task A_module_with_SkipLocalsInit_gets_the_same_sums()
    {
        using Consumer consumer = new(package, "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>");
        consumer.Write("Program.cs", """
            using System;
            using System.Globalization;
            using System.Runtime.CompilerServices;

            [module: SkipLocalsInit]

            float[] input = [-1, -2, -3];
            float[] target = [0.25f, 0.25f, 0.5f];
            for (int k = 0; k < 3; k++)
            {
                Losses.FillStack();
                Console.WriteLine(Losses.Sum(input, target).ToString("R", CultureInfo.InvariantCulture));
            }

            // A tail on the slow path, because targets are subnormal, and its gradients.
            float[] many = new float[21];
            float[] gradients = new float[21];
            Array.Fill(many, float.Epsilon);
            target.CopyTo(many, 18);
            float[] inputs = new float[21];
            input.CopyTo(inputs, 18);
            Losses.FillStack();
            Console.WriteLine(Losses.SumWithGradient(inputs, many, gradients).ToString("R", CultureInfo.InvariantCulture));
            if (!gradients.AsSpan().SequenceEqual(Array.ConvertAll(many, y => -y)))
            {
                throw new InvalidOperationException(string.Join(' ', gradients));
            }

            internal static partial class Losses
            {
                [KlDivGen.KLDivLoss(Reduction = "sum")]
                public static partial double Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

                [KlDivGen.KLDivLoss(Reduction = "sum")]
                public static partial double SumWithGradient(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradInput);

                [MethodImpl(MethodImplOptions.NoInlining)]
                public static void FillStack()
                {
                    Span<float> stack = stackalloc float[4096];
                    stack.Fill(0.7f);
                }
            }
            """);
        ProcessResult run = (await consumer.DotnetAsync("run", "-c", "Release")).EnsureSuccess();
        double expected = (2 * 0.25 * Math.Log(0.25)) + (0.5 * Math.Log(0.5)) + 0.25 + 0.5 + 1.5;
        Assert.Equal(4, run.Lines.Length);
        Assert.All(run.Lines, line => Assert.Equal(expected, double.Parse(line, CultureInfo.InvariantCulture), 1e-6));
    }
}
