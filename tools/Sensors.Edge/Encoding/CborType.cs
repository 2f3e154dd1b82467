namespace Sensors.Edge
{
    /// <summary>Major types of CBOR (RFC 8949, 3.1).</summary>
    internal enum CborType
    {
        Unsigned = 0,
        Negative = 1,
        Bytes = 2,
        Text = 3,
        Array = 4,
        Map = 5,
        Tag = 6,
        Simple = 7,
    }
}
