using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the class of a kernel: a map of its methods, its constants, and the methods of each pass.</summary>
internal sealed class KernelWriter
{
    private readonly SourceWriter writer;
    private readonly ConstantTable constants;

    public KernelWriter(SourceWriter writer, KernelPlan plan)
    {
        this.writer = writer;
        this.constants = new ConstantTable(plan);
        this.Passes = [.. plan.Passes.Select(pass => new PassWriter(writer, plan, pass, VectorApi.Scalable, this.constants))];
        this.Rows = plan.Rows is { } program ? new RowWriter(writer, plan, program, this.Passes) : null;
    }

    public IReadOnlyList<PassWriter> Passes { get; }

    /// <summary>How a row is computed, or <see langword="null"/> where one pass takes all elements.</summary>
    public RowWriter? Rows { get; }

    public void Write(string name, string summary)
    {
        this.writer.Comment(summary, "/// ");
        this.writer.Line($"[GeneratedCode(\"KlDivGen\", \"{KernelFile.Version}\"), ExcludeFromCodeCoverage]");
        using (this.writer.Block($"file static class {name}"))
        {
            this.WriteMap();
            this.writer.Line();
            this.constants.Write(this.writer);
            if (this.Rows is { } rows)
            {
                this.writer.Line();
                rows.Write();
            }

            foreach (PassWriter pass in this.Passes)
            {
                this.writer.Line();
                pass.Write();
            }
        }
    }

    private void WriteMap()
    {
        (string Name, string Text)[] map = [.. this.Rows?.Map ?? this.Passes.SelectMany(pass => pass.Map)];
        int width = map.Max(method => method.Name.Length);
        foreach ((string name, string text) in map)
        {
            this.writer.Comment($"{name.PadRight(width)}  {text}");
        }
    }
}
