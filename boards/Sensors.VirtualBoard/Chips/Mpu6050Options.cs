namespace Sensors.VirtualBoard
{
    /// <summary>Which member of the MPU6050 family a specimen is, and how it differs from the typical one.</summary>
    public sealed class Mpu6050Options : AccelerometerOptions
    {
        /// <summary>Gets what WHO_AM_I tells: 0x68 an MPU6050, 0x70 MPU6500, 0x71 MPU9250, 0x19 MPU6880; others are clones of the MPU6050.</summary>
        public byte Identity { get; init; } = 0x68;

        /// <summary>Gets the bytes of the FIFO; null for 1024 in an MPU6050 and 512 in the others.</summary>
        public int? FifoBytes { get; init; }

        /// <summary>Gets the temperature of the part in degrees Celsius.</summary>
        public double Celsius { get; init; } = 25;
    }
}
