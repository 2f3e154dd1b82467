using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensors.Commissioning
{
    /// <summary>A file by which a virtual board on this PC says that its portal is open: what joining the access point is for a real one.</summary>
    /// <param name="Node">The node's name.</param>
    /// <param name="Endpoint">Where its portal listens.</param>
    /// <param name="ProcessId">The process that runs it.</param>
    public sealed record VirtualNotice(string Node, IPEndPoint Endpoint, int ProcessId)
    {
        /// <summary>Gets the folder where all processes of this user look.</summary>
        public static string DefaultFolder => Path.Combine(Path.GetTempPath(), "sensors-virtual");

        /// <summary>Writes the notice.</summary>
        /// <param name="folder">The folder; made where there is none.</param>
        public void Put(string folder)
        {
            Directory.CreateDirectory(folder);
            string file = FileOf(folder, Node);
            string draft = string.Create(CultureInfo.InvariantCulture, $"{file}.{ProcessId}");
            File.WriteAllText(draft, new JsonObject { ["node"] = Node, ["endpoint"] = Endpoint.ToString(), ["pid"] = ProcessId }.ToJsonString());
            File.Move(draft, file, overwrite: true); // whoever reads finds a whole one
        }

        /// <summary>Takes a notice away; without effect where there is none.</summary>
        /// <param name="folder">The folder.</param>
        /// <param name="node">The node's name.</param>
        public static void Remove(string folder, string node)
        {
            if (Directory.Exists(folder))
            {
                File.Delete(FileOf(folder, node));
            }
        }

        /// <summary>Reads all notices, and removes those of processes that are gone.</summary>
        /// <param name="folder">The folder.</param>
        /// <returns>The notices of processes that run.</returns>
        public static IReadOnlyList<VirtualNotice> ReadAll(string folder)
        {
            var notices = new List<VirtualNotice>();
            if (!Directory.Exists(folder))
            {
                return notices;
            }

            foreach (string file in Directory.GetFiles(folder, "*.json"))
            {
                try
                {
                    if (Read(file) is { } notice && Runs(notice.ProcessId))
                    {
                        notices.Add(notice);
                    }
                    else
                    {
                        File.Delete(file);
                    }
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // Just being written or removed, or somebody else's.
                }
            }

            return notices;
        }

        private static string FileOf(string folder, string node) => Path.Combine(folder, node + ".json");

        private static VirtualNotice? Read(string file)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
                JsonElement root = document.RootElement;
                return NodeName.TryRead(root.GetProperty("node").GetString() ?? string.Empty, out string? node)
                    && IPEndPoint.TryParse(root.GetProperty("endpoint").GetString() ?? string.Empty, out IPEndPoint? endpoint)
                    && IPAddress.IsLoopback(endpoint.Address)
                    ? new VirtualNotice(node, endpoint, root.GetProperty("pid").GetInt32())
                    : null;
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                return null;
            }
        }

        private static bool Runs(int processId)
        {
            try
            {
                using var process = Process.GetProcessById(processId);
                return !process.HasExited;
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                return false;
            }
        }
    }
}
