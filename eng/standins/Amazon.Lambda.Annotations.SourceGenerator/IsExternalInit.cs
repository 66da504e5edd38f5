namespace System.Runtime.CompilerServices;

// What records need, and netstandard2.0 has not.
internal static class IsExternalInit;
