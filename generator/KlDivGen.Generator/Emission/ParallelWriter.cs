using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the parts of a method that computes large data on several threads: a structure with what the threads share and the loop over a
/// range, and in the method the call that runs the loop. Each piece of the loop stores its result at a place of its own; they are added in
/// order, so that the number of threads does not change the sum.
/// </summary>
internal sealed class ParallelWriter
{
    /// <summary>The class that runs the loop.</summary>
    public const string Loop = CSharp.Runtime + ".ParallelLoop";

    private readonly SourceWriter writer;
    private readonly MethodSpec method;
    private readonly LocalNames locals;
    private readonly List<(string Type, string Name)> fields;

    public ParallelWriter(SourceWriter writer, MethodSpec method, LocalNames locals)
    {
        this.writer = writer;
        this.method = method;
        this.locals = locals;
        this.fields = [.. method.Parameters
            .Where(parameter => parameter.Shape != ParameterShape.Scalar || parameter.Role == ParameterRole.Classes)
            .Select(parameter => (parameter.Type, parameter.Name))];
    }

    /// <summary>The first iteration of a range.</summary>
    public string Start => this.locals["rangeStart"];

    /// <summary>The iteration after the last one of a range.</summary>
    public string End => this.locals["rangeEnd"];

    /// <summary>The variable of the structure in the method.</summary>
    public string Range => this.locals["range"];

    /// <summary>Where the pieces store their results.</summary>
    public string Results => this.locals["results"];

    private string Degree => this.method.Find(ParameterRole.MaxDegreeOfParallelism)?.Name ?? "-1";

    /// <summary>The structure's name, which none of its fields may have.</summary>
    private string TypeName => this.locals[KernelFile.BareName(this.method) + "Range"];

    /// <summary>Adds a variable of the method to what the threads share.</summary>
    public void Share(string type, string name) => this.fields.Add((type, name));

    /// <summary>Opens the block of the method that computes large data, and returns.</summary>
    /// <param name="elements">The number of elements.</param>
    /// <param name="condition">Another condition, with the operator before it.</param>
    public SourceWriter.Scope Block(string elements, string condition = "") => this.writer.Block($"if ({elements} >= {Loop}.MinElements{condition})");

    /// <summary>Declares the memory for the results of the pieces.</summary>
    /// <param name="type">The type of a result.</param>
    /// <param name="length">Their number.</param>
    public void DeclareResults(string type, string length) =>
        this.writer.Line($"using {CSharp.Runtime}.PooledBuffer<{type}> {this.Results} = new({length});");

    /// <summary>Declares the structure.</summary>
    /// <param name="results">The results of the pieces, or <see langword="null"/> where they have none.</param>
    public void DeclareRange(string? results)
    {
        this.writer.Line($"global::{CSharp.KernelNamespace}.{this.TypeName} {this.Range} = new()");
        using (this.writer.Initializer())
        {
            foreach ((_, string name) in this.fields)
            {
                this.writer.Line($"{name} = {name},");
            }

            if (results is not null)
            {
                this.writer.Line($"{this.Results} = {results},");
            }
        }
    }

    /// <summary>Runs the loop.</summary>
    public void Run(string count, string pieceLength) =>
        this.writer.Line($"{Loop}.Run(ref {this.Range}, {count}, {pieceLength}, {this.Degree});");

    /// <summary>Writes the structure.</summary>
    /// <param name="results">The type of the memory for results, or <see langword="null"/>.</param>
    /// <param name="body">Writes the loop from <see cref="Start"/> to <see cref="End"/>.</param>
    public void WriteRange(string? results, Action body)
    {
        this.writer.Comment("<summary>The loop that threads share: each runs a range of it at a time.</summary>", "/// ");
        this.writer.Line($"[GeneratedCode(\"KlDivGen\", \"{KernelFile.Version}\"), ExcludeFromCodeCoverage]");
        using (this.writer.Block($"file ref struct {this.TypeName} : IParallelRange"))
        {
            foreach ((string type, string name) in this.fields)
            {
                this.writer.Line($"public {type} {name};");
            }

            if (results is not null)
            {
                this.writer.Line($"public {results} {this.Results};");
            }

            this.writer.Line();
            using (this.writer.Block($"void IParallelRange.Run(nint {this.Start}, nint {this.End})"))
            {
                body();
            }
        }
    }
}
