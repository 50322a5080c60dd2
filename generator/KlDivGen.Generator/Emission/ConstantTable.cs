using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>The constants of a kernel, each with one name in all of its programs.</summary>
internal sealed class ConstantTable
{
    private readonly Dictionary<(Lane, long), string> names = new();
    private readonly List<(string Name, Lane Lane, long Bits)> constants = new();

    public ConstantTable(params VectorProgram?[] programs)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (Instruction constant in programs.SelectMany(p => p?.Instructions ?? []).Where(i => i.Operation == Operation.Constant))
        {
            if (IsZeroOrOne(constant.Lane, constant.Bits) || this.names.ContainsKey((constant.Lane, constant.Bits)))
            {
                continue;
            }

            string name = constant.Name;
            for (int k = 2; !taken.Add(name); k++)
            {
                name = constant.Name + Spelling.Number(k);
            }

            this.names.Add((constant.Lane, constant.Bits), name);
            this.constants.Add((name, constant.Lane, constant.Bits));
        }
    }

    /// <summary>A vector with the constant in every lane.</summary>
    public string Vector(Lane lane, long bits) =>
        bits == 0 ? $"{Spelling.Vector(lane)}.Zero"
        : IsZeroOrOne(lane, bits) ? $"{Spelling.Vector(lane)}.One"
        : $"new {Spelling.Vector(lane)}({this.names[(lane, bits)]})";

    /// <summary>Declares them, and leaves a line free after them.</summary>
    public void Write(SourceWriter writer)
    {
        foreach ((string name, Lane lane, long bits) in this.constants)
        {
            writer.Line($"private const {Spelling.Scalar(lane)} {name} = {Spelling.Literal(lane, bits)};");
        }

        if (this.constants.Count > 0)
        {
            writer.Line();
        }
    }

    private static bool IsZeroOrOne(Lane lane, long bits) =>
        bits == 0 || (lane == Lane.Single && bits == 0x3F800000) || (lane == Lane.Double && bits == 0x3FF0000000000000);
}
