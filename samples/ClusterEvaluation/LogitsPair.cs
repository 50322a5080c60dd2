using KlDivGen.Samples.Npy;

namespace ClusterEvaluation;

/// <summary>A teacher's and a student's file of logits, open for reading. Their shapes agree.</summary>
internal sealed class LogitsPair : IDisposable
{
    private LogitsPair(NpyReader teacher, NpyReader student)
    {
        this.Teacher = teacher;
        this.Student = student;
    }

    /// <summary>The logits of the teacher.</summary>
    public NpyReader Teacher { get; }

    /// <summary>The logits of the student.</summary>
    public NpyReader Student { get; }

    /// <summary>The number of classes: the last dimension.</summary>
    public int Classes => (int)this.Teacher.Header.Shape[^1];

    /// <summary>The number of rows: the product of all other dimensions.</summary>
    public long Rows => this.Teacher.Header.Count / this.Classes;

    /// <summary>The size of the logits of one class in both files.</summary>
    public int BytesPerClass => this.Teacher.Header.ElementType.GetSize() + this.Student.Header.ElementType.GetSize();

    /// <summary>Opens the files and compares their shapes.</summary>
    /// <exception cref="InvalidInputException">A file cannot be used, or the shapes differ.</exception>
    public static LogitsPair Open(string teacherPath, string studentPath)
    {
        NpyReader teacher = NpyReader.Open(teacherPath, LogitRows.ElementTypes);
        NpyReader? student = null;
        try
        {
            student = NpyReader.Open(studentPath, LogitRows.ElementTypes);
            LogitRows.RequireSameShape(teacherPath, teacher.Header.Shape, studentPath, student.Header.Shape);
            return new LogitsPair(teacher, student);
        }
        catch
        {
            teacher.Dispose();
            student?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        this.Teacher.Dispose();
        this.Student.Dispose();
    }
}
