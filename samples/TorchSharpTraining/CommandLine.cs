using System.CommandLine;
using System.Globalization;

namespace TorchSharpTraining;

/// <summary>The command line: options and their validation.</summary>
internal sealed class CommandLine
{
    private readonly Option<int> epochs = new("--epochs")
    {
        Description = "The number of epochs of each student, from 1 to 10000.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "The seed of the data split, the initial weights and the order of training.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "The SVG file that receives the losses and the times of all steps.",
        HelpName = "FILE.svg",
        DefaultValueFactory = _ => "torchsharp.svg",
    };

    /// <summary>Defines the options and their validation.</summary>
    /// <param name="run">Called with the settings and the path of the chart, if the command line is valid.</param>
    public CommandLine(Action<ExperimentSettings, string> run)
    {
        RequireInteger(this.epochs, 1, 10_000, "an integer from 1 to 10000");
        RequireInteger(this.seed, 0, int.MaxValue - 1, "an integer from 0");
        this.output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--output must be the path of a file");
            }
        });
        this.Root = new RootCommand(
            "Trains two equal students on a teacher's logits with TorchSharp: one with a generated loss, one with TorchSharp's kl_div.")
        {
            this.epochs, this.seed, this.output,
        };
        this.Root.SetAction(parsed => run(
            new ExperimentSettings(parsed.GetValue(this.epochs), parsed.GetValue(this.seed)), parsed.GetValue(this.output)!));
    }

    /// <summary>The root command, with all options.</summary>
    public RootCommand Root { get; }

    // The message of the default parser has more than one line.
    private static void RequireInteger(Option<int> option, int minimum, int maximum, string allowed) => option.CustomParser = result =>
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError($"{option.Name} must be {allowed}, not '{text}'");
        return 0;
    };
}
