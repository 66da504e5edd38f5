using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Build.Framework;

/// <summary>
/// Tries once to restore the official packages, and packs the stand-ins into the feed when that fails. MSBuild compiles it
/// when a build needs it: once on a fresh clone, and after a change of a stand-in.
/// </summary>
public class ProvideStandIns : Microsoft.Build.Utilities.Task
{
    private const string Official = "official";

    /// <summary>The folder of this file, with a separator at its end.</summary>
    public string Folder { get; set; }

    /// <summary>The package source that the stand-ins are packed into.</summary>
    public string Feed { get; set; }

    /// <summary>The file with the result: "official", or the revision of the stand-ins.</summary>
    public string Stamp { get; set; }

    /// <summary>The sources of the stand-ins, from which their revision is derived.</summary>
    public ITaskItem[] Sources { get; set; }

    /// <summary>The dotnet program of this build.</summary>
    public string Dotnet { get; set; }

    public override bool Execute()
    {
        // Several builds may start at once on a fresh clone: the first does the work, the others wait for it.
        using (Lock())
        {
            var before = File.Exists(Stamp) ? File.ReadAllText(Stamp).Trim() : string.Empty;
            var revision = Revision();
            if (before == Official)
            {
                return true;
            }

            if (before == revision && Directory.Exists(Feed))
            {
                // The sources are newer but have the same content, as after a checkout, or another build was faster.
                File.SetLastWriteTimeUtc(Stamp, DateTime.UtcNow);
                return true;
            }

            if (before.Length == 0 && Run("restore Probe/Probe.csproj --force"))
            {
                File.WriteAllText(Stamp, Official);
                return true;
            }

            return Pack(revision);
        }
    }

    private bool Pack(string revision)
    {
        // Without a stamp, the next build repeats a pack that fails.
        File.Delete(Stamp);
        if (Directory.Exists(Feed))
        {
            Directory.Delete(Feed, true);
        }

        if (!Run("pack StandIns.slnx -c Release --artifacts-path obj/artifacts"
            + " \"-p:PackageOutputPath=" + Feed + "\" -p:StandInRevision=" + revision + " -p:RunAnalyzers=false -p:NuGetAudit=false"))
        {
            Log.LogError("The stand-ins of the Amazon.Lambda packages cannot be packed; see " + LogFile);
            return false;
        }

        File.WriteAllText(Stamp, revision);
        return true;
    }

    /// <summary>A number from 1 to 2^28, the last part of each version.</summary>
    private string Revision()
    {
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            foreach (var file in Sources.Select(source => source.GetMetadata("FullPath")).OrderBy(path => path, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(file.Substring(Path.GetFullPath(Folder).Length)));
                hash.AppendData(File.ReadAllBytes(file));
            }

            var bytes = hash.GetHashAndReset();
            return (((bytes[0] << 20) | (bytes[1] << 12) | (bytes[2] << 4) | (bytes[3] >> 4)) + 1).ToString();
        }
    }

    private string LogFile { get { return Path.Combine(Folder, "obj", "provide.log"); } }

    private bool Run(string arguments)
    {
        var start = new ProcessStartInfo(Dotnet, arguments + " -nologo -nodeReuse:false -v:minimal")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // The settings of the outer build for its nodes must not reach another build.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using (var process = Process.Start(start))
        {
            var error = process.StandardError.ReadToEndAsync();
            File.WriteAllText(LogFile, arguments + Environment.NewLine + process.StandardOutput.ReadToEnd() + error.Result);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    private IDisposable Lock()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "obj"));
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(Path.Combine(Folder, "obj", "provide.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 1200)
            {
                Task.Delay(250).Wait();
            }
        }
    }
}
