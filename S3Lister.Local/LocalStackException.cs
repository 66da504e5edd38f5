namespace S3Lister.Local;

/// <summary>Something that the user has to correct; the message says what in one line.</summary>
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
