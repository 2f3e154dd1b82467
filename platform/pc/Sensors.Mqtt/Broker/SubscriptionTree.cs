using System;
using System.Collections.Generic;

namespace Sensors.Mqtt
{
    /// <summary>All subscriptions of a broker by level, so that a message meets only those that can take it.</summary>
    /// <remarks>As deep as the deepest filter, which the broker limits; topic names may be deeper. Guarded by the router's lock.</remarks>
    internal sealed class SubscriptionTree
    {
        private readonly Node _root = new();

        /// <summary>Adds a subscription or changes its QoS.</summary>
        public void Set(string filter, Subscriber subscriber, MqttQos qos)
        {
            Node node = _root;
            foreach (Range level in filter.AsSpan().Split('/'))
            {
                node = node.Child(filter.AsSpan(level), create: true)!;
            }

            (node.Subscribers ??= [])[subscriber] = qos;
        }

        /// <summary>Removes a subscription, and the levels that nobody needs any more.</summary>
        public void Remove(string filter, Subscriber subscriber)
        {
            var path = new List<(Node Parent, string Level)>();
            Node node = _root;
            foreach (Range range in filter.AsSpan().Split('/'))
            {
                string level = filter[range];
                if (node.Child(level, create: false) is not { } child)
                {
                    return;
                }

                path.Add((node, level));
                node = child;
            }

            node.Subscribers?.Remove(subscriber);
            for (int i = path.Count - 1; i >= 0 && node.IsUnused; i--)
            {
                path[i].Parent.RemoveChild(path[i].Level);
                node = path[i].Parent;
            }
        }

        /// <summary>Adds every subscriber that takes <paramref name="topic"/> to <paramref name="found"/>, once, with the highest
        /// QoS of its matching filters ([MQTT-3.3.5-1]) in <see cref="Subscriber.MatchedQos"/>.</summary>
        public void Match(string topic, List<Subscriber> found)
        {
            Visit(_root, topic, 0, topic[0] == '$', found); // [MQTT-4.7.2-1]
            foreach (Subscriber subscriber in found)
            {
                subscriber.IsMatched = false; // ready for the next message
            }
        }

        private static void Visit(Node node, string topic, int start, bool literalOnly, List<Subscriber> found)
        {
            if (!literalOnly)
            {
                Collect(node.Rest?.Subscribers, found); // '#' also stands for the level above it
            }

            if (start > topic.Length)
            {
                Collect(node.Subscribers, found);
                return;
            }

            int end = topic.IndexOf('/', start);
            end = end < 0 ? topic.Length : end;
            if (node.Child(topic.AsSpan(start, end - start), create: false, literal: true) is { } child)
            {
                Visit(child, topic, end + 1, false, found);
            }

            if (!literalOnly && node.Any is not null)
            {
                Visit(node.Any, topic, end + 1, false, found);
            }
        }

        private static void Collect(Dictionary<Subscriber, MqttQos>? subscribers, List<Subscriber> found)
        {
            if (subscribers is null)
            {
                return;
            }

            foreach ((Subscriber subscriber, MqttQos qos) in subscribers)
            {
                if (!subscriber.IsMatched)
                {
                    subscriber.IsMatched = true;
                    subscriber.MatchedQos = qos;
                    found.Add(subscriber);
                }
                else if (qos > subscriber.MatchedQos)
                {
                    subscriber.MatchedQos = qos;
                }
            }
        }

        private sealed class Node
        {
            private Dictionary<string, Node>? _children;

            public Dictionary<Subscriber, MqttQos>? Subscribers { get; set; }

            /// <summary>Gets the child for '+'.</summary>
            public Node? Any { get; private set; }

            /// <summary>Gets the child for '#'.</summary>
            public Node? Rest { get; private set; }

            public bool IsUnused => Subscribers is not { Count: > 0 } && Any is null && Rest is null && _children is not { Count: > 0 };

            public Node? Child(ReadOnlySpan<char> level, bool create, bool literal = false)
            {
                if (!literal && level is "+")
                {
                    return create ? Any ??= new Node() : Any;
                }

                if (!literal && level is "#")
                {
                    return create ? Rest ??= new Node() : Rest;
                }

                if (_children is null)
                {
                    if (!create)
                    {
                        return null;
                    }

                    _children = new Dictionary<string, Node>(StringComparer.Ordinal);
                }

                var lookup = _children.GetAlternateLookup<ReadOnlySpan<char>>();
                if (!lookup.TryGetValue(level, out Node? child) && create)
                {
                    child = new Node();
                    lookup[level] = child;
                }

                return child;
            }

            public void RemoveChild(string level)
            {
                switch (level)
                {
                    case "+":
                        Any = null;
                        break;
                    case "#":
                        Rest = null;
                        break;
                    default:
                        _children?.Remove(level);
                        break;
                }
            }
        }
    }

    /// <summary>Somebody messages are delivered to: a session or code in this process.</summary>
    internal abstract class Subscriber
    {
        /// <summary>Gets or sets a value indicating whether the match in progress has found this subscriber already.</summary>
        public bool IsMatched { get; set; }

        /// <summary>Gets or sets the QoS the match in progress has found.</summary>
        public MqttQos MatchedQos { get; set; }

        /// <summary>Takes a message, under the router's lock; must not block.</summary>
        /// <param name="message">The message as published.</param>
        /// <param name="granted">QoS of the subscription.</param>
        /// <param name="retained">Whether it is a topic's last value sent because of a new subscription ([MQTT-3.3.1-8]).</param>
        public abstract void Deliver(PublishPacket message, MqttQos granted, bool retained);
    }
}
