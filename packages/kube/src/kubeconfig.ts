import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { stringify } from 'yaml'
import type { Connection } from './connection.ts'
import { credentialEnds } from './kubeconfig/credential-ends.ts'
import { readCluster } from './kubeconfig/cluster-entry.ts'
import { readDocument } from './kubeconfig/document.ts'
import { type Entry, entryOf, type Files } from './kubeconfig/fields.ts'
import { type KubeconfigRefusal, type KubeconfigWarning, Refused, refuse } from './kubeconfig/refusal.ts'
import { readUser } from './kubeconfig/user-entry.ts'

/** One way to a cluster, usable or not: the others of the same document may still be. */
export type KubeconfigContext = { name: string; namespace?: string } & (
  | { ok: true; connection: Connection; warnings: KubeconfigWarning[] }
  | { ok: false; server?: string; refusal: KubeconfigRefusal }
)

export type Kubeconfig =
  | { ok: true; current?: string; contexts: KubeconfigContext[] }
  | { ok: false; refusal: KubeconfigRefusal }

export type ParseOptions = {
  /**
   * `refuse` for what people hand in: their paths mean nothing here, or too much. The file the console was started
   * with may name others: then the owner of that file reads them, relative to it. Default `refuse`.
   */
  files?: Files
  now?: Date
}

/** Each context looks for its cluster and user by name; a thousand is more than any fleet we know of. */
const mostContexts = 1_000

/** A kubeconfig as kubectl reads it, of which only inline credentials are taken. Never throws. */
export function parseKubeconfig(text: string, { files = 'refuse', now = new Date() }: ParseOptions = {}): Kubeconfig {
  return attempt<Kubeconfig>(
    () => {
      const document = readDocument(text)
      const kind = textAt(document, 'kind') ?? 'Config'
      const entries = listAt(document, 'contexts')
      if (kind !== 'Config' || (document.contexts === undefined && document.clusters === undefined)) {
        return refuse('not_a_kubeconfig', '')
      }
      if (entries.length === 0) return refuse('no_contexts', 'contexts')
      if (entries.length > mostContexts) return refuse('too_many_contexts', 'contexts')
      const current = textAt(document, 'current-context') ?? ''
      const contexts = entries.map((each, index) => readContext(each, { document, index, files, now }))
      return { ok: true, contexts, ...(current === '' ? {} : { current }) }
    },
    (refusal) => ({ ok: false, refusal }),
  )
}

type Reading = { document: Json; index: number; files: Files; now: Date }

function readContext(entry: Json, { document, index, files, now }: Reading): KubeconfigContext {
  const namespace = textAt(entry, 'context', 'namespace') ?? ''
  const base = { name: textAt(entry, 'name') ?? '', ...(namespace === '' ? {} : { namespace }) }
  const named = (kind: 'cluster' | 'user'): Entry => {
    const name = textAt(entry, 'context', kind) ?? ''
    const found = entryOf(listAt(document, `${kind}s`), { name, kind, path: `${kind}s` })
    return found ?? refuse(`missing_${kind}`, `contexts[${index}].context.${kind}`)
  }
  let server: string | undefined
  return attempt<KubeconfigContext>(
    () => {
      const place = readCluster(named('cluster'), files)
      server = place.server
      const connection = { ...place, ...readUser(named('user'), { files, server }) }
      return { ...base, ok: true, connection, warnings: warningsOf(connection, now) }
    },
    (refusal) => ({ ...base, ok: false, refusal, ...(server === undefined ? {} : { server }) }),
  )
}

function warningsOf(connection: Connection, now: Date): KubeconfigWarning[] {
  const { server, insecure, token, clientCertificate } = connection
  const warnings: KubeconfigWarning[] = []
  if (insecure === true) warnings.push('insecure')
  if (new URL(server).protocol === 'http:') warnings.push('plaintext')
  if (token === undefined && clientCertificate === undefined) warnings.push('anonymous')
  const proofs = credentialEnds(connection).filter(({ of }) => of !== 'certificate-authority')
  if (proofs.some(({ at }) => at !== undefined && at <= now)) warnings.push('expired')
  return warnings
}

function attempt<T>(read: () => T, refused: (refusal: KubeconfigRefusal) => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused) return refused(error.refusal)
    throw error
  }
}

export type WrittenContext = { name: string; namespace?: string; connection: Connection }

/** A kubeconfig with everything inline, one cluster and one user a context. The first context is the current one. */
export function writeKubeconfig(contexts: WrittenContext[]): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0]?.name ?? '',
    contexts: contexts.map(({ name, namespace }) => ({
      name,
      context: { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) },
    })),
    clusters: contexts.map(({ name, connection }) => ({ name, cluster: clusterFields(connection) })),
    users: contexts.map(({ name, connection }) => ({ name, user: userFields(connection) })),
  })
}

function clusterFields({ server, certificateAuthority, insecure, proxyUrl, tlsServerName }: Connection) {
  return {
    server,
    ...(certificateAuthority === undefined ? {} : { 'certificate-authority-data': base64(certificateAuthority) }),
    ...(insecure === true ? { 'insecure-skip-tls-verify': true } : {}),
    ...(proxyUrl === undefined ? {} : { 'proxy-url': proxyUrl }),
    ...(tlsServerName === undefined ? {} : { 'tls-server-name': tlsServerName }),
  }
}

function userFields({ token, clientCertificate }: Connection) {
  return {
    ...(token === undefined ? {} : { token }),
    ...(clientCertificate === undefined
      ? {}
      : {
          'client-certificate-data': base64(clientCertificate.certificate),
          'client-key-data': base64(clientCertificate.key),
        }),
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
