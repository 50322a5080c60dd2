// Answers every line of standard input, or of a file, with a line of output: a batch of student and teacher scores with its loss.
//
//   NativeAot [FILE]
//
//   in   {"id":"a","student":[[2.0,0.5,-1.0]],"teacher":[[1.5,1.0,-0.5]]}
//   out  {"line":1,"id":"a","rows":1,"loss":0.07…}
//
// A line that is no batch is answered in its place by {"line":2,"error":"…"}, and the next one is read; blank lines are passed over.
// Exit code: 0 when every batch was answered with a loss, 1 when one was not, 2 when the input cannot be read.
using System.Text.Json;
using KlDivGen.Samples.NativeAot;

if (args is ["-h" or "--help"])
{
    Console.WriteLine("""
        NativeAot [FILE]
        Reads lines like {"id":"a","student":[[2.0,0.5,-1.0]],"teacher":[[1.5,1.0,-0.5]]} from FILE or standard input;
        scores are logits, a row an example. Writes for each its Kullback-Leibler loss, {"line":1,"id":"a","rows":1,"loss":…}, or
        {"line":1,"error":"…"}. Exit code: 0, or 1 where a line was no batch, or 2 where the input cannot be read.
        """);
    return 0;
}

if (args.Length > 1)
{
    Console.Error.WriteLine("One file at most; --help tells more.");
    return 2;
}

try
{
    using Stream source = args is [string file] ? File.OpenRead(file) : Console.OpenStandardInput();
    using StreamReader input = new(source);
    using BufferedStream output = new(Console.OpenStandardOutput());
    return AnswerAll(input, output) ? 0 : 1;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static bool AnswerAll(StreamReader input, Stream output)
{
    Divergence divergence = new();
    bool allGood = true;
    for (int number = 1; input.ReadLine() is { } line; number++)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            continue;
        }

        Answer answer = AnswerOne(divergence, number, line);
        allGood &= answer.Error is null;
        JsonSerializer.Serialize(output, answer, Lines.Default.Answer);
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    return allGood;
}

static Answer AnswerOne(Divergence divergence, int number, string line)
{
    string? id = null;
    try
    {
        if (JsonSerializer.Deserialize(line, Lines.Default.Batch) is not { } batch)
        {
            return new Answer(number, Error: "not a batch");
        }

        id = batch.Id;
        return new Answer(number, id, batch.Student?.Length, divergence.Of(batch));
    }
    catch (JsonException e)
    {
        return new Answer(number, Error: $"not the JSON of a batch: at {e.Path ?? "$"}, near byte {e.BytePositionInLine + 1}");
    }
    catch (BatchException e)
    {
        return new Answer(number, id, Error: e.Message);
    }
}
