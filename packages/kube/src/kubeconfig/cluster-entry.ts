import { flagAt } from '@orbweaver/contracts/json'
import type { Connection } from '../connection.ts'
import { certificatesOf } from './certificates.ts'
import { blobOf, type Entry, type Files, textOf } from './fields.ts'
import { refuse } from './refusal.ts'

type Place = Pick<Connection, 'server' | 'certificateAuthority' | 'insecure' | 'proxyUrl' | 'tlsServerName'>

/** Where the API server is and how it proves itself. Throws Refused. */
export function readCluster(entry: Entry, files: Files): Place {
  const server = serverOf(entry)
  const certificateAuthority = authorityOf(entry, files)
  const insecure = flagAt(entry.content, 'insecure-skip-tls-verify') === true
  const proxyUrl = proxyOf(entry)
  const tlsServerName = serverNameOf(entry)
  if (insecure && certificateAuthority !== undefined) {
    return refuse('insecure_with_authority', `${entry.field}.insecure-skip-tls-verify`)
  }
  return {
    server,
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    ...(insecure ? { insecure } : {}),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
  }
}

function serverOf(entry: Entry): string {
  const server = textOf(entry, 'server')
  const url = server !== undefined && URL.canParse(server) ? new URL(server) : undefined
  const sound =
    url !== undefined &&
    ['http:', 'https:'].includes(url.protocol) &&
    [url.username, url.password, url.search, url.hash].every((each) => each === '')
  return server !== undefined && sound ? server : refuse('bad_server', `${entry.field}.server`)
}

function authorityOf(entry: Entry, files: Files): string | undefined {
  const blob = blobOf(entry, 'certificate-authority', files)
  if (blob === undefined) return undefined
  certificatesOf(blob)
  return blob.text
}

function proxyOf(entry: Entry): string | undefined {
  const proxy = textOf(entry, 'proxy-url')
  if (proxy === undefined) return undefined
  const sound = URL.canParse(proxy) && ['http:', 'https:', 'socks5:'].includes(new URL(proxy).protocol)
  return sound ? proxy : refuse('bad_proxy', `${entry.field}.proxy-url`)
}

function serverNameOf(entry: Entry): string | undefined {
  const name = textOf(entry, 'tls-server-name')
  if (name === undefined || /^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/.test(name)) return name
  return refuse('bad_server_name', `${entry.field}.tls-server-name`)
}
