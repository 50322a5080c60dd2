using System.CommandLine;
using System.CommandLine.Parsing;

namespace ClusterEvaluation;

/// <summary>What the root command does.</summary>
/// <param name="Run">The name of the run.</param>
/// <param name="Restart">Whether to delete what is saved of an earlier run first.</param>
/// <param name="Json">Whether to print JSON instead of a table.</param>
/// <param name="Evaluation">What to evaluate.</param>
/// <param name="Cluster">Which cluster to join.</param>
internal sealed record RunRequest(string Run, bool Restart, bool Json, EvaluationRequest Evaluation, ClusterRequest Cluster);

/// <summary>The command line: options, their validation, and the resulting requests.</summary>
internal sealed class CommandLine
{
    private readonly Option<string> teacher = new("--teacher")
    {
        Description = "The folder of the teacher's logits: NumPy files of float16, float32 or float64. The last dimension is the classes. "
            + "All silos need the folder at this path.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "data", "teacher"),
    };

    private readonly Option<string> student = new("--student")
    {
        Description = "The folder of the student's logits: files with the same names and shapes. The types may differ.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "data", "student"),
    };

    private readonly Option<string> run = new("--run")
    {
        Description = "The name of the run. With --redis, an unfinished run of this name is resumed.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "default",
    };

    private readonly Option<bool> restart = new("--restart") { Description = "Delete what is saved of this run, and start over." };

    private readonly Option<bool> json = new("--json") { Description = "Print JSON instead of a table." };

    private readonly Option<long> pieceSize = new("--piece-size")
    {
        Description = "The number of logits of each file in a piece; at least one row. A silo that fails costs its unfinished pieces.",
        HelpName = "N",
        DefaultValueFactory = _ => 1L << 26,
    };

    private readonly Option<int> chunkSize = new("--chunk-size")
    {
        Description = "The number of logits of each file that a silo holds in memory for each piece; at least one row.",
        HelpName = "N",
        DefaultValueFactory = _ => 1 << 18,
    };

    private readonly Option<int> piecesPerSilo = new("--pieces-per-silo")
    {
        Description = "The number of pieces that a silo evaluates at the same time; by default, the processors of this machine.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<string?> redis = new("--redis")
    {
        Description = "Join the cluster whose members and runs are kept in this Redis. Without it, this process is the cluster.",
        HelpName = "HOST:PORT",
        Recursive = true,
    };

    private readonly Option<string> cluster = new("--cluster")
    {
        Description = "The name of the cluster, if several use one Redis.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "cluster-evaluation",
        Recursive = true,
    };

    private readonly Option<int> port = new("--port")
    {
        Description = "The TCP port on which the other silos reach this one; by default, a free one.",
        HelpName = "N",
        Recursive = true,
    };

    private readonly Option<bool> verbose = new("--verbose")
    {
        Description = "Write the progress as lines, and warnings, to the error stream.",
        Recursive = true,
    };

    /// <summary>Defines the options and their validation.</summary>
    /// <param name="evaluate">Called with the request, if the command line is valid.</param>
    /// <param name="serve">Called with the cluster, for the command <c>silo</c>.</param>
    public CommandLine(Action<RunRequest> evaluate, Action<ClusterRequest> serve)
    {
        RequireNumber(this.pieceSize, 1, long.MaxValue);
        RequireNumber(this.chunkSize, 1, 1 << 28);
        RequireNumber(this.piecesPerSilo, 1, 1 << 12);
        RequireNumber(this.port, 1, ushort.MaxValue);
        foreach (Option option in (Option[])[this.teacher, this.student, this.run, this.redis, this.cluster])
        {
            option.Validators.Add(RequireText);
        }

        Command silo = new("silo", "Joins the cluster as a silo that evaluates pieces, until it is interrupted.");
        silo.Validators.Add(result =>
        {
            if (result.GetValue(this.redis) is null)
            {
                result.AddError("--redis is required: it is how a silo finds the others");
            }
        });
        silo.SetAction(parsed => serve(this.GetCluster(parsed)));

        this.Root = new RootCommand(
            "Computes the KL divergence of many files of logits on a cluster of silos. It has the same bits however many they are.")
        {
            this.teacher, this.student, this.run, this.restart, this.json, this.pieceSize, this.chunkSize, this.piecesPerSilo,
            this.redis, this.cluster, this.port, this.verbose, silo,
        };
        this.Root.SetAction(parsed => evaluate(new RunRequest(
            parsed.GetRequiredValue(this.run),
            parsed.GetValue(this.restart),
            parsed.GetValue(this.json),
            new EvaluationRequest(
                Path.GetFullPath(parsed.GetRequiredValue(this.teacher)),
                Path.GetFullPath(parsed.GetRequiredValue(this.student)),
                parsed.GetValue(this.pieceSize),
                parsed.GetValue(this.chunkSize),
                parsed.GetValue(this.piecesPerSilo)),
            this.GetCluster(parsed))));
    }

    /// <summary>The root command, with all options.</summary>
    public RootCommand Root { get; }

    private static void RequireText(OptionResult result)
    {
        if (result.Tokens is [{ Value: "" }])
        {
            result.AddError($"{result.Option.Name} must not be empty");
        }
    }

    private static void RequireNumber(Option option, long minimum, long maximum) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && (!long.TryParse(token.Value, out long number) || number < minimum || number > maximum))
        {
            result.AddError($"{option.Name} must be a number from {minimum} to {maximum}, not '{token.Value}'");
        }
    });

    private ClusterRequest GetCluster(ParseResult parsed) => new(
        parsed.GetValue(this.redis), parsed.GetRequiredValue(this.cluster), parsed.GetValue(this.port), parsed.GetValue(this.verbose));
}
