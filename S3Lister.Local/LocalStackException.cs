namespace S3Lister.Local;

/// <summary>Something the user has to put right; the message is one line that says what.</summary>
internal sealed class LocalStackException : Exception
{
    public LocalStackException(string message)
        : base(message)
    {
    }

    public LocalStackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
