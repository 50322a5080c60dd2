namespace KlDivGen.Package.Tests;

/// <summary>
/// A consumer may reference any version of System.Numerics.Tensors from 10.0.0 on: the package asks for no later one, so restore reports
/// no downgrade (NU1605, NU1109), and the runtime works with each of them.
/// </summary>
public class TensorsVersionTests(PackedPackage package)
{
    private const string Program = """
        using System;
        using System.Numerics.Tensors;
        using System.Reflection;
        using KlDivGen;

        Console.WriteLine(typeof(Tensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

        // Two rows of three classes. The target is stored column by column, and the gradient has a gap after each row.
        float[] input = [-0.36f, -1.61f, -2.30f, -1.20f, -0.92f, -1.20f];
        float[] target = [0.5f, 0.2f, 0.3f, 0.6f, 0.2f, 0.2f];
        float[] gradient = new float[8];
        float loss = Losses.Step(
            new ReadOnlyTensorSpan<float>(input, [2, 3], [3, 1]),
            new ReadOnlyTensorSpan<float>(target, [2, 3], [1, 2]),
            new TensorSpan<float>(gradient, [2, 3], [4, 1]));
        Console.WriteLine($"{loss:F4} {string.Join(' ', gradient)}");

        internal static partial class Losses
        {
            [KLDivLoss(Reduction = Reductions.BatchMean)]
            public static partial float Step(ReadOnlyTensorSpan<float> input, in ReadOnlyTensorSpan<float> target, TensorSpan<float> gradInput);
        }
        """;

    private const string Properties = """
        <OutputType>Exe</OutputType>
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <InvariantGlobalization>true</InvariantGlobalization>
        """;

    public static TheoryData<string> Versions => ["10.0.0", "10.0.15", "11.0.0"];

    [Theory(Explicit = true)]
    [MemberData(nameof(Versions))]
    public async Task The_consumer_chooses_the_version(string version)
    {
        using Consumer consumer = new(package);
        consumer.WriteProject("App.csproj", Properties, consumer.Reference() + $"""
            <PackageReference Include="System.Numerics.Tensors" Version="{version}" />
            """);
        await AssertRunsAsync(consumer, version);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Versions))]
    public async Task Central_package_management_chooses_the_version(string version)
    {
        using Consumer consumer = new(package);
        consumer.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="KlDivGen" Version="{package.Version}" />
                <PackageVersion Include="System.Numerics.Tensors" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        consumer.WriteProject("App.csproj", Properties, """<PackageReference Include="KlDivGen" />""");
        await AssertRunsAsync(consumer, version);
    }

    private static async Task AssertRunsAsync(Consumer consumer, string version)
    {
        consumer.Write("Program.cs", Program);
        ProcessResult run = (await consumer.DotnetAsync("run")).EnsureSuccess();
        Assert.StartsWith(version, run.Lines[0], StringComparison.Ordinal);
        Assert.Equal("0.0875 -0.25 -0.15 -0.1 0 -0.1 -0.3 -0.1 0", run.Lines[1]);
    }
}
