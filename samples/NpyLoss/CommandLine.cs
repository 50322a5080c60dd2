using System.CommandLine;
using System.CommandLine.Parsing;
using KlDivGen;

namespace NpyLoss;

/// <summary>The command line: options, their validation, and the resulting <see cref="LossRequest"/>.</summary>
internal sealed class CommandLine
{
    private static readonly string[] AllReductions = [Reductions.None, Reductions.Mean, Reductions.Sum, Reductions.BatchMean];
    private static readonly string[] AllDialects = [Dialects.Paddle, Dialects.PyTorch, Dialects.Strict];

    private readonly Option<string> input = new("--input")
    {
        Description = "The log-probabilities: a NumPy file of float16, float32 or float64 with any shape. The first dimension is the batch.",
        HelpName = "A.npy",
        Required = true,
    };

    private readonly Option<string> target = new("--target")
    {
        Description = "The target: a NumPy file with the same shape. The types may differ: the loss is computed in the wider one, at least float32.",
        HelpName = "B.npy",
        Required = true,
    };

    private readonly Option<string?> reduction = new("--reduction")
    {
        Description = "The reduction to print: none, mean, sum or batchmean. The default is to print all.",
        HelpName = "R",
    };

    private readonly Option<bool> logTarget = new("--log-target")
    {
        Description = "The target holds log-probabilities.",
    };

    private readonly Option<string> dialect = new("--dialect")
    {
        Description = "The rules for targets that are not positive: paddle, pytorch or strict.",
        HelpName = "D",
        DefaultValueFactory = _ => Dialects.Paddle,
    };

    private readonly Option<string?> output = new("--output")
    {
        Description = "A NumPy file that receives the loss of each element. Requires --reduction none, or no --reduction.",
        HelpName = "C.npy",
    };

    private readonly Option<int> chunkSize = new("--chunk-size")
    {
        Description = "The number of elements to hold in memory at a time.",
        HelpName = "N",
        DefaultValueFactory = _ => 1 << 22,
    };

    /// <summary>Defines the options and their validation.</summary>
    /// <param name="run">Called with the request, if the command line is valid.</param>
    public CommandLine(Action<LossRequest> run)
    {
        this.reduction.Validators.Add(result => RequireOneOf(result, AllReductions));
        this.dialect.Validators.Add(result => RequireOneOf(result, AllDialects));
        this.chunkSize.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out int size) || size < 1))
            {
                result.AddError($"--chunk-size must be a positive number of elements, not '{token.Value}'");
            }
        });
        foreach (Option file in (Option[])[this.input, this.target, this.output])
        {
            file.Validators.Add(RequirePath);
        }

        this.Root = new RootCommand("Computes the Kullback-Leibler divergence loss of two NumPy files, which may be larger than memory.")
        {
            this.input, this.target, this.reduction, this.logTarget, this.dialect, this.output, this.chunkSize,
        };
        this.Root.Validators.Add(this.ValidateOutput);
        this.Root.SetAction(parsed => run(this.GetRequest(parsed)));
    }

    /// <summary>The root command, with all options.</summary>
    public RootCommand Root { get; }

    private static void RequirePath(OptionResult result)
    {
        if (result.Tokens is [{ Value: "" }])
        {
            result.AddError($"{result.Option.Name} must be the path of a file");
        }
    }

    private static void RequireOneOf(OptionResult result, string[] allowed)
    {
        if (result.Tokens is [var token] && !allowed.Contains(token.Value))
        {
            result.AddError($"{result.Option.Name} '{token.Value}' is unknown; use one of {string.Join(", ", allowed)}");
        }
    }

    private LossRequest GetRequest(ParseResult parsed) => new(
        parsed.GetRequiredValue(this.input),
        parsed.GetRequiredValue(this.target),
        parsed.GetValue(this.reduction),
        parsed.GetValue(this.logTarget),
        parsed.GetRequiredValue(this.dialect),
        parsed.GetValue(this.output),
        parsed.GetValue(this.chunkSize));

    private void ValidateOutput(CommandResult result)
    {
        bool hasOutput = result.GetResult(this.output) is { Implicit: false };
        if (hasOutput && result.GetValue(this.reduction) is not (null or Reductions.None))
        {
            result.AddError("--output holds the loss of each element: use --reduction none, or omit --reduction");
        }
    }
}
