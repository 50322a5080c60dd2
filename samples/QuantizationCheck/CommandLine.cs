using System.CommandLine;
using System.CommandLine.Parsing;

namespace QuantizationCheck;

/// <summary>The command line: options, their validation, and the resulting <see cref="CheckRequest"/>.</summary>
internal sealed class CommandLine
{
    private readonly Option<string> reference = new("--reference")
    {
        Description = "The logits of the reference: a NumPy file of float16, float32 or float64, of which the last dimension is the "
            + "vocabulary; or the reference itself: an ONNX model, whose first output is logits of float32.",
        HelpName = "A.npy|A.onnx",
        Required = true,
    };

    private readonly Option<string> quantized = new("--quantized")
    {
        Description = "The logits of the quantized model, in the same shape, or the model. The types may differ.",
        HelpName = "B.npy|B.onnx",
        Required = true,
    };

    private readonly Option<string?> inputs = new("--inputs")
    {
        Description = "The inputs of the ONNX models: a NumPy file of float16, float32 or float64. The first dimension is the batch.",
        HelpName = "X.npy",
    };

    private readonly Option<string?> labels = new("--labels")
    {
        Description = "The index of each token's label, for perplexities: a NumPy file of int32 or int64 without the last dimension.",
        HelpName = "L.npy",
    };

    private readonly Option<string?> histogram = new("--histogram")
    {
        Description = "An SVG file that receives a histogram of the divergences.",
        HelpName = "H.svg",
    };

    private readonly Option<bool> byClass = new("--by-class")
    {
        Description = "Also summarize each class: the tokens of each label or, without labels, of each choice of the reference.",
    };

    private readonly Option<bool> json = new("--json")
    {
        Description = "Print JSON instead of a table.",
    };

    private readonly Option<int> chunkSize = new("--chunk-size")
    {
        Description = "The number of logits or inputs of each model to hold in memory at a time; at least one token is held. "
            + "Models run on as many tokens at a time, over which dynamic quantization takes its ranges.",
        HelpName = "N",
        DefaultValueFactory = _ => 1 << 22,
    };

    /// <summary>Defines the options and their validation.</summary>
    /// <param name="run">Called with the request, if the command line is valid.</param>
    public CommandLine(Action<CheckRequest> run)
    {
        this.chunkSize.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out int size) || size < 1))
            {
                result.AddError($"--chunk-size must be a positive number of logits, not '{token.Value}'");
            }
        });
        foreach (Option file in (Option[])[this.reference, this.quantized, this.inputs, this.labels, this.histogram])
        {
            file.Validators.Add(RequirePath);
        }

        this.Root = new RootCommand(
            "Compares the logits of a quantized model with those of the original, token by token: from files, which may be larger than "
            + "memory, or from the models, which ONNX Runtime runs.")
        {
            this.reference, this.quantized, this.inputs, this.labels, this.histogram, this.byClass, this.json, this.chunkSize,
        };
        this.Root.SetAction(parsed => run(new CheckRequest(
            parsed.GetRequiredValue(this.reference),
            parsed.GetRequiredValue(this.quantized),
            parsed.GetValue(this.inputs),
            parsed.GetValue(this.labels),
            parsed.GetValue(this.histogram),
            parsed.GetValue(this.byClass),
            parsed.GetValue(this.json),
            parsed.GetValue(this.chunkSize))));
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
}
