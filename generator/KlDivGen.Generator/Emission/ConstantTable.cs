using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// The constants of a kernel, each with one name in all of its bodies. They are properties, which cost nothing, because hot reload can
/// change a property and cannot change a constant field.
/// </summary>
internal sealed class ConstantTable
{
    private readonly Dictionary<(ScalarType, long), string> names = new();
    private readonly List<(string Name, ScalarType Type, long Bits, string? Comment)> constants = new();

    public ConstantTable(KernelPlan plan)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (Instruction instruction in plan.Passes.SelectMany(pass => pass.Bodies).SelectMany(body => body.Instructions))
        {
            if (instruction.Immediate is not Immediate.Constant { Bits: long bits }
                || IsZeroOrOne(instruction.Type, bits)
                || this.names.ContainsKey((instruction.Type, bits)))
            {
                continue;
            }

            string name = instruction.Name;
            for (int k = 2; !taken.Add(name); k++)
            {
                name = instruction.Name + CSharp.Number(k);
            }

            this.names.Add((instruction.Type, bits), name);
            this.constants.Add((name, instruction.Type, bits, instruction.Comment));
        }
    }

    /// <summary>A vector with the constant in every lane.</summary>
    public string Vector(VectorApi api, ScalarType type, long bits) =>
        bits == 0 ? api.Zero(type)
        : IsZeroOrOne(type, bits) ? $"{api.Type(type)}.One"
        : api.Broadcast(type, this.names[(type, bits)]);

    public void Write(SourceWriter writer)
    {
        int width = this.constants.Count == 0 ? 0 : this.constants.Max(constant => Declaration(constant).Length);
        foreach ((string Name, ScalarType Type, long Bits, string? Comment) constant in this.constants)
        {
            string declaration = Declaration(constant);
            string explained = $"{declaration.PadRight(width)} // {constant.Comment}";
            writer.Line(constant.Comment is not null && writer.Fits(explained) ? explained : declaration);
        }

        static string Declaration((string Name, ScalarType Type, long Bits, string?) constant) =>
            $"private static {CSharp.Keyword(constant.Type)} {constant.Name} => {CSharp.Literal(constant.Type, constant.Bits)};";
    }

    private static bool IsZeroOrOne(ScalarType type, long bits) => bits == 0
        || (type == ScalarType.Single && bits == 0x3F800000)
        || (type == ScalarType.Double && bits == 0x3FF0000000000000);
}
