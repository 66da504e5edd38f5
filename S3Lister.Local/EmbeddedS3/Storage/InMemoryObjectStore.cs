using System.Collections.Immutable;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>Objects in memory. A cursor stays on the objects as they were when it was opened, whatever is put or deleted then.</summary>
internal sealed class InMemoryObjectStore : IObjectStore
{
    private static readonly Comparer<StoredObject> ByKey =
        Comparer<StoredObject>.Create(static (left, right) => left.Key.Span.SequenceCompareTo(right.Key.Span));

    private ImmutableList<StoredObject> _objects;

    /// <param name="objects">In any order; of equal keys the last one stays.</param>
    public InMemoryObjectStore(params IEnumerable<StoredObject> objects)
    {
        // LINQ's order is stable: of equal keys the one that came last is last.
        var sorted = objects.Order(ByKey).ToArray();
        _objects = [.. sorted.Where((stored, index) => index + 1 == sorted.Length || ByKey.Compare(stored, sorted[index + 1]) != 0)];
    }

    public IObjectCursor OpenCursor() => new Cursor(_objects);

    public void Put(ReadOnlySpan<byte> key, in ObjectInfo info) =>
        ImmutableInterlocked.Update(
            ref _objects,
            static (objects, stored) =>
            {
                var index = objects.BinarySearch(stored, ByKey);
                return index < 0 ? objects.Insert(~index, stored) : objects.SetItem(index, stored);
            },
            new StoredObject(key.ToArray(), info));

    public void Delete(ReadOnlySpan<byte> key) =>
        ImmutableInterlocked.Update(
            ref _objects,
            static (objects, stored) =>
            {
                var index = objects.BinarySearch(stored, ByKey);
                return index < 0 ? objects : objects.RemoveAt(index);
            },
            new StoredObject(key.ToArray(), default));

    private sealed class Cursor(ImmutableList<StoredObject> objects) : IObjectCursor
    {
        private int _index;

        public ReadOnlySpan<byte> Key => objects[_index].Key.Span;

        public ObjectInfo Info => objects[_index].Info;

        public bool Seek(ReadOnlySpan<byte> key)
        {
            var index = objects.BinarySearch(new StoredObject(key.ToArray(), default), ByKey);
            _index = index < 0 ? ~index : index;
            return _index < objects.Count;
        }

        public bool MoveNext() => ++_index < objects.Count;
    }
}
