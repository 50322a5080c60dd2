namespace KlDivGen.Generator.Planning;

/// <summary>What one lane of a vector value holds.</summary>
internal enum Lane
{
    /// <summary>16 bits: a stored Half.</summary>
    Int16,

    /// <summary>32 bits of an integer, or a mask of all ones or zeros beside <see cref="Single"/>.</summary>
    Int32,

    /// <summary>64 bits of an integer, or a mask beside <see cref="Double"/>.</summary>
    Int64,

    /// <summary>A float.</summary>
    Single,

    /// <summary>A double.</summary>
    Double,
}

internal static class LaneExtensions
{
    /// <summary>The size of a lane in bytes.</summary>
    public static int Size(this Lane lane) => lane switch
    {
        Lane.Int16 => 2,
        Lane.Int32 or Lane.Single => 4,
        _ => 8,
    };

    /// <summary>The integer lane as wide as this one.</summary>
    public static Lane Integer(this Lane lane) => lane switch
    {
        Lane.Single => Lane.Int32,
        Lane.Double => Lane.Int64,
        _ => lane,
    };

    /// <summary>The floating-point lane as wide as this one.</summary>
    public static Lane Floating(this Lane lane) => lane switch
    {
        Lane.Int32 => Lane.Single,
        Lane.Int64 => Lane.Double,
        _ => lane,
    };
}
