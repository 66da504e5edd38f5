using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace S3Lister.Local;

/// <summary>TLS for a <see cref="LoopbackServer"/>, with the round trips of a server that is not on this machine.</summary>
/// <param name="certificate">The server's certificate with its private key, and the intermediate certificates to send.</param>
/// <param name="roundTrips">How long a connection waits before the handshake; zero for not at all.</param>
internal sealed class LoopbackTls(SslStreamCertificateContext certificate, TimeSpan roundTrips)
{
    /// <summary>Adds the services that Kestrel needs for TLS.</summary>
    public static void AddServices(KestrelServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        options.ApplicationServices = builder.Build().Services;
    }

    public void Apply(ListenOptions listen)
    {
        if (roundTrips > TimeSpan.Zero)
        {
            listen.Use(next => async connection =>
            {
                await Task.Delay(roundTrips, connection.ConnectionClosed);
                await next(connection);
            });
        }

        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate }),
        });
    }
}
