using System.CommandLine;
using System.CommandLine.Parsing;
using KlDivGen;

namespace QuickStart;

/// <summary>The program's options and what they may be together.</summary>
internal sealed class CommandLine
{
    private static readonly string[] AllReductions = [Reductions.None, Reductions.Mean, Reductions.Sum, Reductions.BatchMean];
    private static readonly string[] AllDialects = [Dialects.Paddle, Dialects.PyTorch, Dialects.Strict];

    private readonly Option<string?> input = new("--input")
    {
        Description = "The log-probabilities: a NumPy file of float32 or float64, of any shape; the first dimension is the batch.",
        HelpName = "A.npy",
    };

    private readonly Option<string?> target = new("--target")
    {
        Description = "The target, of the same shape; float32 and float64 may be mixed.",
        HelpName = "B.npy",
    };

    private readonly Option<string?> reduction = new("--reduction")
    {
        Description = "Print one reduction only: none, mean, sum or batchmean. All are printed without it.",
        HelpName = "R",
    };

    private readonly Option<bool> logTarget = new("--log-target")
    {
        Description = "The target holds log-probabilities.",
    };

    private readonly Option<string> dialect = new("--dialect")
    {
        Description = "Whose rules hold where the target is not positive: paddle, pytorch or strict.",
        HelpName = "D",
        DefaultValueFactory = _ => Dialects.Paddle,
    };

    private readonly Option<string?> output = new("--output")
    {
        Description = "Write the loss of each element to a NumPy file. Goes with --reduction none, or without --reduction.",
        HelpName = "C.npy",
    };

    private readonly Option<int> piece = new("--piece")
    {
        Description = "How many elements to hold in memory at a time.",
        HelpName = "N",
        DefaultValueFactory = _ => 1 << 22,
    };

    /// <summary>Sets up the options and the checks among them.</summary>
    /// <param name="run">Is called with the request, or <see langword="null"/> for the demonstration.</param>
    public CommandLine(Action<ComparisonRequest?> run)
    {
        this.reduction.Validators.Add(result => RequireOneOf(result, AllReductions));
        this.dialect.Validators.Add(result => RequireOneOf(result, AllDialects));
        this.piece.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out int size) || size < 1))
                result.AddError($"--piece takes a positive number of elements, not '{token.Value}'");
        });
        foreach (Option<string?> file in (Option<string?>[])[this.input, this.target, this.output])
            file.Validators.Add(RequirePath);
        this.Root = new RootCommand(
            "Computes the Kullback-Leibler divergence loss of two NumPy arrays, and of a bundled student and teacher without options.")
        {
            this.input, this.target, this.reduction, this.logTarget, this.dialect, this.output, this.piece,
        };
        this.Root.Validators.Add(this.Check);
        this.Root.SetAction(parsed => run(this.Request(parsed)));
    }

    /// <summary>The command, with all its options.</summary>
    public RootCommand Root { get; }

    private static void RequirePath(OptionResult result)
    {
        if (result.Tokens is [{ Value: "" }])
            result.AddError($"{result.Option.Name} takes the path of a file");
    }

    private static void RequireOneOf(OptionResult result, string[] allowed)
    {
        if (result.Tokens is [var token] && !allowed.Contains(token.Value))
            result.AddError($"{result.Option.Name} '{token.Value}' is unknown: it is one of {string.Join(", ", allowed)}");
    }

    private ComparisonRequest? Request(ParseResult parsed) => parsed.GetValue(this.input) is not { } input
        ? null
        : new ComparisonRequest(
            input,
            parsed.GetValue(this.target)!,
            parsed.GetValue(this.reduction),
            parsed.GetValue(this.logTarget),
            parsed.GetValue(this.dialect)!,
            parsed.GetValue(this.output),
            parsed.GetValue(this.piece));

    private void Check(CommandResult result)
    {
        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };

        Option[] others = [this.reduction, this.logTarget, this.dialect, this.output, this.piece];
        if (IsGiven(this.input) != IsGiven(this.target))
            result.AddError("--input and --target go together");
        else if (!IsGiven(this.input) && others.Any(IsGiven))
            result.AddError("the other options need --input and --target");
        else if (IsGiven(this.output) && result.GetValue(this.reduction) is not (null or Reductions.None))
            result.AddError("--output holds the loss of each element: it goes with --reduction none, or without --reduction");
    }
}
