/** `docker.io/istio/proxyv2:1.30.3-distroless@sha256:…` → `1.30.3`; undefined where the tag is no version. */
export function imageVersion(image: string | undefined): string | undefined {
  if (image === undefined) return undefined
  const bare = image.split('@')[0] ?? ''
  const colon = bare.lastIndexOf(':')
  if (colon < 0 || bare.indexOf('/', colon) >= 0) return undefined
  return tagVersion(bare.slice(colon + 1))
}

/** The version in an image tag: `1.30.3-distroless` → `1.30.3`, `1.31.0-beta.1` stays, `latest` is none. */
function tagVersion(tag: string): string | undefined {
  const found = /^v?(\d+\.\d+(?:\.\d+)?(?:-(?:alpha|beta|rc)[.0-9a-z]*)?)(?:-(?:distroless|debug))?(?:$|-)/.exec(tag)
  return found?.[1]
}

/** `v1.30.3` → `1.30.3`: Sail writes versions with the v, images without. */
export function plainVersion(version: string): string {
  return version.startsWith('v') ? version.slice(1) : version
}
