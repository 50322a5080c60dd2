using System.CommandLine;
using System.CommandLine.Parsing;

namespace Distillation;

/// <summary>The program's options.</summary>
internal sealed class CommandLine
{
    private readonly Option<float> temperature = new("--temperature")
    {
        Description = "How much the teacher's probabilities are softened, at least 1.",
        HelpName = "T",
        DefaultValueFactory = _ => 4,
    };

    private readonly Option<int> epochs = new("--epochs")
    {
        Description = "How often each network goes through its digits, from 1 to 10000.",
        HelpName = "N",
        DefaultValueFactory = _ => 40,
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Where the division of the digits, the first weights and the order of training come from.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "The file for the learning curves.",
        HelpName = "FILE.svg",
        DefaultValueFactory = _ => "distillation.svg",
    };

    /// <summary>Sets up the options.</summary>
    /// <param name="run">Is called with the settings and the file for the picture.</param>
    public CommandLine(Action<ExperimentSettings, string> run)
    {
        RequireNumber(this.temperature, 1, 100, "a number from 1 to 100");
        RequireNumber(this.epochs, 1, 10_000, "a whole number from 1 to 10000");
        RequireNumber(this.seed, 0, int.MaxValue - 10, "a whole number from 0");
        this.output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--output takes the path of a file");
            }
        });
        this.Root = new RootCommand(
            "Trains a small classifier of handwritten digits on a larger one's softened outputs, and another on labels alone.")
        {
            this.temperature, this.epochs, this.seed, this.output,
        };
        this.Root.SetAction(parsed => run(
            new ExperimentSettings(parsed.GetValue(this.temperature), parsed.GetValue(this.epochs), parsed.GetValue(this.seed)),
            parsed.GetValue(this.output)!));
    }

    /// <summary>The command, with all its options.</summary>
    public RootCommand Root { get; }

    private static void RequireNumber<T>(Option<T> option, T least, T most, string allowed)
        where T : System.Numerics.INumber<T>
    {
        // In one line, which the parser's own message is not.
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (T.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out T? value) && value >= least && value <= most)
            {
                return value;
            }

            result.AddError($"{option.Name} takes {allowed}, not '{text}'");
            return default!;
        };
    }
}
