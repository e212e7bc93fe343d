/**
 * Environment that the injection path asks for: `/inject/cluster/<id>/net/<network>/<key>/<value>…`
 * (pkg/kube/inject/webhook.go parseInjectEnvs). A slash inside a value is written `--slash--`.
 */
export function environmentOfPath(path: string): Record<string, string> {
  const parts =
    path
      .split('?')[0]
      ?.split('/')
      .filter((part) => part !== '') ?? []
  const out: Record<string, string> = {}
  for (let index = 1; index + 1 < parts.length; index += 2) {
    const key = parts[index] ?? ''
    out[NAMES[key] ?? key.toUpperCase()] = (parts[index + 1] ?? '').replaceAll('--slash--', '/')
  }
  return out
}

const NAMES: Record<string, string> = { cluster: 'ISTIO_META_CLUSTER_ID', net: 'ISTIO_META_NETWORK' }
