using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Plan;

/// <summary>Data that a kernel reads or writes.</summary>
/// <param name="Role">The role of the parameter that holds it.</param>
/// <param name="Element">The type of its elements.</param>
/// <param name="Stored">The type of the lanes in which elements are loaded and stored: for 16-bit types, their bits.</param>
/// <param name="Direction">Whether it is read or written.</param>
internal sealed record Operand(ParameterRole Role, ElementType Element, ScalarType Stored, Direction Direction)
{
    /// <summary>The operand's name in generated code.</summary>
    public string Name => this.Role.Info().Name;

    public bool IsDestination => this.Direction == Direction.Destination;
}

/// <summary>A number that a pass is given, in every lane.</summary>
/// <param name="Name">Its name in generated code.</param>
/// <param name="Type">The type of the lanes.</param>
internal record Argument(string Name, ScalarType Type);

/// <summary>The factor of a gradient.</summary>
/// <param name="Name">Its name in generated code.</param>
/// <param name="Type">The type in which it is multiplied.</param>
/// <param name="Negated">Whether it is the negative of the upstream gradient.</param>
/// <param name="IsOfLogits">Whether it is the gradient by logits, which the temperature divides.</param>
internal sealed record Scale(string Name, ScalarType Type, bool Negated, bool IsOfLogits) : Argument(Name, Type);
