#!/usr/bin/env python3
"""Packs Sensors.Drivers, looks into the package, and builds a program of a stranger's against it, in both flavours.

The official packages that the device's group depends on need not be reachable: packages of the same names and versions are made
from the reference assemblies of the build. All goes into a folder of its own, the restored packages too, so that no stand-in gets
into anybody's package cache.
"""
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "platform/netnano/NanoPackages.props"
REFERENCES = ROOT / "artifacts/netnano/ref"
NUSPEC = "{http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd}"

CONTENT = {
    "README.md",
    "Sensors.Drivers.nuspec",
    "lib/net10.0/NanoFramework.Pc.dll",
    "lib/net10.0/NanoFramework.Pc.xml",
    "lib/net10.0/Sensors.Drivers.dll",
    "lib/net10.0/Sensors.Drivers.xml",
    "lib/netnano1.0/Sensors.Drivers.dll",
    "lib/netnano1.0/Sensors.Drivers.xml",
}
MAY = {"lib/netnano1.0/Sensors.Drivers.pe"}  # with the official packages only

CONSUMER = """<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFrameworks>net10.0;netnano1.0</TargetFrameworks>
    <OutputType Condition="'$(TargetFramework)' == 'net10.0'">Exe</OutputType>
    <LangVersion>9.0</LangVersion>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <UseAppHost>false</UseAppHost>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <PropertyGroup Condition="'$(TargetFramework)' == 'netnano1.0'">
    <TargetFrameworkIdentifier>.NETnanoFramework</TargetFrameworkIdentifier>
    <TargetFrameworkVersion>v1.0</TargetFrameworkVersion>
    <TargetFrameworkMoniker>.NETnanoFramework,Version=v1.0</TargetFrameworkMoniker>
    <NoStdLib>true</NoStdLib>
    <NoCompilerStandardLib>true</NoCompilerStandardLib>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
    <AutomaticallyUseReferenceAssemblyPackages>false</AutomaticallyUseReferenceAssemblyPackages>
    <_TargetFrameworkDirectories>$(MSBuildThisFileDirectory)</_TargetFrameworkDirectories>
    <_FullFrameworkReferenceAssemblyPaths>$(MSBuildThisFileDirectory)</_FullFrameworkReferenceAssemblyPaths>
    <GenerateAssemblyInfo>false</GenerateAssemblyInfo>
    <GenerateTargetFrameworkAttribute>false</GenerateTargetFrameworkAttribute>
    <GenerateRuntimeConfigurationFiles>false</GenerateRuntimeConfigurationFiles>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Sensors.Drivers" Version="VERSION" />
  </ItemGroup>
</Project>
"""

PROGRAM = """using System;
using System.Device.I2c;
using Sensors.Drivers;

namespace Stranger
{
    public static class Program
    {
        public static void Main()
        {
            var clock = new CountingClock();
            var chip = new Tmp117(new MemoryBus(), clock);
            chip.Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight);
            if (chip.TryRead(out int raw) == 1)
            {
                Console.WriteLine("read " + Tmp117.ToMilliCelsius(raw).ToString());
            }

            try
            {
                new I2cRegisterBus(new I2cConnectionSettings(9, Ina226.I2cAddress));
            }
            catch (BusException error)
            {
                Console.WriteLine(error.Status == BusStatus.NotOpen ? "refused" : "strange");
            }
        }
    }

    public sealed class CountingClock : BusClock
    {
        private long _now;

        public override long Microseconds { get { return _now++; } }

        public override void Wait(int microseconds) { _now += microseconds; }
    }

    /// A TMP117 that always has 25 degrees: what is written stays, and there is data whenever one looks.
    public sealed class MemoryBus : RegisterBus
    {
        private readonly ushort[] _words = new ushort[16];

        public MemoryBus() : base("memory") { _words[0x0F] = 0x0117; _words[0] = 0x0C80; }

        public override int LeadInMicroseconds { get { return 0; } }

        public override void Read(byte register, byte[] buffer, int count)
        {
            int word = _words[register] | (register == 1 ? 0x2000 : 0);
            buffer[0] = (byte)(word >> 8);
            buffer[1] = (byte)word;
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            int word = (buffer[0] << 8) | buffer[1];
            _words[register] = (ushort)(register == 1 ? word & ~2 : word);
        }

        public override void Reopen() { }

        public override void Close() { }
    }
}
"""


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    output = done.stdout + done.stderr
    if done.returncode != 0 or re.search(r"\bwarning\b", output):
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{output}")
    return done.stdout


def require(condition, message):
    if not condition:
        sys.exit(message)


