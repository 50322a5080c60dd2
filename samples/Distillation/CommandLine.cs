using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Distillation;

/// <summary>The command line: options and their validation.</summary>
internal sealed class CommandLine
{
    private readonly Option<float> temperature = new("--temperature")
    {
        Description = "The temperature that softens the teacher's probabilities, from 1 to 100.",
        HelpName = "T",
        DefaultValueFactory = _ => 4,
    };

    private readonly Option<int> epochs = new("--epochs")
    {
        Description = "The number of epochs for each network, from 1 to 10000.",
        HelpName = "N",
        DefaultValueFactory = _ => 40,
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "The seed of the data split, the initial weights and the order of training.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "The SVG file that receives the learning curves.",
        HelpName = "FILE.svg",
        DefaultValueFactory = _ => "distillation.svg",
    };

    private readonly Option<string?> logits = new("--logits")
    {
        Description = "A folder that receives the test digits, their labels, and the teacher's logits with weights of 32 and of 8 bits.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> weights = new("--weights")
    {
        Description = "A folder that receives the teacher's weights.",
        HelpName = "FOLDER",
    };

    /// <summary>Defines the options and their validation.</summary>
    /// <param name="run">Called with the settings and the files to write, if the command line is valid.</param>
    public CommandLine(Action<ExperimentSettings, OutputFiles> run)
    {
        RequireNumber(this.temperature, 1, 100, "a number from 1 to 100");
        RequireNumber(this.epochs, 1, 10_000, "an integer from 1 to 10000");
        RequireNumber(this.seed, 0, int.MaxValue - 10, "an integer from 0");
        RequirePath(this.output, "a file");
        RequirePath(this.logits, "a folder");
        RequirePath(this.weights, "a folder");
        this.Root = new RootCommand(
            "Trains two small classifiers of handwritten digits: one by distillation from a larger network, one from labels alone.")
        {
            this.temperature, this.epochs, this.seed, this.output, this.logits, this.weights,
        };
        this.Root.SetAction(parsed => run(
            new ExperimentSettings(parsed.GetValue(this.temperature), parsed.GetValue(this.epochs), parsed.GetValue(this.seed)),
            new OutputFiles(parsed.GetValue(this.output)!, parsed.GetValue(this.logits), parsed.GetValue(this.weights))));
    }

    /// <summary>The root command, with all options.</summary>
    public RootCommand Root { get; }

    private static void RequirePath(Option option, string kind) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: "" }])
        {
            result.AddError($"{option.Name} must be the path of {kind}");
        }
    });

    private static void RequireNumber<T>(Option<T> option, T minimum, T maximum, string allowed)
        where T : System.Numerics.INumber<T>
    {
        // The message of the default parser has more than one line.
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (T.TryParse(text, CultureInfo.InvariantCulture, out T? value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError($"{option.Name} must be {allowed}, not '{text}'");
            return default!;
        };
    }
}
