using S3Lister.Listing.Text;

namespace S3Lister.Listing.Tallies;

/// <summary>Orders common prefixes by bytes, then by objects. Of equal ones, the first name in the order of keys is the greatest.</summary>
/// <param name="Bytes">The bytes of all objects in it.</param>
/// <param name="Objects">Their number.</param>
/// <param name="Name">The common prefix.</param>
internal readonly record struct TreeNodeRank(long Bytes, long Objects, byte[] Name) : IComparable<TreeNodeRank>
{
    public int CompareTo(TreeNodeRank other) =>
        Bytes != other.Bytes ? Bytes.CompareTo(other.Bytes)
        : Objects != other.Objects ? Objects.CompareTo(other.Objects)
        : KeyComparer.Instance.Compare(other.Name, Name);
}