def pins():
    """Package id -> (version, its assemblies)."""
    found = {}
    for item in xml.parse(PINS).iter("NanoPackage"):
        found[item.get("Include")] = (item.get("Version").strip("[]"), (item.get("Assemblies") or "").split(";"))
    return found


def look_into(package, pinned):
    with zipfile.ZipFile(package) as archive:
        names = {name for name in archive.namelist() if not name.startswith(("_rels/", "package/", "[Content"))}
        require(CONTENT <= names <= CONTENT | MAY, f"content is not as expected: {sorted(names ^ CONTENT)}")
        require("var chip = new" in archive.read("README.md").decode(), "the README shows no use")
        for flavour in ("net10.0", "netnano1.0"):
            documentation = xml.parse(io.BytesIO(archive.read(f"lib/{flavour}/Sensors.Drivers.xml")))
            documented = {member.get("name") for member in documentation.iter("member")}
            require("M:Sensors.Drivers.Tmp117.TryRead(System.Int32@)" in documented, f"{flavour}: no documentation of the drivers")
        metadata = xml.parse(io.BytesIO(archive.read("Sensors.Drivers.nuspec"))).find(NUSPEC + "metadata")
    for name in ("id", "version", "authors", "description", "tags", "readme", "copyright"):
        require((metadata.findtext(NUSPEC + name) or "").strip(), f"the package says no {name}")
    require(metadata.findtext(NUSPEC + "license") == "MIT", "the licence is not MIT")
    groups = {group.get("targetFramework"): {d.get("id"): d.get("version") for d in group} for group in metadata.iter(NUSPEC + "group")}
    require(groups.get("net10.0") == {}, f"the PC's group depends on something: {groups}")
    device = groups.get(".NETnanoFramework1.0")
    require(device and "nanoFramework.CoreLibrary" in device, f"the device's group is not as expected: {groups}")
    for name, version in device.items():
        require(pinned.get(name, ("", []))[0] == version, f"{name} {version} is not what NanoPackages.props pins")
    return metadata.findtext(NUSPEC + "version")


def make_official(folder, pinned):
    """A package of each official name from the reference assemblies, with the dependencies these have."""
    home = {assembly: name for name, (_, assemblies) in pinned.items() for assembly in assemblies}
    for name, (version, assemblies) in pinned.items():
        files = [REFERENCES / f"{assembly}.dll" for assembly in assemblies]
        if not all(file.exists() for file in files):
            continue
        needed = set()
        for assembly in assemblies:
            needed |= {home[line] for line in (REFERENCES / f"{assembly}.closure.txt").read_text().split() if line in home}
        dependencies = "".join(f'<dependency id="{other}" version="{pinned[other][0]}" />' for other in sorted(needed - {name}))
        with zipfile.ZipFile(folder / f"{name}.{version}.nupkg", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name}.nuspec", f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="{NUSPEC[1:-1]}"><metadata><id>{name}</id><version>{version}</version><authors>stand-in</authors>
<description>Stand-in made from reference assemblies, for a test.</description>
<dependencies><group targetFramework=".NETnanoFramework1.0">{dependencies}</group></dependencies></metadata></package>""")
            for file in files:
                archive.write(file, f"lib/netnano1.0/{file.name}")


def main():
    pinned = pins()
    work = Path(tempfile.mkdtemp(prefix="sensors-package-"))
    try:
        source = work / "source"
        source.mkdir()
        run("dotnet", "pack", ROOT / "drivers/Sensors.Drivers", "--nologo", "-v", "q", "-warnaserror", "-o", source)
        packages = list(source.glob("*.nupkg"))
        require(len(packages) == 1, f"one package is expected, not {packages}")
        version = look_into(packages[0], pinned)
        print(f"{packages[0].name}: {packages[0].stat().st_size} bytes, content as expected")

        make_official(source, pinned)
        consumer = work / "consumer"
        consumer.mkdir()
        (consumer / "Consumer.csproj").write_text(CONSUMER.replace("VERSION", version))
        (consumer / "Program.cs").write_text(PROGRAM)
        environment = dict(os.environ, NUGET_PACKAGES=str(work / "packages"))
        run("dotnet", "build", "--nologo", "-v", "q", f"-p:RestoreAdditionalProjectSources={source}", cwd=consumer, env=environment)
        used = json.loads((consumer / "obj/project.assets.json").read_text())["targets"]
        print("consumer built for " + ", ".join(f"{framework} ({len(libraries)} packages)" for framework, libraries in used.items()))
        printed = run("dotnet", consumer / "bin/Debug/net10.0/Consumer.dll").split("\n")
        require(printed[:2] == ["read 25000", "refused"], f"the consumer printed {printed}")
        print("consumer ran: " + "; ".join(printed[:2]))
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
