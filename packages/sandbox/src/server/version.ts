/** The body of /version for a gitVersion such as v1.36.3. */
export function versionBody(gitVersion: string): string {
  const [major = '1', minor = '0'] = gitVersion.replace(/^v/, '').split('.')
  return JSON.stringify({
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: 'go1.26.8',
    compiler: 'gc',
    platform: 'linux/amd64',
  })
}
