import { plural } from '../../lib/plural.ts';

/** The sentences of `README.txt` and `index.html`. */
export const exportTexts = {
  title: 'Avatars',
  exportedAt: (time: string) => `Exported ${time}`,
  from: (server: string) => `from ${server}`,
  totals: (avatars: number, versions: number, size: string) =>
    `${plural(avatars, 'avatar', 'avatars')}, ${plural(versions, 'version', 'versions')}, ${size}`,
  onlyActive: 'Only live versions are included.',
  noAvatars: 'No avatars.',
  live: 'Live',
  noPicture: 'No picture',
  uploadedBy: (name: string) => `by ${name}`,
  history: 'History',
  tookOffline: 'Nothing live',
  activated: (name: string, version: number) => `${name} v${version} live`,
} as const;

export interface ReadmeFacts {
  readonly createdAt: string;
  readonly server: string;
  readonly totals: string;
  readonly isOnlyActive: boolean;
}

/** Plain text, because it must be readable everywhere and for decades. */
export function readmeText({ createdAt, server, totals, isOnlyActive }: ReadmeFacts): string {
  return `Export of avatars
=================

Exported ${createdAt} from ${server}
${totals}.${isOnlyActive ? ' Only live versions are included.' : ''}

What is here
------------

index.html      All avatars with their pictures. Opens in any browser, without a
                network and without Gabinet.
manifest.json   The same for programs: customers, projects, avatars, tags,
                versions, the activation history and the audit log. "originalName"
                is the name under which a file was uploaded, "path" where it is
                here. Names that some system doesn't allow were changed.
SHA256SUMS      A checksum for each file.
pictures/       The pictures of the versions, named after their IDs.
Other folders   customer / project / avatar / version / the file itself.

How to check that nothing is missing or damaged
-----------------------------------------------

You need no Gabinet for this. In this folder:

  Linux     sha256sum --check --quiet SHA256SUMS
  macOS     shasum -a 256 --check SHA256SUMS
  Windows   Get-Content SHA256SUMS -Encoding UTF8 | ForEach-Object {
              $sum, $path = $_ -split '  ', 2
              if ((Get-FileHash -LiteralPath $path).Hash -ne $sum) { $path } }
            (in PowerShell; prints the files that differ)

With Gabinet, without unpacking a ZIP and without a network:

  gabinet verify FOLDER
  gabinet verify FILE.zip

That also finds files that were added.
`;
}
