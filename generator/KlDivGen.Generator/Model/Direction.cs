namespace KlDivGen.Generator.Model;

/// <summary>Which way a parameter's value flows.</summary>
internal enum Direction
{
    /// <summary>A number that the kernel's caller reads.</summary>
    Argument,

    /// <summary>Data that the kernel reads.</summary>
    Source,

    /// <summary>Data that the kernel writes.</summary>
    Destination,
}
