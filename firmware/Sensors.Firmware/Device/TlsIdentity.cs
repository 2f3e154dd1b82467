using System;
using System.Net.Sockets;
using nanoFramework.M2Mqtt.Exceptions;
using Sensors.Node;
#if NETNANO1_0
using X509Certificate2 = System.Security.Cryptography.X509Certificates.X509Certificate2;
#else
using X509Certificate2 = NanoFramework.Pc.Device.X509Certificate2; // the PC's own takes no key beside the certificate
#endif

namespace Sensors.Firmware
{
    /// <summary>The certificates of a TLS link, and what a link that failed by them tells people.</summary>
    /// <remarks>
    /// The device's library gives a number and no more, and never shows the broker's certificate. What can be known here is named: the node's own
    /// files, their dates, and the clock they are judged by. The status message cuts texts after 80 letters, so they are short.
    /// </remarks>
    internal sealed class TlsIdentity
    {
        // mbedTLS, as the package hands it on in place of a socket's error.
        private const int CertificateRefused = -0x2700; // X509_CERT_VERIFY_FAILED
        private const int AlertReceived = -0x7780; // SSL_FATAL_ALERT_MESSAGE
        private const int NotTls = -0x7200; // SSL_INVALID_RECORD
        private const int FirstTlsError = -0x1000; // a socket's errors are above
        private const int DayMilliseconds = 24 * 60 * 60 * 1000;

        private readonly Clock _clock;

        /// <summary>Reads the certificates.</summary>
        /// <param name="settings">Holds them.</param>
        /// <param name="clock">The node's time.</param>
        /// <exception cref="FormatException">A file holds none; the message says which.</exception>
        public TlsIdentity(LinkSettings settings, Clock clock)
        {
            _clock = clock;
            if (settings.CaCertificate != null)
            {
                Authority = Read("tls_ca", settings.CaCertificate, null);
            }

            if (settings.ClientCertificate != null)
            {
                Own = Read("tls_cert or tls_key", settings.ClientCertificate, settings.ClientKey);
            }
        }

        /// <summary>Gets the certificate that the broker's is checked against; null for the board's own store.</summary>
        public X509Certificate2 Authority { get; }

        /// <summary>Gets the node's certificate with its key; null for none.</summary>
        public X509Certificate2 Own { get; }

        /// <summary>Gets pairing's word for what the last <see cref="Explain"/> told.</summary>
        public string Cause { get; private set; }

        /// <summary>Tells why a link could not be made, as far as it can be known.</summary>
        /// <param name="exception">What the package threw.</param>
        /// <returns>A few words; null when TLS is not why.</returns>
        public string Explain(Exception exception)
        {
            int code = CodeOf(exception);
            Cause = null;
            if (code > FirstTlsError && code != 0)
            {
                return null; // the way to the broker, not what is said on it
            }

            string dates = Judge("tls_ca", Authority) ?? Judge("tls_cert", Own);
            if (dates != null)
            {
                return dates;
            }

            if (code == CertificateRefused)
            {
                // The one date that is hidden here is the broker's: a clock that knows no later time than the firmware's build is the likeliest reason.
                bool knowsNothing = _clock.State != ClockState.Synced && _clock.ToUtc(_clock.Milliseconds) - BuildTime.Utc < DayMilliseconds;
                Cause = knowsNothing ? "clock-not-set" : "certificate-untrusted";
                return "certificate refused: wrong CA, name or date; " + Today();
            }

            if (code == NotTls)
            {
                Cause = "not-mqtt";
                return "what answers there speaks no TLS";
            }

            Cause = Own == null && (code == 0 || code == AlertReceived) ? "certificate-wanted" : "tls-failed";
            string how = code == 0 ? "no answer" : "TLS refused";
            return how + (Own == null ? ": the broker may want a certificate (tls_cert)" : ": the broker may not accept tls_cert");
        }

        private string Judge(string what, X509Certificate2 certificate)
        {
            if (certificate == null)
            {
                return null;
            }

            long now = _clock.ToUtc(_clock.Milliseconds);
            Cause = "certificate-expired";
            if (now < Milliseconds(certificate.NotBefore))
            {
                Cause = _clock.State == ClockState.Synced ? Cause : "clock-not-set";
                return what + " not valid before " + Day(certificate.NotBefore) + "; " + Today();
            }

            if (now <= Milliseconds(certificate.NotAfter))
            {
                Cause = null;
                return null;
            }

            return what + " expired " + Day(certificate.NotAfter) + "; " + Today();
        }

        private string Today()
        {
            DateTime now = new DateTime(EpochTicks + (_clock.ToUtc(_clock.Milliseconds) * TicksPerMillisecond));
            return "clock " + (_clock.State == ClockState.Synced ? "(synced) " : "(not synced) ") + Day(now);
        }

        private const long EpochTicks = 621355968000000000; // 1970-01-01
        private const int TicksPerMillisecond = 10000;

        private static long Milliseconds(DateTime time)
        {
            return (time.Ticks - EpochTicks) / TicksPerMillisecond;
        }

        private static string Day(DateTime time)
        {
            return time.Year.ToString("D4") + "-" + time.Month.ToString("D2") + "-" + time.Day.ToString("D2");
        }

        // 0 when the handshake went well and the connection failed all the same: some brokers judge the node's certificate only then, and
        // whether the socket then ends or breaks, which has a number too, is chance.
        private static int CodeOf(Exception exception)
        {
            for (Exception cause = exception; cause != null && !(exception is MqttCommunicationException); cause = cause.InnerException)
            {
                SocketException socket = cause as SocketException;
                if (socket != null)
                {
                    return socket.ErrorCode;
                }
            }

            return 0;
        }

        // The library takes PEM only with a zero behind it, and anything else for DER.
        private static X509Certificate2 Read(string what, byte[] certificate, byte[] key)
        {
            try
            {
                return key == null
                    ? new X509Certificate2(Terminated(certificate)) : new X509Certificate2(Terminated(certificate), Terminated(key), null);
            }
            catch (Exception)
            {
                throw new FormatException(what + " holds no certificate or key that can be read");
            }
        }

        private static byte[] Terminated(byte[] data)
        {
            if (data.Length == 0 || data[0] != '-' || data[data.Length - 1] == 0)
            {
                return data;
            }

            byte[] terminated = new byte[data.Length + 1];
            Array.Copy(data, 0, terminated, 0, data.Length);
            return terminated;
        }
    }
}
