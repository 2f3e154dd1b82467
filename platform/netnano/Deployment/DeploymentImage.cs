using System.Collections.Generic;
using System.IO;

namespace Sensors.NetNano.Deployment;

/// <summary>The image of a board's deployment area: the PE files one after another, each filled up with zeros to whole words.</summary>
public static class DeploymentImage
{
    private const int WordBytes = 4;

    /// <summary>Puts PE files together.</summary>
    /// <param name="peFiles">Their contents: referenced assemblies first, the application last.</param>
    /// <returns>The image.</returns>
    public static byte[] Pack(IEnumerable<byte[]> peFiles)
    {
        using var image = new MemoryStream();
        foreach (byte[] file in peFiles)
        {
            image.Write(file);
            while (image.Length % WordBytes != 0)
            {
                image.WriteByte(0);
            }
        }

        return image.ToArray();
    }
}
