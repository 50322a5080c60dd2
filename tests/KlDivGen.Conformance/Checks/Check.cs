using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// Something that every method it applies to must fulfil. It knows no test framework: what is wrong comes back as text, a
/// line each with what is needed to see it again.
/// </summary>
/// <param name="Name">How the command line and the tests call it.</param>
/// <param name="Applies">Which methods it is for.</param>
/// <param name="Run">Finds what is wrong with one method.</param>
internal sealed record Check(string Name, Func<Settings, bool> Applies, Func<Column, Arena, IEnumerable<string>> Run);

/// <summary>What one check found of one method; right where nothing is wrong.</summary>
/// <param name="Check">The check.</param>
/// <param name="Column">The method.</param>
/// <param name="Count">How many things are wrong.</param>
/// <param name="First">The first of them.</param>
internal sealed record Finding(string Check, string Column, int Count, IReadOnlyList<string> First)
{
    public override string ToString() =>
        $"{this.Check}: {this.Column}: {this.Count} wrong\n{string.Join("\n", this.First.Select(line => "    " + line))}";
}
