using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Tests.Plans;

/// <summary>The printed plan of every representative method, so that a review sees every change to the mathematics.</summary>
public sealed class PlanSnapshotTests
{
    public static TheoryData<string> Names { get; } = [.. Sources.Representative.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_is_as_accepted(string name) =>
        Snapshot.Verify(name, Planner.Plan(Roslyn.Spec(Sources.Representative[name]).Kernel).ToString(), "txt");
}
