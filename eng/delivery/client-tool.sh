#!/usr/bin/env bash
# Packs s3lister, installs it from the packages into FOLDER/bin, and runs it. Usage: client-tool.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p "$1"
folder=$(cd "$1" && pwd)
eng/delivery/pack-client.sh "$folder/packages"
package=$(basename "$folder"/packages/s3lister.linux-x64.*.nupkg .nupkg)
cat > "$folder/nuget.config" << END
<configuration><packageSources><clear /><add key="packages" value="$folder/packages" /></packageSources></configuration>
END
dotnet tool install s3lister --version "${package#s3lister.linux-x64.}" --tool-path "$folder/bin" --configfile "$folder/nuget.config"
"$folder/bin/s3lister" --version
