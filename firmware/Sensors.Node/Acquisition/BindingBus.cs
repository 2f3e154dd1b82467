using System;
using System.Device.I2c;
using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The I2C port that a binding and its adapter share: the binding talks to <see cref="Device"/>, the adapter checks it through this.</summary>
    public sealed class BindingBus : RegisterBus
    {
        private const int LargestWrite = 8;

        private readonly BusPorts _ports;
        private readonly int _bus;
        private readonly int _address;
        private readonly byte[] _pointer = new byte[1];
        private readonly byte[] _frame = new byte[1 + LargestWrite];

        /// <summary>Makes the bus, closed: <see cref="Reopen"/> opens it.</summary>
        /// <param name="ports">The board.</param>
        /// <param name="bus">I2C bus, from 1.</param>
        /// <param name="address">7-bit address.</param>
        public BindingBus(BusPorts ports, int bus, int address)
            : base("I2C" + bus.ToString() + " 0x" + address.ToString("X2"))
        {
            _ports = ports;
            _bus = bus;
            _address = address;
        }

        /// <summary>Gets the open port, for a binding; null while it is closed. A binding may dispose of it.</summary>
        public I2cDevice Device { get; private set; }

        /// <inheritdoc/>
        [HotPath]
        public override void Read(byte register, byte[] buffer, int count)
        {
            _pointer[0] = register;
            Exchange(_pointer, 1, buffer, count);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Write(byte register, byte[] buffer, int count)
        {
            RequireOpen(register);
            _frame[0] = register;
            Array.Copy(buffer, 0, _frame, 1, count);
            Require(register, Device.Write(new SpanByte(_frame, 0, 1 + count)).Status);
        }

        /// <summary>Writes a command and reads its answer after a repeated start, in one transaction.</summary>
        /// <param name="command">The command's bytes, from index 0.</param>
        /// <param name="commandCount">How many, 1 or more.</param>
        /// <param name="answer">Receives the answer, from index 0.</param>
        /// <param name="answerCount">Bytes to read, 1 or more.</param>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Exchange(byte[] command, int commandCount, byte[] answer, int answerCount)
        {
            RequireOpen(command[0]);
            Require(command[0], Device.WriteRead(new SpanByte(command, 0, commandCount), new SpanByte(answer, 0, answerCount)).Status);
        }

        /// <inheritdoc/>
        [SuppressMessage("Sensors", "NANO114", Justification = "A port is a new object each time it is opened: once for a sensor that failed.")]
        public override void Reopen()
        {
            Close();
            Device = _ports.OpenI2cDevice(_bus, _address);
        }

        /// <inheritdoc/>
        public override void Close()
        {
            if (Device != null)
            {
                Device.Dispose();
                Device = null;
            }
        }

        /// <summary>Checks that the port is open.</summary>
        /// <param name="register">What the error is to name.</param>
        /// <exception cref="BusException">It is not.</exception>
        [HotPath]
        public void RequireOpen(byte register)
        {
            if (Device == null)
            {
                throw new BusException(Name, register, BusStatus.NotOpen);
            }
        }

        [HotPath]
        private void Require(byte register, I2cTransferStatus status)
        {
            if (status != I2cTransferStatus.FullTransfer)
            {
                throw new BusException(Name, register, I2cRegisterBus.StatusOf(status));
            }
        }
    }
}
