using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Edge
{
    /// <summary>The account of a node.</summary>
    /// <param name="Id">Its identifier, as first written.</param>
    /// <param name="Epochs">Its epochs, ascending: those of a board that was swapped stand together.</param>
    /// <param name="Meta">What it said last that it is; null when it never did.</param>
    /// <param name="Status">What it said last of itself; null when it never did.</param>
    /// <param name="Statements">What it said of numbers that will not come, in the order that came.</param>
    public sealed record NodeAccount(
        string Id, IReadOnlyList<EpochAccount> Epochs, MetaMessage? Meta, StatusMessage? Status, IReadOnlyList<GapStatement> Statements)
    {
        /// <summary>Gets how many different readings and alarms are stored.</summary>
        public long Received => Epochs.Sum(epoch => epoch.Readings + epoch.Alarms);

        /// <summary>Gets how many readings and alarms came again.</summary>
        public long Duplicates => Epochs.Sum(epoch => epoch.Duplicates);

        /// <summary>Gets how many came after later ones.</summary>
        public long Late => Epochs.Sum(epoch => epoch.Late);

        /// <summary>Gets how many are lost for a reason that is known.</summary>
        public long Lost => Epochs.Sum(epoch => epoch.Lost);

        /// <summary>Gets how many neither came nor are explained.</summary>
        public long Missing => Epochs.Sum(epoch => epoch.Missing);
    }

    /// <summary>What a node said of numbers that will not come.</summary>
    /// <param name="Gap">What it said.</param>
    /// <param name="Arrived">When that came.</param>
    public sealed record GapStatement(GapMessage Gap, DateTimeOffset Arrived);
}
