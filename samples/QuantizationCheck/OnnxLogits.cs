using KlDivGen.Samples.Npy;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace QuantizationCheck;

/// <summary>
/// The logits that an ONNX model computes from the inputs in a NumPy file. They stay in the memory of ONNX Runtime: <see cref="Read"/>
/// returns the span of the model's output.
/// </summary>
internal sealed class OnnxLogits : ILogitSource
{
    private static readonly RunOptions RunOptions = new();
    private static readonly Lazy<OrtEnv> Environment = new(CreateEnvironment);

    private readonly string path;
    private readonly InferenceSession session;
    private readonly NpyReader inputs;
    private float[] buffer = [];
    private IDisposableReadOnlyCollection<OrtValue>? outputs;

    private OnnxLogits(string path, InferenceSession session, NpyReader inputs)
    {
        this.path = path;
        this.session = session;
        this.inputs = inputs;
        this.Shape = [inputs.Header.Shape[0], session.OutputMetadata[session.OutputNames[0]].Dimensions[^1]];
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape { get; }

    /// <inheritdoc/>
    public long ElementsPerToken => Math.Max(this.ElementsPerInput, this.Shape[^1]);

    private IReadOnlyList<long> InputShape => this.inputs.Header.Shape;

    private long ElementsPerInput => this.InputShape.Skip(1).Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Loads the model and opens the inputs.</summary>
    /// <param name="path">The path of the model. It has one input of float32, of which the first dimension is the batch.</param>
    /// <param name="inputsPath">The path of the inputs: float16, float32 or float64.</param>
    /// <exception cref="InvalidInputException">The model or the inputs cannot be used.</exception>
    public static OnnxLogits Open(string path, string inputsPath)
    {
        InferenceSession session = LoadModel(path);
        NpyReader? inputs = null;
        try
        {
            inputs = NpyReader.Open(inputsPath, NpyElementType.Half, NpyElementType.Single, NpyElementType.Double);
            Validate(path, session, inputsPath, inputs.Header);
            return new OnnxLogits(path, session, inputs);
        }
        catch
        {
            inputs?.Dispose();
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Span<float> Read(int tokens)
    {
        int length = checked(tokens * (int)this.ElementsPerInput);
        if (this.buffer.Length < length)
        {
            this.buffer = new float[length];
        }

        this.inputs.Read(this.buffer.AsSpan(0, length));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, this.buffer.AsMemory(0, length), [tokens, .. this.InputShape.Skip(1)]);
        this.outputs?.Dispose();
        this.outputs = this.Run(input);
        long[] shape = this.outputs[0].GetTensorTypeAndShape().Shape;
        return shape.SequenceEqual([tokens, this.Shape[^1]])
            ? this.outputs[0].GetTensorMutableDataAsSpan<float>()
            : throw new InvalidInputException(
                $"{this.path} computes logits of {NpyHeader.FormatShape(shape)} from {tokens} inputs, not one row for each");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        this.outputs?.Dispose();
        this.inputs.Dispose();
        this.session.Dispose();
    }

    // Errors come as exceptions: the error stream is for the program's one line.
    private static OrtEnv CreateEnvironment()
    {
        EnvironmentCreationOptions options = new()
        {
            logId = nameof(QuantizationCheck),
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        return OrtEnv.CreateInstanceWithOptions(ref options);
    }

    private static InferenceSession LoadModel(string path)
    {
        _ = Environment.Value;

        // ONNX Runtime says that a file does not exist in the same way as that it is damaged.
        using (File.OpenRead(path))
        {
        }

        try
        {
            return new InferenceSession(path);
        }
        catch (OnnxRuntimeException exception)
        {
            string reason = exception.Message.ReplaceLineEndings(" ");
            throw new InvalidInputException($"{path} is not a model that ONNX Runtime can run: {reason}");
        }
    }

    private static void Validate(string path, InferenceSession session, string inputsPath, NpyHeader inputs)
    {
        if (session.InputNames is not [string inputName])
        {
            throw new InvalidInputException($"{path} has {session.InputNames.Count} inputs; models of one input are supported");
        }

        NodeMetadata input = session.InputMetadata[inputName], output = session.OutputMetadata[session.OutputNames[0]];
        RequireFloat(path, "input", inputName, input);
        RequireFloat(path, "output", session.OutputNames[0], output);
        if (output.Dimensions is not [_, > 0])
        {
            throw new InvalidInputException(
                $"{path} has the output '{session.OutputNames[0]}' of {FormatShape(output)}; (N, classes) is supported");
        }

        if (input.Dimensions is [> 0, ..])
        {
            throw new InvalidInputException(
                $"{path} has the input '{inputName}' of {FormatShape(input)}; a first dimension of any size is supported");
        }

        if (inputs.Shape.Count != input.Dimensions.Length
            || inputs.Shape.Skip(1).Zip(input.Dimensions.Skip(1)).Any(size => size.Second > 0 && size.First != size.Second))
        {
            throw new InvalidInputException(
                $"the inputs {inputsPath} are {inputs.ShapeText}, and {path} needs '{inputName}' of {FormatShape(input)}");
        }

        if (inputs.Count == 0)
        {
            throw new InvalidInputException($"the inputs {inputsPath} are empty: their shape is {inputs.ShapeText}");
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(OrtValue input)
    {
        try
        {
            return this.session.Run(RunOptions, this.session.InputNames, [input], [this.session.OutputNames[0]]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidInputException($"{this.path} fails: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static void RequireFloat(string path, string kind, string name, NodeMetadata metadata)
    {
        if (!metadata.IsTensor || metadata.ElementDataType != TensorElementType.Float)
        {
            string type = metadata.IsTensor ? $"{metadata.ElementDataType}" : $"{metadata.OnnxValueType}";
            throw new InvalidInputException($"{path} has the {kind} '{name}' of {type}; Float is supported");
        }
    }

    // A dimension that the model leaves open has a name, or none.
    private static string FormatShape(NodeMetadata metadata)
    {
        IEnumerable<string> dimensions = metadata.Dimensions.Zip(
            metadata.SymbolicDimensions, (size, name) => size > 0 ? $"{size}" : name is "" ? "?" : name);
        return $"({string.Join(", ", dimensions)})";
    }
}
