using System;

namespace Sensors.VirtualBoard
{
    /// <summary>Accelerometer of the MPU6050 family, as its bus sees it. Register maps: RM-MPU-6000A-00 Rev 4.2, RM-MPU-6500A-00 Rev 2.1.</summary>
    /// <remarks>
    /// <para>
    /// Wire it to I2C at 0x68 or 0x69. The address moves on by itself, but stays at FIFO_R_W. An MPU6050 powers up asleep; MPU6500 and later are
    /// awake. ACCEL_CONFIG2 (1Dh) exists from the MPU6500 on; in an MPU6050 it is reserved. After power or DEVICE_RESET registers can be written 100 ms
    /// later; a write before is a violation and lost. From sleep it takes 30 ms to the first sample (both from general knowledge, not verified).
    /// </para>
    /// <para>
    /// The accelerometer makes at most 1 kHz. SMPLRT_DIV divides 8 kHz without the low-pass (DLPF_CFG 0 or 7) and 1 kHz with it; above 1 kHz the
    /// FIFO receives samples more than once. From the MPU6500 on the divider has no effect without the low-pass.
    /// </para>
    /// <para>
    /// The FIFO is one of bytes, most significant first: 1024 in an MPU6050, 512 later. Run over, it drops its oldest bytes one by one, so
    /// that reading begins inside a sample. FIFO_OFLOW is set when enabled (a choice) and cleared by reading INT_STATUS. Empty, it gives the byte read last.
    /// FIFO_RESET with FIFO_EN set is a violation and does nothing. Reading FIFO_COUNT_H latches both bytes of the count.
    /// </para>
    /// <para>
    /// Stated response: second-order Butterworth magnitude (<see cref="LowPass"/>) at 260, 184, 94, 44, 21, 10 or 5 Hz by DLPF_CFG; later parts 460, 184,
    /// 92, 41, 20, 10 or 5 Hz by ACCEL_CONFIG2; noise 400 µg/√Hz times the root of the corner. The self-test bits move their axes by 0.5 g.
    /// </para>
    /// <para>
    /// Not modelled: gyroscope (reads 0), magnetometer, I2C master, motion detection and processor, cycle mode, factory trim, the interrupt
    /// pin, writing to the FIFO, and the accelerometer without its low-pass at 4 kHz.
    /// </para>
    /// </remarks>
    public sealed partial class VirtualMpu6050 : VirtualAccelerometer, II2cChip
    {
        private const int BatchSize = 192; // more samples than fit the FIFO

        private readonly byte[] _registers = new byte[Mpu6050Map.Size];
        private readonly Mpu6050Options _options;
        private readonly bool _wide;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it feels, along its own axes.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">Which specimen it is; null for a typical MPU6050.</param>
        public VirtualMpu6050(VirtualTime time, IVibrationSource source, ulong seed, string name = "vib1", Mpu6050Options? options = null)
            : base(time, source, seed, name, options ??= new Mpu6050Options(), null, BatchSize)
        {
            _options = options;
            _wide = options.Identity is Mpu6050Map.Mpu6500Id or Mpu6050Map.Mpu9250Id or Mpu6050Map.Mpu6880Id;
            _fifo = new byte[options.FifoBytes ?? (options.Identity == Mpu6050Map.Mpu6050Id ? 1024 : 512)];
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets a register without the side effects of reading it over the bus.</summary>
        /// <param name="register">0x00 to 0x7F.</param>
        /// <returns>Its content.</returns>
        public byte Peek(int register) => Content(register, Time.Nanoseconds);

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            LoadResetValues(nanoseconds);
        }

        private void LoadResetValues(long nanoseconds)
        {
            Array.Clear(_registers);
            _registers[Mpu6050Map.WhoAmI] = _options.Identity;
            _registers[Mpu6050Map.PwrMgmt1] = _wide ? (byte)1 : Mpu6050Map.Sleep;
            Array.Clear(_output);
            _status = 0;
            _held = false;
            _lastByte = 0;
            _latchedCount = 0;
            _readyFrom = nanoseconds + StartUpNanoseconds;
            ClearFifo();
            BeginSampling(nanoseconds, StartUpNanoseconds);
        }
    }
}
