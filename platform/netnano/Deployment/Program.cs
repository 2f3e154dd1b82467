using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.NetNano.Deployment;

/// <summary>Makes the deployment image of an application.</summary>
public static class Program
{
    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">Application, image to write, folder of the official assemblies and their PE files, the metadata processor's library.</param>
    /// <returns>0, or 1 where something is missing.</returns>
    public static int Main(string[] arguments)
    {
        if (arguments.Length != 4)
        {
            Console.Error.WriteLine("usage: <application.dll> <image.bin> <folder with official .dll and .pe> <metadata processor .dll>");
            return 2;
        }

        try
        {
            MakeImage(Path.GetFullPath(arguments[0]), arguments[1], Path.GetFullPath(arguments[2]), arguments[3]);
            return 0;
        }
        catch (DeploymentException e)
        {
            Console.Error.WriteLine($"{arguments[0]}: error NANO003: {e.Message}");
            return 1;
        }
    }

    private static void MakeImage(string application, string image, string officialFolder, string processorLibrary)
    {
        string ownFolder = Path.GetDirectoryName(application)!;
        string[] folders = [ownFolder, officialFolder];
        var processor = new Lazy<MetadataProcessor>(() => File.Exists(processorLibrary)
            ? new MetadataProcessor(processorLibrary)
            : throw new DeploymentException($"the metadata processor is missing: {processorLibrary}"));
        var peFiles = new List<string>();
        foreach (string assembly in LoadOrder.Of(application, folders))
        {
            string peFile = Path.ChangeExtension(assembly, ".pe");
            if (Path.GetDirectoryName(assembly) == ownFolder)
            {
                processor.Value.Convert(assembly, peFile, folders);
            }
            else if (!File.Exists(peFile))
            {
                throw new DeploymentException($"{Path.GetFileName(peFile)} is not beside its assembly in {officialFolder}");
            }

            peFiles.Add(peFile);
        }

        byte[] bytes = DeploymentImage.Pack(peFiles.Select(File.ReadAllBytes));
        File.WriteAllBytes(image, bytes);
        Console.WriteLine($"{Path.GetFileName(image)}: {peFiles.Count} assemblies, {bytes.Length} bytes");
    }
}
