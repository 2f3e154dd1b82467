using System;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>System.IO.IOException</c>, which tells its cause by a number.</summary>
    public class IOException : System.IO.IOException
    {
        /// <summary>Makes the exception.</summary>
        public IOException()
        {
        }

        /// <summary>Makes the exception.</summary>
        /// <param name="message">What went wrong.</param>
        public IOException(string message)
            : base(message)
        {
        }

        /// <summary>Makes the exception.</summary>
        /// <param name="message">What went wrong.</param>
        /// <param name="hresult">A value of <see cref="IOExceptionErrorCode"/>.</param>
        public IOException(string message, int hresult)
            : base(message, hresult)
        {
        }

        /// <summary>Makes the exception.</summary>
        /// <param name="message">What went wrong.</param>
        /// <param name="innerException">What caused it.</param>
        public IOException(string message, Exception innerException)
            : base(message, innerException)
        {
        }

        /// <summary>The device's numbers of causes.</summary>
        public enum IOExceptionErrorCode
        {
            Others = unchecked((int)0xE0000000),
            InvalidDriver = unchecked((int)0xE1000000),
            FileNotFound = unchecked((int)0xE2000000),
            DirectoryNotFound = unchecked((int)0xE3000000),
            VolumeNotFound = unchecked((int)0xE4000000),
            PathTooLong = unchecked((int)0xE5000000),
            DirectoryNotEmpty = unchecked((int)0xE6000000),
            UnauthorizedAccess = unchecked((int)0xE7000000),
            PathAlreadyExists = unchecked((int)0xE8000000),
            TooManyOpenHandles = unchecked((int)0xE9000000),
        }

        /// <summary>Gets the cause.</summary>
        public IOExceptionErrorCode ErrorCode => (IOExceptionErrorCode)HResult;
    }
}
