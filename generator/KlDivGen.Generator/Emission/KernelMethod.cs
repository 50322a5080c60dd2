using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>An accumulator that is passed along by reference.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">The name of the parameter.</param>
/// <param name="RecordsLanes">Whether it may be made to record the lanes of its blocks, so that several threads compute blocks of it.</param>
internal sealed record SumParameter(string Type, string Name, bool RecordsLanes = false);

/// <summary>
/// A method of a kernel class: its declaration and its calls, which agree because both come from here. Its parameters are the
/// operands, positions in them, the arguments of the pass, and, where the plan asks for them, <c>forceSlowPath</c> and accumulators.
/// </summary>
/// <param name="Pass">The pass that the method is part of.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Returns">The return type.</param>
/// <param name="Positions">The positions, such as <c>length</c>, each of type nuint.</param>
/// <param name="TakesForceSlowPath">Whether the caller may force the slow path.</param>
/// <param name="Sums">The accumulators that the method adds to.</param>
internal sealed record KernelMethod(
    Pass Pass, string Name, string Returns, string[] Positions, bool TakesForceSlowPath, IReadOnlyList<SumParameter> Sums)
{
    /// <summary>The declaration without attributes and modifiers.</summary>
    public string Declaration
    {
        get
        {
            IEnumerable<string> parameters = this.Pass.Operands
                .Select(operand => $"ref {CSharp.Keyword(operand.Stored)} {operand.Name}")
                .Concat(this.Positions.Select(position => "nuint " + position))
                .Concat(this.Pass.Arguments.Select(argument => $"{ArgumentType(this.Pass, argument)} {argument.Name}"))
                .Concat(this.TakesForceSlowPath ? ["bool forceSlowPath"] : [])
                .Concat(this.Sums.Select(sum => $"ref {sum.Type} {sum.Name}"));
            return $"{this.Returns} {this.Name}({string.Join(", ", parameters)})";
        }
    }

    /// <summary>The type of the parameter of an argument: a vector where its lanes may differ.</summary>
    public static string ArgumentType(Pass pass, Argument argument) =>
        pass.ArgumentsVary ? VectorApi.Scalable.Type(argument.Type) : CSharp.Keyword(argument.Type);

    /// <summary>A call from another method of the kernel, which has the same operands.</summary>
    public string Call(params string[] positions) => this.CallOn(operand => "ref " + operand.Name, name => name, positions);

    /// <summary>A call.</summary>
    /// <param name="operand">The reference to an operand, with <c>ref</c>.</param>
    /// <param name="local">The caller's name of an argument, of <c>forceSlowPath</c> or of an accumulator.</param>
    /// <param name="positions">The positions.</param>
    public string CallOn(Func<Operand, string> operand, Func<string, string> local, params string[] positions)
    {
        IEnumerable<string> arguments = this.Pass.Operands.Select(operand)
            .Concat(positions)
            .Concat(this.Pass.Arguments.Select(argument => local(argument.Name)))
            .Concat(this.TakesForceSlowPath ? [local("forceSlowPath")] : [])
            .Concat(this.Sums.Select(sum => "ref " + local(sum.Name)));
        return $"{this.Name}({string.Join(", ", arguments)})";
    }
}

/// <summary>The methods of a pass.</summary>
internal sealed class KernelMethods
{
    /// <summary>Chooses by the length of the data.</summary>
    public readonly KernelMethod Run;

    /// <summary>The main loop, from i on.</summary>
    public readonly KernelMethod RunBlocks;

    /// <summary>One block on the slow path.</summary>
    public readonly KernelMethod RunBlocksSlow;

    /// <summary>The main loop over 512-bit vectors.</summary>
    public readonly KernelMethod RunBlocks512;

    /// <summary>One block of 512-bit vectors on the slow path.</summary>
    public readonly KernelMethod RunBlocksSlow512;

    /// <summary>The elements from i on, fewer than an iteration of the main loop takes.</summary>
    public readonly KernelMethod RunTail;

    /// <summary>The last elements, on the slow path.</summary>
    public readonly KernelMethod RunTailSlow;

    /// <summary>Data that is copied to padded stack buffers.</summary>
    public readonly KernelMethod RunShort;

    public KernelMethods(Pass pass, Accumulator accumulator, Accumulator wideAccumulator)
    {
        string returns = accumulator.ReturnType;
        IReadOnlyList<SumParameter> sums = accumulator.Sums;
        string[] range = ["i", "length"];
        bool force = pass.CanForceSlowPath;
        this.Run = new KernelMethod(pass, pass.Name, returns, ["length"], force, sums);
        this.RunBlocks = this.Run with { Name = pass.Name + "Blocks", Positions = range };
        this.RunBlocksSlow = new KernelMethod(pass, pass.Name + "BlocksSlow", accumulator.BlockType, ["i", "end"], false, sums);
        this.RunBlocks512 = this.RunBlocks with { Name = pass.Name + "Blocks512" };
        this.RunBlocksSlow512 = this.RunBlocksSlow with { Name = pass.Name + "BlocksSlow512", Returns = wideAccumulator.BlockType };
        this.RunTail = this.RunBlocks with { Name = pass.Name + "Tail" };
        this.RunTailSlow = this.RunTail with { Name = pass.Name + "TailSlow", TakesForceSlowPath = false };
        this.RunShort = this.Run with { Name = pass.Name + "Short" };
    }
}
