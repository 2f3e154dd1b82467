using System;

namespace Sensors.NetNano.Deployment;

/// <summary>An image cannot be made; the message says what is missing.</summary>
public sealed class DeploymentException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is missing, and where it was looked for.</param>
    public DeploymentException(string message)
        : base(message)
    {
    }
}
