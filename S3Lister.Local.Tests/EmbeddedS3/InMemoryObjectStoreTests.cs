using System.Text;
using CsCheck;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class InMemoryObjectStoreTests
{
    private static readonly Gen<(int Key, bool Delete)[]> Writes =
        Gen.Select(Gen.Int[0, 3000], Gen.Bool).Array[0, 4000];

    [Fact]
    public void Store_Holds_What_A_Sorted_Dictionary_Holds_After_Any_Writes() =>
        Gen.Select(Gen.Int[0, 3000].Array[0, 2000], Writes).Sample(
            (loaded, writes) =>
            {
                var model = new SortedDictionary<int, long>();
                foreach (var key in loaded)
                {
                    model[key] = key;
                }

                var store = new InMemoryObjectStore(
                    loaded.Select(key => new StoredObject(Utf8(key), TestBucket.Info(key))));
                foreach (var (key, delete) in writes)
                {
                    if (delete)
                    {
                        model.Remove(key);
                        store.Delete(Utf8(key));
                    }
                    else
                    {
                        model[key] = key + 1;
                        store.Put(Utf8(key), TestBucket.Info(key + 1));
                    }
                }

                Assert.Equal(model.Select(pair => (pair.Key, pair.Value)), All(store));
            },
            iter: 50);

    [Fact]
    public void Seek_Goes_To_The_First_Key_That_Is_Not_Before()
    {
        var store = new InMemoryObjectStore(
            Enumerable.Range(0, 5000).Select(key => new StoredObject(Utf8(key * 2), TestBucket.Info(key))));

        for (var key = 0; key < 9999; key++)
        {
            var cursor = store.OpenCursor();
            Assert.True(cursor.Seek(Utf8(key)));
            Assert.Equal(Utf8(key + (key % 2)), cursor.Key);
        }

        Assert.False(store.OpenCursor().Seek(Utf8(9999)));
    }

    [Fact]
    public void Load_Keeps_The_Last_Of_Equal_Keys()
    {
        var store = new InMemoryObjectStore(
            Enumerable.Range(0, 2000).Select(number => new StoredObject(Utf8(number % 7), TestBucket.Info(number))));

        Assert.Equal(Enumerable.Range(0, 7).Select(key => (key, (long)(1999 - ((1999 - key) % 7)))), All(store));
    }

    [Fact]
    public async Task Reader_Sees_One_State_While_Others_Write()
    {
        var store = new InMemoryObjectStore();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        // Each writer puts its keys in rising order: a state has no gap.
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var key = 0; key < 2000; key++)
            {
                store.Put(Utf8((writer * 10_000) + key), TestBucket.Info(key));
            }
        })).ToArray();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var keys in All(store).GroupBy(pair => pair.Key / 10_000, pair => pair.Key % 10_000))
                {
                    Assert.Equal(Enumerable.Range(0, keys.Count()), keys);
                }
            }
        }, TestContext.Current.CancellationToken);

        await Task.WhenAll(writers);
        await stop.CancelAsync();
        await reader;

        Assert.Equal(8000, All(store).Count);
    }

    private static List<(int Key, long Size)> All(InMemoryObjectStore store)
    {
        var all = new List<(int, long)>();
        var cursor = store.OpenCursor();
        for (var more = cursor.Seek([]); more; more = cursor.MoveNext())
        {
            all.Add((int.Parse(cursor.Key, provider: null), cursor.Info.Size));
        }

        return all;
    }

    private static byte[] Utf8(int key) => Encoding.UTF8.GetBytes($"{key:00000}");
}
