namespace KlDivGen.Generator.Tests;

/// <summary>The diff in the message of a failed snapshot test.</summary>
public sealed class SnapshotDiffTests
{
    [Fact]
    public void A_changed_line_is_shown_with_three_lines_of_context() => Assert.Equal(
        """
        --- verified
        +++ received
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        """,
        Snapshot.Diff(Lines(1, 9), Lines(1, 9).Replace("5", "five", StringComparison.Ordinal)));

    [Fact]
    public void White_space_and_carriage_returns_are_differences()
    {
        Assert.Contains("- x\n+  x", Snapshot.Diff(" x", "  x"), StringComparison.Ordinal);
        Assert.Contains("-x\n+x\\r", Snapshot.Diff("x\ny", "x\r\ny"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_diff_is_cut()
    {
        string diff = Snapshot.Diff("", Lines(1, 100), maximumLines: 10);

        Assert.Equal(11, diff.Split('\n').Length);
        Assert.Matches(@"\n\([0-9]+ more lines\)$", diff);
    }

    private static string Lines(int first, int count) => string.Join('\n', Enumerable.Range(first, count));
}
