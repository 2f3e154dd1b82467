using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Edge
{
    /// <summary>Puts the chunks of one capture together, in whatever order and however often they come.</summary>
    public sealed class CaptureAssembler
    {
        private readonly string _id;
        private readonly CaptureMessage?[] _chunks;
        private readonly CaptureMessage _first; // the first that came

        /// <summary>Begins with the first chunk that came.</summary>
        /// <param name="id">The node's identifier, from the topic.</param>
        /// <param name="chunk">The chunk.</param>
        public CaptureAssembler(string id, CaptureMessage chunk)
        {
            ArgumentNullException.ThrowIfNull(chunk);
            _id = id;
            _first = chunk;
            _chunks = new CaptureMessage?[chunk.Chunks];
            Add(chunk);
        }

        /// <summary>Gets the node's incarnation.</summary>
        public long Epoch => _first.Epoch;

        /// <summary>Gets the capture's number.</summary>
        public uint Number => _first.Number;

        /// <summary>Gets the point.</summary>
        public string Point => _first.Point;

        /// <summary>Gets how many chunks the capture has.</summary>
        public int Chunks => _chunks.Length;

        /// <summary>Gets how many of them are there.</summary>
        public int Received { get; private set; }

        /// <summary>Gets whether all of them are there.</summary>
        public bool IsComplete => Received == Chunks;

        /// <summary>Tells whether a chunk is of this capture.</summary>
        /// <param name="chunk">The chunk.</param>
        /// <returns>True when it is.</returns>
        public bool Owns(CaptureMessage chunk) => chunk?.Epoch == Epoch && chunk.Number == Number;

        /// <summary>Adds a chunk of this capture.</summary>
        /// <param name="chunk">The chunk.</param>
        /// <returns>False when it was there already.</returns>
        /// <exception cref="PayloadException">It is not of this capture, or contradicts another chunk.</exception>
        public bool Add(CaptureMessage chunk)
        {
            ArgumentNullException.ThrowIfNull(chunk);
            if (!Owns(chunk) || chunk.Chunks != Chunks || chunk.Blocks != _first.Blocks || chunk.Trigger != _first.Trigger
                || chunk.Point != _first.Point || chunk.Axes != _first.Axes || chunk.Cause != _first.Cause)
            {
                throw new PayloadException($"Chunk {chunk.Index} of capture {chunk.Number} contradicts the chunks of capture {Number} that came before.");
            }

            bool added = _chunks[chunk.Index] == null;
            _chunks[chunk.Index] = chunk; // the later one may know the time better
            Received += added ? 1 : 0;
            return added;
        }

        /// <summary>Tells what has not come.</summary>
        /// <returns>Ranges of chunks, first and last, ascending.</returns>
        public IReadOnlyList<(int From, int To)> Missing()
        {
            var ranges = new List<(int, int)>();
            for (int i = 0; i < Chunks; i++)
            {
                if (_chunks[i] == null)
                {
                    int from = i;
                    while (i + 1 < Chunks && _chunks[i + 1] == null)
                    {
                        i++;
                    }

                    ranges.Add((from, i));
                }
            }

            return ranges;
        }

        /// <summary>Gives the capture.</summary>
        /// <returns>The capture.</returns>
        /// <exception cref="InvalidOperationException">It is not complete.</exception>
        /// <exception cref="PayloadException">The chunks do not make blocks without gaps.</exception>
        public RawCapture Build()
        {
            if (!IsComplete)
            {
                throw new InvalidOperationException("The capture is not complete.");
            }

            RawBlock[] blocks = [.. Enumerable.Range(0, _first.Blocks).Select(BuildBlock)];
            return new RawCapture(_id, Point, Epoch, Number, _first.Cause, _first.Missed, _first.Trigger, blocks);
        }

        private RawBlock BuildBlock(int index)
        {
            CaptureMessage[] chunks = [.. _chunks.Where(chunk => chunk!.Block == index).Select(chunk => chunk!)];
            int samples = 0;
            foreach (CaptureMessage chunk in chunks)
            {
                if (chunk.First != samples || chunk.BlockSamples != chunks[0].BlockSamples || chunk.Weight != chunks[0].Weight || chunk.Axis != chunks[0].Axis)
                {
                    throw new PayloadException($"Chunk {chunk.Index} does not follow on the one before it in block {index}.");
                }

                samples += chunk.Samples;
            }

            if (chunks.Length == 0 || samples != chunks[0].BlockSamples)
            {
                throw new PayloadException($"Block {index} has {samples} samples, fewer than it says.");
            }

            CaptureMessage timed = chunks.MaxBy(chunk => ((int)chunk.Clock, chunk.Index))!;
            return new RawBlock(
                timed.Axes, timed.Axis, timed.Clock, timed.UtcMilliseconds, timed.Rate, timed.Weight, timed.Lost, chunks.SelectMany(chunk => chunk.Counts).ToArray());
        }
    }
}
