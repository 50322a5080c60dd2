using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Diagnostics;

/// <summary>
/// The descriptors of the errors that the parser reports, and of <see cref="NativeAotWidth"/>: here those of declarations and projects.
/// </summary>
/// <remarks>
/// A new descriptor needs a row in <c>AnalyzerReleases.Unshipped.md</c>, a row in the README's table and a test. Tests check all three.
/// </remarks>
internal static partial class DiagnosticDescriptors
{
    private const string Category = "KlDivGen";
    private const string HelpLinks = "https://github.com/KlDivGen/KlDivGen#";

    // An error means that a method is not generated. Errors cannot be suppressed (NotConfigurable): a partial void method without a
    // body is legal C#, and calls of it would silently do nothing.
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error;

    public static readonly DiagnosticDescriptor NotPartial = new(
        DiagnosticIds.NotPartial,
        "Method is not partial",
        "'{0}' has [KLDivLoss] and must be partial, so that the generator can implement it",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator writes the implementing declaration of the method. C# allows this only for partial methods.",
        HelpLinks + "kldiv001",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HasBody = new(
        "KLDIV002",
        "Method has a body",
        "'{0}' has [KLDivLoss] and must not have a body: the generator writes it",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator writes the body. Replace the body with a semicolon, or remove [KLDivLoss].",
        HelpLinks + "kldiv002",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TypeNotPartial = new(
        DiagnosticIds.TypeNotPartial,
        "Containing type is not partial",
        "'{0}' contains the [KLDivLoss] method '{1}' and must be partial",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator writes the method in another part of its type. The type and all types that contain it must be partial.",
        HelpLinks + "kldiv003",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor FileLocalType = new(
        "KLDIV004",
        "Containing type is file-local",
        "'{0}' is local to its file, so the generator cannot implement '{1}' in another file; remove the modifier 'file'",
        Category,
        Error,
        isEnabledByDefault: true,
        "A file-local type cannot have parts in other files, and the generator writes each method to its own file.",
        HelpLinks + "kldiv004",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NotAnOrdinaryMethod = new(
        "KLDIV005",
        "Not an ordinary method",
        "{0} cannot have [KLDivLoss]; only ordinary methods of classes, structs, records and interfaces can",
        Category,
        Error,
        isEnabledByDefault: true,
        "Local functions, lambdas, operators, accessors, explicit interface implementations and members of extension blocks cannot "
        + "be partial, so the generator cannot implement them.",
        HelpLinks + "kldiv005",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MethodModifier = new(
        "KLDIV006",
        "Modifier not allowed on a generated method",
        "'{0}' has [KLDivLoss] and cannot be {1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "A generated method has a synchronous body. It cannot be abstract, extern or async.",
        HelpLinks + "kldiv006",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "KLDIV007",
        "C# version is too old",
        "{0} needs C# {1} or later, but this project uses C# {2}; remove LangVersion, or set it to {1} or later",
        Category,
        Error,
        isEnabledByDefault: true,
        "Generated files use file-local types and other features of C# 11; with Parallel, ref structs with interfaces, of C# 13. Projects for "
        + ".NET 8 or later use C# 12 or later by default.",
        HelpLinks + "kldiv007",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NativeAotWidth = new(
        "KLDIV023",
        "Native AOT compiles kernels for 128-bit vectors",
        "Native AOT compiles the kernels for 128-bit vectors without fused multiply-add; set <IlcInstructionSet>native</IlcInstructionSet>, "
        + "or x86-64-v3 for machines with AVX2, x86-64-v4 for machines with AVX-512, to make them two to four times as fast",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Without IlcInstructionSet, Native AOT compiles for every x64 machine. Only the speed differs, not the accuracy. With native or "
        + "x86-64-v4, the main loops use 512-bit vectors. Suppress this "
        + "where the program must run on machines without AVX2.",
        HelpLinks + "kldiv023",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor GeneratedFileCompiled = new(
        "KLDIV024",
        "Generated file is compiled twice",
        "The generated file of '{0}' is also a source file of the project; exclude '{1}' from compilation, or delete it",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator adds its files to the compilation. Copies of them, as EmitCompilerGeneratedFiles writes them, must not be compiled "
        + "again: exclude their folder with <Compile Remove=\"...\" />.",
        HelpLinks + "kldiv024",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ExternAlias = new(
        "KLDIV025",
        "Reference has only an extern alias",
        "The reference to '{0}' has the alias '{1}', and generated code needs the alias 'global' too; set Aliases to \"global,{1}\"",
        Category,
        Error,
        isEnabledByDefault: true,
        "Generated code refers to types through global::. A reference that has only an extern alias is not part of the global namespace.",
        HelpLinks + "kldiv025",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HiddenNamespace = new(
        "KLDIV026",
        "Type hides a namespace of generated code",
        "The type '{0}' has the name of a namespace that generated code uses; rename the type, or move it into another namespace",
        Category,
        Error,
        isEnabledByDefault: true,
        "Generated code is in the namespace KlDivGen.Generated and uses KlDivGen.CompilerServices. C# does not find a namespace where a "
        + "type has its name.",
        HelpLinks + "kldiv026",
        WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The errors, which the parser reports.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Errors => ImmutableArray.Create(
        NotPartial,
        HasBody,
        TypeNotPartial,
        FileLocalType,
        NotAnOrdinaryMethod,
        MethodModifier,
        LanguageVersion,
        UnknownReduction,
        UnknownDialect,
        MissingData,
        UnknownRole,
        ParameterModifier,
        UnsupportedType,
        MixedDataKinds,
        ReadOnlyDestination,
        ElementType,
        MissingOutput,
        ForbiddenOutput,
        MissingBatchSize,
        ForbiddenBatchSize,
        GradOutputAlone,
        ReturnType,
        GeneratedFileCompiled,
        ExternAlias,
        HiddenNamespace,
        UnknownDivergence,
        InvalidTemperature,
        UnusedTemperature,
        TemperatureTwice,
        InvalidBeta,
        BetaWithoutMixture,
        LogTargetOfLogits,
        UnusedDialect,
        MissingClasses,
        ForbiddenClasses,
        DegreeWithoutParallel);
}
