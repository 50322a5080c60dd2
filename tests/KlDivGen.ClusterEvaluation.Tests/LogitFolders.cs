using System.Globalization;
using System.Runtime.InteropServices;
using ClusterEvaluation;
using KlDivGen.Samples.Tests;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>A teacher's and a student's folder of random logits, and the loss of all of them.</summary>
internal sealed class LogitFolders : IDisposable
{
    public const int Classes = 16;
    public const int Files = 3;

    private readonly TemporaryFolder folder = new();

    /// <summary>Writes files whose element types differ, with a row that is NaN in none of them.</summary>
    /// <param name="rows">The number of rows of each file.</param>
    public LogitFolders(int rows)
    {
        this.Rows = rows;
        Random random = new(17);
        this.Loss = PartialLoss.Zero;
        foreach (string side in (string[])["teacher", "student"])
        {
            Directory.CreateDirectory(this.folder[side]);
        }

        for (int file = 0; file < Files; file++)
        {
            float[] teacher = new float[rows * Classes], student = new float[rows * Classes];
            for (int i = 0; i < teacher.Length; i++)
            {
                // Halves of small integers are the same in all three types.
                teacher[i] = random.Next(-16, 16) / 2f;
                student[i] = teacher[i] + (random.Next(-1, 2) / 2f);
            }

            this.Write("teacher", file, teacher);
            this.Write("student", file, student);
            this.Loss += Losses.Divergence(student, teacher, Classes);
        }
    }

    /// <summary>The number of rows of each file.</summary>
    public int Rows { get; }

    /// <summary>The loss of all rows, computed in one call for each file.</summary>
    public PartialLoss Loss { get; }

    /// <summary>The path of a file or folder.</summary>
    public string this[string name] => this.folder[name];

    /// <summary>Creates a request for the folders.</summary>
    public EvaluationRequest CreateRequest(int pieceRows = 2, int piecesPerSilo = 2) =>
        new(this.folder["teacher"], this.folder["student"], pieceRows * Classes, ChunkSize: Classes, piecesPerSilo);

    /// <inheritdoc/>
    public void Dispose() => this.folder.Dispose();

    private void Write(string side, int file, float[] values)
    {
        (string descr, byte[] data) = (side, file) switch
        {
            ("student", 0) => ("<f4", MemoryMarshal.AsBytes<float>(values).ToArray()),
            (_, 1) => ("<f2", MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray()),
            _ => ("<f8", MemoryMarshal.AsBytes<double>(Array.ConvertAll(values, value => (double)value)).ToArray()),
        };
        string shape = string.Create(CultureInfo.InvariantCulture, $"({this.Rows}, {Classes})");
        this.folder.Write($"{side}/part-{file}.npy", TemporaryFolder.FormatFile(TemporaryFolder.FormatHeader(descr, shape), data));
    }
}
