using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// A property that every method it applies to must have. It does not depend on a test framework: it returns the errors as text, one line
/// each, with everything that is needed to reproduce them.
/// </summary>
/// <param name="Name">The name on the command line and in tests.</param>
/// <param name="Applies">Selects the methods.</param>
/// <param name="Run">Describes the errors of one method.</param>
internal sealed record Check(string Name, Func<Settings, bool> Applies, Func<KernelCase, OperandMemory, IEnumerable<string>> Run);

/// <summary>The result of one check of one method.</summary>
/// <param name="Check">The name of the check.</param>
/// <param name="Method">The title of the method.</param>
/// <param name="ErrorCount">The number of errors.</param>
/// <param name="FirstErrors">The first of them.</param>
internal sealed record CheckResult(string Check, string Method, int ErrorCount, IReadOnlyList<string> FirstErrors)
{
    private const int MaxErrors = 3;

    public bool HasPassed => this.ErrorCount == 0;

    /// <summary>Counts errors and keeps the first ones.</summary>
    public static CheckResult Create(string check, string method, IEnumerable<string> errors)
    {
        List<string> first = [];
        int count = 0;
        foreach (string error in errors)
        {
            count++;
            if (first.Count < MaxErrors)
            {
                first.Add(error);
            }
        }

        return new(check, method, count, first);
    }

    public override string ToString() =>
        $"{this.Check}: {this.Method}: {this.ErrorCount} errors\n{string.Join("\n", this.FirstErrors.Select(line => "    " + line))}";
}
