using System;
using System.Collections.Generic;
using System.Threading;
using Sensors.Cli.Errors;
using Sensors.Cli.VirtualNodes;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Pairings
{
    /// <summary>Gives nodes identifiers that nobody names one by one: the next of a series, or of a template.</summary>
    internal sealed class IdentifierGiver
    {
        private readonly Lock _gate = new();
        private readonly Queue<Identifier> _series = new();
        private readonly Func<string, Identifier> _ofTemplate;
        private readonly string? _template;

        /// <summary>Makes it.</summary>
        /// <param name="first">The first of a series; null for none.</param>
        /// <param name="count">How many nodes there are.</param>
        /// <param name="template">The template for those that have none of their own; null for none.</param>
        /// <param name="ofTemplate">Takes the next identifier of a template.</param>
        public IdentifierGiver(Identifier? first, int count, string? template, Func<string, Identifier> ofTemplate)
        {
            _ofTemplate = ofTemplate;
            _template = template;
            if (first is null)
            {
                return;
            }

            try
            {
                foreach (Identifier id in IdentifierSeries.From(first, count))
                {
                    _series.Enqueue(id);
                }
            }
            catch (FormatException error)
            {
                throw ErrorTable.BadIdentifier.Because(error.Message, "give an --id with a shorter suffix.", first.Text, error);
            }
        }

        /// <summary>Gives the next one of the series: to nodes in their order, before any of them is begun with.</summary>
        /// <returns>Null where there is no series.</returns>
        public string? Next() => _series.Count > 0 ? _series.Dequeue().Text : null;

        /// <summary>Gives the next one of a template. Its number is not given again, so a node gets it once its code was right.</summary>
        /// <param name="template">The node's own template; null for the one of all.</param>
        /// <returns>Null where there is no template.</returns>
        public string? Give(string? template)
        {
            lock (_gate)
            {
                return (template ?? _template) is { } form ? _ofTemplate(form).Text : null;
            }
        }
    }
}
