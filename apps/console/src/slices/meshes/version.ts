/** Sail's name of a version (`v1.30.3`) and istiod's own (`1.30.3`) are the same version: told as the latter. */
export function plainVersion(version: string): string {
  return version.replace(/^v(?=\d)/, '')
}
