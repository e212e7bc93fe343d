import { stringify } from 'yaml'

export type Context = {
  readonly name: string
  readonly server: string
  /** PEM. */
  readonly ca: string
  readonly user: string
  readonly token: string
}

/** Everything inline: consoles refuse kubeconfigs that refer to files. */
export const kubeconfig = (contexts: readonly Context[]): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: contexts.map(({ name, server, ca }) => ({
      name,
      cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
    })),
    users: contexts.map(({ name, user, token }) => ({ name: `${user}@${name}`, user: { token } })),
    contexts: contexts.map(({ name, user }) => ({ name, context: { cluster: name, user: `${user}@${name}` } })),
    'current-context': contexts[0]?.name ?? '',
  })
