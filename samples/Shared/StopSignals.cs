using System.Runtime.InteropServices;

namespace KlDivGen.Samples;

/// <summary>
/// Turns SIGINT (Ctrl+C) and SIGTERM into a cancellation, so that a run stops between two chunks and deletes its temporary files.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration termination;

    /// <summary>Registers the signals until the object is disposed.</summary>
    public StopSignals()
    {
        this.interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, this.Cancel);
        this.termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, this.Cancel);
    }

    /// <summary>The token that a signal cancels.</summary>
    public CancellationToken Token => this.cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        this.interrupt.Dispose();
        this.termination.Dispose();
        this.cancellation.Dispose();
    }

    private void Cancel(PosixSignalContext signal)
    {
        signal.Cancel = true;
        this.cancellation.Cancel();
    }
}
