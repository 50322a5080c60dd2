namespace KlDivGen.Generator.Diagnostics;

/// <summary>The IDs of the diagnostics that have a code fix. Analyzers and code fixes share them.</summary>
internal static class DiagnosticIds
{
    public const string NotPartial = "KLDIV001";
    public const string TypeNotPartial = "KLDIV003";
    public const string UnknownReduction = "KLDIV008";
    public const string UnknownDialect = "KLDIV009";
    public const string MissingOutput = "KLDIV017";
    public const string MissingBatchSize = "KLDIV019";
    public const string UnknownDivergence = "KLDIV027";
    public const string UnusedTemperature = "KLDIV029";
    public const string TemperatureTwice = "KLDIV030";
    public const string BetaWithoutMixture = "KLDIV032";
    public const string LogTargetOfLogits = "KLDIV033";
    public const string UnusedDialect = "KLDIV034";
    public const string MissingClasses = "KLDIV035";
    public const string MeanReduction = "KLDIV100";
    public const string ParameterOrder = "KLDIV101";
    public const string TargetContents = "KLDIV103";
    public const string TemperatureScale = "KLDIV106";
}
