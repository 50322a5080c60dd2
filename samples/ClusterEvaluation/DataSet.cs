using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KlDivGen.Samples.Npy;

namespace ClusterEvaluation;

/// <summary>
/// The pairs of files with the same name in two folders, cut into pieces. A piece is a range of rows of one pair. Pieces are numbered in
/// the order of the names.
/// </summary>
internal sealed class DataSet
{
    // Opening files waits for the file system, so more threads than processors help.
    private const int ScanParallelism = 16;

    private readonly EvaluationRequest request;
    private readonly FilePair[] pairs;
    private readonly long[] firstPieces;

    private DataSet(EvaluationRequest request, FilePair[] pairs, string fingerprint)
    {
        this.request = request;
        this.pairs = pairs;
        this.Fingerprint = fingerprint;
        this.firstPieces = new long[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            this.firstPieces[i] = this.PieceCount;
            this.PieceCount += (pairs[i].Rows - 1) / this.GetPieceRows(pairs[i]) + 1;
            this.Rows += pairs[i].Rows;
        }
    }

    /// <summary>The number of pairs of files.</summary>
    public int PairCount => this.pairs.Length;

    /// <summary>The number of pieces.</summary>
    public long PieceCount { get; }

    /// <summary>The number of rows of all pairs.</summary>
    public long Rows { get; }

    /// <summary>
    /// A hash of the name, element type, shape and time of the last change of every file. It does not include the folders, which may be
    /// mounted elsewhere when a run is resumed.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Lists the folders and reads the header of each file.</summary>
    /// <exception cref="InvalidInputException">A folder or a file cannot be used.</exception>
    public static DataSet Open(EvaluationRequest request)
    {
        string[] names = ListNames("--teacher", request.Teacher);
        RequireSameNames(request, names, ListNames("--student", request.Student));

        FilePair[] pairs = new FilePair[names.Length];
        byte[][] digests = new byte[names.Length][];
        try
        {
            Parallel.For(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = ScanParallelism }, i =>
            {
                (string teacher, string student) = (Path.Combine(request.Teacher, names[i]), Path.Combine(request.Student, names[i]));
                using LogitsPair pair = LogitsPair.Open(teacher, student);
                pairs[i] = new FilePair(names[i], pair.Rows, pair.Classes, pair.BytesPerClass);
                digests[i] = Hash(names[i], (pair.Teacher.Header, teacher), (pair.Student.Header, student));
            });
        }
        catch (AggregateException exception)
        {
            // The message of one file is enough. Anything else than a file that cannot be used is a bug.
            throw exception.InnerExceptions.FirstOrDefault(inner => inner is InvalidInputException) ?? exception.InnerExceptions[0];
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Array.ForEach(digests, hash.AppendData);
        return new DataSet(request, pairs, Convert.ToHexString(hash.GetHashAndReset()));
    }

    /// <summary>Returns the rows of a piece.</summary>
    public PieceRequest GetPiece(long piece)
    {
        int index = Array.BinarySearch(this.firstPieces, piece);
        index = index < 0 ? ~index - 1 : index;
        FilePair pair = this.pairs[index];
        long pieceRows = this.GetPieceRows(pair);
        long firstRow = (piece - this.firstPieces[index]) * pieceRows;
        return new PieceRequest(
            Path.Combine(this.request.Teacher, pair.Name),
            Path.Combine(this.request.Student, pair.Name),
            pair.Rows,
            pair.Classes,
            pair.BytesPerClass,
            firstRow,
            long.Min(pieceRows, pair.Rows - firstRow),
            this.request.ChunkSize);
    }

    private static string[] ListNames(string option, string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException($"{option}: there is no folder {folder}");
        }

        string[] names =
        [
            .. Directory.EnumerateFiles(folder, "*.npy", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)),
        ];
        Array.Sort(names, StringComparer.Ordinal);
        return names.Length > 0 ? names : throw new InvalidInputException($"{option}: {folder} has no .npy files");
    }

    private static void RequireSameNames(EvaluationRequest request, string[] teacher, string[] student)
    {
        if (teacher.Except(student).FirstOrDefault() is { } missing)
        {
            throw new InvalidInputException($"--student: {request.Student} has no {missing}, which {request.Teacher} has");
        }

        if (student.Except(teacher).FirstOrDefault() is { } surplus)
        {
            throw new InvalidInputException($"--teacher: {request.Teacher} has no {surplus}, which {request.Student} has");
        }
    }

    private static byte[] Hash(string name, params ReadOnlySpan<(NpyHeader Header, string Path)> files)
    {
        StringBuilder text = new(name);
        foreach ((NpyHeader header, string path) in files)
        {
            text.Append('\n').Append(header.ElementType.GetDescr()).Append(header.ShapeText).Append(File.GetLastWriteTimeUtc(path).Ticks);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private long GetPieceRows(FilePair pair) => long.Max(1, this.request.PieceSize / pair.Classes);

    /// <summary>What is kept of a pair: a data set may have a million of them.</summary>
    private sealed record FilePair(string Name, long Rows, int Classes, int BytesPerClass);
}
