namespace Sensors.Pairing
{
    /// <summary>The status codes of the portal, and their words.</summary>
    internal static class HttpStatus
    {
        internal const int Good = 200;
        internal const int Found = 302;
        internal const int Malformed = 400;
        internal const int NoSession = 401;
        internal const int Refused = 403;
        internal const int NotFound = 404;
        internal const int WrongMethod = 405;
        internal const int Conflict = 409;
        internal const int LengthWanted = 411;
        internal const int TooLarge = 413;
        internal const int LineTooLong = 414;
        internal const int TooOften = 429;
        internal const int HeadTooLarge = 431;
        internal const int Busy = 503;

        /// <summary>Gives the reason of the status line.</summary>
        internal static string Reason(int status)
        {
            switch (status)
            {
                case Good: return "OK";
                case Found: return "Found";
                case Malformed: return "Bad Request";
                case NoSession: return "Unauthorized";
                case Refused: return "Forbidden";
                case NotFound: return "Not Found";
                case WrongMethod: return "Method Not Allowed";
                case Conflict: return "Conflict";
                case LengthWanted: return "Length Required";
                case TooLarge: return "Content Too Large";
                case LineTooLong: return "URI Too Long";
                case TooOften: return "Too Many Requests";
                case HeadTooLarge: return "Request Header Fields Too Large";
                default: return "Service Unavailable";
            }
        }

        /// <summary>Gives the word of a refusal that reading a request ends in.</summary>
        internal static string WordOf(int status)
        {
            switch (status)
            {
                case LengthWanted: return "length";
                case TooLarge:
                case LineTooLong:
                case HeadTooLarge: return "too-large";
                case Busy: return "busy";
                default: return "malformed";
            }
        }

        /// <summary>Gives the sentence that goes with it.</summary>
        internal static string TextOf(int status)
        {
            switch (status)
            {
                case LengthWanted: return "Send Content-Length, and nothing in chunks.";
                case TooLarge: return "A body has at most 8192 bytes.";
                case LineTooLong: return "A request line has at most 512 bytes.";
                case HeadTooLarge: return "A head has at most 4096 bytes.";
                case Busy: return "Another request is being read. Try again.";
                default: return "This is no HTTP/1.1 request.";
            }
        }
    }
}
