using System.CommandLine;

namespace KlDivGen.Samples;

/// <summary>
/// Runs a command and reports errors as one line on the error stream. The exit code is 0 on success, 2 if the command line or a file is
/// invalid, and 130 if the run was interrupted.
/// </summary>
internal static class CommandLineProgram
{
    private const int InvalidInput = 2;

    // The exit code that shells report for a program ended by SIGINT.
    private const int Cancelled = 130;

    /// <summary>Parses the arguments and runs the command.</summary>
    public static int Run(RootCommand command, string[] args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = command.Parse(args);
        if (parsed.Errors is [var first, ..])
        {
            error.WriteLine(first.Message);
            return InvalidInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return InvalidInput;
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
    }
}
