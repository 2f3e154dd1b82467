using System;

namespace Sensors.Drivers
{
    /// <summary>A transfer failed on the wire: nobody answered, or the answer broke off.</summary>
    public sealed class BusException : Exception
    {
        /// <summary>Makes the error of one transfer.</summary>
        /// <param name="bus">Name of the bus, see <see cref="RegisterBus.Name"/>.</param>
        /// <param name="register">Register the transfer began at.</param>
        /// <param name="status">What the controller reported.</param>
        public BusException(string bus, byte register, BusStatus status)
            : base(bus + ", register 0x" + register.ToString("X2") + ": transfer failed, status " + ((int)status).ToString())
        {
            Bus = bus;
            Register = register;
            Status = status;
        }

        /// <summary>Gets the name of the bus.</summary>
        public string Bus { get; }

        /// <summary>Gets the register the transfer began at.</summary>
        public byte Register { get; }

        /// <summary>Gets what the controller reported.</summary>
        public BusStatus Status { get; }
    }

    /// <summary>Why a transfer failed.</summary>
    public enum BusStatus
    {
        /// <summary>The controller gave no reason.</summary>
        Unknown = 0,

        /// <summary>Nobody acknowledged the address, or a data byte was refused.</summary>
        NotAcknowledged = 1,

        /// <summary>The clock was held low too long: a stuck bus.</summary>
        Timeout = 2,

        /// <summary>Fewer bytes moved than asked for.</summary>
        Partial = 3,

        /// <summary>The port could not be opened.</summary>
        NotOpen = 4,

        /// <summary>Nobody drove the SPI line: a frame of all ones or all zeros where the chip cannot send that.</summary>
        Silent = 5,

        /// <summary>The bus already serves chips that need another SPI mode, or is too fast for this one.</summary>
        Conflict = 6,
    }
}
