// Reads batches of student and teacher scores, one JSON object a line, and writes the loss of each as one line of JSON.
//
//   NativeAot [FILE]
//
//   in   {"id":"a","student":[[2.0,0.5,-1.0]],"teacher":[[1.5,1.0,-0.5]]}
//   out  {"line":1,"id":"a","rows":1,"loss":0.07…}
//
// For an invalid line, it writes {"line":2,"error":"…"} and continues with the next one. Blank lines are ignored.
// The exit code is 0 if every batch has a loss, 1 if a line was invalid, and 2 if the input cannot be read.
using System.Text.Json;
using KlDivGen.Samples.NativeAot;

if (args is ["-h" or "--help"])
{
    Console.WriteLine("""
        NativeAot [FILE]
        Reads lines like {"id":"a","student":[[2.0,0.5,-1.0]],"teacher":[[1.5,1.0,-0.5]]} from FILE or standard input. Scores are
        logits, one row for each example. Writes the Kullback-Leibler loss of each, {"line":1,"id":"a","rows":1,"loss":…}, or
        {"line":1,"error":"…"}. Exit code: 0; 1 if a line was invalid; 2 if the input cannot be read.
        """);
    return 0;
}

if (args.Length > 1)
{
    Console.Error.WriteLine("Too many arguments: NativeAot [FILE]. See --help.");
    return 2;
}

try
{
    using Stream source = args is [string file] ? File.OpenRead(file) : Console.OpenStandardInput();
    using StreamReader input = new(source);
    using BufferedStream output = new(Console.OpenStandardOutput());
    return ProcessLines(input, output) ? 0 : 1;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

static bool ProcessLines(StreamReader input, Stream output)
{
    BatchDivergence divergence = new();
    bool areAllValid = true;
    for (int lineNumber = 1; input.ReadLine() is { } line; lineNumber++)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            continue;
        }

        BatchResult result = ProcessLine(divergence, lineNumber, line);
        areAllValid &= result.Error is null;
        JsonSerializer.Serialize(output, result, BatchJsonContext.Default.BatchResult);
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    return areAllValid;
}

static BatchResult ProcessLine(BatchDivergence divergence, int lineNumber, string line)
{
    string? id = null;
    try
    {
        if (JsonSerializer.Deserialize(line, BatchJsonContext.Default.Batch) is not { } batch)
        {
            return new BatchResult(lineNumber, Error: "invalid batch: null");
        }

        id = batch.Id;
        return new BatchResult(lineNumber, id, batch.Student?.Length, divergence.Compute(batch));
    }
    catch (JsonException exception)
    {
        return new BatchResult(
            lineNumber, Error: $"invalid batch: at {exception.Path ?? "$"}, near byte {exception.BytePositionInLine + 1}");
    }
    catch (InvalidBatchException exception)
    {
        return new BatchResult(lineNumber, id, Error: exception.Message);
    }
}
