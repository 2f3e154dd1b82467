using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>An item of what is registered of a node.</summary>
    /// <param name="Index">Its index in the template, from 2000.</param>
    /// <param name="Name">Its English name.</param>
    /// <param name="Value">What it says.</param>
    public sealed record RecordItem(int Index, string Name, string Value);

    /// <summary>The template of a node: an active identifier carrier (type 1) with items from index 2000.</summary>
    public static class NodeTemplate
    {
        /// <summary>The template's type: an active identifier carrier.</summary>
        public const int ActiveCarrier = 1;

        /// <summary>The index of the first item; lower ones belong to the services.</summary>
        public const int FirstIndex = 2000;

        /// <summary>The most characters of a value that every service takes.</summary>
        public const int MostCharacters = 255;

        /// <summary>Gets the items, in the order of their indexes.</summary>
        public static IReadOnlyList<TemplateItem> Items { get; } =
        [
            new(2000, "name", "名称", Required: true),
            new(2001, "node", "节点", Required: false),
            new(2002, "board", "主板", Required: false),
            new(2003, "firmware", "固件版本", Required: false),
            new(2004, "place", "位置", Required: false),
            new(2005, "points", "测点", Required: false),
            new(2006, "paired", "配置时间", Required: false),
            new(2007, "topic", "主题", Required: false),
        ];

        /// <summary>Makes an item.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">What it says.</param>
        /// <returns>The item.</returns>
        /// <exception cref="FormatException">The template has no such item, or the value is empty or too long.</exception>
        public static RecordItem Make(string name, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            TemplateItem item = Items.FirstOrDefault(each => each.Name == name)
                ?? throw new FormatException($"there is no item '{name}'; there are {string.Join(", ", Items.Select(each => each.Name))}.");
            return value.Length is > 0 and <= MostCharacters
                ? new RecordItem(item.Index, name, value)
                : throw new FormatException($"{name} has {value.Length} characters; services take 1 to {MostCharacters}.");
        }

        /// <summary>Gives what the registry knows of a node, as items.</summary>
        /// <param name="node">The node.</param>
        /// <returns>The items; what is not known is left out.</returns>
        public static IReadOnlyList<RecordItem> Of(NodeEntry node)
        {
            ArgumentNullException.ThrowIfNull(node);
            (string Name, string? Value)[] facts =
            [
                ("name", node.Name ?? node.Identifier.Suffix),
                ("node", node.Hardware?.Node),
                ("board", node.Hardware?.Board),
                ("firmware", node.Hardware?.Firmware),
                ("place", node.Place),
                ("points", string.Join(' ', node.Points)),
                ("paired", node.PairedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                ("topic", node.Root is null ? null : $"{node.Root}/{node.Identifier}"),
            ];
            return [.. facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => Make(fact.Name, fact.Value!))];
        }
    }

    /// <summary>An item that a template has.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="Name">Its English name.</param>
    /// <param name="ChineseName">Its Chinese name.</param>
    /// <param name="Required">Whether every record must have it.</param>
    public sealed record TemplateItem(int Index, string Name, string ChineseName, bool Required);
}
