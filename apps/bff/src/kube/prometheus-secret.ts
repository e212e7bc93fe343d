import { stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { PrometheusCredentials } from '@orbweaver/contracts/prometheus-credentials'

/** Credentials as they lie in the hub, with the origin (scheme, host, port) they were given for. */
export type HeldCredentials = PrometheusCredentials & { origin: string }

export const prometheusSecretType = 'orbweaver.dev/prometheus'

/** Beside the Secret of the kubeconfig, which others may keep, and which is another one after every replacement. */
export function prometheusSecretName(cluster: string): string {
  return `prometheus-${cluster}`
}

/** The values of the Secret, base64. */
export function writePrometheusSecret(url: string, { token, user, certificateAuthority }: PrometheusCredentials) {
  const values = {
    origin: new URL(url).origin,
    ...(token !== undefined && { token }),
    ...(user !== undefined && { username: user.name, password: user.password }),
    ...(certificateAuthority !== undefined && { 'ca.crt': certificateAuthority }),
  }
  const encoded = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')] as const)
  return Object.fromEntries(encoded)
}

export function readPrometheusSecret(secret: KubernetesObject | undefined): HeldCredentials | undefined {
  if (secret?.type !== prometheusSecretType) return undefined
  const data = stringsAt(secret, 'data')
  const value = (key: string) => {
    const encoded = data[key]
    return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8')
  }
  const [origin, token, name] = ['origin', 'token', 'username'].map(value)
  const certificateAuthority = value('ca.crt')
  if (origin === undefined) return undefined
  return {
    origin,
    ...(token !== undefined && { token }),
    ...(name !== undefined && { user: { name, password: value('password') ?? '' } }),
    ...(certificateAuthority !== undefined && { certificateAuthority }),
  }
}
