using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the class of a kernel: its constants and the loops around its programs. The loops are the same for every plan: blocks of
/// unrolled vectors by the fast program, a block again by the careful one where an alarm asks for it, and the rest (<see cref="RestWriter"/>).
/// </summary>
internal sealed class KernelWriter
{
    /// <summary>After how many careful blocks the fast program is tried again; after how many at most, where it failed again and again.</summary>
    private const int Patience = 32, MostPatience = 256;

    private readonly SourceWriter writer;
    private readonly KernelPlan plan;
    private readonly ConstantTable constants;
    private readonly SumWriter sum;
    private readonly KernelSignature signature;
    private readonly BodyWriter body;
    private readonly RestWriter rest;

    public KernelWriter(SourceWriter writer, KernelPlan plan)
    {
        this.writer = writer;
        this.plan = plan;
        this.constants = new ConstantTable(plan.Fast, plan.Careful);
        this.sum = SumWriter.For(writer, plan);
        this.signature = new KernelSignature(plan, this.sum);
        OverlapWriter overlap = new(writer, plan);
        ProgramWriter programs = new(writer, plan, this.constants, overlap);
        this.body = new BodyWriter(writer, plan, programs, this.sum);
        this.rest = new RestWriter(writer, plan, overlap, this.body, this.sum, this.signature);
    }

    /// <summary>Writes the class. Each loop is a method of its own: the compiler would keep the constants of two loops in registers through both.</summary>
    public void Write(string name)
    {
        this.writer.Open($"file static class {name}");
        this.constants.Write(this.writer);
        this.WriteRun();
        this.writer.Line();
        this.WriteRunWhole();
        this.writer.Line();
        this.WriteRunWholeCarefully();
        this.rest.Write();
        this.writer.Close();
    }

    /// <summary>The entry: by the length, to the method that such data begins with.</summary>
    private void WriteRun()
    {
        this.writer.OpenMethod(
            "MethodImplOptions.AggressiveInlining",
            $"public static {this.sum.Result} Run({this.signature.References(true)}nuint length{this.signature.Rest(true)})");
        this.writer.Open($"if (length >= {this.sum.Group})");
        this.sum.WriteResult($"RunWhole({this.signature.References(false)}length{this.signature.Rest(false)})");
        this.writer.Close();
        this.rest.WriteEntry();
        this.writer.CloseMethod();
    }

    /// <summary>The main loop: blocks by the fast program, and again by the careful one where an alarm asks for it.</summary>
    private void WriteRunWhole()
    {
        this.writer.Comment("Whole groups of vectors, block by block, and then what is left over.");
        this.writer.OpenMethod(
            "MethodImplOptions.AggressiveOptimization",
            $"private static {this.sum.Result} RunWhole({this.signature.References(true)}nuint length{this.signature.Rest(true)})");
        this.body.WriteLanes();
        this.writer.Line($"nuint whole = length - (length % {this.sum.Group});");
        this.sum.Begin();
        if (this.plan.Careful is not null)
        {
            this.writer.Comment("How many blocks to go are computed with care from the start: after one that needed it, the next may well.");
            this.writer.Line($"int careful = {(this.plan.MayStartCarefully ? "carefully ? int.MaxValue : 0" : "0")};");
            this.writer.Line($"int patience = {Spelling.Number(Patience)};");
        }

        this.writer.Line("nuint i = 0;");
        this.writer.Open("while (i < whole)");
        this.writer.Line($"nuint end = nuint.Min(i + {this.sum.Block}, whole);");
        if (this.plan.Careful is null)
        {
            this.WriteBlock(this.plan.Fast);
            this.sum.Accept();
        }
        else
        {
            this.writer.Line("nuint start = i;");
            this.writer.Open("if (careful == 0)");
            this.WriteBlock(this.plan.Fast);
            this.writer.Open($"if ({this.body.Trusted("IsValidOrInfinite")})");
            this.sum.Accept();
            this.writer.Line($"patience = {Spelling.Number(Patience)};");
            this.writer.Line("continue;");
            this.writer.Close();
            this.writer.Line();
            this.sum.Reject();
            this.writer.Line("careful = patience;");
            this.writer.Line($"patience = int.Min(4 * patience, {Spelling.Number(MostPatience)});");
            this.writer.Close();
            this.writer.Line();
            this.writer.Line("careful--;");
            this.sum.CallCarefully(
                $"RunWholeCarefully({this.signature.References(false)}start, end{this.signature.CarefulRest(false)})");
            this.writer.Line("i = end;");
        }

        this.writer.Close();
        this.writer.Line();
        this.sum.End(this.rest.Call());
        this.writer.CloseMethod();
    }

    private void WriteRunWholeCarefully()
    {
        if (this.plan.Careful is not { } program)
        {
            return;
        }

        this.writer.Comment("The same with care for zeros, subnormals, infinities and all else.");
        this.writer.OpenMethod(
            "MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining",
            $"private static {this.sum.CarefulResult} RunWholeCarefully("
                + $"{this.signature.References(true)}nuint i, nuint end{this.signature.CarefulRest(true)})");
        this.body.WriteLanes();
        this.WriteBlock(program);
        this.sum.Return();
        this.writer.CloseMethod();
        this.writer.Line();
    }

    /// <summary>The elements from i to end by one program.</summary>
    private void WriteBlock(VectorProgram program)
    {
        this.sum.BeginBlock();
        this.body.WriteGathered(program);
        this.sum.WriteLoop(this.plan.Unroll, BodyWriter.Alarmed(program), this.body.SmallSumOf(program), () =>
        {
            this.WritePrefetch();
            this.body.Write(program, masked: false);
            this.writer.Line($"i += {Spelling.Times(this.plan.Unroll, "lanes")};");
        });
        this.writer.Line();
    }

    /// <summary>Asks for the data of a later pass: processors do so by themselves, but not far enough ahead, and not across pages.</summary>
    private void WritePrefetch()
    {
        foreach (Operand operand in this.plan.Operands)
        {
            this.writer.Line($"{Spelling.Runtime}.Prefetch.Ahead(ref {Spelling.Operand(operand.Role)}, i);");
        }
    }
}
